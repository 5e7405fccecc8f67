/**
 * Edges → groups of edges that touch: each group may be a table, a frame, or a drawing.
 *
 * Two tables are separate when their lines are. Lines that run side by side at less than a letter's distance (double borders,
 * HTML cell spacing) count as touching, lines that miss each other at a corner by a little as well.
 */
import { type Edge, type Edges, firstFrom } from './edges.js'

/** Gaps and overshoots at corners: half a wide line, plus the rounding of producers that draw each border for itself. */
const CORNER_REACH = 3.1
/** Two parallel lines nearer than this cannot hold a line of text between them, so they are one border drawn double. */
export const DOUBLE_LINE = 4.6

export interface Component {
  readonly horizontal: Edge[]
  readonly vertical: Edge[]
}

/** Edges that touch no other edge across come out as components of their own, with one of the lists empty. */
export function findComponents({ horizontal, vertical }: Edges): Component[] {
  const parents = Int32Array.from({ length: horizontal.length + vertical.length }, (_, index) => index)
  const root = (index: number): number => {
    let node = index
    for (;;) {
      const parent = parents[node] ?? node
      if (parent === node) return node
      const above = parents[parent] ?? parent
      parents[node] = above
      node = above
    }
  }
  const join = (a: number, b: number) => {
    parents[root(a)] = root(b)
  }

  const columns = [...vertical.keys()].sort((a, b) => position(vertical, a) - position(vertical, b))
  const positions = columns.map((index) => position(vertical, index))
  horizontal.forEach((edge, index) => {
    for (let at = firstFrom(positions, edge.from - CORNER_REACH); at < columns.length; at++) {
      const column = columns[at] ?? 0
      const crossing = vertical[column]
      if (crossing === undefined || crossing.at > edge.to + CORNER_REACH) break
      if (crossing.from - CORNER_REACH <= edge.at && edge.at <= crossing.to + CORNER_REACH) {
        join(index, horizontal.length + column)
      }
    }
  })
  joinDoubles(horizontal, (a, b) => join(a, b))
  joinDoubles(vertical, (a, b) => join(horizontal.length + a, horizontal.length + b))

  const components = new Map<number, Component>()
  const componentOf = (index: number): Component => {
    const key = root(index)
    const known = components.get(key)
    if (known !== undefined) return known
    const component: Component = { horizontal: [], vertical: [] }
    components.set(key, component)
    return component
  }
  for (const [index, edge] of horizontal.entries()) componentOf(index).horizontal.push(edge)
  for (const [index, edge] of vertical.entries()) componentOf(horizontal.length + index).vertical.push(edge)
  return [...components.values()]
}

function joinDoubles(edges: readonly Edge[], join: (a: number, b: number) => void): void {
  const order = [...edges.keys()].sort((a, b) => position(edges, a) - position(edges, b))
  order.forEach((index, rank) => {
    const edge = edges[index]
    if (edge === undefined) return
    for (let next = rank + 1; next < order.length; next++) {
      const other = edges[order[next] ?? 0]
      if (other === undefined || other.at - edge.at > DOUBLE_LINE) break
      if (Math.min(edge.to, other.to) - Math.max(edge.from, other.from) > 0) join(index, order[next] ?? 0)
    }
  })
}

function position(edges: readonly Edge[], index: number): number {
  return edges[index]?.at ?? 0
}
