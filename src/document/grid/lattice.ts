/**
 * Touching edges → lattice: the rows and columns that the lines make, and the rectangles (faces) between drawn walls.
 *
 * Every position of the lattice is covered by exactly one face; a merged cell is a face over several positions. The outline
 * always counts as closed: where a side was left open or the page cut the table off, the ends of the other lines close it.
 * A region that is no rectangle (a wall with a hole, a line that stops half way) is cut into rectangles and called open.
 */

import type { Box } from '../model.js'
import { type Component, DOUBLE_LINE } from './components.js'
import type { Edge } from './edges.js'
import { greatest, least } from './extremes.js'

export interface Lattice {
  /** Borders from left to right and from top to bottom: one more than there are columns and rows. */
  readonly xs: readonly number[]
  readonly ys: readonly number[]
  readonly faces: readonly Face[]
  /** The sides that no line closes. */
  readonly openTop: boolean
  readonly openBottom: boolean
}

export interface Face {
  readonly row: number
  readonly column: number
  readonly rowSpan: number
  readonly columnSpan: number
  /** The lines around it leave open how far it reaches. */
  readonly open: boolean
}

/** Lines that end this far beyond the last line across them leave a side open; less is an overshoot. */
const OPEN_SIDE = 8.4
/** A wall is there when lines cover this much of the side of a position: corners may gape, dashes may be wide. */
const WALL = 0.6
/** Between the two, a line starts or ends in the middle of a side: it may be an underline or a torn wall. */
const TORN_WALL = 0.3

export function findLattice({ horizontal, vertical }: Component, mostPositions: number): Lattice | null {
  if (horizontal.length === 0 || vertical.length === 0) return null
  const inner = { xs: clusterPositions(vertical), ys: clusterPositions(horizontal) }
  const left = openEnd(inner.xs[0], horizontal, 'from')
  const right = openEnd(inner.xs.at(-1), horizontal, 'to')
  const top = openEnd(inner.ys[0], vertical, 'from')
  const bottom = openEnd(inner.ys.at(-1), vertical, 'to')
  const xs = [...left, ...inner.xs, ...right]
  const ys = [...top, ...inner.ys, ...bottom]
  const rows = ys.length - 1
  const columns = xs.length - 1
  if (rows < 1 || columns < 1 || rows * columns > mostPositions) return null

  // Walls to the right of each position, and below it.
  const rightOf = coverage(vertical, xs, ys)
  const below = coverage(horizontal, ys, xs)
  const regions = new Regions(rows * columns)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const position = row * columns + column
      if (column + 1 < columns) {
        const wall = rightOf[(column + 1) * rows + row] ?? 0
        if (wall < WALL) regions.join(position, position + 1, wall > TORN_WALL)
      }
      if (row + 1 < rows) {
        const wall = below[(row + 1) * columns + column] ?? 0
        if (wall < WALL) regions.join(position, position + columns, wall > TORN_WALL)
      }
    }
  }
  const faces = cutIntoFaces(regions, rows, columns)
  return { xs, ys, faces, openTop: top.length > 0, openBottom: bottom.length > 0 }
}

export function faceBox({ xs, ys }: Lattice, face: Face): Box {
  return [
    xs[face.column] ?? 0,
    ys[face.row] ?? 0,
    xs[face.column + face.columnSpan] ?? 0,
    ys[face.row + face.rowSpan] ?? 0,
  ]
}

/** Positions of edges, with those of one border drawn double (or a little askew) taken together. */
function clusterPositions(edges: readonly Edge[]): number[] {
  const sorted = [...edges].sort((a, b) => a.at - b.at)
  const positions: number[] = []
  let first = Number.NEGATIVE_INFINITY
  let weight = 0
  let weighted = 0
  for (const edge of sorted) {
    const length = edge.to - edge.from
    if (edge.at - first > DOUBLE_LINE) {
      if (weight > 0) positions.push(weighted / weight)
      first = edge.at
      weight = 0
      weighted = 0
    }
    weight += length
    weighted += length * edge.at
  }
  if (weight > 0) positions.push(weighted / weight)
  return positions
}

/** Where a side has no line of its own, the place where at least two (and half) of the lines across it end. */
function openEnd(last: number | undefined, across: readonly Edge[], end: 'from' | 'to'): number[] {
  if (last === undefined) return []
  const beyond = across
    .map((edge) => edge[end])
    .filter((at) => Math.abs(at - last) > OPEN_SIDE && at < last === (end === 'from'))
  const reaching = across.filter((edge) => edge.from - OPEN_SIDE <= last && last <= edge.to + OPEN_SIDE).length
  if (beyond.length < 2 || beyond.length * 2 < reaching) return []
  return [end === 'from' ? least(beyond) : greatest(beyond)]
}

/** For line number `i` and slot number `j` between the borders across, at `i * slots + j`: the covered share of the slot. */
function coverage(edges: readonly Edge[], lines: readonly number[], borders: readonly number[]): Float64Array {
  const slots = borders.length - 1
  const covered = new Float64Array(lines.length * slots)
  for (const edge of edges) {
    const line = nearest(lines, edge.at)
    for (let slot = Math.max(0, slotOf(borders, edge.from)); slot < slots; slot++) {
      const start = borders[slot] ?? 0
      const end = borders[slot + 1] ?? 0
      if (start >= edge.to) break
      const share = (Math.min(edge.to, end) - Math.max(edge.from, start)) / (end - start)
      const index = line * slots + slot
      if (share > 0) covered[index] = (covered[index] ?? 0) + share
    }
  }
  return covered
}

/** The slot between sorted borders that holds a position: -1 before the first border, the last index after the last. */
export function slotOf(borders: readonly number[], at: number): number {
  let low = 0
  let high = borders.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((borders[middle] ?? 0) <= at) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** As many borders in both, each between the neighbours of its counterpart. */
export function interleave(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && b.every((x, index) => x > (a[index - 1] ?? x - 1) && x < (a[index + 1] ?? x + 1))
}

export function nearest(sorted: readonly number[], at: number): number {
  const before = Math.max(0, slotOf(sorted, at))
  const after = Math.min(sorted.length - 1, before + 1)
  return Math.abs((sorted[after] ?? 0) - at) < Math.abs((sorted[before] ?? 0) - at) ? after : before
}

/** Positions joined where no wall stands between them. */
class Regions {
  private readonly parents: Int32Array
  private readonly torn = new Set<number>()

  constructor(size: number) {
    this.parents = Int32Array.from({ length: size }, (_, index) => index)
  }

  root(position: number): number {
    let node = position
    for (;;) {
      const parent = this.parents[node] ?? node
      if (parent === node) return node
      const above = this.parents[parent] ?? parent
      this.parents[node] = above
      node = above
    }
  }

  join(a: number, b: number, torn: boolean): void {
    const from = this.root(b)
    const to = this.root(a)
    this.parents[from] = to
    if (torn || this.torn.has(from)) this.torn.add(to)
  }

  isTorn(root: number): boolean {
    return this.torn.has(root)
  }
}

function cutIntoFaces(regions: Regions, rows: number, columns: number): Face[] {
  const positions = rows * columns
  const roots = Int32Array.from({ length: positions }, (_, position) => regions.root(position))
  const extents = new Map<number, { count: number; bottom: number; right: number; left: number; top: number }>()
  roots.forEach((root, position) => {
    const row = Math.floor(position / columns)
    const column = position % columns
    const extent = extents.get(root)
    if (extent === undefined) extents.set(root, { count: 1, top: row, bottom: row, left: column, right: column })
    else {
      extent.count++
      extent.bottom = row
      extent.left = Math.min(extent.left, column)
      extent.right = Math.max(extent.right, column)
    }
  })

  const faces: Face[] = []
  const taken = new Uint8Array(positions)
  const take = (row: number, column: number, rowSpan: number, columnSpan: number, open: boolean) => {
    for (let r = row; r < row + rowSpan; r++) taken.fill(1, r * columns + column, r * columns + column + columnSpan)
    faces.push({ row, column, rowSpan, columnSpan, open })
  }
  for (let position = 0; position < positions; position++) {
    if (taken[position] === 1) continue
    const root = roots[position] ?? position
    const extent = extents.get(root)
    const row = Math.floor(position / columns)
    const column = position % columns
    if (extent === undefined) continue
    const { top, bottom, left, right, count } = extent
    if (count === (bottom - top + 1) * (right - left + 1)) {
      take(top, left, bottom - top + 1, right - left + 1, regions.isTorn(root))
      continue
    }
    // Not a rectangle: as wide as it goes in this row, then as far down as it stays that wide.
    const inRegion = (r: number, c: number) =>
      c < columns && roots[r * columns + c] === root && taken[r * columns + c] === 0
    let width = 1
    while (inRegion(row, column + width)) width++
    let height = 1
    const rowFits = (r: number) =>
      r < rows && Array.from({ length: width }, (_, at) => inRegion(r, column + at)).every(Boolean)
    while (
      rowFits(row + height) &&
      !inRegion(row + height, column + width) &&
      !(column > 0 && inRegion(row + height, column - 1))
    )
      height++
    take(row, column, height, width, true)
  }
  return faces
}
