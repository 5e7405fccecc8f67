/**
 * From the queue to a report. It is shown at once, from what was fetched while it was looked at, and claims itself meanwhile; what another has
 * is not opened.
 */
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useState } from 'react'
import { useLocation } from 'wouter'
import type { QueueEntry } from '../../../src/review/api.js'
import { itemsOf } from '../../../src/review/items.js'
import { useWords } from '../wording/words.js'
import { review } from './late-review.js'
import { preloadOriginal } from './opened-originals.js'
import { minutesTo } from './queue-rows.js'
import { QUEUE_WORDS } from './queue-words.js'
import { reviewQuery } from './review-query.js'

export function useOpening(mayReview: boolean) {
  const words = useWords(QUEUE_WORDS)
  const [, go] = useLocation()
  const [refused, refuse] = useState<QueueEntry | null>(null)
  const open = useCallback(
    (entry: QueueEntry) => {
      if (!mayReview) return
      const isTaken = entry.claim !== null && !entry.claim.isMine && minutesTo(entry.claim.until) > 0
      if (isTaken) refuse(entry)
      else go(`/review/${entry.sha256}`)
    },
    [mayReview, go],
  )
  const claim = refused?.claim ?? null
  return { open, trouble: claim === null ? null : words.claimed(claim.by, minutesTo(claim.until)) }
}

/** What opening takes of the screen, and the report at the head of the queue; the chosen one is fetched by its preview. */
export function useAhead(first: QueueEntry | null, mayReview: boolean): void {
  const queries = useQueryClient()
  useEffect(() => {
    if (mayReview) review.fetch().catch((error: unknown) => console.warn('the review is not at hand', error))
  }, [mayReview])
  const sha256 = first?.sha256 ?? null
  useEffect(() => {
    if (sha256 === null || !mayReview) return
    queries
      .fetchQuery({ ...reviewQuery(sha256), staleTime: 60_000 })
      .then(({ record }) => {
        const place = itemsOf(record)[0]?.location
        if (place?.kind === 'page') preloadOriginal(sha256, place.page)
      })
      .catch((error: unknown) => console.warn('the first report is not at hand', error))
  }, [queries, sha256, mayReview])
}
