/** A dialog that asks: its fields, and the buttons that answer or let be. */
import type { FormEvent, ReactNode } from 'react'
import { Dialog } from '../parts/dialog.js'
import { useWords } from '../wording/words.js'
import { REVIEW_WORDS } from './review-words.js'

export interface Asked {
  onClose(): void
}

interface AskProps {
  readonly title: string
  readonly done: string
  readonly isDanger?: boolean
  onDone(given: FormData): void
  onClose(): void
  readonly children: ReactNode
}

export function Ask({ title, done, isDanger = false, onDone, onClose, children }: AskProps) {
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
