/**
 * A table of a record → tab-separated text, as spreadsheets, pandas and DuckDB read it.
 *
 * The cells are as printed, with two exceptions for the sake of the spreadsheet: a cell with a tab, a quotation mark or a line
 * break stands in quotation marks, and a cell that a spreadsheet would run as a formula gets an apostrophe before it, since
 * the file may come from anybody. The text begins with a byte order mark: without it Excel takes Chinese for GBK.
 */
import type { Table } from '../record.js'
import { withoutFormula } from './formula.js'

const BYTE_ORDER_MARK = '\uFEFF'

export function toTsv(table: Table): string {
  return BYTE_ORDER_MARK + table.rows.map((row) => `${row.map(toField).join('\t')}\n`).join('')
}

function toField(cell: string): string {
  const text = withoutFormula(cell)
  return /[\t\n\r"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
