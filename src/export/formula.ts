/**
 * Text that comes from documents that anybody may have written → text that no spreadsheet runs as a formula: an apostrophe goes before it.
 *
 * A lone dash, which says "none", and a negative number stay as printed. The wide signs count like the narrow ones, as East Asian
 * editions of spreadsheets take them.
 */
const FORMULA = /^(?:[=+@＝＋＠\t\r]|[-－](?![\d.,０-９．，]*$))/

export function withoutFormula(cell: string): string {
  return FORMULA.test(cell) ? `'${cell}` : cell
}
