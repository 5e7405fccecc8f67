/**
 * The queue as the server has it, kept as it is by what the server tells of it. While nothing is told the list is asked for anew now and
 * then; when the connection stands again, once.
 */
import { type InfiniteData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { QueueAnswer, QueueEvents } from '../../../src/review/api.js'
import { get } from '../api/call.js'
import { LEFT_IN_QUEUE, sumOf } from './queue-left.js'
import { isWantedBy, withClaims, withEntries } from './queue-rows.js'

const PAGE = 200
const ASK_AGAIN = 60_000

type Pages = InfiniteData<QueueAnswer, string | null>

export function useQueue(filter: URLSearchParams, mayReview: boolean) {
  const queries = useQueryClient()
  const text = filter.toString()
  const [isLive, setLive] = useState(false)
  const queue = useInfiniteQuery({
    queryKey: ['queue', text],
    queryFn: ({ pageParam, signal }) => get<QueueAnswer>(`/review/queue?${queryOf(text, pageParam, PAGE)}`, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    refetchInterval: isLive ? false : ASK_AGAIN,
  })

  useEffect(() => {
    if (!mayReview) return
    const key = ['queue', text]
    const filter = new URLSearchParams(text)
    const isWanted = isWantedBy(filter)
    const isNarrowed = [...filter.keys()].some((name) => name !== 'class')
    const change = (of: (pages: readonly QueueAnswer[]) => QueueAnswer[]) =>
      queries.setQueryData<Pages>(key, (old) => old && { ...old, pages: of(old.pages) })
    const askAnew = () => queries.invalidateQueries({ queryKey: key })
    const countNarrowed = async () => {
      const { counts } = await get<QueueAnswer>(`/review/queue?${queryOf(text, null, 1)}`)
      change((pages) => pages.map((page) => ({ ...page, counts })))
    }
    const source = new EventSource('/api/v1/review/queue/events')
    let wasLost = false
    source.onopen = () => {
      setLive(true)
      if (wasLost) askAnew()
      wasLost = false
    }
    source.onerror = () => {
      setLive(false)
      wasLost = true
    }
    const on = <Event extends keyof QueueEvents>(event: Event, heard: (data: QueueEvents[Event]) => unknown) =>
      source.addEventListener(event, ({ data }) => heard(JSON.parse(data)))
    on('figures', (figures) => {
      // Those of a narrower list are the server's to count.
      const { counts, ...others } = figures
      queries.setQueryData(LEFT_IN_QUEUE, sumOf(counts))
      change((pages) => pages.map((page) => ({ ...page, ...others, ...(isNarrowed ? {} : { counts }) })))
      if (isNarrowed) countNarrowed().catch((error: unknown) => console.warn('the classes were not counted', error))
    })
    on('claims', (claims) => {
      // Who looks at those of some sees others come and go with each claim.
      if (filter.has('claim')) askAnew()
      else change((pages) => withClaims(pages, claims))
    })
    on('entries', (entries) => change((pages) => withEntries(pages, entries, isWanted)))
    on('stale', askAnew)
    return () => source.close()
  }, [queries, text, mayReview])
  return queue
}

function queryOf(filter: string, cursor: string | null, limit: number): string {
  const query = new URLSearchParams(filter)
  query.set('limit', String(limit))
  if (cursor !== null) query.set('cursor', cursor)
  return query.toString()
}
