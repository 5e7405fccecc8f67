/**
 * Lines with bars → the rows of a table: Markdown's | a | b | over a rule |---|---|, and tables drawn with + - | or with box characters.
 *
 * In a Markdown table each line is a row. In a drawn one a row is what stands between two horizontal rules, and columns are told by
 * where the bars stand in a fixed-width face when a merged cell leaves some out.
 */
import { type FieldRow, type FieldTable, isBlank, isFigure, type SourceLine, widthOf } from './source.js'

/** Fewer lines with bars are no table: paths of a site (首页 | 公开) have them too. */
const FEWEST_LINES = 3

/**
 * Lines whose fields are parted by bars and nothing else (a|b|c, no outer bars, no rule) as lines with tabs: what spreadsheets
 * and converters write where tabs were not wanted.
 */
export function tabsForBareBars(lines: readonly SourceLine[]): readonly SourceLine[] {
  if (!lines.some(({ text }) => text.includes('|'))) return lines
  const tabbed = [...lines]
  for (let from = 0; from < lines.length; from++) {
    let to = from
    while (lines[to]?.text.includes('|')) to++
    const run = lines.slice(from, to)
    const bare = run.filter(({ text }) => !isBarred(text.trim()))
    const hasFigures = bare.some(({ text }) => splitBars(text).some(isFigure))
    if (run.length >= FEWEST_LINES && bare.length * 2 >= run.length && hasFigures && !run.some(isMarkdownRule)) {
      for (const [i, line] of run.entries()) tabbed[from + i] = { ...line, text: line.text.replaceAll('|', '\t') }
    }
    from = Math.max(from, to)
  }
  return tabbed
}

/** null: no table begins at this line. */
export function readPipeTable(lines: readonly SourceLine[], from: number): FieldTable | null {
  const first = lines[from]?.text.trim() ?? ''
  if (!/[|+│┃┌├╔╠┏┣]/.test(first)) return null
  if (isRuling(first)) return readDrawnTable(lines, from)
  return isBarred(first) || isMarkdownRule(lines[from + 1]) ? readMarkdownTable(lines, from) : null
}

function readMarkdownTable(lines: readonly SourceLine[], from: number): FieldTable | null {
  const rows: FieldRow[] = []
  let ruled = false
  let at = from
  for (; at < lines.length && !isBlank(lines[at]); at++) {
    const line = lines[at]
    if (line === undefined || !line.text.includes('|')) break
    if (isMarkdownRule(line)) ruled = true
    else if (!ruled && rows.length > 0 && !isBarred(line.text.trim())) break
    else rows.push({ fields: splitBars(line.text), line: line.number })
  }
  const evident = ruled || (rows.length >= 2 && rows.every(({ fields }) => fields.length >= 2))
  return evident && rows.length > 0 ? { rows, next: at } : null
}

/** |---|:---:|, with or without the outer bars; one column needs them. */
function isMarkdownRule(line: SourceLine | undefined): boolean {
  const text = line?.text.trim() ?? ''
  if (!text.includes('|') || !/^[|:\-\s]+$/.test(text)) return false
  return splitBars(text).every((field) => /^\s*:?-+:?\s*$/.test(field))
}

function isBarred(text: string): boolean {
  return /^[|│┃].*[|│┃]$/.test(text) && text.length > 1
}

/** Fields between bars that are not escaped; the outer bars have none outside of them. */
function splitBars(text: string): string[] {
  const inner = text.trim().replace(/^[|│┃]/, '')
  const fields = inner.match(/(?:\\.|[^|│┃\\])*(?:[|│┃]|$)/g)?.map((field) => field.replace(/[|│┃]$/, '')) ?? []
  return fields.at(-1)?.trim() === '' ? fields.slice(0, -1) : fields
}

/** A line of the drawing: nothing but rules and their crossings. */
function isRuling(text: string): boolean {
  return /^[+┌├└╔╠╚┏┣┗|│┃║][-=+─━═┬┼┴┐┤┘╦╬╩╗╣╝┳╋┻┓┫┛\s|│┃║]*$/.test(text) && /[-=─━═]{2}/.test(text)
}

function readDrawnTable(lines: readonly SourceLine[], from: number): FieldTable | null {
  const rows: { parts: { text: string; at: number }[][]; line: number }[] = []
  let open = false
  let at = from
  for (; at < lines.length && !isBlank(lines[at]); at++) {
    const line = lines[at]
    const text = line?.text.trim() ?? ''
    if (line === undefined || !/^[+|│┃║┌├└╔╠╚┏┣┗]/.test(text)) break
    if (isRuling(text)) {
      open = false
      continue
    }
    if (!open) rows.push({ parts: [], line: line.number })
    open = true
    rows.at(-1)?.parts.push(partsOf(line.text))
  }
  if (rows.length === 0) return null
  const columns = columnsOf(rows.flatMap((row) => row.parts))
  return { rows: rows.map(({ parts, line }) => ({ fields: fieldsOf(parts, columns), line })), next: at }
}

/** The texts between bars, with the place of the bar on their left. */
function partsOf(line: string): { text: string; at: number }[] {
  const parts: { text: string; at: number }[] = []
  let at = 0
  for (const piece of line.trim().split(/(?=[|│┃║├┤])/)) {
    const text = piece.replace(/^[|│┃║├┤]/, '').replace(/[─━═]{2,}[┼┤├]?/g, '')
    parts.push({ text: text.trim(), at })
    at += widthOf(piece)
  }
  return parts.at(-1)?.text === '' ? parts.slice(0, -1) : parts
}

/** Places of the bars. Where all lines have as many, their order is all that counts, for the face may not be a fixed-width one. */
function columnsOf(lines: readonly (readonly { at: number }[])[]): readonly number[] | null {
  const count = lines[0]?.length ?? 0
  if (lines.every((parts) => parts.length === count)) return null
  const places = [...new Set(lines.flatMap((parts) => parts.map(({ at }) => at)))].sort((a, b) => a - b)
  return places.filter((place, index) => index === 0 || place - (places[index - 1] ?? 0) > 1)
}

function fieldsOf(
  lines: readonly (readonly { text: string; at: number }[])[],
  columns: readonly number[] | null,
): string[] {
  const fields: string[] = []
  for (const parts of lines) {
    for (const [index, { text, at }] of parts.entries()) {
      const column =
        columns === null
          ? index
          : Math.max(
              0,
              columns.findLastIndex((place) => place <= at + 1),
            )
      if (text !== '') fields[column] = fields[column] === undefined ? text : `${fields[column]}\n${text}`
    }
  }
  return Array.from(fields, (field) => field ?? '')
}
