/**
 * A filled area with right angles only, into the parts of it that are thin: a frame painted as one rectangle within another
 * gives its four sides, an L its two arms. Areas with any other edge give nothing.
 */
import type { Box } from '../model.js'
import type { Subpath } from './path-pen.js'

/** An area of more edges is a drawing, not a frame. */
const MOST_EDGES = 64
const TOLERANCE = 0.02

/** An edge along the axis looked at: `at` is where it lies on the other axis. */
interface Edge {
  readonly at: number
  readonly from: number
  readonly to: number
  readonly winding: 1 | -1
}

interface Slab {
  readonly from: number
  readonly to: number
  readonly inside: readonly (readonly [number, number])[]
}

export function thinParts(subpaths: readonly Subpath[], evenOdd: boolean, thin: number): Box[] {
  const horizontal: Edge[] = []
  const vertical: Edge[] = []
  for (const { points } of subpaths) {
    if (horizontal.length + vertical.length + points.length / 2 > MOST_EDGES) return []
    for (let index = 0; index < points.length; index += 2) {
      const next = (index + 2) % points.length
      const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = [points[index], points[index + 1], points[next], points[next + 1]]
      const isLevel = Math.abs(y1 - y2) <= TOLERANCE
      const isPlumb = Math.abs(x1 - x2) <= TOLERANCE
      if (isLevel && !isPlumb) horizontal.push(edge(y1, x1, x2))
      if (isPlumb && !isLevel) vertical.push(edge(x1, y1, y2))
      if (!isPlumb && !isLevel) return []
    }
  }
  const lying = bands(slabs(horizontal, evenOdd), thin)
  const standing = bands(slabs(vertical, evenOdd), thin)
  return [...lying, ...standing.map(([top, left, bottom, right]): Box => [left, top, right, bottom])]
}

function edge(at: number, a: number, b: number): Edge {
  return { at, from: Math.min(a, b), to: Math.max(a, b), winding: a < b ? 1 : -1 }
}

/** Cuts the area wherever an edge begins or ends; within a slab it is the same stretches all along. */
function slabs(edges: readonly Edge[], evenOdd: boolean): Slab[] {
  const cuts = [...new Set(edges.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b)
  const byPlace = edges.toSorted((a, b) => a.at - b.at)
  const found: Slab[] = []
  for (const [index, from] of cuts.entries()) {
    const to = cuts[index + 1]
    if (to === undefined || to - from <= TOLERANCE) continue
    const middle = (from + to) / 2
    const inside: [number, number][] = []
    let winding = 0
    let entered = 0
    for (const { at, winding: step } of byPlace.filter((each) => each.from < middle && middle < each.to)) {
      const wasInside = evenOdd ? winding % 2 !== 0 : winding !== 0
      winding += step
      const isInside = evenOdd ? winding % 2 !== 0 : winding !== 0
      if (!wasInside && isInside) entered = at
      if (wasInside && !isInside) inside.push([entered, at])
    }
    found.push({ from, to, inside })
  }
  return found
}

/** Thin stretches that go on from slab to slab, as left, top, right, bottom. They reach into corners, as a drawn line would. */
function bands(slabsInOrder: readonly Slab[], thin: number): Box[] {
  const found: Box[] = []
  for (const [index, slab] of slabsInOrder.entries()) {
    const before = slabsInOrder[index - 1]
    for (const stretch of slab.inside) {
      const isThin = stretch[1] - stretch[0] < thin
      if (!isThin || before?.inside.some((other) => isSame(other, stretch))) continue
      let last = index
      while (slabsInOrder[last + 1]?.inside.some((other) => isSame(other, stretch))) last++
      const left = reach(before, stretch, thin)?.from ?? slab.from
      const right = reach(slabsInOrder[last + 1], stretch, thin)?.to ?? slabsInOrder[last]?.to ?? slab.to
      if (right - left > stretch[1] - stretch[0]) found.push([left, stretch[0], right, stretch[1]])
    }
  }
  return found
}

function isSame(a: readonly [number, number], b: readonly [number, number]): boolean {
  return Math.abs(a[0] - b[0]) <= TOLERANCE && Math.abs(a[1] - b[1]) <= TOLERANCE
}

/** The corner beside a stretch: a slab no wider than a line, filled where the stretch meets it. */
function reach(slab: Slab | undefined, [top, bottom]: readonly [number, number], thin: number): Slab | undefined {
  if (slab === undefined || slab.to - slab.from >= thin) return undefined
  const isFilled = slab.inside.some(([from, to]) => from <= top + TOLERANCE && bottom - TOLERANCE <= to)
  return isFilled ? slab : undefined
}
