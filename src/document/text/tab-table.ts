/**
 * Lines with tabs → the rows of a table.
 *
 * A blank line ends a table unless the table obviously goes on: its header was cut by a rule of dashes (what converters to Markdown
 * leave of merged header cells), every row stands apart, or rows of the same many fields follow over a page break. A line without
 * tabs between two rows is a row whose empty fields an editor has trimmed away. A field in quotes may run over several lines,
 * as spreadsheets copy a cell with a line break.
 */
import {
  type FieldRow,
  type FieldTable,
  headingOf,
  isBlank,
  isFigure,
  isPageNumber,
  type SourceLine,
  widthOf,
} from './source.js'

/** null: no table begins at this line. */
export function readTabTable(lines: readonly SourceLine[], from: number): FieldTable | null {
  return readRows(lines, from) ?? readUnderBanner(lines, from)
}

/** A lone line over the first row is a row that was trimmed, where the table has others like it. */
function readUnderBanner(lines: readonly SourceLine[], from: number): FieldTable | null {
  const banner = lines[from]
  if (banner === undefined || !isBlank(lines[from - 1]) || !isTrimmedRow(lines, from, null)) return null
  const table = readRows(lines, from + 1)
  if (table === null || !table.rows.some(({ fields }) => fields.length === 1)) return null
  return { ...table, rows: [{ fields: [banner.text], line: banner.number }, ...table.rows] }
}

function readRows(lines: readonly SourceLine[], from: number): FieldTable | null {
  if (!isRow(lines[from]) && !opensQuoted(lines, from)) return null
  const rows: FieldRow[] = []
  const pageNumbers: SourceLine[] = []
  let at = from
  let headCut = false
  let apart = true
  while (at < lines.length) {
    const line = lines[at]
    if (line === undefined) break
    if (isRule(line, rows.length)) {
      headCut = true
      at++
    } else if (
      isRow(line) ||
      continuesRow(line) ||
      opensQuoted(lines, at) ||
      isTrimmedRow(lines, at, rows.at(-1) ?? null)
    ) {
      const { fields, next } = fieldsAt(lines, at)
      rows.push({ fields, line: line.number })
      headCut = false
      if (!isBlank(lines[next]) && next < lines.length) apart = false
      at = next
    } else if (line.text.includes('\t') && isBlank(line)) {
      at++
    } else {
      const next = afterGap(lines, at)
      const row = next === null ? null : rowAfterGap(lines, next)
      if (next === null || row === null || !goesOn(rows, row, { headCut, apart })) break
      pageNumbers.push(...lines.slice(at, next).filter(isPageNumber))
      at = next
    }
  }
  const lone = rows.length === 1 ? rows[0] : undefined
  return lone !== undefined && !lone.fields.some(isFigure) ? null : { rows, pageNumbers, next: at }
}

/** A tab after some text: a tab before it only indents. */
function isRow(line: SourceLine | undefined): boolean {
  return line !== undefined && /\S *\t/.test(line.text) && headingOf(line) === null
}

/** The first field of a row is in quotes and goes on below. */
function opensQuoted(lines: readonly SourceLine[], at: number): boolean {
  if (!/^"[^"\t]+$/.test(lines[at]?.text ?? '')) return false
  const end = lines.slice(at + 1, at + LONGEST_FIELD).find(({ text }) => text.includes('"'))
  return end !== undefined && /^[^"\t]*"\t/.test(end.text)
}

/** Within a table, an empty first field: the row goes on under the label above. */
function continuesRow({ text }: SourceLine): boolean {
  return /^\s*\t\s*\S/.test(text)
}

const TRIMMED_WIDTH = 60

/**
 * An ordinal may head a part of the table or the section that the next table belongs to: it is a row where the rows on both sides
 * of it are of a width.
 */
function isTrimmedRow(lines: readonly SourceLine[], at: number, before: FieldRow | null): boolean {
  const line = lines[at]
  if (line === undefined || isBlank(line) || headingOf(line) !== null || isPageNumber(line)) return false
  const text = line.text.trim()
  if (!isRow(lines[at + 1]) || widthOf(text) > TRIMMED_WIDTH || /[。；：:]$/.test(text)) return false
  return !ORDINAL.test(text) || (before !== null && filled(before.fields) === filled(fieldsAt(lines, at + 1).fields))
}

const ORDINAL =
  /^(?:[一二三四五六七八九十]{1,3}[、．.]|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十]{1,3}(?:部分|章))/

function filled(fields: readonly string[]): number {
  return fields.findLastIndex((field) => field.trim() !== '') + 1
}

/** Dashes in every field: under the first row, or so long that they are no values. */
function isRule({ text }: SourceLine, rowsBefore: number): boolean {
  const fields = text.split('\t').filter((field) => field.trim() !== '')
  const least = rowsBefore === 1 ? 3 : 5
  return fields.length > 0 && fields.every((field) => /^\s*[-=]+\s*$/.test(field) && field.trim().length >= least)
}

const LONGEST_GAP = 3

/** The first line after a gap of blank lines and page numbers; null where there is none, or the gap is wide. */
function afterGap(lines: readonly SourceLine[], from: number): number | null {
  let at = from
  while (at < lines.length && at - from < LONGEST_GAP + 2 && (isBlank(lines[at]) || isPageNumber(lines[at]))) at++
  return at === from || at >= lines.length || at - from > LONGEST_GAP + 1 ? null : at
}

function rowAfterGap(lines: readonly SourceLine[], at: number): readonly string[] | null {
  const line = lines[at]
  if (line === undefined) return null
  if (isRule(line, 1)) return []
  return isRow(line) || continuesRow(line) ? fieldsAt(lines, at).fields : null
}

const MANY_FIELDS = 5

/** `row` is empty where a rule of dashes follows the gap. */
function goesOn(
  rows: readonly FieldRow[],
  row: readonly string[],
  { headCut, apart }: { headCut: boolean; apart: boolean },
): boolean {
  const last = rows.at(-1)
  if (last === undefined) return false
  if (headCut || row.length === 0) return true
  const sameCount = row.length === last.fields.length
  if (apart && sameCount) return true
  const underLabel = row[0]?.trim() === '' && row.length >= 3
  return (sameCount && row.length >= MANY_FIELDS) || underLabel
}

const LONGEST_FIELD = 12

function fieldsAt(lines: readonly SourceLine[], at: number): { fields: readonly string[]; next: number } {
  const text = lines[at]?.text ?? ''
  if (!/(?:^|\t)"/.test(text)) return { fields: text.split('\t'), next: at + 1 }
  let joined = text
  for (let next = at + 1; next <= at + LONGEST_FIELD; next++) {
    if (quotes(joined) % 2 === 0) return { fields: unquoted(joined), next }
    const line = lines[next]
    if (line === undefined) break
    joined += `\n${line.text}`
  }
  return { fields: text.split('\t'), next: at + 1 }
}

function quotes(text: string): number {
  return text.split('"').length - 1
}

/** Fields of which some are in quotes, with "" for a quote within. Quotes that only mark a word stay. */
function unquoted(text: string): string[] {
  const fields = text.match(/(?:^|\t)(?:"(?:[^"]|"")*"(?=\t|$)|[^\t]*)/g) ?? []
  return fields.map((field, index) => {
    const own = index === 0 && !field.startsWith('\t') ? field : field.slice(1)
    const quoted = /^"(.*)"$/s.exec(own)?.[1]
    return quoted !== undefined && /\n|""/.test(quoted) ? quoted.replaceAll('""', '"') : own
  })
}
