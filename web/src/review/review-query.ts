/** What opens a report for review, by one request: asked for by whoever will show it, and ahead of that. */
import type { ReviewOpened } from '../../../src/review/api.js'
import { get } from '../api/call.js'

export const reviewKey = (sha256: string) => ['review', sha256] as const

export function reviewQuery(sha256: string) {
  return {
    queryKey: reviewKey(sha256),
    queryFn: ({ signal }: { signal: AbortSignal }) => get<ReviewOpened>(`/review/${sha256}`, signal),
  }
}
