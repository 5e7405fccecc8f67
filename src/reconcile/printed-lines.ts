/**
 * Figures → the lines in which the form prints them, for errors that go along a line.
 *
 * A line is a row of a table. A cell whose figure the caller does not have ends a line, so that cells next to each other in a line are
 * next to each other on the page.
 */

import { planTable } from '../report/form.js'
import { FORMS } from '../report/forms/all.js'

export interface PrintedTable {
  /** Of figures, by their number in the caller's list. */
  readonly lines: readonly (readonly number[])[]
  /** Lines that stand next to each other, cell by cell. */
  readonly neighbours: readonly (readonly [readonly number[], readonly number[]])[]
}

interface Placed {
  readonly key: string
  readonly table: string
}

/** By table, the keys of its cells in each form that has it, line by line. */
let layouts: Map<string, string[][][]> | null = null

/** null: a figure of no interest. */
export function printedTables(figures: readonly (Placed | null)[]): PrintedTable[] {
  const byTable = new Map<string, Map<string, number>>()
  figures.forEach((figure, number) => {
    if (figure === null) return
    byTable.set(figure.table, (byTable.get(figure.table) ?? new Map<string, number>()).set(figure.key, number))
  })
  return [...byTable].flatMap(([table, numbers]) => {
    const layout = layoutOf(table, numbers)
    return layout === null ? [] : [lay(layout, numbers)]
  })
}

/** The form that prints most of these figures. */
function layoutOf(table: string, numbers: ReadonlyMap<string, number>): string[][] | null {
  layouts ??= allLayouts()
  const printed = (layout: string[][]): number => layout.flat().filter((key) => numbers.has(key)).length
  const [first, ...others] = layouts.get(table) ?? []
  if (first === undefined) return null
  return others.reduce((best, layout) => (printed(layout) > printed(best) ? layout : best), first)
}

function lay(layout: readonly string[][], numbers: ReadonlyMap<string, number>): PrintedTable {
  const rows = layout.map((keys) => keys.map((key) => numbers.get(key) ?? null)).filter((row) => row.some(isNumber))
  return {
    lines: rows.flatMap(runs),
    neighbours: rows.slice(1).flatMap((row, above) => {
      const pairs = row.map((cell, x) => [rows[above]?.[x] ?? null, cell] as const)
      const both = pairs.flatMap(([upper, lower]) =>
        upper === null || lower === null ? [] : [[upper, lower] as const],
      )
      return both.length > 0 ? [[both.map(([upper]) => upper), both.map(([, lower]) => lower)] as const] : []
    }),
  }
}

function isNumber(cell: number | null): boolean {
  return cell !== null
}

/** Without its gaps, in the pieces that these leave. */
function runs(row: readonly (number | null)[]): number[][] {
  const pieces: number[][] = [[]]
  for (const cell of row) {
    if (cell === null) pieces.push([])
    else pieces.at(-1)?.push(cell)
  }
  return pieces.filter(({ length }) => length > 1)
}

function allLayouts(): Map<string, string[][][]> {
  const found = new Map<string, string[][][]>()
  for (const spec of FORMS.flatMap(({ tables }) => tables)) {
    const keys = planTable(spec).slots.map((row) => row.map(({ key }) => key))
    found.set(spec.key, [...(found.get(spec.key) ?? []), keys])
  }
  return found
}
