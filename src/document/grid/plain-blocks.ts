/**
 * Lines of text, with nothing drawn between them → blocks that are tables by what stands in them.
 *
 * A block is a run of rows with figures, with the labels between them and the header above. Three rows prove it, or one row of many
 * figures, or headings of three columns with a label and figures under them. A smaller block is one where such a block stands next
 * to it and its label and figures stand in the same columns.
 */

import type { Word } from '../pdf/lines.js'
import { greatest, least } from './extremes.js'
import { findGutters } from './gutters.js'
import type { Block, BlockLine } from './text-block.js'
import { figuresOf, hasFigures, isFigureText, startsItem } from './text-rows.js'

/** Rows with figures that make a table by alignment alone; or figures in a single row; or headings over a row. */
export const FEWEST_ROWS = 3
const ROW_OF_FIGURES = 6
const FEWEST_HEADINGS = 3
/** Rows of a label and one figure under two headings, and how far the two stand apart in em. */
const FEWEST_PAIRS = 2
const PAIR_GAP = 2
/** In em: the lines of one cell are not farther apart. */
const CLOSE = 0.5
/** In em: rows of one table are not farther apart, */
const ROW_GAP = 3.2
const HEADER_GAP = 2.4
/** but for rows that have the same columns. */
const TALL_GAP = 6
/** Type this much larger than the figures' is a heading between two tables. */
const HEADING_SIZE = 1.15
/** A line over this share of the block, or more, in one piece is running text. */
const PROSE_WIDTH = 0.75
const DEEPEST_HEADER = 16
/** Lines of labels between two rows with figures, of headings between the rows of two blocks. */
const LABEL_LINES = 5
/** In em: how far the lines of a label begin from each other, and stand apart. */
const LABEL_LEFT = 0.3
const LABEL_GAP = 1.6
const LINES_BETWEEN = 2
/** In em: the last column of the table above ends where its text does, which may be well before its border. */
const ABOVE_SLACK = 4

interface Run {
  /** Indices: of the header's first line, of the first and of the last row. */
  readonly begin: number
  readonly at: number
  readonly end: number
  readonly evidence: 'header' | 'rows' | null
}

/** `above`: the column borders of the table that ended the page before. */
export function findPlainBlocks(lines: readonly BlockLine[], above: readonly number[] | null): Block[] {
  const ordered = [...lines].sort((a, b) => a.top - b.top)
  const runs: Run[] = []
  let free = 0
  for (let at = 0; at < ordered.length; at++) {
    const start = ordered[at]
    if (start === undefined || !hasFigures(start)) continue
    let end = endOfRun(ordered, at, start)
    const rows = ordered.slice(at, end + 1).filter(hasFigures)
    const begin = headerStart(ordered, at, end, free, free === 0 ? above : null)
    const evidence = evidenceOf(ordered.slice(begin, end + 1), rows, above !== null && begin === 0)
    if (evidence !== null && ordered.slice(end + 1).every((line) => isBanner(line, rows))) end = ordered.length - 1
    runs.push({ begin, at, end, evidence })
    free = end + 1
    at = end
  }
  return withNeighbours(ordered, runs).map(({ begin, end, evidence }) => ({
    lines: ordered.slice(begin, end + 1),
    rules: [],
    drawn: [],
    left: Number.POSITIVE_INFINITY,
    right: Number.NEGATIVE_INFINITY,
    evidence: evidence ?? 'header',
  }))
}

export function isRowOfFigures(line: BlockLine): boolean {
  return figuresOf(line).length >= ROW_OF_FIGURES
}

function endOfRun(ordered: readonly BlockLine[], at: number, start: BlockLine): number {
  let end = at
  for (let next = at + 1; next < ordered.length; next++) {
    const line = ordered[next]
    const last = ordered[next - 1]
    if (line === undefined || last === undefined) break
    const isBelow = goesOn(last, line, start) || isTallRow(last, ordered, next, start)
    if (!isBelow && !isBesideFigures(line, ordered[next + 1])) break
    if (hasFigures(line)) end = next
    else if (next === end + 1 && isRestOfLabel(last, line)) end = next
    else if (next > end + LABEL_LINES) break
  }
  return end
}

function evidenceOf(lines: readonly BlockLine[], rows: readonly BlockLine[], continues: boolean): Run['evidence'] {
  const labelled = rows.filter((row) => !isFigureText(row.line.words[0]?.text ?? ''))
  const headed = labelled.filter((row) => row.segments.length >= FEWEST_HEADINGS && figuresOf(row).length > 1)
  const header = lines.filter((line) => !hasFigures(line))
  if (headed.some((row) => header.some((line) => heads(line, row)))) return 'header'
  const [first] = lines.filter(hasFigures)
  const over = first === undefined ? [] : lines.slice(0, lines.indexOf(first))
  if (first !== undefined && labelled.includes(first) && headTogether(over, first)) return 'header'
  if (labelled.length === rows.length && arePairs(over, rows)) return 'header'
  return rows.length >= FEWEST_ROWS || rows.some(isRowOfFigures) || continues ? 'rows' : null
}

/** The runs that are proven, and those next to one of them that share its columns. */
function withNeighbours(ordered: readonly BlockLine[], runs: readonly Run[]): Run[] {
  const kept = new Set(runs.filter((run) => run.evidence !== null))
  const look = (run: Run, other: Run | undefined) => {
    if (other === undefined || kept.has(run) || !kept.has(other)) return
    const apart = run.begin > other.end ? run.begin - other.end : other.begin - run.end
    const isBeside = apart <= LINES_BETWEEN + 1
    if (isBeside && rowsOf(ordered, run).every((row) => rowsOf(ordered, other).some((its) => sharesColumns(row, its))))
      kept.add(run)
  }
  for (const [index, run] of runs.entries()) look(run, runs[index - 1])
  for (const [index, run] of [...runs.entries()].reverse()) look(run, runs[index + 1])
  return runs.filter((run) => kept.has(run))
}

function rowsOf(ordered: readonly BlockLine[], { at, end }: Run): BlockLine[] {
  return ordered.slice(at, end + 1).filter(hasFigures)
}

/** As many headings as the row has figures, each over one of them, and perhaps one over the label. Wide headings stand nearer to each other than columns do. */
function heads({ line, segments }: BlockLine, row: BlockLine): boolean {
  return (
    areOver(segments.map(extentOf), row) ||
    areOver(
      line.words.map((word) => extentOf([word])),
      row,
    )
  )
}

function areOver(headings: readonly Extent[], row: BlockLine): boolean {
  const parts = row.segments.map(extentOf)
  // Labels are set flush left under headings in the middle, or have none.
  const figures = parts.slice(1)
  const over = headings.slice(headings.length - figures.length)
  return (
    headings.length >= figures.length &&
    headings.length <= parts.length &&
    figures.every(
      ({ left, right }, index) => (over[index]?.left ?? right) < right && left < (over[index]?.right ?? left),
    )
  )
}

/** Headings that wrap: the parts of several lines, those over each other taken as one, each over a figure of the row. */
export function headTogether(lines: readonly BlockLine[], row: BlockLine): boolean {
  if (row.segments.length < FEWEST_HEADINGS || figuresOf(row).length < 2) return false
  return areOver(headingsOf(lines), row)
}

function headingsOf(lines: readonly BlockLine[]): readonly Extent[] {
  const headings: Extent[] = []
  const parts = lines.flatMap((line) => line.segments.map(extentOf)).sort((a, b) => a.left - b.left)
  for (const part of parts) {
    const last = headings.at(-1)
    if (last !== undefined && part.left < last.right)
      headings[headings.length - 1] = { left: last.left, right: Math.max(last.right, part.right) }
    else headings.push(part)
  }
  return headings
}

/** The last of the lines and those set close above it, as the lines of one cell are. */
function closestLines(lines: readonly BlockLine[]): readonly BlockLine[] {
  let from = lines.length - 1
  for (let at = from - 1; at >= 0; at--) {
    const [line, below] = [lines[at], lines[at + 1]]
    if (line === undefined || below === undefined || below.top - line.bottom > CLOSE * line.line.size) break
    from = at
  }
  return lines.slice(Math.max(from, 0))
}

/** Two columns: a heading over the labels and one over the figures, and two rows at least, each in two pieces that stand well apart. */
function arePairs(over: readonly BlockLine[], rows: readonly BlockLine[]): boolean {
  const headings = headingsOf(closestLines(over))
  const [ofLabels, ofFigures] = headings
  if (ofLabels === undefined || ofFigures === undefined || headings.length > 2 || rows.length < FEWEST_PAIRS)
    return false
  const isApart = ({ gaps, line }: BlockLine) => gaps.every(({ from, to }) => to - from > PAIR_GAP * line.size)
  const size = rows[0]?.line.size ?? 0
  return (
    ofFigures.left - ofLabels.right > PAIR_GAP * size &&
    rows.every((row) => row.segments.length === 2 && isApart(row) && areOver(headings, row))
  )
}

function extentOf(words: readonly Word[]): Extent {
  return { left: words[0]?.box[0] ?? 0, right: words.at(-1)?.box[2] ?? 0 }
}

/** A label in the column of the other's, and figures each below one of the other's. */
function sharesColumns(row: BlockLine, other: BlockLine): boolean {
  const size = row.line.size
  const isOne = isAligned(extentOf(row.segments[0] ?? []), extentOf(other.segments[0] ?? []), size / 2)
  if (!isOne || row.segments.length > other.segments.length) return false
  return figuresOf(row).length + 1 === row.segments.length && areBelow(figuresOf(row), figuresOf(other), size / 2)
}

interface Extent {
  readonly left: number
  readonly right: number
}

/** Each of the figures below one of the columns. */
function areBelow(figures: readonly Extent[], columns: readonly Extent[], tolerance: number): boolean {
  return figures.every((figure) => columns.some((column) => isAligned(figure, column, tolerance)))
}

function isAligned(a: Extent, b: Extent, tolerance: number): boolean {
  return (
    Math.abs(a.left - b.left) < tolerance ||
    Math.abs(a.right - b.right) < tolerance ||
    Math.abs(a.left + a.right - b.left - b.right) < 2 * tolerance
  )
}

function goesOn(last: BlockLine, line: BlockLine, start: BlockLine): boolean {
  if (line.top - last.bottom > ROW_GAP * start.line.size) return false
  if (hasFigures(line)) return true
  if (line.segments.length > 1) return true
  const isHeading = line.line.size > HEADING_SIZE * start.line.size
  return !isHeading && !isProse(line, start)
}

/** Farther down, but the next figures stand in the columns of the first. */
function isTallRow(last: BlockLine, ordered: readonly BlockLine[], next: number, start: BlockLine): boolean {
  const line = ordered[next]
  const row = ordered.slice(next, next + LABEL_LINES).find(hasFigures)
  if (line === undefined || row === undefined || line.line.size > HEADING_SIZE * start.line.size) return false
  const gap = TALL_GAP * start.line.size
  if (line.top - last.bottom > gap || row.top - last.bottom > gap || row.segments.length < FEWEST_HEADINGS) return false
  return areBelow(figuresOf(row), figuresOf(start), start.line.size / 2)
}

/** However long it is, a line is part of a label where the figures of its row follow on its right, half a line lower. */
function isBesideFigures({ line, bottom, segments }: BlockLine, next: BlockLine | undefined): boolean {
  if (next === undefined || segments.length > 1 || !hasFigures(next)) return false
  return next.line.box[0] >= line.box[2] && next.top < bottom
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

/** An item that the other line goes on with: that begins at the same place, and is no item. */
function beginsLabel(line: BlockLine, other: BlockLine): boolean {
  if (!startsItem(line) || startsItem(other) || line.segments.length > 1 || hasFigures(line)) return false
  const size = line.line.size
  return (
    Math.abs(line.line.box[0] - other.line.box[0]) < LABEL_LEFT * size && other.top - line.bottom < LABEL_GAP * size
  )
}

/** One piece of text in the middle of the block, or of the table above that it goes on with: the heading of the rows below it. */
function isBanner(
  { line, segments }: BlockLine,
  rows: readonly BlockLine[],
  above: readonly number[] | null = null,
): boolean {
  const size = rows[0]?.line.size ?? 0
  const isInMiddle = (left: number, right: number, slack = 2 * size) => {
    const [before, after] = [line.box[0] - left, right - line.box[2]]
    return before > slack && Math.abs(before - after) < slack
  }
  const [left, right] = [least(rows.map((row) => row.line.box[0])), greatest(rows.map((row) => row.line.box[2]))]
  return (
    segments.length === 1 &&
    line.size < HEADING_SIZE * size &&
    (isInMiddle(left, right) ||
      (above !== null && isInMiddle(above[0] ?? left, above.at(-1) ?? right, ABOVE_SLACK * size)))
  )
}

/** Header lines above the first row: several parts, or one that stands over the columns of figures. */
function headerStart(
  ordered: readonly BlockLine[],
  at: number,
  end: number,
  free: number,
  above: readonly number[] | null,
): number {
  const rows = ordered.slice(at, end + 1).filter(hasFigures)
  const firstGutter = findGutters(rows)[0] ?? 0
  let begin = at
  let widest = HEADER_GAP
  for (let next = at - 1; next >= Math.max(free, at - DEEPEST_HEADER); next--) {
    const line = ordered[next]
    const below = ordered[next + 1]
    if (line === undefined || below === undefined) break
    if (rows.some((row) => row.segments.length >= FEWEST_HEADINGS && heads(line, row))) widest = TALL_GAP
    if (below.top - line.bottom > widest * below.line.size || line.line.size > HEADING_SIZE * below.line.size) break
    const overFigures = line.line.box[0] > firstGutter - line.line.size && !startsItem(line)
    const startOfLabel =
      isRestOfLabel(below, line) ||
      (line.line.box[2] < firstGutter && line.bottom - below.top > -0.7 * line.line.size) ||
      ordered.slice(next + 1, next + 3).some((other) => beginsLabel(line, other))
    if (line.segments.length < 2 && !overFigures && !isBanner(line, rows, above) && !startOfLabel) break
    begin = next
  }
  return begin
}
