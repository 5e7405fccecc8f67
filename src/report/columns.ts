/**
 * Header lines ↔ figure columns of a form, and one line of figures → one cell for each column.
 *
 * Two kinds of evidence place a figure: where the header says its column runs (geometry and label), and its place in the row
 * when the row has exactly as many figures as the form has columns (count and order). A row in which neither holds is ragged:
 * every alignment that keeps the order is weighed, and only what is the same in all of them is read.
 */
import type { Cell } from '../document/model.js'
import type { ColumnSpec, Label, Leaf } from './form.js'
import { GroupFit, LabelFit, withoutSpace } from './labels.js'
import { type Line, looksLikeFigure } from './lines.js'
import { unitInHeader } from './numerals.js'
import { alignSequences } from './rows.js'

/** Where the columns of a form run in one grid. */
export interface ColumnBinding {
  /** For each column of the form the grid columns [from, to) that its header covers; null where no header names it. */
  readonly ranges: readonly (Range | null)[]
  readonly headerUnits: readonly (string | null)[]
  /** Columns that hold no figures of the form: units, running numbers. */
  readonly otherRanges: readonly Range[]
  /** Every printed header between the first and the last figure names a column of the form, in the form's order. */
  readonly inOrder: boolean
  /** Columns that stand out of the form's order, told by their header alone. */
  readonly outOfOrder: number
  /** Columns whose header is not worded as any we know and that were told by their place between those that are. */
  readonly byOrder: number
  /** Harmonic mean of the share of the form's columns and of the printed headers that fit, 0 to 1. */
  readonly fit: number
}

const NEARLY_ALL = 0.8
/** The share of the headers that must be read to bear out what count and order say. */
const BEARING_OUT = 0.6
/** Fewer rows bear nothing out. */
const FEWEST_FULL = 5
/** The score of a label that is the form's to the word. */
const EXACT = 0.97

type Range = readonly [number, number]

/** The columns of one table, folded once. */
export class ColumnSequence {
  private readonly own: LabelFit<Label>
  private readonly groups: GroupFit
  private readonly others: LabelFit<Label>

  constructor(
    readonly columns: readonly Leaf<ColumnSpec>[],
    otherColumns: readonly string[] = [],
  ) {
    this.own = new LabelFit(columns.map((column) => column.spec))
    this.groups = new GroupFit(columns)
    this.others = new LabelFit(otherColumns.map((label) => ({ label })))
  }

  /** `header` are the lines above the figures, top first; columns before `from` hold labels. */
  bind(header: readonly Line[], from: number): ColumnBinding {
    const all = printedColumns(header, from)
    const printed = all.filter(({ path }) => !this.others.isExact(path.at(-1) ?? ''))
    const scores = printed.map((column) => this.fit(column))
    const ordered = alignSequences(scores, this.columns.length)
    const named = placeLeftOvers(ordered, scores, this.columns.length)
    const outOfOrder = named.filter((column, i) => column !== ordered[i]).length
    const partner = outOfOrder > 0 ? named : fillGaps(named, this.columns.length)
    const ranges = new Array<Range | null>(this.columns.length).fill(null)
    const headerUnits = new Array<string | null>(this.columns.length).fill(null)
    for (const [i, { range, path }] of printed.entries()) {
      const column = partner[i] ?? -1
      if (column < 0) continue
      ranges[column] = range
      headerUnits[column] = unitInHeader(path.join(''))
    }
    const matched = named.filter((column) => column >= 0).length
    return {
      ranges,
      headerUnits,
      otherRanges: all.filter((column) => !printed.includes(column)).map((column) => column.range),
      inOrder: outOfOrder === 0 && matched > 0 && partner.every((column) => column >= 0),
      outOfOrder,
      byOrder: partner.filter((column) => column >= 0).length - matched,
      fit: (2 * matched) / Math.max(1, this.columns.length + printed.length),
    }
  }

  /** How many of the words in these header texts name a column, wherever they stand. */
  countNamed(texts: readonly string[]): number {
    return texts.flatMap((text) => text.trim().split(/\s+/)).filter((word) => this.own.isExact(word)).length
  }

  /**
   * Whether so many words name nearly every column: the witness for a row with exactly as many figures as columns where the
   * header cannot be laid over it (a flattened table, a text set with spaces).
   */
  areNamed(count: number): boolean {
    return count >= this.columns.length * NEARLY_ALL
  }

  /** A label may be cut over the lines of the header, so what stands over its last part is read with it too. */
  private fit({ path, own }: PrintedColumn): readonly number[] {
    const readings = own.map((_, i) => own.slice(i).join(''))
    const scores = readings.map((text) => this.own.score(text))
    const groups = this.groups.weigh(path.slice(0, -1), 0.2, 0.4)
    return this.columns.map((_, i) => {
      const score = Math.max(...scores.map((reading) => reading[i] ?? 0))
      return score === 0 ? 0 : score + (groups[i] ?? 0)
    })
  }
}

interface PrintedColumn {
  readonly range: readonly [number, number]
  /** Header texts from the top down, each once. */
  readonly path: readonly string[]
  /** Those at the end of the path that stand over this column alone. */
  readonly own: readonly string[]
}

/** Grid columns that share their lowest header cell are one printed column. */
function printedColumns(header: readonly Line[], from: number): readonly PrintedColumn[] {
  const columnCount = Math.max(0, ...header.map((line) => line.columnCount))
  const printed: PrintedColumn[] = []
  let last: Cell | null = null
  for (let column = from; column < columnCount; column++) {
    const depth = header.findLastIndex((line) => headerOver(line, column)?.covers === true)
    const lowest = depth < 0 ? null : (headerOver(header[depth] as Line, column)?.cell ?? null)
    const previous = printed.at(-1)
    if (lowest !== null && lowest === last && previous !== undefined) {
      printed[printed.length - 1] = { ...previous, range: [previous.range[0], column + 1] }
    } else if (lowest !== null) {
      const groups = header.slice(0, depth).map((line) => headerOver(line, column)?.cell ?? lowest)
      const cells = [...new Set([...groups, lowest])]
      const alone = cells.findLastIndex(
        (cell) => cell.column !== lowest.column || cell.columnSpan !== lowest.columnSpan,
      )
      const path = cells.map((cell) => withoutSpace(cell.text))
      printed.push({ range: [column, column + 1], path, own: path.slice(alone + 1) })
    }
    last = lowest
  }
  return printed
}

/**
 * The header cell with words over a grid column. Text formats print a merged header once and leave the fields after it blank,
 * so a blank field may belong to the words on its left: as a group over it, never as its own header.
 */
function headerOver(line: Line, column: number): { readonly cell: Cell; readonly covers: boolean } | null {
  let nearest: Cell | null = null
  for (const cell of line.cells) {
    if (cell.column > column) break
    if (withoutSpace(cell.text) !== '') nearest = cell
  }
  return nearest === null ? null : { cell: nearest, covers: nearest.column + nearest.columnSpan > column }
}

/** Headers that found no place in the form's order but name, to the word, one column that nothing else names. */
function placeLeftOvers(
  ordered: readonly number[],
  scores: readonly (readonly number[])[],
  width: number,
): readonly number[] {
  const open = Array.from({ length: width }, (_, column) => column).filter((column) => !ordered.includes(column))
  const claims = ordered.map((column, i) =>
    column >= 0 ? [] : open.filter((candidate) => (scores[i]?.[candidate] ?? 0) >= EXACT),
  )
  return ordered.map((column, i) => {
    const [only, ...more] = claims[i] ?? []
    if (only === undefined || more.length > 0) return column
    return claims.some((other, k) => k !== i && other.includes(only)) ? column : only
  })
}

/** Headers without a known wording, where they stand between two known ones and are as many as the columns missing there. */
function fillGaps(partner: readonly number[], width: number): readonly number[] {
  const filled = [...partner]
  if (partner.every((column) => column < 0)) return filled
  let i = 0
  while (i < filled.length) {
    if ((filled[i] ?? 0) >= 0) {
      i++
      continue
    }
    let end = i
    while (end < filled.length && (filled[end] ?? 0) < 0) end++
    const before = i === 0 ? -1 : (filled[i - 1] ?? -1)
    const after = end === filled.length ? width : (filled[end] ?? width)
    if (after - before - 1 === end - i) for (let k = i; k < end; k++) filled[k] = before + 1 + k - i
    i = end
  }
  return filled
}

export type RowBinding =
  /**
   * `counted`: the row prints exactly one figure for each column of the form, so none can be another's. `inOrder`: the cells that
   * count and order alone would give to the columns, where these were told by their headers; null where order says nothing more.
   */
  | {
      readonly kind: 'placed'
      readonly cells: readonly Cell[]
      readonly counted: boolean
      readonly inOrder: readonly Cell[] | null
    }
  /**
   * More or fewer figures than columns, or headers that name other columns. `cells` holds what every alignment gives alike,
   * null elsewhere; `settled` says that nothing is left open.
   */
  | {
      readonly kind: 'ragged'
      readonly cells: readonly (Cell | null)[]
      readonly settled: boolean
      readonly figures: number
    }

/** `from` is the first grid column right of the row's label. `units` are texts that may stand before a figure. */
export function bindRow(
  line: Line,
  from: number,
  binding: ColumnBinding | null,
  width: number,
  units: ReadonlySet<string>,
): RowBinding {
  const right = line.cells.filter((cell) => {
    if (cell.column < from) return false
    if (binding?.otherRanges.some(([start, end]) => cell.column >= start && cell.column < end)) return false
    return !units.has(withoutSpace(cell.text))
  })
  const filled = right.filter((cell) => withoutSpace(cell.text) !== '')
  const asMany = filled.length === width && filled.every((cell) => looksLikeFigure(cell.text))
  const byHeader = binding === null ? null : placeByHeader(right, binding)
  const byCount = asMany ? filled : right.length === width ? right : null
  if (byHeader !== null) {
    const isForms = binding?.outOfOrder === 0
    return { kind: 'placed', cells: byHeader, counted: asMany, inOrder: isForms ? byCount : null }
  }
  if (asMany && (binding === null || binding.inOrder || bearsOut(filled, binding)))
    return { kind: 'placed', cells: filled, counted: true, inOrder: null }
  if (byCount !== null && (binding === null || shiftedAlike(byCount, binding)))
    return { kind: 'placed', cells: byCount, counted: asMany, inOrder: null }
  return ragged(filled, width)
}

/**
 * The cells of rows that the header does not reach, where the rows bear each other out: counted from its label, none goes on
 * beyond the last column of the form, and half of them end there. Texts that leave out merged fields print them so.
 */
export function cellsByExtent(
  rows: readonly { readonly line: Line; readonly from: number }[],
  width: number,
): readonly (readonly Cell[])[] | null {
  const fields = rows.map(({ line, from }) => line.cells.filter((cell) => cell.column >= from))
  const ends = fields.map((cells) => cells.findLastIndex((cell) => withoutSpace(cell.text) !== '') + 1)
  const full = ends.filter((end) => end === width).length
  if (full < FEWEST_FULL || full * 2 < rows.length || ends.some((end) => end > width)) return null
  return fields.every((cells) => cells.length >= width) ? fields.map((cells) => cells.slice(0, width)) : null
}

/** One cell for each column, where headers name them all and no figure is left over. */
function placeByHeader(right: readonly Cell[], binding: ColumnBinding): readonly Cell[] | null {
  const placed: Cell[] = []
  for (const range of binding.ranges) {
    if (range === null) return null
    const [start, end] = range
    const under = right.filter((cell) => cell.column < end && cell.column + cell.columnSpan > start)
    const filled = under.filter((cell) => withoutSpace(cell.text) !== '')
    const cell = filled.length === 0 ? under[0] : filled.length === 1 ? filled[0] : undefined
    if (cell === undefined || placed.includes(cell)) return null
    placed.push(cell)
  }
  const leftOver = right.some((cell) => !placed.includes(cell) && withoutSpace(cell.text) !== '')
  return leftOver ? null : placed
}

/**
 * Text formats leave out the fields that a merged label covers, which moves a whole row to one side of its headers. A row that
 * is told by count must be moved as a whole, under headers that name every column.
 */
function shiftedAlike(cells: readonly Cell[], binding: ColumnBinding): boolean {
  const shifts = new Set(binding.ranges.map((range, i) => (range === null ? null : (cells[i]?.column ?? 0) - range[0])))
  return shifts.size === 1 && !shifts.has(null)
}

/**
 * Whether the headers that can be read stand over the figures that count and order give to their columns, all of them, and are enough to
 * tell a row that is moved by one: most of them, from nearly one end of the row to the other.
 */
function bearsOut(cells: readonly Cell[], { ranges }: ColumnBinding): boolean {
  const named = ranges.flatMap((range, i) => (range === null ? [] : [{ range, cell: cells[i], i }]))
  const isUnder = ({ range: [start, end], cell }: (typeof named)[number]) =>
    cell !== undefined && cell.column >= start && cell.column < end
  const reach = (named.at(-1)?.i ?? 0) - (named[0]?.i ?? 0) + 1
  const enough = Math.ceil(ranges.length * BEARING_OUT)
  return named.length >= enough && reach >= Math.ceil(ranges.length * NEARLY_ALL) && named.every(isUnder)
}

function ragged(filled: readonly Cell[], width: number): RowBinding {
  const surplus = filled.length - width
  const cells = Array.from({ length: width }, (_, i) => {
    const first = filled[i]
    if (surplus <= 0 || first === undefined) return null
    const alike = filled.slice(i, i + surplus + 1).every((cell) => withoutSpace(cell.text) === withoutSpace(first.text))
    return alike ? first : null
  })
  return { kind: 'ragged', cells, settled: surplus > 0 && cells.every((cell) => cell !== null), figures: filled.length }
}
