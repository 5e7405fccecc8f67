/** What is to be settled in a report, at the left of the dock. */
import { useEffect, useRef } from 'react'
import { useWords } from '../wording/words.js'
import { type Entry, lookOf, subtitleOf, titleOf } from './entries.js'
import type { Picture } from './opened-report.js'
import { keyOf } from './own-keys.js'
import { REVIEW_WORDS } from './review-words.js'
import { useTell } from './telling.js'

const SIGN = { error: null, note: '!', done: '✓', lapsed: '!' }

export interface ItemListProps {
  readonly entries: readonly Entry[]
  readonly at: number
  readonly picture: Picture
  readonly names: ReadonlyMap<string, string>
  onChoose(at: number): void
}

export function ItemList({ entries, at, picture, names, onChoose }: ItemListProps) {
  const words = useWords(REVIEW_WORDS)
  const tell = useTell()
  const aside = useRef<HTMLElement>(null)
  const current = useRef<HTMLButtonElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another one is current
  useEffect(() => {
    // The list alone: the screen stays where it is.
    const [list, item] = [aside.current, current.current]
    if (list === null || item === null) return
    const [outer, inner] = [list.getBoundingClientRect(), item.getBoundingClientRect()]
    if (inner.top < outer.top) list.scrollTop -= outer.top - inner.top
    else if (inner.bottom > outer.bottom) list.scrollTop += inner.bottom - outer.bottom
  }, [at])
  return (
    <aside ref={aside} className="rv-items" aria-label={words.itemList}>
      <div className="ih">
        <b>{words.items(entries.length)}</b>
        <span className="sp" />
        <span className="k">{keyOf('nextItem')}</span>
        <span className="k">{keyOf('previousItem')}</span>
      </div>
      <ol>
        {entries.map((entry, index) => {
          const look = lookOf(entry)
          const title = titleOf(entry, names, words)
          const subtitle = subtitleOf(entry, picture, names, words, tell)
          return (
            <li key={entry.id}>
              <button
                ref={index === at ? current : undefined}
                type="button"
                className={`rv-it ${look}${index === at ? ' on' : ''}`}
                aria-current={index === at}
                onClick={() => onChoose(index)}
              >
                <span className="n" aria-hidden="true">
                  {SIGN[look] ?? index + 1}
                </span>
                <span className="tx">
                  <span className="b el" title={title}>
                    {title}
                  </span>
                  <span className="xs s2 about" title={subtitle.text} lang={subtitle.lang}>
                    {subtitle.text}
                  </span>
                </span>
              </button>
            </li>
          )
        })}
      </ol>
    </aside>
  )
}
