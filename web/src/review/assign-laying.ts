/**
 * Laying a grid of the original over a table of the form, by hand: what one begins with, and each change of it. Nothing is laid twice: what is
 * given a new place leaves its old one, and what was there before is dropped.
 */
import type { Document, Grid } from '../../../src/document/model.js'
import type { Fact, Location, Vintage } from '../../../src/record.js'
import type { TablePlan } from '../../../src/report/form.js'
import { looksLikeFigure } from '../../../src/report/lines.js'
import {
  assignableGrids,
  type Laid,
  readLaying,
  type Stretch,
  type Suggestion,
  suggestLaying,
  tableOf,
} from '../../../src/review/assigning.js'
import type { Laying } from '../../../src/review/decisions.js'
import { plansOf } from '../../../src/review/form-cells.js'
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

/** What there is to lay, and what of it is known. */
export interface Ground {
  readonly document: Document
  readonly grids: readonly Grid[]
  readonly vintage: Vintage
  readonly assigned: Overlay['assigned']
  /** By place: the table of the form that was read or assigned there, by its number in the form; null: none of this form. */
  readonly held: ReadonlyMap<string, number | null>
}

/** `facts`: as they now stand. */
export function groundOf(
  document: Document,
  vintage: Vintage,
  facts: ReadonlyMap<string, Fact>,
  assigned: Overlay['assigned'],
): Ground {
  const tables = new Map(
    plansOf(vintage).flatMap(({ slots }, table) => slots.flat().map(({ key }) => [key, table] as const)),
  )
  const held = new Map(
    [...facts].flatMap(([key, { location }]) =>
      location === null ? [] : [[placeOf(location), tables.get(key) ?? null] as const],
    ),
  )
  return { document, grids: assignableGrids(document), vintage, assigned, held }
}

/** What was assigned to it before; else what the labels and the order suggest: of a row alone, that row. */
export function beginWith(ground: Ground, at: number, plan: TablePlan, row: string | null): Suggestion {
  const grid = ground.grids[at]
  if (grid === undefined) return { rows: new Map(), columns: new Map() }
  const before = [...ground.assigned.values()].find(
    ({ made }) => made.decision.grid === at && made.decision.table === plan.spec.key,
  )?.made.decision
  const between = suggestLaying(grid, plan, stretchOf(ground, grid, plan))
  const suggested = between.rows.size > 0 ? between : suggestLaying(grid, plan)
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

/** Of a grid: what is behind the tables that stand before this one in the form, and before those behind it. */
function stretchOf({ vintage, held }: Ground, { cells, rowCount }: Grid, { spec }: TablePlan): Stretch {
  const own = numberOf(vintage, spec.key)
  let [from, to] = [0, rowCount]
  for (const { row, location } of cells) {
    const table = held.get(placeOf(location)) ?? own
    if (table < own) from = Math.max(from, row + 1)
    if (table > own) to = Math.min(to, row)
  }
  return [from, to]
}

export interface Likeliest {
  readonly grid: number
  /** It would take no figure of another table, and leave few over. */
  readonly fits: boolean
}

/** The grid in which most can be read as this table. */
export function likeliestGrid(ground: Ground, plan: TablePlan, row: string | null): Likeliest {
  const fits = fitsOf(ground, plan, row)
  const best = Math.max(...fits)
  return { grid: Math.max(0, fits.indexOf(best)), fits: best > 0 }
}

/**
 * Of each grid: best one between the tables before this one in the form and those behind it; the less, the more figures of its rows would be left
 * over. 0 or less: nothing in it is free and fits.
 */
function fitsOf(ground: Ground, plan: TablePlan, row: string | null): readonly number[] {
  const { document, grids, vintage, held } = ground
  const own = numberOf(vintage, plan.spec.key)
  const size = plan.slots.flat().length
  const tables = grids.map(({ cells }) => cells.flatMap(({ location }) => held.get(placeOf(location)) ?? []))
  const first = tables.findLastIndex((all) => all.some((table) => table < own))
  const behind = tables.findIndex((all) => all.some((table) => table > own))
  const isOthers = (location: Location) => held.has(placeOf(location)) && held.get(placeOf(location)) !== own
  return grids.map((grid, at) => {
    const laid = beginWith(ground, at, plan, row)
    const read = readLaying(document, layingOf(at, vintage, plan.spec.key, laid))
    const cells = typeof read === 'string' ? [] : read.cells
    const count = cells.filter(({ state }) => state !== 'unreadable').length - leftOver(grid, laid)
    // A row that was not recognised stands in the grid of its table.
    if (row !== null && tables[at]?.includes(own)) return count + 2 * size
    if (cells.some(({ location }) => isOthers(location))) return count - size
    return count > 0 && at >= first && (behind < 0 || at <= behind) ? count + size : count
  })
}

function leftOver({ cells }: Grid, { rows, columns }: Suggestion): number {
  const first = Math.min(...columns.keys())
  return cells.filter(
    ({ row, column, text }) =>
      rows.has(row) && column > first && !columns.has(column) && text.trim() !== '' && looksLikeFigure(text),
  ).length
}

/** Where a table is looked for: what those before it in the form, of these that are lacking, are likely to take is not free. */
export function groundFor(ground: Ground, table: string, lacking: readonly string[]): Ground {
  const own = numberOf(ground.vintage, table)
  return layOut(
    ground,
    lacking.filter((key) => numberOf(ground.vintage, key) < own),
  ).ground
}

/** Which of these tables are to be laid beside one, those behind it in the form first: all that are likely to be in the document. */
export function tablesBeside(ground: Ground, table: string, lacking: readonly string[]): readonly string[] {
  const own = numberOf(ground.vintage, table)
  const others = layOut(ground, lacking).likely.filter((key) => key !== table)
  const isBehind = (key: string) => numberOf(ground.vintage, key) > own
  return [...others.filter(isBehind), ...others.filter((key) => !isBehind(key))]
}

/** Tables in the order of the form: each takes what is likeliest, if anything is likely. */
function layOut(ground: Ground, tables: readonly string[]): { ground: Ground; likely: readonly string[] } {
  const { document, vintage } = ground
  const held = new Map(ground.held)
  const now = { ...ground, held }
  const likely = tables.filter((key) => {
    const plan = tableOf({ vintage, table: key })
    if (plan === null) return false
    const { grid, fits } = likeliestGrid(now, plan, null)
    const read = readLaying(document, layingOf(grid, vintage, key, beginWith(now, grid, plan, null)))
    if (!fits || typeof read === 'string') return false
    for (const { location } of read.cells) held.set(placeOf(location), numberOf(vintage, key))
    return true
  })
  return { ground: now, likely }
}

/** Tables of which not one cell was read or given, in the order of the form. */
export function lackingTables(
  vintage: Vintage,
  facts: ReadonlyMap<string, Fact>,
  corrections: ReadonlyMap<string, unknown>,
): readonly string[] {
  const isThere = (key: string) => corrections.has(key) || (facts.get(key)?.state ?? 'absent') !== 'absent'
  return plansOf(vintage).flatMap(({ spec, slots }) => (slots.flat().some(({ key }) => isThere(key)) ? [] : [spec.key]))
}

function numberOf(vintage: Vintage, table: string): number {
  return plansOf(vintage).findIndex(({ spec }) => spec.key === table)
}

function placeOf(location: Location): string {
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
