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
import type { Lattice } from './lattice.js'

/** A figure, or the part of it that lies within one face. */
export interface Piece {
  readonly face: number
  readonly text: string
  readonly box: Box
  readonly size: number
}

/** A figure from left to right: more than one piece where borders run through it. */
export type Pieces = readonly [Piece, ...Piece[]]

export interface FigureLine {
  readonly figures: readonly Pieces[]
  /** The faces with figures on this line, and those with other text. */
  readonly figureFaces: readonly number[]
  readonly labelFaces: readonly number[]
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
/** Letters that share more than this, in em, are printed over each other. */
const OVERPRINT = 0.2
/** Figures of one row stand on one line to this share of their size. */
const SAME_LINE = 0.15
/** A figure with a unit at most, or what is printed in the place of one. */
const FIGURE = /^(?:[\d０-９.．,，%％+＋\-－−–—―─/／]+(?:万?元|亿元|[件条项个次份人篇起宗])?|[无零〇]|不适用|N\/A)$/

/** A figure, or the height at which a label stands. */
interface Mark {
  readonly face: number
  readonly y: number
  readonly size: number
  readonly piece: Piece | null
}

/** null: the table has no figures. */
export function findFigureLines(lattice: Lattice, texts: readonly CellText[]): FigureLines | null {
  const contents = texts.map(contentOf)
  if (!contents.includes('figures')) return null
  const marks: Mark[] = []
  contents.forEach((content, face) => {
    const lines = texts[face]?.lines ?? []
    if (content === 'figures') for (const line of lines) addFigures(marks, face, line)
    else if (content === 'other') addLabel(marks, face, lines, lattice)
  })
  marks.sort((a, b) => a.y - b.y)
  const overprinted = new Set<number>()
  const lines: FigureLine[] = []
  for (let start = 0; start < marks.length; ) {
    const { y, size } = marks[start] ?? { y: 0, size: 0 }
    let end = start + 1
    while (end < marks.length && (marks[end]?.y ?? 0) - y < SAME_LINE * size) end++
    const line = readLine(marks.slice(start, end), overprinted)
    if (line !== null) lines.push(line)
    start = end
  }
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

function addFigures(marks: Mark[], face: number, { words, size }: Line): void {
  for (const { text, box } of words) {
    marks.push({ face, y: middleOf(box), size, piece: { face, text, box, size } })
  }
}

/** A label's lines, the middle of them all (where a figure beside them may stand), and the figures that touch its sides. */
function addLabel(marks: Mark[], face: number, lines: readonly Line[], { xs, faces }: Lattice): void {
  const { column, columnSpan } = faces[face] ?? { column: 0, columnSpan: 0 }
  let top = Number.POSITIVE_INFINITY
  let bottom = Number.NEGATIVE_INFINITY
  for (const { box, size, words, direction } of lines) {
    if (direction !== 0) continue
    top = Math.min(top, box[1])
    bottom = Math.max(bottom, box[3])
    marks.push({ face, y: middleOf(box), size, piece: null })
    const reach = TOUCHING * size
    const edges = [
      box[0] < (xs[column] ?? 0) + reach ? words[0] : undefined,
      box[2] > (xs[column + columnSpan] ?? 0) - reach ? words.at(-1) : undefined,
    ]
    for (const word of new Set(edges)) {
      if (word === undefined || !FIGURE.test(word.text)) continue
      marks.push({ face, y: middleOf(word.box), size, piece: { face, text: word.text, box: word.box, size } })
    }
  }
  if (lines.length > 1 && top < bottom) {
    marks.push({ face, y: (top + bottom) / 2, size: lines[0]?.size ?? 0, piece: null })
  }
}

function readLine(marks: readonly Mark[], overprinted: Set<number>): FigureLine | null {
  const pieces: Piece[] = []
  const figureFaces: number[] = []
  const labelFaces: number[] = []
  for (const { face, piece } of marks) {
    if (piece !== null) pieces.push(piece)
    const faces = piece === null ? labelFaces : figureFaces
    if (!faces.includes(face)) faces.push(face)
  }
  if (pieces.length === 0) return null
  pieces.sort((a, b) => a.box[0] - b.box[0])
  const figures: [Piece, ...Piece[]][] = []
  let last: Piece | undefined
  for (const piece of pieces) {
    const gap = last === undefined || last.face === piece.face ? Number.POSITIVE_INFINITY : piece.box[0] - last.box[2]
    if (last !== undefined && gap < -OVERPRINT * piece.size) {
      overprinted.add(last.face)
      overprinted.add(piece.face)
    }
    if (gap < TOUCHING * piece.size) figures.at(-1)?.push(piece)
    else figures.push([piece])
    last = piece
  }
  return { figures, figureFaces, labelFaces }
}

function middleOf(box: Box): number {
  return (box[1] + box[3]) / 2
}
