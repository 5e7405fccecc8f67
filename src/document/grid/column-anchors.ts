/**
 * Where the figures of a column stand → what they have in common: their middle, their right edge or their left one.
 *
 * Columns are told by the borders they run between, so that a merged cell over three columns is aligned with its like and not
 * with the columns above it. A few figures set differently are borne; where too many are, the column has no anchor.
 */
import type { Box } from '../model.js'
import type { Range } from './range.js'

export interface Anchor {
  readonly columns: Range
  readonly edge: Edge
  readonly at: number
}

type Edge = (typeof EDGES)[number]

/** The most common first: it is taken where all figures are equally wide. */
const EDGES = ['middle', 'right', 'left'] as const
/** Two figures may share an edge by chance. */
const FEWEST = 3
const MOST = 2 / 3
/** In em. Half a word space, which some leave behind a figure, is too much. */
const SAME_EDGE = 0.12

export class ColumnFigures {
  private readonly boxes: Box[]

  constructor(
    private readonly columns: Range,
    first: Box,
    private readonly size: number,
  ) {
    this.boxes = [first]
  }

  add(box: Box): void {
    this.boxes.push(box)
  }

  anchor(): Anchor | null {
    const count = this.boxes.length
    if (count < FEWEST) return null
    // Nearly every column has one edge that all of its figures share.
    for (const edge of EDGES) {
      const [first, last] = this.extent(edge)
      if (last - first <= SAME_EDGE * this.size) return { columns: this.columns, edge, at: (first + last) / 2 }
    }
    let best: Anchor | null = null
    let most = Math.max(FEWEST, Math.ceil(count * MOST)) - 1
    for (const edge of EDGES) {
      const positions = Float64Array.from(this.boxes, (box) => edgeOf(box, edge)).sort()
      const at = positions[count >> 1] ?? 0
      const near = positions.filter((position) => Math.abs(position - at) <= SAME_EDGE * this.size).length
      if (near <= most) continue
      best = { columns: this.columns, edge, at }
      most = near
    }
    return best
  }

  private extent(edge: Edge): readonly [number, number] {
    let first = Number.POSITIVE_INFINITY
    let last = Number.NEGATIVE_INFINITY
    for (const box of this.boxes) {
      const at = edgeOf(box, edge)
      if (at < first) first = at
      if (at > last) last = at
    }
    return [first, last]
  }
}

export function meets({ edge, at }: Anchor, box: Box, size: number): boolean {
  return Math.abs(edgeOf(box, edge) - at) <= SAME_EDGE * size
}

function edgeOf(box: Box, edge: Edge): number {
  return edge === 'middle' ? (box[0] + box[2]) / 2 : edge === 'left' ? box[0] : box[2]
}
