/**
 * The HTML that mammoth writes → paragraphs, tables and pictures, as items.ts has them.
 *
 * For mammoth's plain output only, not for pages: no style sheets, no white space to collapse. Promises that cells do not
 * overlap, whatever their spans claim.
 */
import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5'
import { textOf } from './cell-text.js'
import type { Item, PictureItem, TableCell, TableItem } from './items.js'
import { WIDEST_SPAN, withoutNarrowColumns } from './spread.js'

type Node = DefaultTreeAdapterTypes.ChildNode
type Element = DefaultTreeAdapterTypes.Element

/** `widths`: of the columns of each table, in the order of the document. */
export function itemsOfHtml(html: string, widths: readonly (readonly number[])[]): readonly Item[] {
  const remaining = widths.values()
  return itemsOf(parseFragment(html).childNodes, () => remaining.next().value ?? [])
}

type NextWidths = () => readonly number[]

function itemsOf(nodes: readonly Node[], nextWidths: NextWidths): Item[] {
  return nodes.flatMap((node) => {
    if (!('tagName' in node)) return []
    if (node.tagName === 'table') return [tableOf(node, nextWidths)]
    if (/^(?:p|h[1-6])$/.test(node.tagName)) return paragraphOf(node)
    if (node.tagName === 'img') return [PICTURE]
    return itemsOf(node.childNodes, nextWidths)
  })
}

const PICTURE: PictureItem = { kind: 'picture', isLarge: false }

interface Letters {
  text: string
  pictures: number
  seen: number
  strong: number
}

function paragraphOf(element: Element): Item[] {
  const letters: Letters = { text: '', pictures: 0, seen: 0, strong: 0 }
  for (const node of element.childNodes) gather(node, false, letters)
  const level = /^h([1-6])$/.exec(element.tagName)?.[1]
  const cue = {
    level: level === undefined ? null : Number(level),
    bold: letters.seen > 0 && letters.strong === letters.seen,
    centred: false,
    size: null,
  }
  const text = letters.text.replace(/^\n+|\n+$/g, '')
  return [
    ...(text.trim() === '' ? [] : [{ kind: 'paragraph' as const, text, cue, floats: false }]),
    ...Array.from({ length: letters.pictures }, () => PICTURE),
  ]
}

function gather(node: Node, isStrong: boolean, letters: Letters): void {
  if ('value' in node) {
    // mammoth gives the hyphens that Word keeps apart from those that are typed.
    const text = node.value.replaceAll('\u2011', '-').replaceAll('\u00ad', '')
    letters.text += text
    letters.seen += text.trim().length
    if (isStrong) letters.strong += text.trim().length
    return
  }
  if (!('tagName' in node)) return
  if (node.tagName === 'br') letters.text += '\n'
  else if (node.tagName === 'img') letters.pictures += 1
  else if (node.tagName === 'input') letters.text += node.attrs.some(({ name }) => name === 'checked') ? '☑' : '☐'
  for (const child of node.childNodes) gather(child, isStrong || node.tagName === 'strong', letters)
}

function tableOf(table: Element, nextWidths: NextWidths): TableItem {
  const widths = nextWidths()
  const rows = rowsOf(table)
  const cells: TableCell[] = []
  /** For each column, the first row that it is free in. */
  const free: number[] = []
  for (const [row, element] of rows.entries()) {
    let column = 0
    for (const cell of element.childNodes) {
      if (!('tagName' in cell)) continue
      while ((free[column] ?? 0) > row) column += 1
      const wanted = Math.min(span(cell, 'colspan'), WIDEST_SPAN)
      let columnSpan = 1
      while (columnSpan < wanted && (free[column + columnSpan] ?? 0) <= row) columnSpan += 1
      const rowSpan = Math.min(span(cell, 'rowspan'), rows.length - row)
      for (let at = column; at < column + columnSpan; at += 1) free[at] = row + rowSpan
      const content = itemsOf(cell.childNodes, nextWidths)
      const text = textOf(content)
      cells.push({ row, column, rowSpan, columnSpan, content, text, isRagged: false, coversText: false })
      column += columnSpan
    }
  }
  return withoutNarrowColumns({ kind: 'table', rowCount: rows.length, columnCount: free.length, cells }, widths)
}

function rowsOf(element: Element): Element[] {
  return element.childNodes.flatMap((node) => {
    if (!('tagName' in node)) return []
    if (node.tagName === 'tr') return [node]
    return node.tagName === 'thead' || node.tagName === 'tbody' ? rowsOf(node) : []
  })
}

function span(cell: Element, name: 'colspan' | 'rowspan'): number {
  const value = Number(cell.attrs.find((attribute) => attribute.name === name)?.value ?? 1)
  return Number.isInteger(value) && value > 0 ? value : 1
}
