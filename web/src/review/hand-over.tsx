/** Whom to hand a report over to, and why: a colleague by name, or whoever comes next. */
import type { Decision } from '../../../src/review/decisions.js'
import { useWords } from '../wording/words.js'
import { Ask, type Asked } from './ask.js'
import { REVIEW_WORDS } from './review-words.js'

export function HandOverDialog({ onDone, onClose }: Asked & { onDone(decision: Decision): void }) {
  const words = useWords(REVIEW_WORDS)
  const { dialogs } = words
  return (
    <Ask
      title={dialogs.handOver}
      done={dialogs.send}
      onClose={onClose}
      onDone={(given) => {
        const to = String(given.get('to')).trim()
        const note = String(given.get('note')).trim()
        onDone({ kind: 'hand_over', to: to === '' ? null : to, ...(note === '' ? {} : { note }) })
      }}
    >
      <label>
        {dialogs.to}
        <input name="to" maxLength={200} autoComplete="off" />
      </label>
      <label>
        {dialogs.why}
        <textarea name="note" rows={3} maxLength={2_000} />
      </label>
    </Ask>
  )
}
