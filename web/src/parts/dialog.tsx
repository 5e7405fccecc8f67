/**
 * What is shown over the page: the browser's own <dialog>, which keeps the focus inside and gives it back. Esc and a press beside it close it.
 *
 * It is open as long as it is there: whoever shows it takes it away when `onClose` is called. What is asked has the focus first, and not the way out.
 */
import { type PointerEvent, type ReactNode, useId, useLayoutEffect, useRef } from 'react'
import { useWords } from '../wording/words.js'
import { Icon } from './icon.js'
import './parts.css'

const WORDS = { zh: { close: '关闭' }, en: { close: 'Close' } }

interface DialogProps {
  readonly title: string
  /** Beside the title, paler. */
  readonly about?: ReactNode
  /** box: in the middle; wide: for tables; drawer: along the right edge. */
  readonly kind?: 'box' | 'wide' | 'drawer'
  readonly onClose: () => void
  readonly children: ReactNode
}

export function Dialog({ title, about, kind = 'box', onClose, children }: DialogProps) {
  const words = useWords(WORDS)
  const dialog = useRef<HTMLDialogElement>(null)
  const heading = useId()
  // Closed before it leaves the page: afterwards the browser no longer knows where the focus came from.
  useLayoutEffect(() => {
    const shown = dialog.current
    shown?.showModal()
    shown?.querySelector<HTMLElement>('.dlg-body :is(input, textarea, select)')?.focus()
    return () => shown?.close()
  }, [])
  const closeBeside = ({ target, currentTarget, clientX, clientY }: PointerEvent<HTMLDialogElement>) => {
    if (target !== currentTarget) return
    const { left, right, top, bottom } = currentTarget.getBoundingClientRect()
    if (clientX < left || clientX > right || clientY < top || clientY > bottom) onClose()
  }
  return (
    <dialog
      ref={dialog}
      className={`dlg ${kind}`}
      aria-labelledby={heading}
      onPointerDown={closeBeside}
      onCancel={(event) => {
        if (event.target !== event.currentTarget) return
        event.preventDefault()
        onClose()
      }}
      onClose={({ target, currentTarget }) => {
        if (target === currentTarget && !currentTarget.open) onClose()
      }}
    >
      <div className="row g8 dlg-head">
        <h2 id={heading}>{title}</h2>
        <div className="s2 el">{about}</div>
        <span className="sp" />
        <span className="k" aria-hidden="true">
          Esc
        </span>
        <button type="button" className="ib dlg-close" aria-label={words.close} onClick={onClose}>
          <Icon name="cross" />
        </button>
      </div>
      <div className="dlg-body">{children}</div>
    </dialog>
  )
}
