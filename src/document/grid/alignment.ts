/**
 * The second reading of a ruled table: which figure stands in which face, by lines of text and by how columns are aligned.
 *
 * The rulings say how rows and columns lie in general; where one figure stands is told by the others: its row by what stands on its
 * line, its column by the edge or the middle that the column's figures share. A face gets an answer only where both are clear: its
 * own text when the same letters are put there, and otherwise what is put there.
 *
 * A figure that lies within its face all by itself is never moved to another column: too many tables set one figure differently.
 * Only what a border runs through, and what shares a face, is placed anew.
 */
import { LIMITS } from '../limits.js'
import type { Box } from '../model.js'
import { union } from '../pdf/lines.js'
import type { CellText } from './cell-text.js'
import { type Anchor, ColumnFigures, meets } from './column-anchors.js'
import {
  type FigureLine,
  type FigureLines,
  findFigureLines,
  isSeamless,
  type Piece,
  type Pieces,
} from './figure-lines.js'
import { type Lattice, slotOf } from './lattice.js'
import { contains, isSame, type Range } from './range.js'

/** Letters on one line without a gap, and the columns that they lie over. */
interface Figure {
  readonly pieces: Pieces
  readonly line: FigureLine
  /** All that stands on its line is in the same row, and there is more than the figure. */
  readonly isOneRow: boolean
  readonly face: number
  readonly box: Box
  readonly size: number
  readonly columns: Range
  /** Within one face and alone in it. */
  readonly alone: boolean
  readonly onBorder: boolean
}

interface Placed {
  readonly pieces: Pieces
  readonly rows: Range
  readonly columns: Range
}

/** So many figures on a line, and nothing to the contrary, tell that another fell into a wrong row. */
const FEWEST_WITNESSES = 3
/** So many on a line for each that stands in another row tell whose line it is. */
const CLEAR_MAJORITY = 3
/** The box of a letter is wider than its ink; beyond this, in em, it reaches over a border. */
const OVER_BORDER = 0.06
/** In em: headers are centred less exactly than the figures below them. */
const UNDER_HEADER = 0.25
/** What a cell keeps free at its sides, both together, and one digit that no longer fits, in em. */
const FULL_ROOM = 1
/** In rows. */
const FARTHEST_HEADER = 6

/** For each face the figure that stands in it by alignment, '' for none; undefined (or nothing) where that has no answer. */
export function readByAlignment(
  lattice: Lattice,
  texts: readonly CellText[],
  faceAt: (row: number, column: number) => number,
): readonly (string | undefined)[] {
  const found = findFigureLines(lattice, texts)
  return found === null ? [] : new Alignment(lattice, texts, found, faceAt).read()
}

class Alignment {
  /** How many pieces of figures lie in each face. */
  private readonly counts: Int32Array
  private readonly rowRanges: readonly Range[]
  private readonly columnRanges: readonly Range[]
  private readonly figures: Figure[] = []
  private readonly columns = new Map<number, ColumnFigures>()
  private readonly anchors = new Map<number, Anchor>()
  /** Faces whose own figure stands where it should. */
  private readonly confirmed = new Set<number>()
  /** What was placed anew, by the face that it is given to. */
  private readonly given = new Map<number, Placed[]>()
  private readonly unclear: Set<number>
  private readonly filledRows = new Set<number>()

  constructor(
    private readonly lattice: Lattice,
    private readonly texts: readonly CellText[],
    private readonly found: FigureLines,
    private readonly faceAt: (row: number, column: number) => number,
  ) {
    this.counts = new Int32Array(lattice.faces.length)
    this.rowRanges = lattice.faces.map(({ row, rowSpan }) => [row, row + rowSpan])
    this.columnRanges = lattice.faces.map(({ column, columnSpan }) => [column, column + columnSpan])
    this.unclear = new Set(found.overprinted)
  }

  read(): readonly (string | undefined)[] {
    this.survey()
    for (const figure of this.figures) this.place(figure)
    this.settle()
    return this.found.contents.map((content, face) => (content === 'other' ? undefined : this.answer(face)))
  }

  /** Finds what the figures of each column have in common. */
  private survey(): void {
    for (const { figures } of this.found.lines) {
      for (const pieces of figures) for (const { face } of pieces) this.counts[face] = (this.counts[face] ?? 0) + 1
    }
    for (const line of this.found.lines) {
      const isOneRow = this.isOneRow(line)
      for (const pieces of line.figures) {
        const figure = this.toFigure(pieces, line, isOneRow)
        this.figures.push(figure)
        const isShared = pieces.length === 1 && !figure.alone && !figure.onBorder
        if (isShared || pieces.some(({ face }) => this.found.contents[face] === 'other')) continue
        const key = this.keyOf(figure.columns)
        const column = this.columns.get(key)
        if (column === undefined) this.columns.set(key, new ColumnFigures(figure.columns, figure.box, figure.size))
        else column.add(figure.box)
      }
    }
    for (const [key, column] of this.columns) {
      const anchor = column.anchor()
      if (anchor !== null) this.anchors.set(key, anchor)
    }
  }

  private isOneRow({ figureFaces, labelFaces }: FigureLine): boolean {
    const rows = this.rowsOf(figureFaces[0] ?? -1)
    const isHere = (face: number) => isSame(this.rowsOf(face), rows)
    return figureFaces.length + labelFaces.length > 1 && figureFaces.every(isHere) && labelFaces.every(isHere)
  }

  private toFigure(pieces: Pieces, line: FigureLine, isOneRow: boolean): Figure {
    const [first] = pieces
    const { face, size } = first
    const { xs } = this.lattice
    const own = this.columnsOf(face)
    const box = pieces.length === 1 ? first.box : pieces.map((piece) => piece.box).reduce(union)
    const slack = OVER_BORDER * size
    const isWithin = pieces.length === 1 && box[0] + slack >= (xs[own[0]] ?? 0) && box[2] - slack <= (xs[own[1]] ?? 0)
    if (isWithin) {
      return { pieces, line, isOneRow, face, box, size, columns: own, alone: this.counts[face] === 1, onBorder: false }
    }
    const from = Math.min(own[0], slotOf(xs, box[0] + slack))
    const to = Math.max(this.columnsOf(pieces.at(-1)?.face ?? face)[1], slotOf(xs, box[2] - slack) + 1)
    const columns: Range = [Math.max(0, from), Math.min(xs.length - 1, to)]
    return { pieces, line, isOneRow, face, box, size, columns, alone: false, onBorder: true }
  }

  private place(figure: Figure): void {
    const { pieces, face, onBorder, alone, line } = figure
    if (this.touchesOutline(figure)) this.leave(figure)
    else if (alone) this.confirm(figure.pieces[0], figure)
    else {
      const whole = this.columnAt(figure)
      const isOne = whole !== null && isSeamless(pieces)
      const areSeveral = pieces.length > 1 && pieces.every((piece) => this.fitsOwnColumn(piece))
      if (!onBorder) this.give(pieces, this.rowsOfShared(figure), whole ?? this.columnsOf(face))
      else if (isOne && !areSeveral) this.give(pieces, this.rowsOn(line, this.rowsOf(face), pieces), whole)
      else if (areSeveral && !isOne) for (const piece of pieces) this.confirm(piece, figure)
      else this.leave(figure)
    }
  }

  /** A figure within its face is borne out by its line, and by its column where that has an anchor; else by its order in the row. */
  private confirm(piece: Piece, { line, isOneRow }: Figure): void {
    const { face, box, size } = piece
    const columns = this.columnsOf(face)
    const anchor = this.anchors.get(this.keyOf(columns))
    const own = this.rowsOf(face)
    const rows = isOneRow ? own : this.rowsOn(line, own, [piece])
    if (rows === null || (anchor !== undefined && !meets(anchor, box, size))) this.unclear.add(face)
    else if (rows !== own) this.give([piece], rows, columns)
    else {
      this.confirmed.add(face)
      this.filledRows.add(this.keyOf(own))
    }
  }

  /** Part of it may have been left outside. */
  private touchesOutline({ box, size }: Figure): boolean {
    const { xs } = this.lattice
    const slack = OVER_BORDER * size
    return box[0] < (xs[0] ?? 0) + slack || box[2] > (xs.at(-1) ?? 0) - slack
  }

  private fitsOwnColumn({ face, box, size }: Piece): boolean {
    const anchor = this.anchors.get(this.keyOf(this.columnsOf(face)))
    return anchor !== undefined && this.counts[face] === 1 && meets(anchor, box, size)
  }

  /** The columns whose anchor a figure meets, or whose header it stands under; null where that is none, or more than one. */
  private columnAt({ columns, face, box, size }: Figure): Range | null {
    let best: Range | null = null
    for (const anchor of this.anchors.values()) {
      const [from, to] = anchor.columns
      if (from >= columns[1] || to <= columns[0] || !meets(anchor, box, size)) continue
      if (best === null || contains(best, anchor.columns)) best = anchor.columns
      else if (!contains(anchor.columns, best)) return null
    }
    if (best !== null) return best
    const x = (box[0] + box[2]) / 2
    const top = this.rowsOf(face)[0]
    return [columns, this.columnsOf(face)].find((own) => this.isUnderHeader(own, top, x, UNDER_HEADER * size)) ?? null
  }

  /** The nearest label above over just these columns, a few rows up at most: a table that is longer has an anchor. */
  private isUnderHeader(columns: Range, top: number, x: number, slack: number): boolean {
    for (let row = top - 1; row >= Math.max(0, top - FARTHEST_HEADER); row--) {
      const face = this.faceAt(row, columns[0])
      if (this.found.contents[face] !== 'other' || !isSame(this.columnsOf(face), columns)) continue
      const boxes = this.texts[face]?.lines.map((line) => line.box) ?? []
      const [left = 0, , right = 0] = boxes.length === 0 ? [] : boxes.reduce(union)
      return Math.abs((left + right) / 2 - x) <= slack
    }
    return false
  }

  /** The rows that a line belongs to by everything else on it: `own` where that agrees, null where it is not clear. */
  private rowsOn(line: FigureLine, own: Range, pieces: readonly Piece[]): Range | null {
    let agreeing = 0
    let opposing = 0
    let witnesses = 0
    let other: Range | null = null
    const weigh = (face: number, isFigure: boolean) => {
      const rows = this.rowsOf(face)
      if (contains(own, rows)) agreeing++
      else if (!contains(rows, own)) {
        opposing++
        if (isFigure && (other === null || isSame(other, rows))) {
          witnesses++
          other = rows
        }
      }
    }
    for (const face of line.figureFaces) if (!pieces.some((piece) => piece.face === face)) weigh(face, true)
    for (const face of line.labelFaces) weigh(face, false)
    if (agreeing > 0 && agreeing >= CLEAR_MAJORITY * opposing) return own
    return agreeing === 0 && witnesses >= FEWEST_WITNESSES && witnesses === opposing ? other : null
  }

  /**
   * Of figures that share a face over several rows: the row of all that stands beside them. What fills its line may go on below as
   * the same figure.
   */
  private rowsOfShared({ face, line, box, size }: Figure): Range | null {
    const own = this.rowsOf(face)
    if (own[1] - own[0] === 1) return this.rowsOn(line, own, [])
    const [from, to] = this.columnsOf(face)
    if ((this.lattice.xs[to] ?? 0) - (this.lattice.xs[from] ?? 0) - (box[2] - box[0]) < FULL_ROOM * size) return null
    const beside = [...line.figureFaces, ...line.labelFaces]
      .filter((other) => other !== face)
      .map((other) => this.rowsOf(other))
    const first = beside[0]
    const isClear =
      beside.length >= FEWEST_WITNESSES && beside.every((rows) => first !== undefined && isSame(rows, first))
    return isClear && first !== undefined ? first : null
  }

  private give(pieces: Pieces, rows: Range | null, columns: Range): void {
    const face = rows === null ? -1 : this.target(rows, columns, pieces)
    if (rows === null || face < 0) {
      for (const piece of pieces) this.unclear.add(piece.face)
      return
    }
    const placed = this.given.get(face)
    if (placed === undefined) this.given.set(face, [{ pieces, rows, columns }])
    else placed.push({ pieces, rows, columns })
    this.filledRows.add(this.keyOf(this.rowsOf(face)))
  }

  /** The face at some rows and columns, as this part of the table is divided: one within, or the one around; -1 for none. */
  private target(rows: Range, columns: Range, pieces: Pieces): number {
    const under = new Set<number>()
    for (let row = rows[0]; row < rows[1]; row++) {
      for (let column = columns[0]; column < columns[1]; ) {
        const face = this.faceAt(row, column)
        under.add(face)
        column = Math.max(column + 1, this.columnsOf(face)[1])
      }
    }
    const within = [...under].filter(
      (face) => contains(rows, this.rowsOf(face)) && contains(columns, this.columnsOf(face)),
    )
    const near = within.length > 0 ? within : [...under]
    if (near.length === 1) return near[0] ?? -1
    return pieces.find((piece) => near.includes(piece.face))?.face ?? -1
  }

  /** Says nothing of the faces that a figure lies over. */
  private leave({ pieces, face, columns }: Figure): void {
    for (const piece of pieces) this.unclear.add(piece.face)
    const [row] = this.rowsOf(face)
    for (let column = columns[0]; column < columns[1]; column++) this.unclear.add(this.faceAt(row, column))
  }

  /** Where a figure is given to a face that is not clear, the faces that it comes from are not clear either. */
  private settle(): void {
    for (let before = -1; before !== this.unclear.size; ) {
      before = this.unclear.size
      for (const [face, placed] of this.given) {
        const isTaken = this.confirmed.has(face) || this.found.contents[face] === 'other'
        const isClear = !isTaken && !this.unclear.has(face) && (placed.length === 1 || inOrder(placed) !== null)
        if (isClear && placed.every(({ pieces }) => pieces.every((piece) => !this.unclear.has(piece.face)))) continue
        this.unclear.add(face)
        for (const { pieces } of placed) for (const piece of pieces) this.unclear.add(piece.face)
      }
    }
  }

  private answer(face: number): string | undefined {
    if (this.unclear.has(face)) return undefined
    const text = this.texts[face]?.text ?? ''
    if (this.confirmed.has(face)) return text
    const placed = this.given.get(face)
    if (placed === undefined) return text !== '' || this.isBlankAmongFigures(face) ? '' : undefined
    const first = inOrder(placed)?.[0]?.pieces ?? []
    const isOwn =
      placed.length === 1 && first.length === this.counts[face] && first.every((piece) => piece.face === face)
    return isOwn ? text : first.map((piece) => piece.text).join('')
  }

  private isBlankAmongFigures(face: number): boolean {
    return this.filledRows.has(this.keyOf(this.rowsOf(face))) && this.columns.has(this.keyOf(this.columnsOf(face)))
  }

  private rowsOf(face: number): Range {
    return this.rowRanges[face] ?? NOWHERE
  }

  private columnsOf(face: number): Range {
    return this.columnRanges[face] ?? NOWHERE
  }

  /** Of rows or of columns. */
  private keyOf([from, to]: Range): number {
    return from * LIMITS.cells + to
  }
}

const NOWHERE: Range = [-1, -1]

/** The figures of a merged face by the places they belong to; null where two places are not apart. */
function inOrder(placed: readonly Placed[]): readonly Placed[] | null {
  const sorted = [...placed].sort((a, b) => a.rows[0] - b.rows[0] || a.columns[0] - b.columns[0])
  const areApart = sorted.every((one, index) => {
    const next = sorted[index + 1]
    if (next === undefined || one.rows[1] <= next.rows[0]) return true
    return isSame(one.rows, next.rows) && one.columns[1] <= next.columns[0]
  })
  return areApart ? sorted : null
}
