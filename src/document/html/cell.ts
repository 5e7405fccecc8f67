/**
 * A <td> or <th> → the text that stands in it, a line for each line that the author set.
 *
 * Letters set one a line are upright writing and become one line; figures never are, for "1" above "2" may be two figures. A table
 * within the cell is read line by line. Struck-out text is left out and said: whoever struck it meant the rest, but "56" beside a
 * struck "5" must not pass without a look.
 */
import type { DoubtCode } from '../model.js'
import type { Style } from './declarations.js'
import { isBlock } from './display.js'
import type { StyleSheet } from './style.js'
import { NOT_TEXT } from './survey.js'
import { plainLine, TextFlow } from './text-flow.js'
import { attribute, type Element, isText } from './tree.js'
import { type Visitor, walk } from './walk.js'

export interface CellContent {
  readonly text: string
  readonly remarks: { readonly doubt?: DoubtCode; readonly hasImage?: true } | null
}

export class CellReader implements Visitor<Style> {
  readonly #sheet: StyleSheet
  readonly #flow = new TextFlow()
  #lines: string[] = []
  #hasImage = false
  #hasStruck = false

  constructor(sheet: StyleSheet) {
    this.#sheet = sheet
  }

  read(cell: Element, style: Style): CellContent {
    return readPlainCell(cell, style) ?? this.#readMarkup(cell, style)
  }

  #readMarkup(cell: Element, style: Style): CellContent {
    this.#lines = []
    this.#hasImage = false
    this.#hasStruck = false
    walk(cell, style, this)
    this.#endLine()
    const lines = this.#lines
    const text = lines.length < 2 ? (lines[0] ?? '') : lines.join(isUpright(lines) ? '' : '\n')
    if (this.#hasStruck) return { text, remarks: { doubt: 'overprinted_text' } }
    if (text.includes('\ufffd')) return { text, remarks: { doubt: 'undecodable_text' } }
    return { text, remarks: this.#hasImage && text === '' ? { hasImage: true } : null }
  }

  enter(element: Element, outer: Style): Style | null {
    const { tagName } = element
    if (tagName === 'br') this.#flow.break()
    if (tagName === 'input') this.#flow.add(inputValue(element), outer)
    if (tagName === 'img' || tagName === 'svg' || tagName === 'canvas') this.#hasImage ||= !isSpacer(element)
    if (NOT_TEXT.has(tagName)) return null
    const style = this.#sheet.styleOf(element, outer)
    if (style.hidden) return null
    // A cell of a table within the cell: its row is the line.
    if (isCell(tagName)) this.#flow.add(' ', style)
    else if (isBlock(tagName, style)) this.#endLine()
    return style
  }

  leave({ tagName }: Element, style: Style): void {
    if (!isCell(tagName) && isBlock(tagName, style)) this.#endLine()
  }

  text(text: string, style: Style): void {
    if (style.invisible) return
    if (!style.struck) this.#flow.add(text, style)
    else if (text.trim() !== '') this.#hasStruck = true
  }

  #endLine(): void {
    for (const { text } of this.#flow.take()) if (text !== '') this.#lines.push(text)
  }
}

export function isCell(tagName: string): boolean {
  return tagName === 'td' || tagName === 'th'
}

/** Most cells hold one piece of text and nothing else. null: this one does not, or its style changes the text. */
function readPlainCell(cell: Element, style: Style): CellContent | null {
  const [only, more] = cell.childNodes
  if (only === undefined) return EMPTY
  if (more !== undefined || !isText(only) || changesText(style)) return null
  const text = plainLine(only.value)
  return text.includes('\ufffd') ? null : { text, remarks: null }
}

function changesText({ invisible, struck, raised, preformatted, size }: Style): boolean {
  return invisible || struck || raised !== null || preformatted || size === 0
}

const EMPTY: CellContent = { text: '', remarks: null }

/** What a form control shows. */
function inputValue(element: Element): string {
  const type = attribute(element, 'type')?.toLowerCase() ?? 'text'
  return type === 'text' || type === 'number' ? (attribute(element, 'value') ?? '') : ''
}

/** Pictures of a few pixels only take up room. */
export function isSpacer(image: Element): boolean {
  const sides = ['width', 'height'].map((name) => Number.parseInt(attribute(image, name) ?? '', 10))
  return sides.some((side) => side <= 4)
}

const UPRIGHT_LINES = 4

function isUpright(lines: readonly string[]): boolean {
  if (lines.length < UPRIGHT_LINES || lines.some((line) => line.length > 2 || /[\d\s]/.test(line.normalize('NFKC')))) {
    return false
  }
  const single = lines.filter((line) => line.length === 1).length
  return single >= 0.7 * lines.length && lines.some((line) => /[\u3400-\u9fff]/.test(line))
}
