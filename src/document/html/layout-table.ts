/**
 * What a <table> holds → whether it is a table to a reader, or only places other things on the page.
 *
 * Old sites set the whole page in tables, editors frame a text in one cell, and a form is pasted into an outer table. Such tables
 * are unwrapped: their cells are read like any other part of the page. A table that holds figures of its own is never unwrapped.
 */
import { isCell } from './cell.js'
import type { Measure } from './survey.js'

/** Cells that make a nested table worth reading as a table. */
const NESTED_CELLS = 4
/** Characters of running text: no label of a form is that long. */
const PROSE = 300

export function isLayoutTable(table: Measure): boolean {
  const cells = table.children.filter(({ element }) => isCell(element.tagName))
  const filled = cells.filter((cell) => cell.chars > 0 || cell.images > 0 || cell.cells > 0)
  if (filled.length <= 1 || perRow(cells) === 1) return true
  if (filled.filter(isFigure).length >= 3) return false

  const nested = filled.filter((cell) => cell.cells >= NESTED_CELLS)
  if (nested.length > 0 && perRow(filled) === 1) return true
  if (2 * nested.reduce((chars, cell) => chars + cell.chars, 0) >= table.chars && nested.length > 0) return true
  const most = Math.max(...filled.map((cell) => cell.chars))
  return most >= PROSE && most >= 0.6 * table.chars
}

function isFigure({ chars, digits }: Measure): boolean {
  return digits > 0 && digits >= chars - 1
}

/** The most of these cells that share a row. */
function perRow(cells: readonly Measure[]): number {
  const counts = new Map<unknown, number>()
  let most = 0
  for (const { element } of cells) {
    const next = (counts.get(element.parentNode) ?? 0) + 1
    counts.set(element.parentNode, next)
    most = Math.max(most, next)
  }
  return most
}
