/**
 * Rows → comma-separated text by RFC 4180, with a byte order mark: without it Excel takes Chinese for GBK.
 *
 * Text comes from documents that anybody may have written, so a text that a spreadsheet would run as a formula gets an apostrophe before
 * it. A number is written as a number, minus and all, and null as nothing between the commas.
 */
import { withoutFormula } from './formula.js'

export type CsvCell = string | number | null

export const CSV_HEAD = '\uFEFF'

export function toCsvLine(cells: readonly CsvCell[]): string {
  return `${cells.map(toField).join(',')}\r\n`
}

function toField(cell: CsvCell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const text = withoutFormula(cell)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
