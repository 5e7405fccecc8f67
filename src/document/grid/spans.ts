/**
 * Rows of cells that say how far they span → a rectangular Grid in which every position is covered exactly once.
 *
 * For formats that declare spans (HTML, or a DOCX once its vertical merges are counted). Cells are placed as a browser
 * places them: each in the next position of its row that no cell from above reaches into. What the source leaves open or
 * contradictory is settled without losing text: a span that would run over another cell is cut short, a span past the last
 * row ends there, a hole becomes an empty cell.
 *
 * Rows and columns in which no cell begins are dropped: they have no extent on the page, and editors leave them behind by the
 * dozen (every cell spanning two columns, an empty row after each row). Positions in the result, and in its locations, are
 * counted after that.
 *
 * Left to the caller: a row span that must not leave its row group, and "0", which HTML reads as "to the end of the group".
 */
import { fail } from '../failure.js'
import { LIMITS } from '../limits.js'
import type { Cell, DoubtCode, Grid, Result } from '../model.js'

/** Positions looked at while placing, among them those that are dropped later: a banner spanning 1000 columns is no offence. */
const MOST_POSITIONS = 100 * LIMITS.cells

export interface SpannedCell {
  readonly text: string
  /** At least 1. */
  readonly rowSpan: number
  /** At least 1. */
  readonly colSpan: number
  readonly doubt?: DoubtCode
  readonly hasImage?: true
}

/** `table` is the number of the grid in the document, from 0, for its locations. */
export function spanGrid(rows: readonly (readonly SpannedCell[])[], table: number): Result<Grid> {
  const placed = place(rows)
  if (placed === null) return tooMany()

  const rowOf = ranks(placed.map((cell) => cell.top))
  const columnOf = ranks(placed.map((cell) => cell.left))
  const rowCount = rowOf.count
  const columnCount = columnOf.count
  if (rowCount * columnCount > LIMITS.cells) return tooMany()

  const covered = new Uint8Array(rowCount * columnCount)
  const cells: Cell[] = []
  for (const { source, top, left, bottom, right } of placed) {
    const row = rowOf.at(top)
    const column = columnOf.at(left)
    const rowSpan = rowOf.at(bottom) - row
    const columnSpan = columnOf.at(right) - column
    for (let line = row; line < row + rowSpan; line++) {
      covered.fill(1, line * columnCount + column, line * columnCount + column + columnSpan)
    }
    const location = { kind: 'cell', table, row, column } as const
    cells.push(withRemarks({ row, column, rowSpan, columnSpan, text: source.text, location }, source))
  }
  for (let hole = covered.indexOf(0); hole !== -1; hole = covered.indexOf(0, hole + 1)) {
    const row = Math.floor(hole / columnCount)
    const column = hole % columnCount
    cells.push({ row, column, rowSpan: 1, columnSpan: 1, text: '', location: { kind: 'cell', table, row, column } })
  }
  cells.sort((a, b) => a.row - b.row || a.column - b.column)
  return {
    ok: true,
    value: { kind: 'grid', rowCount, columnCount, cells, locations: [{ kind: 'cell', table, row: 0, column: 0 }] },
  }
}

function withRemarks(cell: Cell, { doubt, hasImage }: SpannedCell): Cell {
  if (doubt === undefined && hasImage === undefined) return cell
  return { ...cell, ...(doubt === undefined ? {} : { doubt }), ...(hasImage === undefined ? {} : { hasImage }) }
}

/** Where a cell came to lie, before empty rows and columns are dropped; bottom and right are exclusive. */
interface Placed {
  readonly source: SpannedCell
  readonly top: number
  readonly left: number
  readonly bottom: number
  readonly right: number
}

/** null: more cells or columns than allowed. */
function place(rows: readonly (readonly SpannedCell[])[]): Placed[] | null {
  const placed: Placed[] = []
  /** For each column the first row that no cell from above reaches into. */
  const freeFrom: number[] = []
  for (const [top, row] of rows.entries()) {
    let left = 0
    for (const source of row) {
      while ((freeFrom[left] ?? 0) > top) left++
      let right = left + 1
      const wanted = left + source.colSpan
      if (wanted > LIMITS.cells) return null
      while (right < wanted && (freeFrom[right] ?? 0) <= top) right++
      const bottom = Math.min(top + source.rowSpan, rows.length)
      while (freeFrom.length < left) freeFrom.push(0)
      for (let column = left; column < right; column++) freeFrom[column] = bottom
      placed.push({ source, top, left, bottom, right })
      left = right
    }
    if (placed.length > LIMITS.cells || top * freeFrom.length > MOST_POSITIONS) return null
  }
  return placed
}

interface Ranks {
  readonly count: number
  /** How many beginnings lie before this position. */
  at(position: number): number
}

function ranks(beginnings: readonly number[]): Ranks {
  const last = beginnings.reduce((most, position) => Math.max(most, position), -1)
  const begins = new Uint8Array(last + 1)
  for (const position of beginnings) begins[position] = 1
  const before = new Uint32Array(last + 2)
  for (const [position, begun] of begins.entries()) before[position + 1] = (before[position] ?? 0) + begun
  const count = before[last + 1] ?? 0
  return { count, at: (position) => before[position] ?? count }
}

function tooMany() {
  return fail('too_large', `表格的单元格超过 ${LIMITS.cells} 个`)
}
