/**
 * A <table> → its rows as shown, with spans as HTML means them: header rows first, footer rows last, hidden rows and cells not at
 * all, a row span never beyond its row group, "0" to the end of it (HTML 4.9.12).
 */
import type { SpannedCell } from '../grid/spans.js'
import { CellReader, isCell } from './cell.js'
import { PLAIN } from './declarations.js'
import type { StyleSheet } from './style.js'
import { attribute, childElements, type Element, isElement } from './tree.js'

export function readRows(table: Element, sheet: StyleSheet): SpannedCell[][] {
  const rows: SpannedCell[][] = []
  const reader = new CellReader(sheet)
  for (const group of rowGroups(table)) {
    const shown = group.filter((row) => !sheet.styleOf(row, PLAIN).hidden)
    for (const [index, row] of shown.entries()) rows.push(readRow(row, shown.length - index, sheet, reader))
  }
  return rows
}

/** `rowsLeft` of the group, this row among them. */
function readRow(row: Element, rowsLeft: number, sheet: StyleSheet, reader: CellReader): SpannedCell[] {
  const cells: SpannedCell[] = []
  for (const cell of row.childNodes) {
    if (!isElement(cell) || !isCell(cell.tagName)) continue
    const style = sheet.styleOf(cell, PLAIN)
    if (style.hidden) continue
    const { text, remarks } = reader.read(cell, style)
    const rows = span(cell, 'rowspan')
    const rowSpan = rows === 0 ? rowsLeft : Math.min(rows ?? 1, rowsLeft)
    const colSpan = Math.min(span(cell, 'colspan') || 1, MOST_COLUMNS)
    cells.push(remarks === null ? { text, rowSpan, colSpan } : { text, rowSpan, colSpan, ...remarks })
  }
  return cells
}

export function captions(table: Element): Element[] {
  return childElements(table).filter(({ tagName }) => tagName === 'caption')
}

/** Browsers stop here too. */
const MOST_COLUMNS = 1000

/** null: not given, or no number. */
function span(cell: Element, name: string): number | null {
  const given = attribute(cell, name)
  if (given === null) return null
  const value = Number.parseInt(given, 10)
  return value >= 0 ? value : null
}

/** The rows of each group, in the order in which the groups are shown. */
function rowGroups(table: Element): Element[][] {
  const groups = childElements(table).filter(({ tagName }) => /^(thead|tbody|tfoot)$/.test(tagName))
  const head = groups.find(({ tagName }) => tagName === 'thead')
  const foot = groups.find(({ tagName }) => tagName === 'tfoot')
  const bodies = groups.filter((group) => group !== head && group !== foot)
  return [head, ...bodies, foot].map((group) =>
    group === undefined ? [] : childElements(group).filter(({ tagName }) => tagName === 'tr'),
  )
}
