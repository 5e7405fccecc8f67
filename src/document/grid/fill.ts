/**
 * Lattices and glyphs → filled grids, and the text that lies in none.
 *
 * Lines that draw no table give back what lies between them: boxes around passages, and columns whose rows no line divides. Otherwise
 * a glyph belongs to the face its middle lies in (to the smallest lattice, where one lies inside another). A letter on a border,
 * or a word that runs across one, leaves it open whose text it is: both cells then say so.
 */

import { LIMITS } from '../limits.js'
import type { Box, DoubtCode } from '../model.js'
import { assembleLines, joinWords, type Line, segmentsOf } from '../pdf/lines.js'
import type { Glyph } from '../pdf/page.js'
import { readByAlignment } from './alignment.js'
import { type CellText, readCellText } from './cell-text.js'
import { greatest } from './extremes.js'
import { TOUCHING } from './figure-lines.js'
import { type Face, faceBox, type Lattice, slotOf } from './lattice.js'
import type { PageCell, PageGrid } from './page-grid.js'

/** Letters: the longest label of any form has some 60, notes in cells rarely more than 200. */
const PASSAGE = 300
/** A middle nearer to a border than this, in em, may belong to either side. */
const ON_BORDER = 0.1

export interface Filled {
  readonly grids: PageGrid[]
  /** Glyphs outside all lattices. */
  readonly free: Glyph[]
  /** The text of lattices that make no grid. */
  readonly given: Line[]
  /** Lattices of columns without rows. */
  readonly undivided: ReadonlySet<Lattice>
}

/** A box around more than a line or two is no stranded row of a table. */
export const BANNER_HEIGHT = 64
/** Figures one below the other in several columns, so many times, are rows. */
const FEWEST_ROWS = 3

class Sheet {
  readonly box: Box
  readonly faceAt: Int32Array
  readonly glyphs: Glyph[][]
  readonly doubts: (DoubtCode | null)[]
  private readonly columns: number

  constructor(readonly lattice: Lattice) {
    const { xs, ys, faces } = lattice
    this.columns = xs.length - 1
    this.box = [xs[0] ?? 0, ys[0] ?? 0, xs.at(-1) ?? 0, ys.at(-1) ?? 0]
    this.faceAt = new Int32Array(this.columns * (ys.length - 1))
    faces.forEach((face, index) => {
      for (let row = face.row; row < face.row + face.rowSpan; row++) {
        const start = row * this.columns + face.column
        this.faceAt.fill(index, start, start + face.columnSpan)
      }
    })
    this.glyphs = faces.map(() => [])
    this.doubts = faces.map(() => null)
  }

  /** The face at a point, or -1 outside the lattice. */
  find(x: number, y: number): number {
    const { box } = this
    if (x < box[0] || x >= box[2] || y < box[1] || y >= box[3]) return -1
    return this.at(slotOf(this.lattice.ys, y), slotOf(this.lattice.xs, x))
  }

  /** The face that covers a position of the lattice. */
  at(row: number, column: number): number {
    return this.faceAt[row * this.columns + column] ?? -1
  }
}

export function fillLattices(
  lattices: readonly Lattice[],
  glyphs: readonly Glyph[],
  images: readonly Box[],
  page: number,
): Filled {
  const sheets = lattices
    .map((lattice) => new Sheet(lattice))
    .sort((a, b) => a.box[1] - b.box[1] || a.box[0] - b.box[0])
  const free: Glyph[] = []
  let upcoming = 0
  let active: Sheet[] = []
  for (const glyph of [...glyphs].sort((a, b) => middleY(a.box) - middleY(b.box))) {
    const y = middleY(glyph.box)
    for (let next = sheets[upcoming]; next !== undefined && next.box[1] <= y; next = sheets[++upcoming]) {
      active = active.filter((sheet) => sheet.box[3] > y)
      active.push(next)
      active.sort((a, b) => area(a.box) - area(b.box))
    }
    const x = middleX(glyph.box)
    const owner = active.find((sheet) => sheet.find(x, y) >= 0)
    if (owner === undefined) free.push(glyph)
    else owner.glyphs[owner.find(x, y)]?.push(glyph)
  }
  const levels = free.map(({ box }) => middleY(box))
  const grids: PageGrid[] = []
  const given: Line[] = []
  const undivided = new Set<Lattice>()
  const giveBack = (sheet: Sheet) => {
    for (const line of assembleLines(sheet.glyphs.flat())) given.push(line)
  }
  for (const sheet of sheets) {
    if (isUndivided(sheet)) {
      undivided.add(sheet.lattice)
      giveBack(sheet)
      continue
    }
    doubtStraddling(sheet, beside(sheet, free, levels))
    const grid = toGrid(sheet, images, page)
    if (grid.origin === 'frame' && grid.box[3] - grid.box[1] > BANNER_HEIGHT) giveBack(sheet)
    else grids.push(grid)
  }
  return { grids, free, given, undivided }
}

/**
 * Most of the text stands in one row of the lattice, as several rows of figures beside as many labels, or as headings with one row of
 * figures at their foot: the columns are drawn, and the rows are not. Figures alone, or in one row of many, are long numbers in narrow cells.
 */
function isUndivided({ lattice, glyphs }: Sheet): boolean {
  const counts = new Int32Array(lattice.ys.length)
  lattice.faces.forEach(({ row, rowSpan }, index) => {
    if (rowSpan === 1) counts[row] = (counts[row] ?? 0) + (glyphs[index]?.length ?? 0)
  })
  const most = greatest(counts)
  if (most * 2 <= glyphs.reduce((sum, inFace) => sum + inFace.length, 0)) return false
  const levels: number[] = []
  const texts: Line[][] = []
  let labels = 0
  let longest = 0
  lattice.faces.forEach(({ row, rowSpan }, index) => {
    const inFace = glyphs[index] ?? []
    if (rowSpan > 1 || counts[row] !== most || inFace.length === 0) return
    const lines = assembleLines(inFace).filter((line) => line.direction === 0)
    texts.push(lines)
    const figures = lines.filter((line) => FIGURE.test(line.text))
    longest = Math.max(longest, figures.length)
    if (figures.length >= FEWEST_ROWS) for (const { box } of figures) levels.push(middleY(box))
    else labels = Math.max(labels, lines.length)
  })
  if (isHeadedRow(texts) || (longest >= LONGEST_NUMBER && labels >= LONGEST_NUMBER)) return true
  levels.sort((a, b) => a - b)
  const beside = levels.filter((y, index) => index > 0 && y - (levels[index - 1] ?? 0) < SAME_LEVEL)
  const rows = beside.filter((y, index) => index === 0 || y - (beside[index - 1] ?? 0) >= SAME_LEVEL)
  return labels >= FEWEST_ROWS && rows.length >= FEWEST_ROWS
}

/** Each text ends in a figure that has words above it, all figures on one line; but for one text, the labels, which has its last line there. */
function isHeadedRow(texts: readonly (readonly Line[])[]): boolean {
  const feet = texts.map((lines) => lines.at(-1)).filter((line) => line !== undefined)
  const isOfFigures = ({ words }: Line) => words.every(({ text }) => FIGURE.test(text))
  const headed = texts.filter(
    (lines) => lines.slice(-1).some(isOfFigures) && lines.slice(0, -1).some((line) => !isOfFigures(line)),
  )
  const level = middleY(feet[0]?.box ?? [0, 0, 0, 0])
  const areLevel = feet.every(({ box }) => Math.abs(middleY(box) - level) < SAME_LEVEL)
  return texts.length > 1 && headed.length > 0 && headed.length >= texts.length - 1 && areLevel
}

/** No number runs over so many lines. */
const LONGEST_NUMBER = 8

/** In points: figures of one row stand on one line. */
const SAME_LEVEL = 2

/** Stands for the face of a glyph outside the lattice. */
const OUTSIDE = -1

/** The glyphs close to the outer borders on the left and on the right; `levels` are the middles of the free glyphs, in order. */
function beside({ box }: Sheet, free: readonly Glyph[], levels: readonly number[]): Glyph[] {
  const near: Glyph[] = []
  for (let at = slotOf(levels, box[1]) + 1; at < free.length; at++) {
    const glyph = free[at]
    if (glyph === undefined || middleY(glyph.box) > box[3]) break
    const [left, , right] = glyph.box
    if (Math.abs(left - box[2]) < glyph.size || Math.abs(right - box[0]) < glyph.size) near.push(glyph)
  }
  return near
}

/** Marks the faces on both sides of a border that text lies on or runs across. */
function doubtStraddling(sheet: Sheet, outside: readonly Glyph[]): void {
  const doubt = (face: number) => {
    if (face >= 0) sheet.doubts[face] ??= 'straddling_text'
  }
  const ends: { glyph: Glyph; face: number }[] = []
  const starts: { glyph: Glyph; face: number }[] = []
  sheet.glyphs.forEach((glyphs, index) => {
    const face = sheet.lattice.faces[index]
    if (face === undefined) return
    const box = faceBox(sheet.lattice, face)
    for (const glyph of glyphs) {
      const x = middleX(glyph.box)
      const y = middleY(glyph.box)
      const slack = ON_BORDER * glyph.size
      const beside = [
        sheet.find(x - slack, y),
        sheet.find(x + slack, y),
        sheet.find(x, y - slack),
        sheet.find(x, y + slack),
      ]
      for (const other of beside) {
        if (other < 0 || other === index) continue
        doubt(index)
        doubt(other)
      }
      if (glyph.direction !== 0) continue
      const reach = TOUCHING * glyph.size
      if (glyph.box[2] + reach > box[2]) ends.push({ glyph, face: index })
      if (glyph.box[0] - reach < box[0]) starts.push({ glyph, face: index })
    }
  })
  for (const glyph of outside) {
    ends.push({ glyph, face: OUTSIDE })
    starts.push({ glyph, face: OUTSIDE })
  }
  starts.sort((a, b) => middleY(a.glyph.box) - middleY(b.glyph.box))
  const levels = starts.map(({ glyph }) => middleY(glyph.box))
  for (const { glyph, face } of ends) {
    const y = middleY(glyph.box)
    for (let at = slotOf(levels, y - 0.3 * glyph.size) + 1; at < starts.length; at++) {
      const start = starts[at]
      if (start === undefined || middleY(start.glyph.box) > y + 0.3 * glyph.size) break
      if (start.face !== face && Math.abs(start.glyph.box[0] - glyph.box[2]) < TOUCHING * glyph.size) {
        doubt(face)
        doubt(start.face)
      }
    }
  }
}

const NO_TEXT: CellText = { text: '', lines: [], doubt: null, full: false }

function toGrid(sheet: Sheet, images: readonly Box[], page: number): PageGrid {
  const { lattice, box } = sheet
  const inside = images.filter((image) => sheet.find(middleX(image), middleY(image)) >= 0)
  const origin = lattice.faces.length > 1 && !holdsProse(sheet) ? 'ruled' : 'frame'
  const boxes = lattice.faces.map((face) => faceBox(lattice, face))
  const texts = boxes.map(([left, , right], index) => readCellText(sheet.glyphs[index] ?? [], right - left))
  const aligned = origin === 'ruled' ? readByAlignment(lattice, texts, (row, column) => sheet.at(row, column)) : []
  const cells = lattice.faces.map((face, index): PageCell => {
    const cellBox = boxes[index] ?? box
    const read = texts[index] ?? NO_TEXT
    const hasImage = read.text === '' && inside.some((image) => sheet.find(middleX(image), middleY(image)) === index)
    const figure = hasImage ? undefined : aligned[index]
    const open = read.text !== '' && (face.open || isSplit(lattice, face, read))
    return {
      row: face.row,
      column: face.column,
      rowSpan: face.rowSpan,
      columnSpan: face.columnSpan,
      text: read.text,
      page,
      box: cellBox,
      doubt: read.doubt ?? sheet.doubts[index] ?? (open ? 'open_grid' : null),
      hasImage,
      full: read.full,
      ...(figure === undefined ? {} : { aligned: figure }),
    }
  })
  return {
    kind: 'grid',
    page,
    box,
    origin,
    xs: lattice.xs,
    ys: lattice.ys,
    cells,
    openTop: lattice.openTop,
    openBottom: lattice.openBottom,
    lines: origin === 'frame' ? assembleLines(sheet.glyphs.flat()) : [],
  }
}

/** Boxes drawn around whole passages: most of the text is in one of them, and it is more than any cell says. */
function holdsProse({ glyphs, lattice }: Sheet): boolean {
  if (lattice.xs.length > 3) return false
  const counts = glyphs.map((inFace) => inFace.length)
  const largest = greatest(counts)
  return largest > PASSAGE && largest * 2 > counts.reduce((sum, count) => sum + count, 0)
}

const FIGURE = /^[\d０-９.．,，%-]+$/

/** A cell over several columns or rows with a figure in each of them: a border may be missing. */
function isSplit(lattice: Lattice, face: Face, { lines }: CellText): boolean {
  if (face.rowSpan * face.columnSpan === 1) return false
  const segments = lines.flatMap((line) => (line.direction === 0 ? segmentsOf(line).map(joinWords) : []))
  if (segments.length < 2 || !segments.every((segment) => FIGURE.test(segment.text))) return false
  const columns = new Set(segments.map(({ box }) => slotOf(lattice.xs, middleX(box))))
  const rows = new Set(segments.map(({ box }) => slotOf(lattice.ys, middleY(box))))
  return columns.size > 1 || rows.size > 1
}

/** More positions than this are no table of a page but a drawing on squared paper. */
export const MOST_POSITIONS = LIMITS.cells / 5

function middleX(box: Box): number {
  return (box[0] + box[2]) / 2
}

function middleY(box: Box): number {
  return (box[1] + box[3]) / 2
}

function area(box: Box): number {
  return (box[2] - box[0]) * (box[3] - box[1])
}
