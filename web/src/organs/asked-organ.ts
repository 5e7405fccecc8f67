/** One organ, with its years. */
import { useQuery } from '@tanstack/react-query'
import type { OrganAnswer } from '../../../src/review/api.js'
import { get } from '../api/call.js'

/** null: none is asked for. */
export function useOrgan(id: string | null) {
  return useQuery({
    queryKey: ['organ', id],
    queryFn: ({ signal }) => get<OrganAnswer>(`/organs/${id}`, signal),
    enabled: id !== null,
  })
}
