/**
 * What was found in a Word file → the blocks of a document: paragraphs and grids numbered, located and in order.
 *
 * Promises: every position of a grid is covered by exactly one cell; blank paragraphs give no block. A table that only serves to
 * arrange other content is dissolved into what it holds; a table within a cell of figures is told twice, in the text of that cell
 * and as a grid behind it.
 */
import { failure } from '../failure.js'
import { LIMITS } from '../limits.js'
import type { Block, Cell, Doubt, DoubtCode, Failure, Location } from '../model.js'
import { isBlank } from './cell-text.js'
import type { Item, TableCell, TableItem } from './items.js'

export class Blocks {
  readonly blocks: Block[] = []
  readonly doubts: Doubt[] = []
  failure: Failure | null = null
  private lines = 0
  private tables = 0
  private cells = 0
  place(items: readonly Item[]): void {
    for (const item of items) {
      if (this.failure !== null) return
      if (item.kind === 'table') this.placeTable(item)
      else if (item.kind === 'picture') this.placePicture(item.isLarge)
      else if (!isBlank(item.text)) {
        this.lines += 1
        const location: Location = { kind: 'line', line: this.lines }
        this.blocks.push({ kind: 'paragraph', text: item.text, location, cue: item.cue })
      }
    }
  }

  private placePicture(isLarge: boolean): void {
    if (!isLarge) return
    const location: Location | null = this.lines === 0 ? null : { kind: 'line', line: this.lines }
    this.doubts.push({ code: 'picture_page', message: '文中有一幅大图，图中的文字和数字没有读入。', location })
  }

  private placeTable(table: TableItem): void {
    if (table.cells.length === 0) return
    if (onlyArranges(table)) {
      for (const cell of table.cells) this.place(cell.content)
      return
    }
    this.cells += table.rowCount * table.columnCount
    if (this.cells > LIMITS.cells) {
      this.failure = failure('too_large', '表格单元格过多')
      return
    }
    const index = this.tables
    this.tables += 1
    const at = (row: number, column: number): Location => ({ kind: 'cell', table: index, row, column })
    const cells = [...table.cells.map((cell) => toCell(cell, at(cell.row, cell.column))), ...gaps(table, at)]
    cells.sort((one, other) => one.row - other.row || one.column - other.column)
    const { rowCount, columnCount } = table
    this.blocks.push({ kind: 'grid', rowCount, columnCount, cells, locations: [at(0, 0)] })
    for (const cell of table.cells) {
      for (const item of cell.content) {
        if (item.kind === 'table') this.placeTable(item)
        else if (item.kind === 'picture') this.placePicture(item.isLarge)
      }
    }
  }
}

/**
 * Pages put together in tables: one cell around everything, a column of boxes with tables in them, or tables side by side with
 * nothing else. A cell with a line or two in it is a box that somebody drew, and stays.
 */
function onlyArranges({ cells }: TableItem): boolean {
  const holdsTable = (cell: TableCell): boolean => cell.content.some((item) => item.kind === 'table')
  const [first] = cells
  if (cells.length === 1 && first !== undefined) {
    const paragraphs = first.content.filter((item) => item.kind === 'paragraph' && !isBlank(item.text))
    return holdsTable(first) || paragraphs.length > 2
  }
  if (!cells.some(holdsTable)) return false
  const isColumn = cells.every((cell, index) => index === 0 || cell.row !== cells[index - 1]?.row)
  return isColumn || cells.every((cell) => holdsTable(cell) || cell.text === '')
}

function toCell(cell: TableCell, location: Location): Cell {
  const { row, column, rowSpan, columnSpan, content, text } = cell
  const doubt = doubtOf(cell)
  const isPicture = text === '' && content.some((item) => item.kind === 'picture')
  return {
    row,
    column,
    rowSpan,
    columnSpan,
    text,
    location,
    ...(doubt !== null && { doubt }),
    ...(isPicture && { hasImage: true as const }),
  }
}

function doubtOf({ content, isRagged, coversText }: TableCell): DoubtCode | null {
  if (isRagged) return 'ragged_row'
  if (coversText) return 'straddling_text'
  if (content.some((item) => item.kind === 'paragraph' && item.floats && !isBlank(item.text))) return 'overprinted_text'
  return null
}

/** Positions that no cell covers: rows that end early, or start late. */
function gaps({ rowCount, columnCount, cells }: TableItem, at: (row: number, column: number) => Location): Cell[] {
  const covered = new Uint8Array(rowCount * columnCount)
  for (const cell of cells) {
    for (let row = cell.row; row < cell.row + cell.rowSpan; row += 1) {
      const start = row * columnCount + cell.column
      covered.fill(1, start, start + cell.columnSpan)
    }
  }
  const gaps: Cell[] = []
  for (let index = covered.indexOf(0); index >= 0; index = covered.indexOf(0, index + 1)) {
    const row = Math.floor(index / columnCount)
    const column = index % columnCount
    gaps.push({ row, column, rowSpan: 1, columnSpan: 1, text: '', location: at(row, column) })
  }
  return gaps
}
