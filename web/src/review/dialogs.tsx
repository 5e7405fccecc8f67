/** What is asked beside the figures: a note, why to reject, organ and year. */
import { FORMS } from '../../../src/report/forms/all.js'
import type { Decision } from '../../../src/review/decisions.js'
import { useWords } from '../wording/words.js'
import { Ask, type Asked } from './ask.js'
import type { Picture } from './opened-report.js'
import { REVIEW_WORDS } from './review-words.js'

/** The schema of the record would bring its validator with it. */
const VINTAGES = FORMS.map(({ vintage }) => vintage).toSorted()

export function NoteDialog({ onDone, onClose }: Asked & { onDone(decision: Decision): void }) {
  const words = useWords(REVIEW_WORDS)
  const { dialogs } = words
  return (
    <Ask
      title={dialogs.note}
      done={dialogs.save}
      onClose={onClose}
      onDone={(given) => onDone({ kind: 'comment', text: String(given.get('text')) })}
    >
      <label>
        {dialogs.noteLabel}
        <textarea name="text" rows={4} maxLength={2_000} required />
      </label>
    </Ask>
  )
}

export function RejectDialog({ onDone, onClose }: Asked & { onDone(reason: string): void }) {
  const words = useWords(REVIEW_WORDS)
  const { dialogs } = words
  return (
    <Ask
      title={dialogs.reject}
      done={dialogs.sendBack}
      isDanger
      onClose={onClose}
      onDone={(given) => onDone(String(given.get('reason')))}
    >
      <label>
        {dialogs.rejectLabel}
        <input name="reason" list="rv-reasons" maxLength={2_000} required autoComplete="off" />
      </label>
      <datalist id="rv-reasons">
        {dialogs.rejectReasons.map((reason) => (
          <option key={reason} value={reason} />
        ))}
      </datalist>
    </Ask>
  )
}

export function IdentityDialog({
  picture,
  onDone,
  onClose,
}: Asked & { readonly picture: Picture; onDone(decisions: readonly Decision[]): void }) {
  const words = useWords(REVIEW_WORDS)
  const { dialogs } = words
  const { organ, year } = picture.overlay
  const save = (given: FormData) => {
    const decisions: Decision[] = []
    const named = String(given.get('organ')).trim()
    const numbered = Number(given.get('year'))
    const vintage = VINTAGES.find((each) => each === given.get('vintage'))
    if (named !== '' && named !== organ) decisions.push({ kind: 'set_organ', organ: named })
    if (Number.isInteger(numbered) && numbered > 0 && numbered !== year) {
      decisions.push({ kind: 'set_year', year: numbered })
    }
    if (vintage !== undefined && vintage !== picture.vintage) decisions.push({ kind: 'set_vintage', vintage })
    onDone(decisions)
  }
  return (
    <Ask title={dialogs.identity} done={dialogs.save} onClose={onClose} onDone={save}>
      <label>
        {dialogs.organ}
        <input name="organ" defaultValue={organ ?? ''} maxLength={200} autoComplete="off" />
      </label>
      <label>
        {dialogs.year}
        <input name="year" type="number" min={1990} max={2100} defaultValue={year ?? ''} />
      </label>
      <label>
        {dialogs.vintage}
        <select name="vintage" defaultValue={picture.vintage ?? ''}>
          {picture.vintage === null && <option value="">—</option>}
          {VINTAGES.map((vintage) => (
            <option key={vintage} value={vintage}>
              {words.vintage(vintage)}
            </option>
          ))}
        </select>
      </label>
    </Ask>
  )
}
