/** A secret that is shown this once: to be copied now. It is kept nowhere, and gone with the page. */
import { useRef, useState } from 'react'
import { Icon } from '../parts/icon.js'
import { Notice } from '../parts/notice.js'
import { useWords } from '../wording/words.js'

const WORDS = {
  zh: { copy: '复制', copied: '已复制', once: '只显示这一次，请现在复制。' },
  en: { copy: 'Copy', copied: 'Copied', once: 'Shown only this once. Copy it now.' },
}

interface ShownOnceProps {
  readonly label: string
  readonly secret: string
  readonly about: string
  readonly onDone: () => void
  readonly done: string
}

export function ShownOnce({ label, secret, about, onDone, done }: ShownOnceProps) {
  const words = useWords(WORDS)
  const field = useRef<HTMLInputElement>(null)
  const [isCopied, setCopied] = useState(false)
  const copy = async () => {
    field.current?.select()
    try {
      await navigator.clipboard.writeText(secret)
      setCopied(true)
    } catch {
      // Not allowed on addresses without TLS: it is selected, and can be copied by hand.
      setCopied(false)
    }
  }
  return (
    <Notice tone="ok">
      <p>
        {about} <b>{words.once}</b>
      </p>
      <div className="row g8 set-once">
        <input
          ref={field}
          readOnly
          aria-label={label}
          value={secret}
          onFocus={({ currentTarget }) => currentTarget.select()}
        />
        <button type="button" className="btn sm" onClick={() => void copy()}>
          <Icon name={isCopied ? 'tick' : 'copies'} />
          <span aria-live="polite">{isCopied ? words.copied : words.copy}</span>
        </button>
        <button type="button" className="btn sm t" onClick={onDone}>
          {done}
        </button>
      </div>
    </Notice>
  )
}
