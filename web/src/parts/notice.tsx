/** A sentence about what happened, or must be known, beside what it is about. Errors are told at once, all else when the reader is done. */
import type { ReactNode } from 'react'
import { isProblem } from '../api/call.js'
import { useLanguage, useWords } from '../wording/words.js'
import { Icon, type IconName } from './icon.js'
import './parts.css'

const WORDS = {
  zh: { offline: '连不上服务器。请检查网络后重试。', again: '重试' },
  en: { offline: 'The server cannot be reached. Check the connection and try again.', again: 'Try again' },
}

export type Tone = 'info' | 'ok' | 'warn' | 'bad'

const SIGNS: Readonly<Record<Tone, IconName>> = { info: 'note', ok: 'tick', warn: 'warning', bad: 'warning' }

export function Notice({ tone = 'info', children }: { readonly tone?: Tone; readonly children: ReactNode }) {
  return (
    <div className={`notice ${tone}`} role={tone === 'bad' ? 'alert' : 'status'}>
      <Icon name={SIGNS[tone]} />
      <div>{children}</div>
    </div>
  )
}

/** What the server refused; or that it could not be asked. */
export function useTold(): (error: unknown) => string {
  const words = useWords(WORDS)
  const { language } = useLanguage()
  return (error) => (isProblem(error) ? error.told[language] : words.offline)
}

/** null: nothing went wrong. */
export function Refusal({ error, retry }: { readonly error: unknown; readonly retry?: () => void }) {
  const words = useWords(WORDS)
  const told = useTold()
  if (error === null || error === undefined) return null
  return (
    <Notice tone="bad">
      <span>{told(error)}</span>
      {retry !== undefined && (
        <>
          {' '}
          <button type="button" className="btn sm" onClick={retry}>
            {words.again}
          </button>
        </>
      )}
    </Notice>
  )
}
