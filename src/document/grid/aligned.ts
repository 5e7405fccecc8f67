/**
 * Lines of text outside drawn grids → tables without (all of their) borders, and the lines that are no table.
 *
 * Three kinds, from strong evidence to weak: blocks between rules of equal length (三线表, rows ruled but open at the sides), blocks
 * divided by vertical lines alone, and blocks held together by nothing but alignment. The last must be proven: running text, lists,
 * titles and signatures must never become a table. A header at the foot of a page is one where the row of figures that it heads
 * opens the next page.
 */

import type { Box } from '../model.js'
import { type Line, union } from '../pdf/lines.js'
import { type AlignedBlock, readAlignedBlock } from './aligned-cells.js'
import type { Edges } from './edges.js'
import { greatest, least } from './extremes.js'
import { crosses, findGutters, withoutSlivers } from './gutters.js'
import { interleave, slotOf } from './lattice.js'
import type { PageGrid } from './page-grid.js'
import { FEWEST_ROWS, findPlainBlocks, headTogether, isRowOfFigures } from './plain-blocks.js'
import { findRuledBlocks, findSidedBlocks } from './rule-blocks.js'
import { takeStacked } from './stacked.js'
import { type Block, type BlockLine, toBlockLine } from './text-block.js'
import { figuresOf, hasFigures } from './text-rows.js'

/** Lines of a header that a page break cut off, and its first row. */
const DEEPEST_OPENING = 8
/** In em: too far for the lines of one cell, near enough for those of one header. */
const APART = 1.2

export interface AlignedPage {
  readonly page: number
  readonly looseEdges: Edges
}

/** A block of more lines is no table of one page, and would cost too much to look at. */
const MOST_LINES = 400
/** A page in the smallest type there is has some 150 lines, one printed from a web page in one piece some 1,000. */
const MOST_PAGE_LINES = 1_500

export function findAlignedGrids(
  lines: readonly Line[],
  page: AlignedPage,
  above: readonly number[] | null,
  below: readonly Line[] = [],
): { grids: PageGrid[]; rest: Line[] } {
  const upright = lines.filter((line) => line.direction === 0)
  if (upright.length === 0 || upright.length > MOST_PAGE_LINES) return { grids: [], rest: [...lines] }
  const turned = lines.filter((line) => line.direction !== 0)
  const borrowed = putBelow(below, upright).map(toBlockLine)
  const blockLines = [...upright.map(toBlockLine), ...borrowed]
  const grids: PageGrid[] = []
  const taken = new Set<Line>()
  const foot = greatest(upright.map(({ box }) => box[3]))
  const isFree = (line: BlockLine) => !taken.has(line.line)
  const read = (found: Block) => {
    // Rules of several lengths over one table make several blocks of the same lines.
    const block = found.lines.every(isFree) ? found : { ...found, lines: found.lines.filter(isFree) }
    if (block !== found && !block.lines.some(hasFigures)) return
    const grid = readBlock(block, page.page, turned, blockLines[0] === block.lines[0] ? above : null)
    if (grid === null) return
    const own = grid.used.some((line) => borrowed.some((other) => other.line === line))
      ? endedAt(foot, grid.grid)
      : grid.grid
    if (own === null) return
    grids.push(own)
    for (const line of grid.used) taken.add(line)
  }
  for (const block of findRuledBlocks(blockLines, page.looseEdges.horizontal)) read(block)
  for (const block of findSidedBlocks(blockLines.filter(isFree), page.looseEdges.vertical)) read(block)
  for (const block of findPlainBlocks(blockLines.filter(isFree), above)) read(block)
  return { grids, rest: lines.filter((line) => !taken.has(line)) }
}

/**
 * The lines that open a page down to the first row of figures, where the page before may end with their header: with the line given.
 */
export function openingUnderHeader(lines: readonly Line[], above: readonly Line[]): readonly Line[] {
  const closing = closingHeader(above)
  if (closing.length === 0) return []
  const opening = lines.slice(0, DEEPEST_OPENING).map(toBlockLine)
  const row = opening.findIndex(hasFigures)
  const header = opening.slice(0, Math.max(row, 0))
  const figures = opening[row]
  const isHeader = header.every(({ line, segments }) => segments.length > 1 && line.direction === 0)
  if (figures === undefined || !isHeader) return []
  return isRowOfFigures(figures) || (row === 0 && headTogether(closing, figures)) ? lines.slice(0, row + 1) : []
}

/** The lines that end a page, as far as they may be headings over columns. */
function closingHeader(lines: readonly Line[]): BlockLine[] {
  const closing: BlockLine[] = []
  for (const line of lines.slice(-DEEPEST_OPENING).reverse()) {
    const above = toBlockLine(line)
    const [below] = closing
    if (line.direction !== 0 || above.segments.length < 2 || hasFigures(above)) break
    if (below !== undefined && below.top - above.bottom > APART * line.size) break
    closing.unshift(above)
  }
  return closing
}

/** The lines as if they stood on this page, below its last one and apart from it. */
function putBelow(below: readonly Line[], lines: readonly Line[]): Line[] {
  const [first] = below
  if (first === undefined) return []
  const down = greatest(lines.map(({ box }) => box[3])) + APART * first.size - first.box[1]
  const move = ([left, top, right, bottom]: Box): Box => [left, top + down, right, bottom + down]
  return below.map((line) => ({
    ...line,
    box: move(line.box),
    words: line.words.map((word) => ({ ...word, box: move(word.box) })),
  }))
}

/** The grid as far as the lines of its own page reach. */
function endedAt(foot: number, grid: PageGrid): PageGrid | null {
  const rows = grid.ys.findIndex((y) => y > foot)
  if (rows < 0) return grid
  if (rows === 0) return null
  const ys = grid.ys.slice(0, rows + 1)
  const cells = grid.cells.flatMap((cell) => {
    if (cell.row >= rows) return []
    const rowSpan = Math.min(cell.rowSpan, rows - cell.row)
    const [left, top, right] = cell.box
    const box: Box = [left, top, right, ys[cell.row + rowSpan] ?? foot]
    return [{ ...cell, rowSpan, box }]
  })
  return { ...grid, ys, cells, box: [grid.box[0], grid.box[1], grid.box[2], ys.at(-1) ?? foot] }
}

function readBlock(
  block: Block,
  page: number,
  turned: readonly Line[],
  above: readonly number[] | null,
): { grid: PageGrid; used: Line[] } | null {
  const { lines, stacked } = takeStacked(block.lines)
  if (lines.length === 0 || lines.length > MOST_LINES) return null
  const box = lines.map((line) => line.line.box).reduce(union)
  const [left, right] = [Math.min(block.left, box[0] - 1), Math.max(block.right, box[2] + 1)]
  const beside = turned.filter((line) => {
    const [from, top, to, bottom] = line.box
    return from >= left - 2 * line.size && to <= right + 2 * line.size && bottom > box[1] && top < box[3]
  })
  const tall = [...stacked, ...beside]
  const own = findBorders(block, lines, tall)
  const xs = above !== null && fits(above, lines) ? continueBorders(above, own, lines) : own
  if (xs.length < 3 || (block.evidence === 'rows' && above === null && !isConvincing(lines, xs))) return null
  const aligned: AlignedBlock = { page, lines, tall, xs, rules: block.rules }
  const grid = readAlignedBlock(aligned)
  return grid === null ? null : { grid, used: [...block.lines.map((line) => line.line), ...beside] }
}

function findBorders(block: Block, lines: readonly BlockLine[], tall: readonly Line[]): number[] {
  const box = [...lines.map((line) => line.line.box), ...tall.map((line) => line.box)].reduce(union)
  const left = Math.min(block.left, box[0] - 1)
  const right = Math.max(block.right, box[2] + 1)
  const inner = block.drawn.length > 0 ? block.drawn : findGutters(lines, tall)
  const within = inner.filter((x) => x > left + 1 && x < right - 1)
  return [left, ...withoutSlivers(within, lines[0]?.line.size ?? 0), right]
}

/** The columns of the table that ended the page before hold for these lines as well. */
function fits(borders: readonly number[], lines: readonly BlockLine[]): boolean {
  const inner = borders.slice(1, -1)
  const figures = lines.filter(hasFigures)
  const crossing = figures.filter((line) => inner.some((x) => crosses(line, x))).length
  return figures.length > 0 && crossing * 5 <= figures.length && figures.every((line) => !sharesColumn(line, borders))
}

/** The borders from the page before, and those of this page that part words where those do not. */
function continueBorders(above: readonly number[], own: readonly number[], lines: readonly BlockLine[]): number[] {
  // As many columns, each at the place of the one above: this page knows best where their borders run here.
  if (interleave(above, own)) return [...own]
  const middles = lines.flatMap(({ line }) => line.words.map(({ box }) => (box[0] + box[2]) / 2)).sort((a, b) => a - b)
  const slot = (x: number) => slotOf(middles, x)
  const known = new Set(above.map(slot))
  const [left, right] = [above[0] ?? 0, above.at(-1) ?? 0]
  const added = own.slice(1, -1).filter((x) => x > left && x < right && !known.has(slot(x)))
  return [...above, ...added].sort((a, b) => a - b)
}

function sharesColumn({ segments }: BlockLine, borders: readonly number[]): boolean {
  const columns = segments.map((segment) => {
    const middle = ((segment[0]?.box[0] ?? 0) + (segment.at(-1)?.box[2] ?? 0)) / 2
    return borders.findIndex((x) => x > middle)
  })
  return new Set(columns).size < columns.length
}

/** Figures stand below each other: by their left ends, middles or right ends, in at least one column, row after row. */
function isConvincing(lines: readonly BlockLine[], xs: readonly number[]): boolean {
  const rows = lines.filter(hasFigures)
  if (rows.length < FEWEST_ROWS) return rows.some(isRowOfFigures) && lines.length > rows.length
  const columns = new Map<number, { left: number; right: number }[]>()
  for (const { left, right } of rows.flatMap(figuresOf)) {
    const column = xs.findIndex((x) => x > (left + right) / 2)
    columns.set(column, [...(columns.get(column) ?? []), { left, right }])
  }
  const size = rows[0]?.line.size ?? 0
  const isOne = (values: number[]) => greatest(values) - least(values) < size
  return [...columns.values()].some(
    (column) =>
      column.length * 3 >= rows.length * 2 &&
      (isOne(column.map(({ left }) => left)) ||
        isOne(column.map(({ right }) => right)) ||
        isOne(column.map(({ left, right }) => (left + right) / 2))),
  )
}
