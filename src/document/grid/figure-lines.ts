/**
 * The texts of a table's faces → figures on their lines, with the borders between the faces taken away again.
 *
 * Letters that stand on one line and touch are one figure, whichever faces they were given to. A line also remembers the faces that
 * have other text on it: they bear out which row it is. Whether a figure stands where it should is left to alignment.ts.
 * Turned and vertical text, and text that is doubtful already, make no figures.
 */
import type { Box } from '../model.js'
import type { Line } from '../pdf/lines.js'
import type { CellText } from './cell-text.js'
import { type Lattice, slotOf } from './lattice.js'

/** A figure, or the part of it that lies within one face. */
export interface Piece {
  readonly face: number
  readonly text: string
  readonly box: Box
  readonly size: number
  /** The middle of its line. */
  readonly y: number
}

/** A figure from left to right: more than one piece where borders run through it. */
export type Pieces = readonly [Piece, ...Piece[]]

export interface FigureLine {
  readonly figures: readonly Pieces[]
  /** The faces with figures on this line, and those whose other text stands beside it. */
  readonly figureFaces: readonly number[]
  readonly labelFaces: number[]
  readonly y: number
}

/** What a face holds: figures alone (or signs in their place), nothing, or anything else. */
export type Content = 'figures' | 'blank' | 'other'

export interface FigureLines {
  readonly lines: readonly FigureLine[]
  readonly contents: readonly Content[]
  /** Faces whose figures are printed over those of another. */
  readonly overprinted: ReadonlySet<number>
}

/** Letters of one word stand nearer than this, in em; the texts of two cells have both cells' padding between them. */
export const TOUCHING = 0.12
/** Between the letters of one figure, in em, as producers round; two figures that meet at a border have a hair between them. */
const SEAMLESS = 0.03
/** Letters that share more than this, in em, are printed over each other. */
const OVERPRINT = 0.2
/** Figures of one row stand on one line to this share of their size. */
const SAME_LINE = 0.15
/** A figure with a unit at most, or what is printed in the place of one. */
const FIGURE = /^(?:[\d０-９.．,，%％+＋\-－−–—―─/／]+(?:万?元|亿元|[件条项个次份人篇起宗])?|[无零〇]|不适用|N\/A)$/

/** A label stands beside what is on the level of its lines, less this much of the first and the last, in em. */
const LABEL_EDGE = 0.12
/** More than any page of a report holds. */
const MOST_FIGURES = 5_000

/** null: the table has no figures, or more than any. */
export function findFigureLines(lattice: Lattice, texts: readonly CellText[]): FigureLines | null {
  const contents = texts.map(contentOf)
  const pieces: Piece[] = []
  contents.forEach((content, face) => {
    const lines = texts[face]?.lines ?? []
    if (content === 'figures') for (const line of lines) addFigures(pieces, face, line)
    else if (content === 'other') addTouching(pieces, face, lines, lattice)
  })
  if (!contents.includes('figures') || pieces.length > MOST_FIGURES) return null
  pieces.sort((a, b) => a.y - b.y)
  const overprinted = new Set<number>()
  const lines: FigureLine[] = []
  for (let start = 0; start < pieces.length; ) {
    const { y, size } = pieces[start] ?? { y: 0, size: 0 }
    let end = start + 1
    while (end < pieces.length && (pieces[end]?.y ?? 0) - y < SAME_LINE * size) end++
    lines.push(readLine(pieces.slice(start, end), overprinted))
    start = end
  }
  addLabels(lines, contents, texts)
  return { lines, contents, overprinted }
}

function contentOf({ text, lines, doubt }: CellText): Content {
  if (text === '') return 'blank'
  if (doubt !== null) return 'other'
  for (const { direction, words } of lines) {
    if (direction !== 0 || !words.every((word) => FIGURE.test(word.text))) return 'other'
  }
  return 'figures'
}

function addFigures(pieces: Piece[], face: number, { words, size }: Pick<Line, 'words' | 'size'>): void {
  for (const { text, box } of words) pieces.push({ face, text, box, size, y: (box[1] + box[3]) / 2 })
}

/** The figures at the sides of a label, which may be part of what stands beside it. */
function addTouching(pieces: Piece[], face: number, lines: readonly Line[], { xs, faces }: Lattice): void {
  const { column, columnSpan } = faces[face] ?? { column: 0, columnSpan: 0 }
  const [left, right] = [xs[column] ?? 0, xs[column + columnSpan] ?? 0]
  for (const line of lines) {
    const reach = TOUCHING * line.size
    if (line.direction !== 0) continue
    const [first, last] = [line.words[0], line.words.at(-1)]
    const ends = new Set([
      line.box[0] < left + reach ? first : undefined,
      line.box[2] > right - reach ? last : undefined,
    ])
    const words = [...ends].flatMap((word) => (word !== undefined && FIGURE.test(word.text) ? [word] : []))
    addFigures(pieces, face, { words, size: line.size })
  }
}

function readLine(pieces: Piece[], overprinted: Set<number>): FigureLine {
  pieces.sort((a, b) => a.box[0] - b.box[0])
  const figures: [Piece, ...Piece[]][] = []
  const figureFaces: number[] = []
  let last: Piece | undefined
  for (const piece of pieces) {
    const isNext = last !== undefined && last.face !== piece.face
    const gap = isNext && last !== undefined ? piece.box[0] - last.box[2] : Number.POSITIVE_INFINITY
    if (last !== undefined && gap < -OVERPRINT * piece.size) {
      overprinted.add(last.face)
      overprinted.add(piece.face)
    }
    if (gap < TOUCHING * piece.size) figures.at(-1)?.push(piece)
    else figures.push([piece])
    if (isNext || last === undefined) figureFaces.push(piece.face)
    last = piece
  }
  return { figures, figureFaces, labelFaces: [], y: pieces[0]?.y ?? 0 }
}

/** Notes on each line of figures the labels beside it. */
function addLabels(lines: readonly FigureLine[], contents: readonly Content[], texts: readonly CellText[]): void {
  const levels = lines.map(({ y }) => y)
  contents.forEach((content, face) => {
    if (content !== 'other') return
    let [top, bottom] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
    for (const { box, size } of texts[face]?.lines ?? []) {
      top = Math.min(top, box[1] + LABEL_EDGE * size)
      bottom = Math.max(bottom, box[3] - LABEL_EDGE * size)
    }
    for (let at = slotOf(levels, top) + 1; (levels[at] ?? bottom) < bottom; at++) lines[at]?.labelFaces.push(face)
  })
}

export function isSeamless(pieces: Pieces): boolean {
  return pieces.every((piece, index) => {
    const next = pieces[index + 1]
    return next === undefined || Math.abs(next.box[0] - piece.box[2]) <= SEAMLESS * piece.size
  })
}
