/** What is asked beside the figures: a note, whom to hand over to, why to reject, organ and year. */
import type { FormEvent, ReactNode } from 'react'
import { FORMS } from '../../../src/report/forms/all.js'
import type { Decision } from '../../../src/review/decisions.js'
import { Dialog } from '../parts/dialog.js'
import { useWords } from '../wording/words.js'
import type { Picture } from './opened-report.js'
import { REVIEW_WORDS } from './review-words.js'

/** The schema of the record would bring its validator with it. */
const VINTAGES = FORMS.map(({ vintage }) => vintage).toSorted()

interface AskProps {
  readonly title: string
  readonly done: string
  readonly isDanger?: boolean
  onDone(given: FormData): void
  onClose(): void
  readonly children: ReactNode
}

function Ask({ title, done, isDanger = false, onDone, onClose, children }: AskProps) {
  const words = useWords(REVIEW_WORDS)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    onDone(new FormData(event.currentTarget))
    onClose()
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <form className="dlg-pad rv-ask" onSubmit={submit}>
        {children}
        <div className="row g8">
          <span className="sp" />
          <button type="button" className="btn" onClick={onClose}>
            {words.cancel}
          </button>
          <button type="submit" className={isDanger ? 'btn danger' : 'btn p'}>
            {done}
          </button>
        </div>
      </form>
    </Dialog>
  )
}

interface Asked {
  onClose(): void
}

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
