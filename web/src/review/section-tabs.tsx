/** The parts of a report, with what is open in each. */
import { Icon } from '../parts/icon.js'
import { useWords } from '../wording/words.js'
import { type Entry, lookOf } from './entries.js'
import { keyOf } from './own-keys.js'
import { type Part, partOfFact, partOfItem } from './parts.js'
import { REVIEW_WORDS } from './review-words.js'

export interface SectionTabsProps {
  readonly parts: readonly Part[]
  readonly current: string
  readonly entries: readonly Entry[]
  onChoose(part: string): void
}

export function partOfEntry(entry: Entry, parts: readonly Part[]): string {
  return entry.kind === 'item'
    ? partOfItem(entry.overlaid.item, parts)
    : (entry.equation.facts.map((fact) => partOfFact(fact, parts)).find((part) => part !== null) ?? 'head')
}

export function SectionTabs({ parts, current, entries, onChoose }: SectionTabsProps) {
  const words = useWords(REVIEW_WORDS)
  const openIn = (part: string, looks: readonly string[]) =>
    entries.filter((entry) => looks.includes(lookOf(entry)) && partOfEntry(entry, parts) === part).length
  return (
    <nav className="rv-tabs" aria-label={words.partsOf}>
      {parts.map(({ key, ordinal, title }) => {
        const errors = openIn(key, ['error', 'lapsed'])
        const notes = openIn(key, ['note'])
        return (
          <button
            key={key}
            type="button"
            className={key === current ? 'on' : ''}
            aria-current={key === current ? 'true' : undefined}
            title={title ?? undefined}
            onClick={() => onChoose(key)}
          >
            {ordinal !== null && <span lang="zh-CN">{ordinal} </span>}
            {words.parts[key] ?? title}
            {errors > 0 && <span className="badge bad">{words.errors(errors)}</span>}
            {notes > 0 && <span className="tag warn">{words.notes(notes)}</span>}
            {errors + notes === 0 && (
              <span className="okk" title={words.allWell}>
                <Icon name="tick" />
              </span>
            )}
          </button>
        )
      })}
      <span className="sp" />
      <span className="row g4 xs s2 nw rv-tab-keys" aria-hidden="true">
        <span className="k">{keyOf('previousPart')}</span>
        <span className="k">{keyOf('nextPart')}</span>
      </span>
    </nav>
  )
}
