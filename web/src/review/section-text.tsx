/**
 * What a section says, as paragraphs that can be corrected. Figures that its prose states are linked to their cells, and say whether the table
 * agrees.
 */
import { Fragment, useEffect, useRef, useState } from 'react'
import type { Check } from '../../../src/record.js'
import type { Overlay } from '../../../src/review/overlay.js'
import { namedSections, type PathOf } from '../../../src/review/section-paths.js'
import { useWords } from '../wording/words.js'
import { REVIEW_WORDS } from './review-words.js'

export interface Quote {
  readonly phrase: string
  readonly fact: string
  readonly agrees: boolean
}

/** A check on the prose quotes what it read there. */
const QUOTED = /正文“([^”]+)”/

export function quotesIn(checks: readonly Check[]): readonly Quote[] {
  return checks.flatMap(({ message, facts, outcome }) => {
    const phrase = QUOTED.exec(message)?.[1]
    const fact = facts[0]
    return phrase === undefined || fact === undefined || outcome === 'skipped'
      ? []
      : [{ phrase, fact, agrees: outcome === 'pass' }]
  })
}

export interface SectionTextProps {
  readonly named: PathOf
  /** As people say they read. */
  readonly texts: Overlay['texts']
  readonly quotes: readonly Quote[]
  readonly onCorrect: ((path: string, text: string) => void) | null
  onSelect(fact: string): void
  readonly isWithin?: boolean
}

export function SectionText({ named, texts, quotes, onCorrect, onSelect, isWithin = false }: SectionTextProps) {
  const { path, section } = named
  const corrected = texts.get(path)?.decision.text ?? null
  const words = useWords(REVIEW_WORDS)
  const Heading = isWithin ? 'h3' : 'h2'
  const [draft, setDraft] = useState<string | null>(null)
  const text = corrected ?? section.text
  const area = useRef<HTMLTextAreaElement>(null)
  const isWriting = draft !== null
  useEffect(() => {
    if (isWriting) area.current?.focus({ preventScroll: true })
  }, [isWriting])
  const save = () => {
    if (draft !== null && draft !== text) onCorrect?.(path, draft)
    setDraft(null)
  }
  return (
    <section className="rv-section" aria-label={section.title}>
      <div className="row g8">
        <Heading lang="zh-CN">
          {section.ordinal !== null && `${section.ordinal}、`}
          {section.title}
        </Heading>
        {corrected !== null && <span className="tag ok">{words.textCorrected}</span>}
        <span className="sp" />
        {onCorrect !== null && draft === null && (
          <button type="button" className="btn sm" onClick={() => setDraft(text)}>
            {words.editText}
          </button>
        )}
      </div>
      {draft === null ? (
        text.split('\n').map((paragraph, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: paragraphs do not move
          <p key={at} lang="zh-CN">
            <Linked text={paragraph} quotes={quotes} onSelect={onSelect} />
          </p>
        ))
      ) : (
        <>
          <textarea
            ref={area}
            className="rv-draft"
            lang="zh-CN"
            aria-label={section.title}
            value={draft}
            rows={Math.min(16, Math.max(4, Math.ceil(draft.length / 40)))}
            onChange={(event) => setDraft(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape') setDraft(null)
              if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save()
            }}
          />
          <div className="row g8">
            <button type="button" className="btn sm p" onClick={save}>
              {words.saveText}
            </button>
            <button type="button" className="btn sm" onClick={() => setDraft(null)}>
              {words.cancel}
            </button>
          </div>
        </>
      )}
      {namedSections(section.children, path).map((child) => (
        <SectionText
          key={child.path}
          named={child}
          texts={texts}
          quotes={quotes}
          onCorrect={onCorrect}
          onSelect={onSelect}
          isWithin
        />
      ))}
    </section>
  )
}

interface LinkedProps {
  readonly text: string
  readonly quotes: readonly Quote[]
  onSelect(fact: string): void
}

function Linked({ text, quotes, onSelect }: LinkedProps) {
  return (
    <>
      {cut(text, quotes).map(({ at, piece, quote }) =>
        quote === null ? (
          <Fragment key={at}>{piece}</Fragment>
        ) : (
          <button
            key={at}
            type="button"
            className={quote.agrees ? 'rv-chip ok' : 'rv-chip bad'}
            onClick={() => onSelect(quote.fact)}
          >
            {piece}
            <span aria-hidden="true">{quote.agrees ? ' ✓' : ' ≠'}</span>
          </button>
        ),
      )}
    </>
  )
}

interface Piece {
  readonly at: number
  readonly piece: string
  readonly quote: Quote | null
}

/** Each phrase where it first stands; of two over one another, the first. */
function cut(text: string, quotes: readonly Quote[]): readonly Piece[] {
  const found = quotes
    .map((quote) => ({ quote, from: text.indexOf(quote.phrase) }))
    .filter(({ from }) => from >= 0)
    .sort((a, b) => a.from - b.from)
  const pieces: Piece[] = []
  let at = 0
  for (const { quote, from } of found) {
    if (from < at) continue
    if (from > at) pieces.push({ at, piece: text.slice(at, from), quote: null })
    pieces.push({ at: from, piece: quote.phrase, quote })
    at = from + quote.phrase.length
  }
  pieces.push({ at, piece: text.slice(at), quote: null })
  return pieces
}
