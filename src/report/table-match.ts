/**
 * What a table of a form, laid over a document, comes to: a cell or none for every fact, and which rows the organ left out.
 */
import type { Cell } from '../document/model.js'
import type { Flag } from '../record.js'
import type { ColumnBinding, RowBinding } from './columns.js'
import type { Leaf, RowSpec, Slot, TablePlan, TableSpec } from './form.js'
import type { Line } from './lines.js'

/** The cell of one fact. */
export interface BoundCell {
  readonly slot: Slot
  readonly row: Leaf<RowSpec>
  readonly headerUnit: string | null
  /** Its row prints exactly one figure for each column. */
  readonly counted: boolean
  /** null: not found. */
  readonly cell: Cell | null
  /** The cell that count and order alone would give; null: they say nothing beside what gave `cell`. */
  readonly inOrder: Cell | null
}

/** One table of a form, laid over the document. */
export interface TableMatch {
  readonly spec: TableSpec
  /** 0: not printed; 1: every row and header to the word. */
  readonly fit: number
  /** In the form's order. Rows that only exist in place of others are left out where the others are printed. */
  readonly cells: readonly BoundCell[]
  /** Keys of rows that the organ's form does not have, by a variant the form knows. */
  readonly absentRows: readonly string[]
  /** Numbers of the grids it lies in. */
  readonly grids: readonly number[]
  readonly flags: readonly Flag[]
}

/** A row of the form that a line prints. */
export interface PlacedRow {
  readonly line: Line
  /** First grid column right of its label. */
  readonly from: number
  readonly header: ColumnBinding | null
  readonly binding: RowBinding
}

export function boundCells(table: TablePlan, placed: ReadonlyMap<string, PlacedRow>): readonly BoundCell[] {
  return table.rows.flatMap((row, i) => {
    const found = placed.get(row.key)
    if (found === undefined && row.insteadOf.length > 0) return []
    return (table.slots[i] ?? []).map((slot, column) => ({
      slot,
      row,
      headerUnit: found?.header?.headerUnits[column] ?? null,
      counted: found?.binding.kind === 'placed' && found.binding.counted,
      cell: found?.binding.cells[column] ?? null,
      inOrder: (found?.binding.kind === 'placed' ? found.binding.inOrder?.[column] : null) ?? null,
    }))
  })
}

/** Rows without a line of their own that a single printed row stands for. */
export function absentRows(
  leaves: readonly Leaf<RowSpec>[],
  placed: ReadonlyMap<string, PlacedRow>,
): readonly string[] {
  return leaves.flatMap((leaf) => {
    const standsIn = placed.has(leaf.key) && leaf.insteadOf.every((key) => !placed.has(key))
    return standsIn ? leaf.insteadOf : []
  })
}

/** How many rows the table has as this organ prints it. */
export function printedRows(
  leaves: readonly Leaf<RowSpec>[],
  placed: ReadonlyMap<string, PlacedRow>,
  absent: readonly string[],
): number {
  return leaves.filter((leaf) => (leaf.insteadOf.length === 0 ? !absent.includes(leaf.key) : placed.has(leaf.key)))
    .length
}
