/**
 * Rows → a CSV that spreadsheets open as it is meant.
 *
 * UTF-8 with a mark, as Excel otherwise guesses. A cell that would be taken for a formula is kept text by an apostrophe before it: names of
 * organs come out of documents that anybody may have written.
 */
const FORMULA = /^[=+\-@\t\r]/

export function toCsv(rows: readonly (readonly (string | number | null)[])[]): string {
  return `\uFEFF${rows.map((row) => row.map(cellOf).join(',')).join('\r\n')}\r\n`
}

function cellOf(value: string | number | null): string {
  if (value === null) return ''
  const text = typeof value === 'string' && FORMULA.test(value) ? `'${value}` : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
