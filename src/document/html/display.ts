/**
 * Which elements begin and end a paragraph. Anything not named here is part of the line, as unknown elements are in a browser.
 */
import type { Style } from './declarations.js'

const BLOCKS: ReadonlySet<string> = new Set(
  `address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form
   h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p pre search section summary table tbody td tfoot th thead tr
   ul`.split(/\s+/),
)

export function isBlock(tagName: string, style: Style): boolean {
  return style.display === null ? BLOCKS.has(tagName) : style.display === 'block'
}
