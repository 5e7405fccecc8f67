/**
 * The text of an HTML page → its tree, as a browser would build it, within limits.
 *
 * Depth and number of elements are watched while the tree grows, not in the text: unclosed formatting is re-opened in every
 * paragraph, so that a small page can become a huge tree. What follows may rely on the depth, but still walks without recursion.
 */
import type { DefaultTreeAdapterTypes, TreeAdapter } from 'parse5'
import { fail } from '../failure.js'
import { LIMITS } from '../limits.js'
import type { Result } from '../model.js'

export type Element = DefaultTreeAdapterTypes.Element
export type ChildNode = DefaultTreeAdapterTypes.ChildNode
export type Root = DefaultTreeAdapterTypes.Document

export async function parseHtml(html: string): Promise<Result<Root>> {
  const { defaultTreeAdapter, parse } = await import('parse5')
  try {
    return { ok: true, value: parse(html, { treeAdapter: watched(defaultTreeAdapter) }) }
  } catch (error) {
    if (error instanceof TooLarge) return fail('too_large', error.message)
    throw error
  }
}

class TooLarge extends Error {}

function watched(
  adapter: TreeAdapter<DefaultTreeAdapterTypes.DefaultTreeAdapterMap>,
): TreeAdapter<DefaultTreeAdapterTypes.DefaultTreeAdapterMap> {
  let depth = 0
  let elements = 0
  return {
    ...adapter,
    createElement(tagName, namespace, attributes) {
      if (++elements > LIMITS.markupElements) throw new TooLarge(`网页标记超过 ${LIMITS.markupElements} 个`)
      return adapter.createElement(tagName, namespace, attributes)
    },
    onItemPush() {
      if (++depth > LIMITS.markupDepth) throw new TooLarge(`网页标记嵌套超过 ${LIMITS.markupDepth} 层`)
    },
    onItemPop() {
      depth--
    },
  }
}

export function isElement(node: ChildNode): node is Element {
  return !node.nodeName.startsWith('#')
}

export function isText(node: ChildNode): node is DefaultTreeAdapterTypes.TextNode {
  return node.nodeName === '#text'
}

export function attribute(element: Element, name: string): string | null {
  for (const each of element.attrs) if (each.name === name) return each.value
  return null
}

export function childElements(element: Element): Element[] {
  return element.childNodes.filter(isElement)
}
