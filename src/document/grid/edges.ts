/**
 * Ruling lines as drawn → edges: one for each line that a reader sees.
 *
 * Producers draw one visible line as a row of cell borders, as dashes, or twice; the pieces are put together here. Nothing is
 * moved by more than a hair: whether two edges at a small distance mean one border is for the lattice to decide.
 */
import type { Ruling } from '../pdf/page.js'

/** A straight line parallel to an axis: for a horizontal one `at` is its y and `from`, `to` are x; for a vertical one the reverse. */
export interface Edge {
  readonly at: number
  readonly from: number
  readonly to: number
}

export interface Edges {
  readonly horizontal: readonly Edge[]
  readonly vertical: readonly Edge[]
}

/** Pieces of one border differ by rounding and by half a line width (up to 1.5 pt in these reports) across the line. */
const SAME_LINE = 1.6
/** Dashes and cell borders that stop short of each other; the widest common dash leaves 3 pt open. */
const SAME_LINE_GAP = 3.3
/** Shorter than any side of a cell that can hold a letter: ticks, crop marks, strokes of drawn letters. */
const SHORTEST_EDGE = 5.2

export function findEdges(rulings: readonly Ruling[]): Edges {
  const horizontal: Edge[] = []
  const vertical: Edge[] = []
  for (const { x1, y1, x2, y2 } of rulings) {
    if (y1 === y2) horizontal.push({ at: y1, from: x1, to: x2 })
    else vertical.push({ at: x1, from: y1, to: y2 })
  }
  return { horizontal: mergePieces(horizontal), vertical: mergePieces(vertical) }
}

/** Edges long enough to be the side of a cell. */
export function longEdges({ horizontal, vertical }: Edges): Edges {
  const isLong = (edge: Edge) => edge.to - edge.from >= SHORTEST_EDGE
  return { horizontal: horizontal.filter(isLong), vertical: vertical.filter(isLong) }
}

/** The first index whose value is not below the one given. */
export function firstFrom(sorted: readonly number[], value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? 0) < value) low = middle + 1
    else high = middle
  }
  return low
}

/** Pieces on one line that touch, overlap or nearly touch become one edge, at their mean position weighted by length. */
export function mergePieces(pieces: readonly Edge[]): Edge[] {
  const byPosition = [...pieces].sort((a, b) => a.at - b.at || a.from - b.from)
  const merged: Edge[] = []
  for (let start = 0; start < byPosition.length; ) {
    const first = byPosition[start]
    if (first === undefined) break
    let end = start + 1
    while (end < byPosition.length && (byPosition[end]?.at ?? Number.POSITIVE_INFINITY) - first.at <= SAME_LINE) end++
    for (const edge of mergeAlong(byPosition.slice(start, end))) merged.push(edge)
    start = end
  }
  return merged
}

function mergeAlong(pieces: readonly Edge[]): Edge[] {
  const merged: Edge[] = []
  let from = Number.NaN
  let to = Number.NaN
  let weight = 0
  let weighted = 0
  const close = () => {
    if (weight > 0) merged.push({ at: weighted / weight, from, to })
  }
  for (const piece of [...pieces].sort((a, b) => a.from - b.from)) {
    // A dot of a dotted line may have no length at all, but it must weigh something.
    const length = Math.max(piece.to - piece.from, 0.1)
    if (weight > 0 && piece.from - to <= SAME_LINE_GAP) {
      to = Math.max(to, piece.to)
    } else {
      close()
      from = piece.from
      to = piece.to
      weight = 0
      weighted = 0
    }
    weight += length
    weighted += length * piece.at
  }
  close()
  return merged
}
