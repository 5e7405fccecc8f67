/**
 * A block of lines with its columns and the rules drawn in it → a grid, as if its borders were all drawn.
 *
 * A border is left out where a word stands across it, and where the block has rules of its own that spare a column (labels over
 * several rows). A rule under a part of the header joins the columns above it. Regions grow to rectangles.
 */

import type { Box, DoubtCode } from '../model.js'
import type { Line, Word } from '../pdf/lines.js'
import { joinWords } from '../pdf/lines.js'
import type { Edge } from './edges.js'
import { greatest, least } from './extremes.js'
import { crosses } from './gutters.js'
import { slotOf } from './lattice.js'
import type { PageCell, PageGrid } from './page-grid.js'
import { type BlockLine, toBlockLine } from './text-block.js'
import { findTextRows, firstFigureColumn, hasFigures, isFigureText, isItem, isOfParts } from './text-rows.js'

export interface AlignedBlock {
  readonly page: number
  readonly lines: readonly BlockLine[]
  /** Letters stacked or set vertically along several rows, as one text each. */
  readonly tall: readonly Line[]
  /** Column borders, the outer ones among them. */
  readonly xs: readonly number[]
  /** Horizontal rules within and around the block. */
  readonly rules: readonly Edge[]
}

/** A rule that covers this much of the block parts its rows; a shorter one parts those of its columns. */
const FULL_RULE = 0.9
/** A rule covers a column when it covers this much of it. */
const COVERED = 0.6

/** In em: how far the two lines of a number stand apart, and how exactly the row stands in the middle. */
const SPLIT_LINES = [0.9, 1.8] as const
const SPLIT_LEVEL = 0.2

/** More is no table of a page, and would cost too much to look at. */
const MOST_SLOTS = 6_000

interface Row {
  readonly lines: readonly BlockLine[]
  readonly top: number
  readonly bottom: number
  /** Columns with a rule below them; null where no rule is drawn, which parts all columns. */
  readonly ruledBelow: readonly boolean[] | null
}

export function readAlignedBlock(block: AlignedBlock): PageGrid | null {
  const rows = findRows(block)
  const columns = block.xs.length - 1
  const [first, last] = [rows[0], rows.at(-1)]
  if (first === undefined || last === undefined || columns < 2 || rows.length * columns > MOST_SLOTS) return null
  const slots = new Slots(rows.length, columns)
  rows.forEach((row, r) => {
    for (let column = 1; column < columns; column++) {
      const border = block.xs[column] ?? 0
      if (row.lines.some((line) => crosses(line, border))) slots.join(r, column - 1, r, column)
    }
    joinRuledHeader(row, r, block, slots)
  })
  for (let column = 0; column < columns; column++) joinSpared(column, rows, block.xs, slots)
  for (const line of block.tall) joinBeside(line, rows, block.xs, slots)
  return toGrid(block, rows, slots.rectangles())
}

/** Rows whose rules spare a column are one cell there, unless several of them have an item of their own in it. */
function joinSpared(column: number, rows: readonly Row[], xs: readonly number[], slots: Slots): void {
  for (let from = 0; from < rows.length; from++) {
    let to = from
    while (to + 1 < rows.length && rows[to]?.ruledBelow?.[column] === false) to++
    const texts = rows
      .slice(from, to + 1)
      .flatMap((row) => row.lines.map((line) => joinWords(wordsIn(line, xs, column, column)).text))
    if (texts.filter(isItem).length < 2) for (let r = from; r < to; r++) slots.join(r, column, r + 1, column)
    from = to
  }
}

/** A tall label takes its column along the rows beside it, and on to the rows with figures that leave the column empty. */
function joinBeside(label: Line, rows: readonly Row[], xs: readonly number[], slots: Slots): void {
  const column = Math.min(Math.max(slotOf(xs, (label.box[0] + label.box[2]) / 2), 0), xs.length - 2)
  const [left, right] = [xs[column] ?? 0, xs[column + 1] ?? 0]
  const isFree = ({ lines }: Row) =>
    lines.every(({ line }) =>
      line.words.every(({ box }) => Math.min(box[2], right) - Math.max(box[0], left) < line.size / 2),
    )
  let from = rows.findIndex((row) => row.bottom > label.box[1] && row.top < label.box[3] && isFree(row))
  if (from < 0) return
  let to = from
  const goesOn = (row: Row | undefined) => {
    if (row === undefined || !isFree(row)) return false
    return (row.bottom > label.box[1] && row.top < label.box[3]) || row.lines.some(hasFigures)
  }
  while (goesOn(rows[from - 1])) from--
  while (goesOn(rows[to + 1])) to++
  for (let r = from; r < to; r++) slots.join(r, column, r + 1, column)
}

/** Rows between rules, cut further where several rows of text stand between two of them. */
function findRows({ lines, rules, xs }: AlignedBlock): Row[] {
  const [left, right] = [xs[0] ?? 0, xs.at(-1) ?? 0]
  const columns = xs.length - 1
  const ys = [...new Set(rules.map((rule) => rule.at))].sort((a, b) => a - b)
  const bands = new Map<number, BlockLine[]>()
  for (const line of lines) {
    const band = slotOf(ys, (line.top + line.bottom) / 2)
    bands.set(band, [...(bands.get(band) ?? []), line])
  }
  const filled = [...bands].sort(([a], [b]) => a - b)
  // With a rule below every row, what stands between two rules is one row, however many lines it has.
  const everyRow = filled.length > 2 && filled.every(([, inBand]) => inBand.filter(hasFigures).length <= 1)
  const figures = least(lines.filter(hasFigures).flatMap((line) => firstFigureColumn(line, xs)))
  const rows: Row[] = []
  for (const [band, inBand] of filled) {
    const text = everyRow ? [spanOf(inBand)] : findTextRows(inBand, xs).flatMap((row) => partHeader(row, xs, figures))
    text.forEach((row, index) => {
      const isLast = index + 1 === text.length
      const y = ys[band + 1]
      const below = isLast && y !== undefined ? rules.filter((rule) => rule.at === y) : null
      const full = below?.some(
        (rule) => Math.min(rule.to, right) - Math.max(rule.from, left) > FULL_RULE * (right - left),
      )
      const ruledBelow =
        below === null || full === true
          ? null
          : Array.from({ length: columns }, (_, column) => isCovered(below, xs, column))
      rows.push({ lines: row.lines, top: row.top, bottom: row.bottom, ruledBelow })
    })
  }
  return rows
}

function spanOf(lines: readonly BlockLine[]): { lines: readonly BlockLine[]; top: number; bottom: number } {
  return {
    lines,
    top: least(lines.map((line) => line.top)),
    bottom: greatest(lines.map((line) => line.bottom)),
  }
}

/**
 * A header row whose lines stand close: the lines with a heading common to several columns of figures become a row above the
 * headings of single columns.
 */
function partHeader(row: Omit<Row, 'ruledBelow'>, xs: readonly number[], figures: number): Omit<Row, 'ruledBelow'>[] {
  if (row.lines.some(hasFigures)) return [row]
  const columnsOf = ({ line }: BlockLine, { box }: Word): readonly [number, number] => [
    slotOf(xs, box[0] + line.size / 2),
    slotOf(xs, box[2] - line.size / 2),
  ]
  const isAbove = (line: BlockLine, word: Word) => {
    const [from, to] = columnsOf(line, word)
    const below = row.lines.filter((other) => other.top > line.top + line.line.size / 2)
    return from >= figures && below.some((other) => wordsIn(other, xs, from, to).length > 0)
  }
  const common = row.lines.filter((line) =>
    line.line.words.some((word) => {
      const [from, to] = columnsOf(line, word)
      return to > from && isAbove(line, word)
    }),
  )
  const upper = common.flatMap((line) => withWords(line, (word) => isAbove(line, word)))
  const lower = row.lines.flatMap((line) =>
    common.includes(line) ? withWords(line, (word) => !isAbove(line, word)) : [line],
  )
  if (upper.length === 0 || lower.length === 0) return [row]
  const [above, below] = [spanOf(upper), spanOf(lower)]
  return above.top + above.bottom < below.top + below.bottom ? [above, below] : [row]
}

function withWords(line: BlockLine, keep: (word: Word) => boolean): BlockLine[] {
  const words = line.line.words.filter(keep)
  return words.length === 0 ? [] : [toBlockLine({ ...line.line, ...joinWords(words), words })]
}

function isCovered(rules: readonly Edge[], xs: readonly number[], column: number): boolean {
  const [from, to] = [xs[column] ?? 0, xs[column + 1] ?? 0]
  const covered = rules.reduce((sum, rule) => sum + Math.max(0, Math.min(rule.to, to) - Math.max(rule.from, from)), 0)
  return covered > COVERED * (to - from)
}

/** A single heading above a rule that spans several columns is the heading of them all. */
function joinRuledHeader(row: Row, r: number, { xs }: AlignedBlock, slots: Slots): void {
  const ruled = row.ruledBelow
  if (ruled === null || row.lines.some(hasFigures)) return
  for (let from = 0; from < ruled.length; from++) {
    if (ruled[from] !== true) continue
    let to = from
    while (ruled[to + 1] === true) to++
    const segments = row.lines.flatMap((line) => line.segments.filter((segment) => liesIn(segment, xs, from, to)))
    if (segments.length === 1) for (let column = from; column < to; column++) slots.join(r, column, r, column + 1)
    from = to
  }
}

function liesIn(segment: readonly Word[], xs: readonly number[], from: number, to: number): boolean {
  const middle = ((segment[0]?.box[0] ?? 0) + (segment.at(-1)?.box[2] ?? 0)) / 2
  return middle >= (xs[from] ?? 0) && middle < (xs[to + 1] ?? 0)
}

interface Rectangle {
  readonly row: number
  readonly column: number
  readonly rowSpan: number
  readonly columnSpan: number
}

/** Positions joined into regions, each grown to the rectangle around it. */
class Slots {
  private readonly owner: Int32Array

  constructor(
    rows: number,
    private readonly columns: number,
  ) {
    this.owner = Int32Array.from({ length: rows * columns }, (_, index) => index)
  }

  join(rowA: number, columnA: number, rowB: number, columnB: number): void {
    this.merge(rowA * this.columns + columnA, rowB * this.columns + columnB)
  }

  rectangles(): Rectangle[] {
    for (;;) {
      const boxes = this.boxes()
      let grown = false
      for (const [owner, { row, column, rowSpan, columnSpan }] of boxes) {
        for (let r = row; r < row + rowSpan; r++) {
          for (let c = column; c < column + columnSpan; c++) {
            const position = r * this.columns + c
            if (this.owner[position] === this.owner[owner]) continue
            this.merge(owner, position)
            grown = true
          }
        }
      }
      if (!grown) return [...boxes.values()].sort((a, b) => a.row - b.row || a.column - b.column)
    }
  }

  private boxes(): Map<number, Rectangle> {
    const boxes = new Map<number, Rectangle>()
    this.owner.forEach((owner, position) => {
      const row = Math.floor(position / this.columns)
      const column = position % this.columns
      const box = boxes.get(owner) ?? { row, column, rowSpan: 1, columnSpan: 1 }
      const left = Math.min(box.column, column)
      const right = Math.max(box.column + box.columnSpan, column + 1)
      boxes.set(owner, { row: box.row, column: left, rowSpan: row - box.row + 1, columnSpan: right - left })
    })
    return boxes
  }

  private merge(a: number, b: number): void {
    const [keep, drop] = [this.owner[a] ?? a, this.owner[b] ?? b]
    if (keep === drop) return
    const [low, high] = keep < drop ? [keep, drop] : [drop, keep]
    for (let at = 0; at < this.owner.length; at++) if (this.owner[at] === high) this.owner[at] = low
  }
}

function wordsIn({ line }: BlockLine, xs: readonly number[], from: number, to: number): Word[] {
  const [left, right] = [from === 0 ? Number.NEGATIVE_INFINITY : (xs[from] ?? 0), xs[to + 1] ?? 0]
  const end = to + 2 === xs.length ? Number.POSITIVE_INFINITY : right
  return line.words.filter(({ box }) => (box[0] + box[2]) / 2 >= left && (box[0] + box[2]) / 2 < end)
}

function toGrid(block: AlignedBlock, rows: readonly Row[], rectangles: readonly Rectangle[]): PageGrid {
  const { xs, page, tall } = block
  const ys = rowBorders(rows, block)
  const cells = rectangles.map((rectangle): PageCell => {
    const { row, column, rowSpan, columnSpan } = rectangle
    const box: Box = [xs[column] ?? 0, ys[row] ?? 0, xs[column + columnSpan] ?? 0, ys[row + rowSpan] ?? 0]
    const lines = rows.slice(row, row + rowSpan).flatMap((each) => each.lines)
    const texts: string[] = tall.filter((line) => holds(box, line.box)).map((line) => line.text)
    let doubt: DoubtCode | null = null
    const figures: BlockLine[] = []
    const parts: BlockLine[] = []
    let full = texts.length > 0
    for (const line of lines) {
      const words = wordsIn(line, xs, column, column + columnSpan - 1)
      if (words.length === 0) continue
      const { text, box: used } = joinWords(words)
      texts.push(text)
      if (isFigureText(text)) figures.push(line)
      if (isOfParts(line)) parts.push(line)
      doubt ??= doubtOf(line, words)
      full = box[2] - box[0] - (used[2] - used[0]) < 2 * line.line.size
    }
    return {
      ...rectangle,
      text: texts.join('\n'),
      page,
      box,
      doubt: doubt ?? (isOneNumber(figures, parts, lines) ? null : 'open_grid'),
      hasImage: false,
      full,
    }
  })
  const box: Box = [xs[0] ?? 0, ys[0] ?? 0, xs.at(-1) ?? 0, ys.at(-1) ?? 0]
  return {
    kind: 'grid',
    page,
    box,
    origin: 'aligned',
    xs,
    ys,
    cells,
    openTop: false,
    openBottom: false,
    lines: [],
  }
}

/**
 * At most one figure in a line of the row, or the two parts of one above and below that line: the other figures of the row stand in the
 * middle between them.
 */
function isOneNumber(figures: readonly BlockLine[], parts: readonly BlockLine[], lines: readonly BlockLine[]): boolean {
  const isBeside = parts.length > 0 && lines.some((line) => hasFigures(line) && !isOfParts(line))
  if (!isBeside) return figures.length <= 1
  const [upper, lower, ...more] = parts
  if (upper === undefined || lower === undefined || more.length > 0) return false
  const middle = ({ top, bottom }: BlockLine) => (top + bottom) / 2
  const level = (middle(upper) + middle(lower)) / 2
  const apart = middle(lower) - middle(upper)
  return (
    apart > SPLIT_LINES[0] * upper.line.size &&
    apart < SPLIT_LINES[1] * upper.line.size &&
    lines.some((line) => hasFigures(line) && Math.abs(middle(line) - level) < SPLIT_LEVEL * line.line.size)
  )
}

function doubtOf({ line }: BlockLine, words: readonly Word[]): DoubtCode | null {
  if (line.distrusted) return 'distrusted_glyph'
  return line.overprinted || words.some((word) => word.annotates) ? 'overprinted_text' : null
}

/** Half way between the text of two rows. */
function rowBorders(rows: readonly Row[], { rules }: AlignedBlock): number[] {
  const ys: number[] = []
  let last: Row | undefined
  for (const row of rows) {
    ys.push(last === undefined ? row.top - 2 : (last.bottom + row.top) / 2)
    last = row
  }
  ys.push((last?.bottom ?? 0) + 2)
  const [first, end] = [rules[0]?.at, rules.at(-1)?.at]
  if (first !== undefined) ys[0] = Math.min(ys[0] ?? first, first)
  if (end !== undefined) ys[ys.length - 1] = Math.max(ys.at(-1) ?? end, end)
  return ys
}

function holds(box: Box, inner: Box): boolean {
  const x = (inner[0] + inner[2]) / 2
  const y = (inner[1] + inner[3]) / 2
  return x >= box[0] && x < box[2] && y >= box[1] && y < box[3]
}
