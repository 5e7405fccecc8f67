/**
 * Lines of text outside drawn grids → tables without (all of their) borders, and the lines that are no table.
 *
 * Three kinds, from strong evidence to weak: blocks between rules of equal length (三线表, rows ruled but open at the sides), blocks
 * divided by vertical lines alone, and blocks held together by nothing but alignment. The last needs three rows with figures
 * in columns, or one row of many: running text, lists, titles and signatures must never become a table.
 */

import { type Line, union } from '../pdf/lines.js'
import { type AlignedBlock, readAlignedBlock } from './aligned-cells.js'
import type { Edges } from './edges.js'
import { greatest, least } from './extremes.js'
import { crosses, findGutters, withoutSlivers } from './gutters.js'
import { interleave, slotOf } from './lattice.js'
import type { PageGrid } from './page-grid.js'
import { findRuledBlocks, findSidedBlocks } from './rule-blocks.js'
import { takeStacked } from './stacked.js'
import { type Block, type BlockLine, toBlockLine } from './text-block.js'
import { hasFigures, isFigureText, startsItem } from './text-rows.js'

export interface AlignedPage {
  readonly page: number
  readonly looseEdges: Edges
}

/** Rows with figures that make a table by alignment alone; or figures in a single row. */
const FEWEST_ROWS = 3
const ROW_OF_FIGURES = 6
/** In em: rows of one table are not farther apart. */
const ROW_GAP = 3.2
const HEADER_GAP = 2.4
/** Type this much larger than the figures' is a heading between two tables. */
const HEADING_SIZE = 1.15
/** A line over this share of the block, or more, in one piece is running text. */
const PROSE_WIDTH = 0.75
const DEEPEST_HEADER = 8
/** A block of more lines is no table of one page, and would cost too much to look at. */
const MOST_LINES = 400
/** A page in the smallest type there is has some 150 lines, one printed from a web page in one piece some 1,000. */
const MOST_PAGE_LINES = 1_500

export function findAlignedGrids(
  lines: readonly Line[],
  page: AlignedPage,
  above: readonly number[] | null,
): { grids: PageGrid[]; rest: Line[] } {
  const upright = lines.filter((line) => line.direction === 0)
  if (upright.length === 0 || upright.length > MOST_PAGE_LINES) return { grids: [], rest: [...lines] }
  const turned = lines.filter((line) => line.direction !== 0)
  const blockLines = upright.map(toBlockLine)
  const grids: PageGrid[] = []
  const taken = new Set<Line>()
  const isFree = (line: BlockLine) => !taken.has(line.line)
  const read = (block: Block) => {
    const grid = readBlock(block, page.page, turned, blockLines[0] === block.lines[0] ? above : null)
    if (grid === null) return
    grids.push(grid.grid)
    for (const line of grid.used) taken.add(line)
  }
  for (const block of findRuledBlocks(blockLines, page.looseEdges.horizontal)) read(block)
  for (const block of findSidedBlocks(blockLines.filter(isFree), page.looseEdges.vertical)) read(block)
  for (const block of findPlainBlocks(blockLines.filter(isFree), above !== null)) read(block)
  return { grids, rest: lines.filter((line) => !taken.has(line)) }
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
  if (xs.length < 3 || (block.evidence === 'alignment' && above === null && !isConvincing(lines, xs))) return null
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
  if (rows.length < FEWEST_ROWS) {
    return rows.some((row) => figuresOf(row).length >= ROW_OF_FIGURES) && lines.length > rows.length
  }
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

function figuresOf({ segments }: BlockLine): { left: number; right: number }[] {
  return segments
    .filter((segment) => isFigureText(segment.map((word) => word.text).join('')))
    .map((segment) => ({ left: segment[0]?.box[0] ?? 0, right: segment.at(-1)?.box[2] ?? 0 }))
}

/** Runs of rows with figures, with the lines between them that may be labels, and the header above. */
function findPlainBlocks(lines: readonly BlockLine[], continues: boolean): Block[] {
  const ordered = [...lines].sort((a, b) => a.top - b.top)
  const blocks: Block[] = []
  let free = 0
  for (let at = 0; at < ordered.length; at++) {
    const start = ordered[at]
    if (start === undefined || !hasFigures(start)) continue
    let end = at
    for (let next = at + 1; next < ordered.length; next++) {
      const line = ordered[next]
      const last = ordered[next - 1]
      if (line === undefined || last === undefined || !goesOn(last, line, start)) break
      if (hasFigures(line)) end = next
      else if (next === end + 1 && isRestOfLabel(last, line)) end = next
      else if (next > end + 5) break
    }
    const rows = ordered.slice(at, end + 1).filter(hasFigures)
    const begin = headerStart(ordered, at, end, free)
    const isProven = rows.length >= FEWEST_ROWS || rows.some((row) => figuresOf(row).length >= ROW_OF_FIGURES)
    if (isProven || (continues && begin === 0)) {
      if (ordered.slice(end + 1).every((line) => isBanner(line, rows))) end = ordered.length - 1
      blocks.push({
        lines: ordered.slice(begin, end + 1),
        rules: [],
        drawn: [],
        left: Number.POSITIVE_INFINITY,
        right: Number.NEGATIVE_INFINITY,
        evidence: 'alignment',
      })
      free = end + 1
    }
    at = end
  }
  return blocks
}

function goesOn(last: BlockLine, line: BlockLine, start: BlockLine): boolean {
  if (line.top - last.bottom > ROW_GAP * start.line.size) return false
  if (hasFigures(line)) return true
  if (line.segments.length > 1) return true
  const isHeading = line.line.size > HEADING_SIZE * start.line.size
  return !isHeading && !isProse(line, start)
}

function isProse(line: BlockLine, start: BlockLine): boolean {
  const width = start.line.box[2] - start.line.box[0]
  return line.segments.length === 1 && line.line.box[2] - line.line.box[0] > PROSE_WIDTH * width
}

function isRestOfLabel(last: BlockLine, line: BlockLine): boolean {
  const label = last.segments[0]?.at(-1)?.box[2] ?? 0
  return (
    line.segments.length === 1 &&
    line.line.box[2] <= label + line.line.size &&
    line.top - last.bottom < 0.7 * line.line.size &&
    !startsItem(line)
  )
}

/** One piece of text in the middle of the block: the heading of the rows below it. */
function isBanner({ line, segments }: BlockLine, rows: readonly BlockLine[]): boolean {
  const before = line.box[0] - least(rows.map((row) => row.line.box[0]))
  const after = greatest(rows.map((row) => row.line.box[2])) - line.box[2]
  const size = rows[0]?.line.size ?? 0
  return (
    segments.length === 1 && line.size < HEADING_SIZE * size && before > 2 * size && Math.abs(before - after) < 2 * size
  )
}

/** Header lines above the first row: several parts, or one that stands over the columns of figures. */
function headerStart(ordered: readonly BlockLine[], at: number, end: number, free: number): number {
  const rows = ordered.slice(at, end + 1).filter(hasFigures)
  const firstGutter = findGutters(rows)[0] ?? 0
  let begin = at
  for (let next = at - 1; next >= Math.max(free, at - DEEPEST_HEADER); next--) {
    const line = ordered[next]
    const below = ordered[next + 1]
    if (line === undefined || below === undefined) break
    if (below.top - line.bottom > HEADER_GAP * below.line.size || line.line.size > HEADING_SIZE * below.line.size) break
    const overFigures = line.line.box[0] > firstGutter - line.line.size
    const startOfLabel =
      isRestOfLabel(below, line) || (line.line.box[2] < firstGutter && line.bottom - below.top > -0.7 * line.line.size)
    if (line.segments.length < 2 && !overFigures && !isBanner(line, rows) && !startOfLabel) break
    begin = next
  }
  return begin
}
