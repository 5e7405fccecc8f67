/** The right half above the dock: one part of the report as the form has it, with what was read and the identities drawn on it. */
import { type RefObject, useMemo } from 'react'
import type { PathOf } from '../../../src/review/section-paths.js'
import { namedSections } from '../../../src/review/section-paths.js'
import { Icon } from '../parts/icon.js'
import { useWords } from '../wording/words.js'
import type { ToAssign } from './assign-laying.js'
import { AssignNotice } from './assign-notice.js'
import { FormTable, type FormTableProps, keptSums } from './form-tables.js'
import { HeadPart } from './head-part.js'
import { keyOf } from './own-keys.js'
import { cellsOf, type Part } from './parts.js'
import { REVIEW_WORDS } from './review-words.js'
import { quotesIn, SectionText } from './section-text.js'

export interface FormPaneProps extends FormTableProps {
  readonly part: Part
  readonly allIdentities: boolean
  readonly isWorking: boolean
  readonly body: RefObject<HTMLDivElement | null>
  onIdentities(): void
  onYears(): void
  onIdentity(): void
  onAssign(what: ToAssign): void
  /** `path`: of the section, see section-paths.ts. */
  onCorrectText(path: string, text: string): void
  onSelect(fact: string): void
}

export function FormPane(props: FormPaneProps) {
  const { part, picture, body, actions, isWorking } = props
  const words = useWords(REVIEW_WORDS)
  const quotes = quotesIn(picture.typed.checks)
  const { record } = picture
  const paths = useMemo(() => new Map(namedSections(record.sections).map((each) => [each.section, each])), [record])
  const sections = part.sections.flatMap((section): PathOf[] => {
    const named = paths.get(section)
    return named === undefined ? [] : [named]
  })
  return (
    <div className="rv-form">
      {part.key === 'head' ? (
        <HeadPart picture={picture} onChange={isWorking ? props.onIdentity : null} />
      ) : (
        <>
          {part.tables.length > 0 && <Heading {...props} />}
          <div className="rv-scroll" ref={body}>
            {part.tables.map((table) => (
              <div key={table.key}>
                <AssignNotice table={table} picture={picture} onAssign={isWorking ? props.onAssign : null} />
                <FormTable {...props} table={table} />
              </div>
            ))}
            {part.tables.length > 0 && <Prose {...props} />}
            {sections.filter(saysSomething(part)).map((named) => (
              <SectionText
                key={named.path}
                named={named}
                texts={picture.overlay.texts}
                quotes={quotes}
                onCorrect={isWorking ? props.onCorrectText : null}
                onSelect={actions.select}
              />
            ))}
            {part.tables.length === 0 && part.sections.length === 0 && <p className="rv-none s2">{words.noSection}</p>}
          </div>
        </>
      )}
    </div>
  )
}

/** Where the table is all, its heading would only repeat the title. */
function saysSomething({ tables }: Part) {
  return ({ section: { text, children } }: PathOf) => tables.length === 0 || text !== '' || children.length > 0
}

function Heading({ part, picture, allIdentities, withYears, onIdentities, onYears }: FormPaneProps) {
  const words = useWords(REVIEW_WORDS)
  const cells = new Set(cellsOf(part))
  const own = [...picture.equations.values()].filter(
    (equation) => equation.level === 'error' && equation.facts.some((fact) => cells.has(fact)),
  )
  const kept = keptSums(picture)
  const failing = own.filter(({ outcome, name }) => outcome === 'fail' && !kept.has(name)).length
  const asPublished = own.filter(({ outcome, name }) => outcome === 'fail' && kept.has(name)).length
  const holding = own.filter(({ outcome }) => outcome === 'pass').length
  return (
    <div className="rv-fh">
      <h2 className="el" lang="zh-CN" title={part.title ?? ''}>
        {words.table[part.table ?? '']}　{part.title}
      </h2>
      {failing > 0 && (
        <span className="tag bad">
          <Icon name="cross" />
          {words.failing(failing)}
        </span>
      )}
      {asPublished > 0 && <span className="tag asis">{words.kept(asPublished)}</span>}
      {holding > 0 && (
        <span className="tag ok">
          <Icon name="tick" />
          {words.holding(holding)}
        </span>
      )}
      <span className="sp" />
      <div className="rv-legend">
        <span className="opt">
          <i className="sw op">+</i>
          {words.legend.operand}
        </span>
        <span className="opt">
          <i className="sw bad">≠</i>
          {words.legend.failing}
        </span>
        <button type="button" aria-pressed={allIdentities} onClick={onIdentities}>
          <span className="k">{keyOf('identities')}</span>
          {words.legend.all}
        </button>
        {picture.opened.neighbours.length > 0 && (
          <button type="button" aria-pressed={withYears} onClick={onYears}>
            <span className="k">{keyOf('years')}</span>
            {words.previousYears}
          </button>
        )}
      </div>
    </div>
  )
}

/** What the prose says of figures of this part. */
function Prose({ part, picture, onSelect }: FormPaneProps) {
  const words = useWords(REVIEW_WORDS)
  const cells = new Set(cellsOf(part))
  const quotes = quotesIn(picture.typed.checks).filter(({ fact }) => cells.has(fact))
  if (quotes.length === 0) return null
  return (
    <p className="rv-prose xs s2">
      <Icon name="note" />
      {words.prose}
      {quotes.map(({ phrase, fact, agrees }) => (
        <button
          key={`${phrase}${fact}`}
          type="button"
          className={agrees ? 'rv-chip ok' : 'rv-chip bad'}
          lang="zh-CN"
          onClick={() => onSelect(fact)}
        >
          “{phrase}”<span aria-hidden="true">{agrees ? ' ✓' : ' ≠'}</span>
        </button>
      ))}
    </p>
  )
}
