/**
 * Walks the elements and texts below an element in document order, each with a state made from its parent's. The stack is our
 * own: a page may be nested more deeply than calls can be.
 */
import { type Element, isElement, isText } from './tree.js'

export interface Visitor<State> {
  /** The state for what is inside; null passes over the element with all that is in it. */
  enter(element: Element, outer: State): State | null
  leave(element: Element, inner: State): void
  text(text: string, state: State): void
}

/** The root itself is not entered, and not left. */
export function walk<State>(root: Element, state: State, visitor: Visitor<State>): void {
  const open = [root]
  const states = [state]
  const nexts = [0]
  for (let depth = 0; depth >= 0; ) {
    const element = open[depth] ?? root
    const inside = states[depth] ?? state
    const next = nexts[depth] ?? 0
    const node = element.childNodes[next]
    nexts[depth] = next + 1
    if (node === undefined) {
      if (depth > 0) visitor.leave(element, inside)
      depth--
    } else if (isText(node)) {
      visitor.text(node.value, inside)
    } else if (isElement(node)) {
      const inner = visitor.enter(node, inside)
      if (inner === null) continue
      depth++
      open[depth] = node
      states[depth] = inner
      nexts[depth] = 0
    }
  }
}
