/**
 * The lines of a text → its parts in order: headings, lines of prose, tables, page numbers.
 */
import { htmlTableEnd, lastClosedTable } from './html-table.js'
import { isBold, readInline } from './inline.js'
import type { ProseLine } from './paragraphs.js'
import { readPipeTable, tabsForBareBars } from './pipe-table.js'
import { type FieldTable, headingOf, isBlank, isFigure, isPageNumber, type SourceLine, widthOf } from './source.js'
import { spacedTableReader } from './spaced-table.js'
import { readTabTable } from './tab-table.js'

export type Part =
  | { readonly kind: 'prose'; readonly prose: MarkedLine }
  | {
      readonly kind: 'heading'
      readonly level: number
      readonly text: string
      readonly bold: boolean
      readonly line: number
    }
  | { readonly kind: 'table'; readonly table: FieldTable }
  | { readonly kind: 'html'; readonly lines: readonly SourceLine[] }
  | { readonly kind: 'page_number'; readonly text: string; readonly line: number }

export interface MarkedLine extends ProseLine {
  readonly bold: boolean
  readonly centred: boolean
  readonly pictures: number
}

export function partsOf(source: readonly SourceLine[]): Part[] {
  const lines = tabsForBareBars(source.map(unquoted))
  const lastClosed = lastClosedTable(lines)
  const readSpacedTable = spacedTableReader(lines)
  const parts: Part[] = []
  let blankBefore = true
  let at = 0
  while (at < lines.length) {
    const line = lines[at]
    if (line === undefined) break
    const proseBefore = !blankBefore && parts.at(-1)?.kind === 'prose'
    blankBefore = isBlank(line) || isFence(line) || isDivider(lines, at)
    if (blankBefore) {
      at++
      continue
    }
    const html = htmlTableEnd(lines, at, lastClosed)
    const table = html === null ? (readPipeTable(lines, at) ?? readTabTable(lines, at) ?? readSpacedTable(at)) : null
    const heading = html === null && table === null ? headingAt(lines, at) : null
    if (html !== null) {
      parts.push({ kind: 'html', lines: lines.slice(at, html) })
      at = html
    } else if (table !== null) {
      parts.push({ kind: 'table', table })
      for (const { text, number } of table.pageNumbers ?? []) {
        parts.push({ kind: 'page_number', text: text.trim(), line: number })
      }
      at = table.next
    } else if (heading !== null) {
      const text = readInline(heading.title).text
      if (text !== '')
        parts.push({ kind: 'heading', level: heading.level, text, bold: isBold(heading.title), line: line.number })
      at = heading.next
    } else if (isPageNumber(line)) {
      parts.push({ kind: 'page_number', text: line.text.trim(), line: line.number })
      at++
    } else {
      const prose = proseOf(line, !proseBefore)
      if (prose.text !== '' || prose.pictures > 0) parts.push({ kind: 'prose', prose })
      at++
    }
  }
  return parts
}

function unquoted(line: SourceLine): SourceLine {
  return /^ {0,3}>/.test(line.text) ? { ...line, text: line.text.replace(/^ {0,3}(?:> ?)+/, '') } : line
}

function isFence({ text }: SourceLine): boolean {
  return /^ {0,3}(?:`{3,}|~{3,})[\w-]*\s*$/.test(text)
}

/** A rule between blank lines. Among lines of text, dashes may be a value. */
function isDivider(lines: readonly SourceLine[], at: number): boolean {
  const text = lines[at]?.text.trim() ?? ''
  return /^([-*_=—─━~])(?:\s*\1){2,}$/.test(text) && isBlank(lines[at - 1]) && isBlank(lines[at + 1])
}

function headingAt(lines: readonly SourceLine[], at: number): { level: number; title: string; next: number } | null {
  const line = lines[at]
  if (line === undefined) return null
  const heading = headingOf(line)
  if (heading !== null) return { ...heading, next: at + 1 }
  const under = /^ {0,3}(={3,}|-{3,})\s*$/.exec(lines[at + 1]?.text ?? '')?.[1]
  if (under === undefined || !isBlank(lines[at - 1]) || !isBlank(lines[at + 2])) return null
  return { level: under.startsWith('=') ? 1 : 2, title: line.text, next: at + 2 }
}

const CENTRED_INDENT = 8

function proseOf(line: SourceLine, first: boolean): MarkedLine {
  const source = withoutBullet(line.text)
  const { text, pictures } = readInline(source.replaceAll('\t', ' '))
  const indent = /^[ \u3000]*/.exec(source)?.[0] ?? ''
  return {
    source,
    text,
    line: line.number,
    first,
    bold: isBold(source),
    centred:
      widthOf(indent) >= CENTRED_INDENT || /^\s*<(?:center\b|[a-z][a-z0-9]*\s[^>]*\balign=["']?center)/i.test(source),
    pictures,
  }
}

/** "- 5" is a value, not an item. */
function withoutBullet(text: string): string {
  const item = /^\s*[-*+]\s+(\S.*)$/.exec(text)?.[1]
  return item === undefined || isFigure(item) ? text : item
}
