/**
 * The rows of a table that holds a whole page → its tables, and the paragraphs between them.
 *
 * Reports are written in spreadsheets and published as one table: headings and paragraphs each stand alone in a row, and the tables
 * follow in the same columns. A table is taken apart only when it shows at least one heading with an ordinal over a paragraph, and a
 * second paragraph: a table of figures with notes, or with headings of its own, stays whole. A line alone in its row over other cells
 * is the banner of what follows and stays with it.
 */
import type { SpannedCell } from './spans.js'

export type TablePart =
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'rows'; readonly rows: readonly (readonly SpannedCell[])[] }

const SHORTEST_PROSE = 40
const ORDINAL = /^[一二三四五六七八九十]{1,3}[、．.]/

export function partTable(rows: readonly (readonly SpannedCell[])[]): TablePart[] {
  const alone = aloneIn(rows)
  const isProse = (row: number) => {
    const text = alone[row] ?? ''
    return text.length >= SHORTEST_PROSE && text.includes('。')
  }
  const isHeading = (row: number) => ORDINAL.test(alone[row] ?? '')
  const prose = rows.filter((_, row) => isProse(row))
  const headed = rows.some((_, row) => isHeading(row) && !isProse(row) && isProse(row + 1))
  if (prose.length < 2 || !headed) return [{ kind: 'rows', rows }]

  const parts: TablePart[] = []
  let open: (readonly SpannedCell[])[] | null = null
  for (const [row, cells] of rows.entries()) {
    const text = alone[row] ?? null
    const isBanner = row + 1 < rows.length && alone[row + 1] === null && !isHeading(row) && !isProse(row)
    if (text !== null && !isBanner) {
      parts.push({ kind: 'paragraph', text })
      open = null
    } else if (open === null) {
      open = [cells]
      parts.push({ kind: 'rows', rows: open })
    } else {
      open.push(cells)
    }
  }
  return parts
}

/** For each row the one text that is in it; null where there is none or more, or a cell from above reaches into it. */
function aloneIn(rows: readonly (readonly SpannedCell[])[]): (string | null)[] {
  let reached = 0
  return rows.map((cells, row) => {
    const filled = cells.filter(({ text, hasImage }) => text !== '' || hasImage === true)
    const free = reached <= row
    for (const { rowSpan } of cells) reached = Math.max(reached, row + rowSpan)
    const [only] = filled
    return free && filled.length === 1 && only === cells[0] && only?.rowSpan === 1 ? only.text : null
  })
}
