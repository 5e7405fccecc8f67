/**
 * What is drawn over the letters of a page → the letters that it covers, so that no figure is read from them without a doubt.
 *
 * A line through the middle of a letter strikes it out. It is no border of a table where it is as long as the letters it strikes;
 * a longer one may be a border that the text runs across, and stays one. Slanted figures cover those that they are printed on.
 */
import { type Edge, type Edges, firstFrom } from '../grid/edges.js'
import type { Glyph } from './page.js'

/** Shares of a letter's box, from its top: underlines lie below it, lines through figures at 0.5 to 0.6. */
const STRUCK_FROM = 0.3
const STRUCK_TO = 0.75
/** Share of a letter's width that the line must cover, and share of the line that letters must cover. */
const THROUGH = 0.6
const ALL_LETTERS = 0.8

export interface Strikes {
  readonly struck: ReadonlySet<Glyph>
  /** The edges that are nothing but strokes through letters. */
  readonly strokes: ReadonlySet<Edge>
}

export function findStrikes(glyphs: readonly Glyph[], { horizontal, vertical }: Edges): Strikes {
  const struck = new Set<Glyph>()
  const covered = new Map<Edge, number>()
  const levels = { horizontal: ordered(horizontal), vertical: ordered(vertical) }
  for (const glyph of glyphs) {
    const isLevel = glyph.direction === 0 || glyph.direction === 180
    const along = isLevel ? 0 : 1
    const from = glyph.box[along]
    const to = glyph.box[along === 0 ? 2 : 3]
    const start = glyph.box[along === 0 ? 1 : 0]
    const depth = glyph.box[along === 0 ? 3 : 2] - start
    const isHeadFirst = glyph.direction === 0 || glyph.direction === 270
    const near = start + depth * (isHeadFirst ? STRUCK_FROM : 1 - STRUCK_TO)
    const far = start + depth * (isHeadFirst ? STRUCK_TO : 1 - STRUCK_FROM)
    const { edges, positions } = isLevel ? levels.horizontal : levels.vertical
    for (let at = firstFrom(positions, near); at < edges.length; at++) {
      const edge = edges[at]
      if (edge === undefined || edge.at > far) break
      const shared = Math.min(edge.to, to) - Math.max(edge.from, from)
      if (shared <= 0) continue
      covered.set(edge, (covered.get(edge) ?? 0) + shared)
      if (shared > THROUGH * (to - from)) struck.add(glyph)
    }
  }
  const strokes = [...covered].filter(([edge, length]) => length > ALL_LETTERS * (edge.to - edge.from))
  return { struck, strokes: new Set(strokes.map(([edge]) => edge)) }
}

function ordered(edges: readonly Edge[]): { edges: readonly Edge[]; positions: readonly number[] } {
  const sorted = edges.toSorted((a, b) => a.at - b.at)
  return { edges: sorted, positions: sorted.map((edge) => edge.at) }
}

/** Side of the squares in which figures one over the other are looked for, in points. */
const SQUARE = 8
const DIGIT = /^\d$/

/** The figures of `glyphs` with the middle of a figure of `over` within half their size. */
export function findCovered(glyphs: readonly Glyph[], over: readonly Glyph[]): Set<Glyph> {
  const figures = over.filter(({ text }) => DIGIT.test(text))
  const squares = new Map<string, Glyph[]>()
  for (const figure of figures) {
    const key = squareOf(middleX(figure), middleY(figure))
    const known = squares.get(key)
    if (known === undefined) squares.set(key, [figure])
    // Whatever else lies there, one of a few is near enough.
    else if (known.length < MOST_IN_SQUARE) known.push(figure)
  }
  const covered = new Set<Glyph>()
  if (figures.length === 0) return covered
  for (const glyph of glyphs) {
    if (!DIGIT.test(glyph.text)) continue
    const [x, y, reach] = [middleX(glyph), middleY(glyph), glyph.size / 2]
    const isNear = (other: Glyph) => Math.hypot(middleX(other) - x, middleY(other) - y) < reach
    for (let column = x - reach; column < x + reach + SQUARE; column += SQUARE) {
      for (let row = y - reach; row < y + reach + SQUARE; row += SQUARE) {
        if (squares.get(squareOf(column, row))?.some(isNear)) covered.add(glyph)
      }
    }
  }
  return covered
}

const MOST_IN_SQUARE = 16

function squareOf(x: number, y: number): string {
  return `${Math.floor(x / SQUARE)}/${Math.floor(y / SQUARE)}`
}

function middleX({ box }: Glyph): number {
  return (box[0] + box[2]) / 2
}

function middleY({ box }: Glyph): number {
  return (box[1] + box[3]) / 2
}
