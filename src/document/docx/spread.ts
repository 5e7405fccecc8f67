/**
 * The rows of a Word table, as written → cells with spans on one rectangular raster.
 *
 * A row says how many columns of the table's own raster (`tblGrid`) each of its cells covers. Where a row's counts do not add up,
 * the widths of its cells decide, and where those do not settle it either, the row stays as counted and its cells carry a doubt.
 * Promises: no two cells overlap and none is lost; positions that no cell covers are left empty.
 *
 * Columns of a few points that no cell fills alone are taken out: they come from borders that were dragged almost, but not quite,
 * under each other, and nobody sees them as columns.
 */

export type Merge = 'restart' | 'continue' | null

export interface WrittenCell<Content> {
  readonly content: Content
  readonly span: number
  /** In twentieths of a point; null where the file does not say. */
  readonly width: number | null
  readonly verticalMerge: Merge
  readonly horizontalMerge: Merge
}

export interface WrittenRow<Content> {
  readonly before: number
  readonly widthBefore: number | null
  readonly after: number
  readonly cells: readonly WrittenCell<Content>[]
}

export interface SpreadCell<Content> {
  readonly row: number
  readonly column: number
  readonly rowSpan: number
  readonly columnSpan: number
  readonly content: Content
  /** The row's counts and widths left open which columns it covers. */
  readonly isRagged: boolean
  /** What stands in cells that this one covers by merging, which Word does not show. */
  readonly covered: readonly Content[]
}

export interface Spread<Content> {
  readonly rowCount: number
  readonly columnCount: number
  /** In row order, then column order. */
  readonly cells: readonly SpreadCell<Content>[]
}

/** Word has at most 63 columns; a span that claims more is a mistake, or a trap. */
export const WIDEST_SPAN = 63
/** Beyond any table that Word can hold; looking for the nearest of more edges would only cost time. */
const MOST_EDGES = 10 * WIDEST_SPAN
/** In twentieths of a point: widths are rounded, and add up to a point or two beside the edge. */
const AT_EDGE = 50
/** In twentieths of a point: a column of 6 points holds no figure. */
const NARROWEST_COLUMN = 120

export function spreadRows<Content>(
  written: readonly WrittenRow<Content>[],
  widths: readonly number[],
): Spread<Content> {
  const rows = written.map(joinSideways)
  const counted = rows.map(countColumns)
  const usual = usualCount(counted, widths.length)
  const edges = usual === widths.length ? edgesOf(widths) : edgesOfRows(rows, counted, usual)

  const cells: OpenCell<Content>[] = []
  let above: Merging<Content> = new Map()
  for (const [index, row] of rows.entries()) {
    const fits = counted[index] === usual
    const snapped = fits || edges === null ? null : snapToEdges(row, edges)
    above = placeRow(row, index, snapped ?? startsByCount(row, usual), above, cells)
    if (!fits && snapped === null && !isBanner(row)) for (const cell of above.values()) cell.isRagged = true
  }
  const columnCount = cells.reduce((most, cell) => Math.max(most, cell.column + cell.columnSpan), 1)
  return withoutNarrowColumns({ rowCount: rows.length, columnCount, cells }, widths)
}

const spanOf = (span: number): number => Math.min(Math.max(1, span), WIDEST_SPAN)

/** A cell of one row; merging sideways (`hMerge`, of old files) is settled. */
interface RowCell<Content> {
  readonly content: Content
  span: number
  width: number | null
  readonly verticalMerge: Merge
  readonly covered: Content[]
}

interface Row<Content> {
  readonly before: number
  readonly widthBefore: number | null
  readonly after: number
  readonly cells: readonly RowCell<Content>[]
}

function joinSideways<Content>(row: WrittenRow<Content>): Row<Content> {
  const cells: RowCell<Content>[] = []
  let joins: RowCell<Content> | undefined
  for (const { content, span, width, verticalMerge, horizontalMerge } of row.cells) {
    if (horizontalMerge === 'continue' && joins !== undefined) {
      joins.span += spanOf(span)
      joins.width = joins.width === null || width === null ? null : joins.width + width
      joins.covered.push(content)
      continue
    }
    const cell = { content, span: spanOf(span), width, verticalMerge, covered: [] }
    cells.push(cell)
    joins = horizontalMerge === null ? undefined : cell
  }
  return { ...row, before: Math.min(row.before, WIDEST_SPAN), after: Math.min(row.after, WIDEST_SPAN), cells }
}

function countColumns({ before, cells, after }: Row<unknown>): number {
  return cells.reduce((sum, cell) => sum + cell.span, before + after)
}

/** The number of columns of the raster: as declared, if any row agrees; else what most rows have, the larger on a tie. */
function usualCount(counted: readonly number[], declared: number): number {
  if (counted.includes(declared)) return declared
  const times = new Map<number, number>()
  for (const count of counted) times.set(count, (times.get(count) ?? 0) + 1)
  let usual = 0
  for (const [count, often] of times) {
    const best = times.get(usual) ?? 0
    if (often > best || (often === best && count > usual)) usual = count
  }
  return usual
}

/** Where each column starts, and where the last one ends; null when a width is missing. */
function edgesOf(widths: readonly (number | null)[]): readonly number[] | null {
  if (widths.length > MOST_EDGES) return null
  const edges = [0]
  for (const width of widths) {
    if (width === null || width <= 0) return null
    edges.push((edges.at(-1) ?? 0) + width)
  }
  return edges.length > 1 ? edges : null
}

/** Without a declared raster: from the widths of cells that fill one column, in rows that have the usual count. */
function edgesOfRows(
  rows: readonly Row<unknown>[],
  counted: readonly number[],
  usual: number,
): readonly number[] | null {
  if (usual > MOST_EDGES) return null
  const widths = new Array<number | null>(usual).fill(null)
  for (const [index, row] of rows.entries()) {
    if (counted[index] !== usual) continue
    let column = row.before
    for (const cell of row.cells) {
      if (cell.span === 1 && column < widths.length) widths[column] ??= cell.width
      column += cell.span
    }
  }
  return edgesOf(widths)
}

/** A lone cell over several columns: one too many or too few moves no figure. */
function isBanner({ cells }: Row<unknown>): boolean {
  return cells.length === 1 && (cells[0]?.span ?? 1) > 1
}

/** The first column of each cell, and behind them the column after the last: as counted, but for a last cell that goes too far. */
function startsByCount({ before, cells }: Row<unknown>, usual: number): readonly number[] {
  const starts = [before]
  for (const cell of cells) starts.push((starts.at(-1) ?? 0) + cell.span)
  const end = starts.pop() ?? 0
  const lastStart = starts.at(-1) ?? 0
  return [...starts, end > usual && lastStart < usual ? usual : end]
}

/**
 * The same, by widths: every border lies at an edge, and the last one at the end of the table, so that no cell can be missing. A
 * cell that says it covers several columns must come out at that many: where counts and widths contradict each other, neither is
 * believed.
 */
function snapToEdges(row: Row<unknown>, edges: readonly number[]): readonly number[] | null {
  let x = row.widthBefore ?? edges[row.before] ?? 0
  const starts: number[] = []
  for (const cell of [null, ...row.cells]) {
    if (cell !== null && (cell.width === null || cell.width <= 0)) return null
    x += cell?.width ?? 0
    const at = edgeAt(edges, x)
    if (at === null) return null
    const covered = at - (starts.at(-1) ?? at)
    if (cell !== null && (covered < 1 || (cell.span > 1 && covered !== cell.span))) return null
    starts.push(at)
  }
  return starts.at(-1) === edges.length - 1 - row.after ? starts : null
}

/** The edge that a border lies at. */
function edgeAt(edges: readonly number[], border: number): number | null {
  let nearest = 0
  for (const [index, edge] of edges.entries()) {
    if (Math.abs(edge - border) < Math.abs((edges[nearest] ?? 0) - border)) nearest = index
  }
  return Math.abs((edges[nearest] ?? 0) - border) <= AT_EDGE ? nearest : null
}

type OpenCell<Content> = { -readonly [K in keyof SpreadCell<Content>]: SpreadCell<Content>[K] } & {
  readonly covered: Content[]
  readonly verticalMerge: Merge
}
/** The cells of one row, by the column they start in. */
type Merging<Content> = Map<number, OpenCell<Content>>

function placeRow<Content>(
  { cells }: Row<Content>,
  row: number,
  starts: readonly number[],
  above: Merging<Content>,
  placed: OpenCell<Content>[],
): Merging<Content> {
  const here: Merging<Content> = new Map()
  for (const [order, { content, verticalMerge, covered }] of cells.entries()) {
    const column = starts[order] ?? 0
    const columnSpan = (starts[order + 1] ?? column + 1) - column
    const upper = verticalMerge === 'continue' ? above.get(column) : undefined
    if (upper !== undefined && upper.verticalMerge !== null && upper.columnSpan === columnSpan) {
      upper.rowSpan += 1
      upper.covered.push(content, ...covered)
      here.set(column, upper)
      continue
    }
    const cell = { row, column, rowSpan: 1, columnSpan, content, isRagged: false, covered, verticalMerge }
    placed.push(cell)
    here.set(column, cell)
  }
  return here
}

/** Shared with the second reader, which learns the raster but not its widths from what it reads. */
export function withoutNarrowColumns<Cell extends { readonly column: number; readonly columnSpan: number }, Rest>(
  spread: Rest & { readonly columnCount: number; readonly cells: readonly Cell[] },
  widths: readonly number[],
): Rest & { readonly columnCount: number; readonly cells: readonly Cell[] } {
  if (widths.length !== spread.columnCount) return spread
  const isNarrow = widths.map((width) => width < NARROWEST_COLUMN)
  if (!isNarrow.includes(true)) return spread
  for (const { column, columnSpan } of spread.cells) {
    // A cell keeps at least one of its columns.
    const own = isNarrow.slice(column, column + columnSpan)
    if (!own.includes(false)) isNarrow[column] = false
  }
  /** How many columns are taken out before each. */
  const before = [0]
  for (const narrow of isNarrow) before.push((before.at(-1) ?? 0) + (narrow ? 1 : 0))
  const moved = (edge: number): number => edge - (before[edge] ?? 0)
  return {
    ...spread,
    columnCount: moved(spread.columnCount),
    cells: spread.cells.map((cell) => {
      const column = moved(cell.column)
      return { ...cell, column, columnSpan: moved(cell.column + cell.columnSpan) - column }
    }),
  }
}
