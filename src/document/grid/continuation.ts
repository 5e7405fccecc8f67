/**
 * A table on one page and the table that opens the next → one table, where they are one.
 *
 * That they follow each other with nothing between is for the caller to know. Here: whether their columns agree, which rows of
 * the second part repeat the header, whether the break went through a row or a label, and which cells run on behind it.
 * A row with figures is a row of its own, and a figure goes on with no heading. Where a cut row and two rows would look alike, the
 * cells say that they are in doubt.
 */

import type { Line } from '../pdf/lines.js'
import { interleave, nearest } from './lattice.js'
import type { PageCell, PageGrid } from './page-grid.js'

export interface JoinedGrid {
  /** Column borders, as on the first page. */
  readonly xs: readonly number[]
  readonly rowCount: number
  readonly cells: readonly PageCell[]
  readonly pieces: readonly PageGrid[]
}

export interface PageExtent {
  readonly width: number
  readonly height: number
}

/** Outer borders of the parts of one table agree to this many points; producers set them anew on each page. */
const SAME_BORDER = 6.2
/** On a page of another width borders keep their proportion to the width, to this share of it. */
const SAME_PROPORTION = 0.03
/** A table that stops higher than this above the foot of the page did not have to; then all of its columns must agree. */
const STOPS_EARLY = 0.25

export function startJoined(grid: PageGrid): JoinedGrid {
  return { xs: grid.xs, rowCount: grid.ys.length - 1, cells: grid.cells, pieces: [grid] }
}

export function joinGrids(above: JoinedGrid, below: PageGrid, pageAbove: PageExtent): JoinedGrid | null {
  const last = above.pieces.at(-1)
  if (last === undefined) return null
  const moved =
    last.origin === 'aligned' && below.origin === 'aligned' && interleave(above.xs, below.xs)
      ? { xs: above.xs, tolerance: SAME_BORDER }
      : mapBorders(above.xs, below.xs, last.xs)
  if (moved === null) return null
  const tolerance = moved.tolerance
  const [fewer, more] = above.xs.length <= moved.xs.length ? [above.xs, moved.xs] : [moved.xs, above.xs]
  const agree = fewer.every((x) => Math.abs((more[nearest(more, x)] ?? 0) - x) <= tolerance)
  const stopsEarly = pageAbove.height - last.box[3] > STOPS_EARLY * pageAbove.height
  if (!agree && (stopsEarly || below.origin === 'aligned' || last.origin === 'aligned')) return null

  const xs = mergeBorders(above.xs, moved.xs, tolerance)
  const upper = { rowCount: above.rowCount, cells: onColumns(above.cells, above.xs, xs) }
  const lower = { rowCount: below.ys.length - 1, cells: onColumns(below.cells, moved.xs, xs) }
  const body = dropHeader(upper, lower, xs.length - 1)
  const { rowCount, cells } = joinRows(upper, body, xs.length - 1)
  return { xs, rowCount, cells, pieces: [...above.pieces, below] }
}

/** In em: letters that a border did not reach down to stand as close to those above as the lines of one cell. */
const NEXT_LINE = 1.6

/**
 * The grid with the lines under its foot put into the cells above them: a browser that cuts a row may draw its sides shorter than
 * its text. null where they are anything else: each word must stand in a column of its own, under a cell whose text goes on.
 */
export function withOverflow(grid: JoinedGrid, lines: readonly Line[]): JoinedGrid | null {
  let foot = grid.pieces.at(-1)?.box[3] ?? 0
  const added = new Map<PageCell, string>()
  for (const line of lines) {
    const { words, size, box } = line
    if (words.length < 2 || box[1] - foot > NEXT_LINE * size || line.direction !== 0) return null
    foot = box[3]
    for (const word of words) {
      const cell = grid.cells.find(
        ({ row, rowSpan, box: [left, , right] }) =>
          row + rowSpan === grid.rowCount && left <= word.box[0] && word.box[2] <= right,
      )
      if (cell === undefined || cell.text === '' || !cell.full || isValue(cell.text) || isValue(word.text)) return null
      added.set(cell, (added.get(cell) ?? '') + word.text)
    }
  }
  if (added.size === 0) return lines.length === 0 ? grid : null
  const cells = grid.cells.map((cell) => {
    const more = added.get(cell)
    return more === undefined ? cell : { ...withoutAlignment(cell), text: cell.text + more }
  })
  return { ...grid, cells }
}

/** The borders of the lower part at the place of the upper one's, or null when the tables are not equally wide. */
function mapBorders(
  above: readonly number[],
  below: readonly number[],
  lastPiece: readonly number[],
): { xs: readonly number[]; tolerance: number } | null {
  const [left, right] = [above[0] ?? 0, above.at(-1) ?? 0]
  const [from, to] = [below[0] ?? 0, below.at(-1) ?? 0]
  if (Math.abs(left - from) <= SAME_BORDER && Math.abs(right - to) <= SAME_BORDER) {
    return { xs: below, tolerance: SAME_BORDER }
  }
  // Moved or scaled as a whole: mirrored margins, a landscape page.
  const scale = (right - left) / (to - from)
  const xs = below.map((x) => left + (x - from) * scale)
  const tolerance = SAME_PROPORTION * (right - left)
  const sameCount = below.length === above.length || below.length === lastPiece.length
  if (!sameCount || below.length < 3) return null
  return xs.every((x) => Math.abs((above[nearest(above, x)] ?? 0) - x) <= tolerance) ? { xs, tolerance } : null
}

function mergeBorders(above: readonly number[], below: readonly number[], tolerance: number): number[] {
  const added = below.filter((x) => Math.abs((above[nearest(above, x)] ?? 0) - x) > tolerance)
  return [...above, ...added].sort((a, b) => a - b)
}

function onColumns(cells: readonly PageCell[], from: readonly number[], to: readonly number[]): readonly PageCell[] {
  const columns = from.map((x) => nearest(to, x))
  columns[0] = 0
  columns[columns.length - 1] = to.length - 1
  if (from.length === to.length && columns.every((column, index) => column === index)) return cells
  return cells.map((cell) => {
    const column = columns[cell.column] ?? 0
    const end = columns[cell.column + cell.columnSpan] ?? to.length - 1
    return { ...cell, column, columnSpan: Math.max(1, end - column) }
  })
}

interface Rows {
  readonly rowCount: number
  readonly cells: readonly PageCell[]
}

/** The lower part without the rows that repeat the first rows of the upper one word for word. */
function dropHeader(upper: Rows, lower: Rows, columns: number): Rows {
  const banner = upper.cells.find((cell) => cell.row + cell.rowSpan === upper.rowCount && cell.columnSpan === columns)
  // A banner at the foot of the page announces a block with a header of its own.
  if (banner !== undefined && banner.text !== '') return lower
  const most = Math.min(upper.rowCount, lower.rowCount - 1)
  let repeated = 0
  for (let row = 0; row < most; row++) {
    const [first, second] = [rowText(upper, row), rowText(lower, row)]
    if (first === null || first !== second) break
    const closed = !lower.cells.some((cell) => cell.row <= row && cell.row + cell.rowSpan > row + 1)
    if (closed) repeated = row + 1
  }
  if (repeated === 0) return lower
  return {
    rowCount: lower.rowCount - repeated,
    cells: lower.cells.filter((cell) => cell.row >= repeated).map((cell) => ({ ...cell, row: cell.row - repeated })),
  }
}

/** The wording of a header row, or null for a row that is none: with a figure in it, or empty in a place where no cell runs through. */
function rowText({ cells }: Rows, row: number): string | null {
  const own = cells.filter((cell) => cell.row === row)
  if (own.some((cell) => isFigure(cell.text))) return null
  return own.map((cell) => `${cell.column}:${cell.text.replace(/\s/g, '')}`).join('|')
}

const FIGURE = /^[-－—]?[\d０-９][\d０-９\s,，.．]*%?$/
const DASH = /^[-－—–⸺⸻/／\s]+$|^无$|^不适用$|^N\/?A$/i
/** How a label begins that is certainly not the rest of another. */
const ITEM =
  /^(?:[（(][一二三四五六七八九十\d]+[）)]|[一二三四五六七八九十]+、|\d+\s*[.．、]|[①-⑳]|其中|第[一二三四五六七八九十]+条)/

function isFigure(text: string): boolean {
  return FIGURE.test(text)
}

/** Says something of its own: a figure, or a sign in its place. */
function isValue(text: string): boolean {
  return text !== '' && (isFigure(text) || DASH.test(text))
}

function joinRows(upper: Rows, lower: Rows, columns: number): Rows {
  const dataStart = firstDataColumn([...upper.cells, ...lower.cells], columns)
  const ends = upper.cells.filter((cell) => cell.row + cell.rowSpan === upper.rowCount)
  const starts = lower.cells.filter((cell) => cell.row === 0)
  const partners = new Map<PageCell, PageCell>()
  for (const cell of starts) {
    const partner = ends.find((other) => other.column === cell.column && other.columnSpan === cell.columnSpan)
    if (partner !== undefined) partners.set(cell, partner)
  }
  const isHeader = isCutHeader(upper, lower, starts, partners)
  const cut = isHeader ? 'no' : isCutRow(ends, starts, partners, dataStart, columns)
  const shift = upper.rowCount - (cut === 'no' ? 0 : 1)

  const joined = new Map<PageCell, PageCell>()
  const rest: PageCell[] = []
  for (const cell of lower.cells) {
    const partner = partners.get(cell)
    const runsOn =
      partner !== undefined && (isHeader || cut !== 'no' || isOneLabel(partner, cell, ends, starts, dataStart))
    if (runsOn) joined.set(partner, joinCells(partner, cell, shift, cut === 'perhaps'))
    else rest.push({ ...cell, row: cell.row + shift })
  }
  const cells = [...upper.cells.map((cell) => joined.get(cell) ?? cell), ...rest]
  return { rowCount: shift + lower.rowCount, cells: cells.sort((a, b) => a.row - b.row || a.column - b.column) }
}

/** The first column whose own cells hold figures, or nothing, at least as often as words. */
function firstDataColumn(cells: readonly PageCell[], columns: number): number {
  const words = new Int32Array(columns)
  const values = new Int32Array(columns)
  for (const { column, columnSpan, text } of cells) {
    if (columnSpan !== 1) continue
    const counts = text === '' || isValue(text) ? values : words
    counts[column] = (counts[column] ?? 0) + 1
  }
  for (let column = 1; column < columns; column++) {
    const own = (values[column] ?? 0) + (words[column] ?? 0)
    if (own > 0 && (values[column] ?? 0) >= (words[column] ?? 0)) return column
  }
  return columns
}

/** Whether the page break went through a row, so that its parts are one row: `perhaps` where a row of its own would look the same. */
function isCutRow(
  ends: readonly PageCell[],
  starts: readonly PageCell[],
  partners: ReadonlyMap<PageCell, PageCell>,
  dataStart: number,
  columns: number,
): 'yes' | 'perhaps' | 'no' {
  // Every part below must have its part above, or rows cannot be one.
  if (starts.length === 0 || starts.some((cell) => !partners.has(cell) || cell.columnSpan === columns)) return 'no'
  const own = starts.filter((cell) => cell.rowSpan === 1)
  const ownAbove = ends.filter((cell) => cell.rowSpan === 1)
  if (own.length === 0 || ownAbove.length === 0) return 'no'
  if (own.every((cell) => cell.text === '') || ownAbove.every((cell) => cell.text === '')) return 'yes'
  if (own.some((cell) => isValue(cell.text)) && ownAbove.some((cell) => isValue(cell.text))) return 'no'

  const texts = own.filter((cell) => cell.text !== '')
  const labels = texts.filter((cell) => !isValue(cell.text))
  if (labels.some((cell) => ITEM.test(cell.text))) return 'no'
  if (labels.some((cell) => cell.column >= dataStart)) return 'no'
  const labelsAbove = ownAbove.filter((cell) => cell.text !== '' && !isValue(cell.text))
  if (labelsAbove.some((cell) => cell.column >= dataStart)) return 'no'
  if (labels.length === 0) {
    // Figures without a label below a label without figures: the label stood higher in its row.
    return labelsAbove.length > 0 && ownAbove.some((cell) => cell.column >= dataStart) ? 'yes' : 'no'
  }
  const goesOn = labels.every((cell) => {
    const partner = partners.get(cell)
    return partner !== undefined && partner.text !== '' && partner.full
  })
  if (!goesOn) return 'no'
  return labels.some((cell) => ITEM.test(partners.get(cell)?.text ?? '')) ? 'yes' : 'perhaps'
}

/**
 * A header of several levels that goes on below: headings of whole columns run on, and the others have their lower level there. No
 * figure stands above the break nor in its row, and some do further down.
 */
function isCutHeader(
  upper: Rows,
  lower: Rows,
  starts: readonly PageCell[],
  partners: ReadonlyMap<PageCell, PageCell>,
): boolean {
  if (upper.cells.some((cell) => isValue(cell.text)) || starts.some((cell) => isValue(cell.text))) return false
  if (!lower.cells.some((cell) => cell.row > 0 && isFigure(cell.text))) return false
  const pairs = starts.flatMap((cell) => {
    const partner = partners.get(cell)
    return partner !== undefined && partner.text !== '' && cell.text !== '' ? [partner] : []
  })
  return pairs.length > 1 && pairs.every((cell) => cell.full)
}

/** Two labels at the break that are one merged cell. */
function isOneLabel(
  upper: PageCell,
  lower: PageCell,
  ends: readonly PageCell[],
  starts: readonly PageCell[],
  dataStart: number,
): boolean {
  if (lower.column + lower.columnSpan > dataStart || isValue(lower.text)) return false
  const merged = upper.rowSpan > 1 || lower.rowSpan > 1
  if (upper.text !== '' && lower.text !== '') return merged && upper.full && !ITEM.test(lower.text)
  const besideLower = starts.some((cell) => cell !== lower && cell.column < dataStart && cell.text !== '')
  if (lower.text === '') return besideLower
  const besideUpper = ends.some((cell) => cell !== upper && cell.column < dataStart && cell.text !== '')
  return besideUpper || upper.rowSpan > 1
}

function joinCells(upper: PageCell, lower: PageCell, shift: number, doubtful: boolean): PageCell {
  const rowSpan = lower.row + shift + lower.rowSpan - upper.row
  const main = upper.text === '' && lower.text !== '' ? lower : upper
  const figures = upper.text !== '' && lower.text !== '' && (isValue(upper.text) || isValue(lower.text))
  return {
    ...withoutAlignment(upper),
    rowSpan,
    text: figures ? `${upper.text}\n${lower.text}` : upper.text + lower.text,
    page: main.page,
    box: main.box,
    doubt: upper.doubt ?? lower.doubt ?? (doubtful || figures ? 'open_grid' : null),
    hasImage: upper.hasImage || lower.hasImage,
    full: lower.full,
  }
}

/** What each page says by alignment does not hold for a cell that the page break went through. */
function withoutAlignment({ aligned: _, ...cell }: PageCell): PageCell {
  return cell
}
