/**
 * HTML tables within a text, as converters write what Markdown has no words for → blocks located by the line they begin at.
 */
import type { Block, Result } from '../model.js'
import type { SourceLine } from './source.js'

/** The first line after the table that begins at this line; null where none begins, or none ends. */
export function htmlTableEnd(lines: readonly SourceLine[], from: number, lastClosed: number): number | null {
  if (from > lastClosed || !OPENS.test(lines[from]?.text ?? '')) return null
  let depth = 0
  for (let at = from; at <= lastClosed; at++) {
    for (const [mark] of (lines[at]?.text ?? '').matchAll(MARKS)) depth += mark.startsWith('</') ? -1 : 1
    if (depth <= 0) return at + 1
  }
  return lastClosed + 1
}

/** The last line on which a table is closed, -1 when there is none. */
export function lastClosedTable(lines: readonly SourceLine[]): number {
  return lines.findLastIndex(({ text }) => /<\/table\s*>/i.test(text))
}

export async function readHtmlTable(lines: readonly SourceLine[]): Promise<Result<Block[]>> {
  const { readHtmlText } = await import('../html/read-html.js')
  const document = await readHtmlText(lines.map(({ text }) => text).join('\n'))
  if (!document.ok) return document
  const location = { kind: 'line', line: lines[0]?.number ?? 1 } as const
  return {
    ok: true,
    value: document.value.blocks.map((block) =>
      block.kind === 'paragraph'
        ? { ...block, location }
        : { ...block, locations: [location], cells: block.cells.map((cell) => ({ ...cell, location })) },
    ),
  }
}

const OPENS = /<table\b/i
const MARKS = /<\/?table\b/gi
