/** Bound cells → facts, each still with the way its cell was read, and the flags of cells that gave none. */
import type { Cell } from '../document/model.js'
import type { Flag } from '../record.js'
import { readCell } from './numerals.js'
import type { FactDoubt, FormFact } from './reading.js'
import type { BoundCell, TableMatch } from './table-match.js'

export function factsOf(match: TableMatch): readonly FormFact[] {
  const shared = sharedCells(match.cells)
  return match.cells.map((bound) => toFact(bound, match, shared))
}

function toFact(
  { slot, row, cell, headerUnit, counted, inOrder }: BoundCell,
  match: TableMatch,
  shared: ReadonlySet<Cell>,
): FormFact {
  const { key, label, type, unit } = slot
  const table = match.spec.key
  if (cell === null) {
    const absentByVariant = match.absentRows.includes(row.key)
    return { key, label, type, unit, table, reading: null, raw: null, order: null, location: null, absentByVariant }
  }
  const { text: raw, location } = cell
  const { reading, joined } = readCell(raw, type, unit, headerUnit)
  const doubt = shared.has(cell)
    ? 'merged_value'
    : (readerDoubt(cell, counted) ?? (joined ? 'joined_digits' : undefined))
  const order = inOrder === null ? contradicted(cell) : (inOrder.aligned ?? inOrder.text)
  const fact = { key, label, type, unit, table, reading, raw, order, location, absentByVariant: false }
  return doubt === undefined ? fact : { ...fact, doubt }
}

/** Alignment alone does not say whose column it is, but it may say that the cell is not whole. */
function contradicted({ text, aligned }: Cell): string | null {
  return aligned === undefined || aligned === text ? null : aligned
}

/**
 * A ragged row is settled, or not, where its figures are placed (columns.ts). In a text a row is a line, so that a figure whose
 * column is open has its place where the line has one for each.
 */
function readerDoubt({ doubt, location }: Cell, counted: boolean): FactDoubt | undefined {
  if (doubt === 'ragged_row' || (doubt === 'open_grid' && counted && location.kind === 'line')) return undefined
  return doubt
}

/** Cells that stand for more than one fact: figures merged over rows or columns. */
function sharedCells(cells: readonly BoundCell[]): ReadonlySet<Cell> {
  const seen = new Set<Cell>()
  const shared = new Set<Cell>()
  for (const { cell } of cells) {
    if (cell === null) continue
    if (seen.has(cell)) shared.add(cell)
    seen.add(cell)
  }
  return shared
}

/** Cells that were not found or not understood, one flag a row of the form. */
export function factFlags(facts: readonly FormFact[], printed: ReadonlySet<string>): readonly Flag[] {
  const missing = facts.filter((fact) => fact.reading === null && !fact.absentByVariant && printed.has(fact.table))
  const unreadable = facts.filter((fact) => fact.reading?.kind === 'text')
  return [...byRow(missing).map((row) => cellMissing(row)), ...unreadable.map((fact) => cellUnreadable(fact))]
}

function byRow(facts: readonly FormFact[]): readonly (readonly FormFact[])[] {
  const rows = new Map<string, FormFact[]>()
  for (const fact of facts) {
    const row = rowLabel(fact)
    const known = rows.get(row)
    if (known === undefined) rows.set(row, [fact])
    else known.push(fact)
  }
  return [...rows.values()]
}

function rowLabel(fact: FormFact): string {
  return `${fact.table}/${fact.key.slice(0, fact.key.lastIndexOf('.'))}`
}

function cellMissing(facts: readonly FormFact[]): Flag {
  const first = facts[0]?.label ?? ''
  const message =
    facts.length === 1 ? `未找到「${first}」的单元格。` : `未找到「${first}」等 ${facts.length} 个单元格。`
  return { code: 'cell_missing', severity: 'error', message, facts: facts.map((fact) => fact.key), location: null }
}

function cellUnreadable(fact: FormFact): Flag {
  const message = `「${fact.label}」印作「${fact.raw ?? ''}」，不是一个数，未能读出。`
  return { code: 'cell_unreadable', severity: 'error', message, facts: [fact.key], location: fact.location }
}
