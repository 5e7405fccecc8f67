/** What one does to a report without opening it: give it back, or hand it over. What is refused is told in a sentence. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { QueueEntry } from '../../../src/review/api.js'
import type { Decision } from '../../../src/review/decisions.js'
import { isProblem, send } from '../api/call.js'
import { useLanguage, useWords } from '../wording/words.js'
import { QUEUE_WORDS } from './queue-words.js'
import { reviewQuery } from './review-query.js'
import { stepKey } from './step-key.js'

interface Act {
  readonly entry: QueueEntry
  /** null: it is given back. */
  readonly decision: Decision | null
}

export function useQueueActs() {
  const words = useWords(QUEUE_WORDS)
  const { language } = useLanguage()
  const queries = useQueryClient()
  const { mutate, error } = useMutation({
    mutationFn: async ({ entry: { sha256 }, decision }: Act) => {
      if (decision === null) return send<void>('DELETE', `/review/${sha256}/claim`)
      const { state } = await queries.fetchQuery(reviewQuery(sha256))
      await send('POST', `/review/${sha256}/decisions`, { decision, version: state.version, key: stepKey() })
    },
    onSettled: (_, __, { entry }) =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ['queue'] }),
        queries.invalidateQueries({ queryKey: reviewQuery(entry.sha256).queryKey }),
      ]),
  })
  return {
    release: (entry: QueueEntry) => mutate({ entry, decision: null }),
    handOver: (entry: QueueEntry, decision: Decision) => mutate({ entry, decision }),
    trouble: error === null ? null : isProblem(error) ? error.told[language] : words.unreachable,
  }
}
