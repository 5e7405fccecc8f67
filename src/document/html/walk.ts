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

export function walk<State>(root: Element, state: State, visitor: Visitor<State>): void {
  const stack = [{ element: root, state, next: 0 }]
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const node = top.element.childNodes[top.next++]
    if (node === undefined) {
      stack.pop()
      if (stack.length > 0) visitor.leave(top.element, top.state)
    } else if (isText(node)) {
      visitor.text(node.value, top.state)
    } else if (isElement(node)) {
      const inner = visitor.enter(node, top.state)
      if (inner !== null) stack.push({ element: node, state: inner, next: 0 })
    }
  }
}
