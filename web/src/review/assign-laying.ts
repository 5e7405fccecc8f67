/**
 * Laying a grid of the original over a table of the form, by hand: what one begins with, and each change of it. Nothing is laid twice: what is
 * given a new place leaves its old one, and what was there before is dropped.
 */
import type { Document, Grid } from '../../../src/document/model.js'
import type { Fact, Vintage } from '../../../src/record.js'
import type { TablePlan } from '../../../src/report/form.js'
import {
  assignableGrids,
  type Laid,
  readLaying,
  type Suggestion,
  suggestLaying,
} from '../../../src/review/assigning.js'
import type { Laying } from '../../../src/review/decisions.js'
import type { Overlay } from '../../../src/review/overlay.js'

/** What is to be assigned: a table, or one row of it that was not recognised. */
export interface ToAssign {
  readonly table: string
  readonly row: string | null
}

export function layingOf(grid: number, vintage: Vintage, table: string, { rows, columns }: Suggestion): Laying {
  return {
    grid,
    vintage,
    table,
    rows: [...rows].map(([row, form]) => ({ row, form })),
    columns: [...columns].map(([column, form]) => ({ column, form })),
  }
}

/** What was assigned to it before; else what the labels and the order suggest: of a row alone, that row. */
export function beginWith(
  grid: Grid,
  at: number,
  plan: TablePlan,
  { row }: Pick<ToAssign, 'row'>,
  { assigned }: Pick<Overlay, 'assigned'>,
): Suggestion {
  const before = [...assigned.values()].find(
    ({ made }) => made.decision.grid === at && made.decision.table === plan.spec.key,
  )?.made.decision
  const suggested = suggestLaying(grid, plan)
  if (before !== undefined) {
    const known = new Map(before.rows.map((each) => [each.row, each.form]))
    const added = [...suggested.rows].filter(([line, form]) => form === row && !known.has(line))
    return {
      rows: new Map([...known, ...added]),
      columns: new Map(before.columns.map(({ column, form }) => [column, form])),
    }
  }
  if (row === null) return suggested
  return { ...suggested, rows: new Map([...suggested.rows].filter(([, form]) => form === row)) }
}

/** The grid in which most can be read as this table; one that other figures were read from only where no other fits. */
export function likeliestGrid(
  document: Document,
  plan: TablePlan,
  vintage: Vintage,
  what: Pick<ToAssign, 'row'>,
  facts: ReadonlyMap<string, Fact>,
  overlay: Pick<Overlay, 'assigned'>,
): number {
  const own = new Set(plan.slots.flatMap((across) => across.map(({ key }) => key)))
  const places = (isOwn: boolean) =>
    new Set(
      [...facts].flatMap(([key, { location }]) =>
        location !== null && own.has(key) === isOwn ? [placeOf(location)] : [],
      ),
    )
  const [mine, others] = [places(true), places(false)]
  const fits = assignableGrids(document).map((grid, at) => {
    const read = readLaying(document, layingOf(at, vintage, plan.spec.key, beginWith(grid, at, plan, what, overlay)))
    const count = typeof read === 'string' ? 0 : read.cells.filter(({ state }) => state !== 'unreadable').length
    const holds = (known: ReadonlySet<string>) => grid.cells.some(({ location }) => known.has(placeOf(location)))
    // A row that was not recognised stands in the grid of its table.
    if (what.row !== null && holds(mine)) return count + own.size
    return holds(others) ? count - own.size : count
  })
  return Math.max(0, fits.indexOf(Math.max(...fits)))
}

function placeOf(location: unknown): string {
  return JSON.stringify(location)
}

/** null: it is none of the form's. */
export function place(laid: Laid, at: number, form: string | null): Laid {
  const others = [...laid].filter(([other, key]) => other !== at && key !== form)
  return sorted(form === null ? others : [...others, [at, form]])
}

/** This row and those behind it, each to the next row of the form, or the one before; what goes over the edge is dropped. */
export function shift(laid: Laid, from: number, step: 1 | -1, keys: readonly string[]): Laid {
  const moved = [...laid].flatMap(([at, key]): [number, string][] => {
    if (at < from) return []
    const next = keys[keys.indexOf(key) + step]
    return next === undefined || (step === -1 && keys.indexOf(key) === 0) ? [] : [[at, next]]
  })
  const taken = new Set(moved.map(([, key]) => key))
  return sorted([...[...laid].filter(([at, key]) => at < from && !taken.has(key)), ...moved])
}

function sorted(entries: readonly (readonly [number, string])[]): Laid {
  return new Map([...entries].sort(([a], [b]) => a - b))
}
