/**
 * What stands in a cell → its text: the lines of its paragraphs and of the tables in it, joined by line ends.
 *
 * Blank lines are left out, and letters stacked one a line are one line: 三 、 本 年 down a narrow column. White space within a line
 * stays as it is.
 */
import type { Item, TableItem } from './items.js'

export const isBlank = (text: string): boolean => text.trim() === ''

export function textOf(content: readonly Item[]): string {
  if (content.length === 0) return ''
  const lines = content.flatMap((item) => {
    if (item.kind === 'paragraph') return item.text.split('\n').filter((line) => !isBlank(line))
    return item.kind === 'table' ? rowsOf(item) : []
  })
  return isStack(lines) ? lines.map((line) => line.trim()).join('') : lines.join('\n')
}

/** A table within a cell: its rows are lines. */
function rowsOf({ cells, rowCount }: TableItem): string[] {
  const rows = Array.from({ length: rowCount }, (): string[] => [])
  for (const { row, text } of cells) rows[row]?.push(text.replaceAll('\n', ''))
  return rows.map((row) => row.join('\t')).filter((row) => !isBlank(row))
}

/** A letter, with its punctuation if that was not given a line of its own. */
const STACKED = /^\s*[^\s\d０-９](?:[、.．，：）)])?\s*$/u
const LETTER = /\p{Script=Han}/u

/** Figures are never joined so: stacked, they are values of their own. */
function isStack(lines: readonly string[]): boolean {
  return lines.length >= 4 && lines.every((line) => STACKED.test(line)) && lines.some((line) => LETTER.test(line))
}
