/** How many reports wait for a person: beside the way to the queue, and in it. */
import { useQuery } from '@tanstack/react-query'
import type { QueueAnswer } from '../../../src/review/api.js'
import { get } from '../api/call.js'

export const LEFT_IN_QUEUE = ['left-in-queue']
const ASK_AGAIN = 60_000

/** undefined: not known yet, or not asked for. */
export function useLeftInQueue(isAsked: boolean): number | undefined {
  const { data } = useQuery({
    queryKey: LEFT_IN_QUEUE,
    queryFn: async ({ signal }) => sumOf((await get<QueueAnswer>('/review/queue?limit=1', signal)).counts),
    enabled: isAsked,
    refetchInterval: ASK_AGAIN,
  })
  return data
}

export function sumOf(counts: QueueAnswer['counts']): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0)
}
