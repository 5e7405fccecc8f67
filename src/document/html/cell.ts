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
import { walk } from './walk.js'

export interface CellContent {
  readonly text: string
  readonly remarks: { readonly doubt?: DoubtCode; readonly hasImage?: true } | null
}

export function readCell(cell: Element, own: Style, sheet: StyleSheet): CellContent {
  return readPlainCell(cell, own) ?? readMarkup(cell, own, sheet)
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

function readMarkup(cell: Element, own: Style, sheet: StyleSheet): CellContent {
  const flow = new TextFlow()
  const lines: string[] = []
  let hasImage = false
  let hasStruck = false
  const endLine = () => {
    for (const { text } of flow.take()) if (text !== '') lines.push(text)
  }

  walk<Style>(cell, own, {
    enter(element, outer) {
      const { tagName } = element
      if (tagName === 'br') flow.break()
      if (tagName === 'input') flow.add(inputValue(element), outer)
      if (tagName === 'img' || tagName === 'svg' || tagName === 'canvas') hasImage ||= !isSpacer(element)
      if (NOT_TEXT.has(tagName)) return null
      const style = sheet.styleOf(element, outer)
      if (style.hidden) return null
      // A cell of a table within the cell: its row is the line.
      if (tagName === 'td' || tagName === 'th') flow.add(' ', style)
      else if (isBlock(tagName, style)) endLine()
      return style
    },
    leave({ tagName }, style) {
      if (tagName !== 'td' && tagName !== 'th' && isBlock(tagName, style)) endLine()
    },
    text(text, style) {
      if (style.invisible) return
      if (!style.struck) flow.add(text, style)
      else if (text.trim() !== '') hasStruck = true
    },
  })
  endLine()

  const text = lines.length < 2 ? (lines[0] ?? '') : lines.join(isUpright(lines) ? '' : '\n')
  if (hasStruck) return { text, remarks: { doubt: 'overprinted_text' } }
  if (text.includes('\ufffd')) return { text, remarks: { doubt: 'undecodable_text' } }
  return { text, remarks: hasImage && text === '' ? { hasImage: true } : null }
}

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
