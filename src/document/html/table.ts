/**
 * A <table> → its rows as shown, with spans as HTML means them: header rows first, footer rows last, hidden rows and cells not at
 * all, a row span never beyond its row group, "0" to the end of it (HTML 4.9.12).
 */
import type { SpannedCell } from '../grid/spans.js'
import { readCell } from './cell.js'
import { PLAIN, type StyleSheet } from './style.js'
import { attribute, childElements, type Element } from './tree.js'

export function readRows(table: Element, sheet: StyleSheet): SpannedCell[][] {
  return rowGroups(table).flatMap((group) => {
    const rows = group.filter((row) => !sheet.styleOf(row, PLAIN).hidden)
    return rows.map((row, index) =>
      childElements(row).flatMap((cell) => {
        if (cell.tagName !== 'td' && cell.tagName !== 'th') return []
        const style = sheet.styleOf(cell, PLAIN)
        if (style.hidden) return []
        const colSpan = Math.min(span(cell, 'colspan') || 1, MOST_COLUMNS)
        return [{ ...readCell(cell, style, sheet), rowSpan: rowSpan(cell, rows.length - index), colSpan }]
      }),
    )
  })
}

export function captions(table: Element): Element[] {
  return childElements(table).filter(({ tagName }) => tagName === 'caption')
}

/** Browsers stop here too. */
const MOST_COLUMNS = 1000

function rowSpan(cell: Element, left: number): number {
  const rows = span(cell, 'rowspan')
  return rows === 0 ? left : Math.min(rows ?? 1, left)
}

/** null: not given, or no number. */
function span(cell: Element, name: string): number | null {
  const value = Number.parseInt(attribute(cell, name) ?? '', 10)
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
