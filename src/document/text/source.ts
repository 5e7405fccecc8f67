/**
 * The characters of a text → its lines, numbered from 1, and what can be said of a line by itself.
 */

export interface SourceLine {
  /** Without its end, and without control characters other than tabs. */
  readonly text: string
  readonly number: number
}

/** A table found in the lines: its rows, and the first line after it. */
export interface FieldTable {
  readonly rows: readonly FieldRow[]
  /** Values were put into columns by counting them: what stands above a value is not its header. */
  readonly counted?: true
  /** Lines between the rows that are no part of the table. */
  readonly pageNumbers?: readonly SourceLine[]
  readonly next: number
}

export interface FieldRow {
  readonly fields: readonly string[]
  readonly line: number
  /** Where this row's fields stand in the table is a guess: it has fewer than others, and nothing says which are missing. */
  readonly open?: true
}

export function linesOf(text: string): SourceLine[] {
  return text.split(/\r\n|[\n\r\u0085\u2028]/).map((line, index) => ({
    text: /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/.test(line) ? line.replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/g, '') : line,
    number: index + 1,
  }))
}

export function isBlank(line: SourceLine | undefined): boolean {
  return line === undefined || line.text.trim() === ''
}

/** Columns that a text takes in a fixed-width face: two for each Chinese character. */
export function widthOf(text: string): number {
  let width = 0
  for (let index = 0; index < text.length; index++) width += text.charCodeAt(index) < 0x1100 ? 1 : 2
  return width
}

/** A figure, or one of the signs that stand for none. */
const FIGURE = /^[-+－]?[\d０-９][\d０-９,，.．]*%?$|^[-－—–/／]{1,2}$/

export function isFigure(field: string): boolean {
  return FIGURE.test(field.trim())
}

const PAGE_NUMBER =
  /^(?:[-—－–―]+\s*\d{1,4}\s*[-—－–―]+|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?|\d{1,4}\s*\/\s*\d{1,4}|Page\s+\d{1,4}(?:\s+of\s+\d{1,4})?)$/i

/** A page number alone on its line. A bare number is none: tables are flattened to lines of figures. */
export function isPageNumber(line: SourceLine | undefined): boolean {
  return line !== undefined && PAGE_NUMBER.test(line.text.trim())
}

/** #…###### before a title; the space is often forgotten before Chinese. */
const HEADING = /^ {0,3}(#{1,6})(?:\s+(\S.*?)|([\u2e80-\u9fff（].*?))\s*#*\s*$/

export function headingOf(line: SourceLine): { level: number; title: string } | null {
  const match = HEADING.exec(line.text)
  if (match === null) return null
  return { level: match[1]?.length ?? 1, title: match[2] ?? match[3] ?? '' }
}

export function largest(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), 0)
}
