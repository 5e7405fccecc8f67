/**
 * A grid of a document and a table of a form → which of its rows and columns are which of the form's, as a suggestion; and, once a person has
 * laid one over the other, the cells as they read.
 *
 * The suggestion is told by the labels that are known and by order otherwise; it is there to be changed. What a cell holds is told by the
 * reader of cells alone: whatever it doubts (two figures in one cell, figures merged over cells, letters that were not recognised with
 * certainty, a picture) is unreadable and left for a person to fill in, never guessed.
 */
import type { Cell, Document, Grid } from '../document/model.js'
import { ColumnSequence } from '../report/columns.js'
import { planTable, type Slot, type TablePlan } from '../report/form.js'
import { FORMS } from '../report/forms/all.js'
import { withoutSpace } from '../report/labels.js'
import { gridsOf, type Line, linesOf, looksLikeFigure, paragraphsOf, unflatten } from '../report/lines.js'
import { readCell, unitInHeader } from '../report/numerals.js'
import { labelCell, RowSequence } from '../report/rows.js'
import type { AssignedCell, Laying } from './decisions.js'

/** Row or column of the grid → key of the form's. */
export type Laid = ReadonlyMap<number, string>

export interface Suggestion {
  readonly rows: Laid
  readonly columns: Laid
}

/** A header has at most so many lines. */
const HEADER_LINES = 5

/** In document order; last, where figures stand in paragraphs of their own, these as a grid. */
export function assignableGrids(document: Document): readonly Grid[] {
  const loose = unflatten(paragraphsOf(document))
  return loose === null ? gridsOf(document) : [...gridsOf(document), loose]
}

/** null: the form has no such table. */
export function tableOf({ vintage, table }: Pick<Laying, 'vintage' | 'table'>): TablePlan | null {
  const spec = FORMS.find((form) => form.vintage === vintage)?.tables.find(({ key }) => key === table)
  return spec === undefined ? null : planTable(spec)
}

/** All a grid prints: what a decision about it rests on. */
export function printedGrid(grid: Grid): string {
  return linesOf(grid, 0)
    .map((line) =>
      line.cells
        .filter((cell) => cell.row === line.row)
        .map(({ text }) => text)
        .join('\t'),
    )
    .join('\n')
}

/** Rows of a grid from the first one up to the last, without it. */
export type Stretch = readonly [from: number, to: number]

/** `stretch`: where the table lies in the grid, as far as one knows. */
export function suggestLaying(grid: Grid, plan: TablePlan, [from, to]: Stretch = [0, grid.rowCount]): Suggestion {
  const lines = linesOf(grid, 0)
  const own = lines.slice(from, to)
  const found = plan.spec.facts === 'column' ? onlyRow(own, plan) : labelledRows(own, plan)
  const rows = new Map([...found].map(([at, form]) => [at + from, form]))
  return { rows, columns: suggestColumns(lines, rows, plan) }
}

/** A table without labels has one row: the line with the most figures. */
function onlyRow(lines: readonly Line[], { rows }: TablePlan): Laid {
  const figures = lines.map((line) => (isNumbering(line) ? 0 : countFigures(line)))
  const most = Math.max(0, ...figures)
  const form = rows[0]?.key
  return most === 0 || form === undefined ? new Map() : new Map([[figures.indexOf(most), form]])
}

function labelledRows(lines: readonly Line[], plan: TablePlan): Laid {
  const aligned = new RowSequence([plan]).align(lines)
  const keys = plan.rows.filter(({ insteadOf }) => insteadOf.length === 0).map(({ key }) => key)
  const rows = new Map<number, string>()
  aligned.forEach((row, at) => {
    if (row !== null) rows.set(at, row.leaf.key)
  })
  const open = lines.flatMap((line, at) => (!rows.has(at) && isRow(line) ? [at] : []))
  for (const [at, key] of byOrder(open, rows, keys)) rows.set(at, key)
  return new Map([...rows].sort(([a], [b]) => a - b))
}

/** Lines between two that are known, where they are as many as the rows missing there; all of them, where none is known. */
function byOrder(
  open: readonly number[],
  known: Laid,
  keys: readonly string[],
): readonly (readonly [number, string])[] {
  const fixed = [...known].filter(([, key]) => keys.includes(key)).sort(([a], [b]) => a - b)
  const ends = [[-1, -1] as const, ...fixed.map(([at, key]) => [at, keys.indexOf(key)] as const)]
  return ends.flatMap(([line, row], i) => {
    const [nextLine, nextRow] = ends[i + 1] ?? [Number.POSITIVE_INFINITY, keys.length]
    const between = open.filter((at) => at > line && at < nextLine)
    const missing = keys.slice(row + 1, nextRow)
    if (fixed.length > 0 && between.length !== missing.length) return []
    return between.slice(0, missing.length).map((at, k) => [at, missing[k] ?? ''] as const)
  })
}

function suggestColumns(lines: readonly Line[], rows: Laid, plan: TablePlan): Laid {
  const keys = plan.columns.map(({ key }) => key)
  const own = [...rows.keys()].flatMap((at) => lines[at] ?? [])
  const first = Math.min(...rows.keys(), lines.length)
  const from = plan.spec.facts === 'column' ? 0 : Math.min(...own.map(behindLabel))
  const header = lines.slice(Math.max(0, first - HEADER_LINES), first)
  const bound = new ColumnSequence(plan.columns, plan.spec.otherColumns).bind(header, Math.min(from, 1))
  const columns = new Map(
    bound.ranges.flatMap((range, i) => (range === null ? [] : [[range[0], keys[i] ?? ''] as const])),
  )
  if (columns.size === keys.length) return columns
  const figures = columnsWithFigures(own, Number.isFinite(from) ? from : 0)
  if (columns.size > 0 && figures.length !== keys.length) return columns
  return new Map(figures.slice(0, keys.length).map((column, i) => [column, keys[i] ?? '']))
}

/** Where figures begin, or blanks stand between them. */
function columnsWithFigures(lines: readonly Line[], from: number): readonly number[] {
  const cells = lines.flatMap((line) => line.cells.filter((cell) => cell.column >= from))
  const begin = (cell: Cell) => looksLikeFigure(cell.text)
  const first = Math.min(...cells.filter(begin).map(({ column }) => column))
  const last = Math.max(...cells.filter(begin).map(({ column }) => column))
  const columns = new Set(cells.map(({ column }) => column).filter((column) => column >= first && column <= last))
  return [...columns].sort((a, b) => a - b)
}

function behindLabel(line: Line): number {
  const label = labelCell(line, new Set())
  return label === null ? 0 : label.column + label.columnSpan
}

function isRow(line: Line): boolean {
  return countFigures(line) > 0 && !isNumbering(line)
}

function countFigures(line: Line): number {
  return line.cells.filter(({ text }) => withoutSpace(text) !== '' && looksLikeFigure(text)).length
}

/** 1, 2, 3, … under the heads. */
function isNumbering(line: Line): boolean {
  const texts = line.cells.map(({ text }) => withoutSpace(text)).filter((text) => text !== '')
  return texts.length > 2 && texts.every((text, i) => text === String(i + 1))
}

export const LAYING_FAULTS = ['no_such_grid', 'no_such_table', 'no_such_place', 'laid_twice', 'nothing_laid'] as const
export type LayingFault = (typeof LAYING_FAULTS)[number]

export interface ReadAs {
  readonly printed: string
  readonly cells: readonly AssignedCell[]
}

/** What a laying comes to in this document, or what is wrong with it. */
export function readLaying(document: Document, laying: Laying): ReadAs | LayingFault {
  const grid = assignableGrids(document)[laying.grid]
  if (grid === undefined) return 'no_such_grid'
  const plan = tableOf(laying)
  if (plan === null) return 'no_such_table'
  const { rows, columns } = laying
  const isThere =
    rows.every(({ row, form }) => row < grid.rowCount && plan.rows.some(({ key }) => key === form)) &&
    columns.every(({ column, form }) => column < grid.columnCount && plan.columns.some(({ key }) => key === form))
  if (!isThere) return 'no_such_place'
  const places = [rows.map(({ row }) => row), columns.map(({ column }) => column)]
  const forms = [rows.map(({ form }) => form), columns.map(({ form }) => form)]
  if ([...places, ...forms].some((all) => new Set<unknown>(all).size < all.length)) return 'laid_twice'
  if (isBothWays(plan, new Set(forms[0] ?? []))) return 'laid_twice'
  const cells = cellsLaid(grid, plan, laying)
  return cells.length === 0 ? 'nothing_laid' : { printed: printedGrid(grid), cells }
}

/** A row, and one of those that it stands in place of. */
function isBothWays({ rows }: TablePlan, laid: ReadonlySet<string>): boolean {
  return rows.some(({ key, insteadOf }) => laid.has(key) && insteadOf.some((other) => laid.has(other)))
}

function cellsLaid(grid: Grid, plan: TablePlan, { rows, columns }: Laying): readonly AssignedCell[] {
  const lines = linesOf(grid, 0)
  const first = Math.min(...rows.map(({ row }) => row))
  const at = (row: number, column: number) =>
    lines[row]?.cells.find((cell) => cell.column <= column && column < cell.column + cell.columnSpan)
  const found = rows.flatMap(({ row, form }) => {
    const slots = plan.slots[plan.rows.findIndex(({ key }) => key === form)] ?? []
    return columns.flatMap(({ column, form: columnForm }) => {
      const slot = slots[plan.columns.findIndex(({ key }) => key === columnForm)]
      const cell = at(row, column)
      return slot === undefined || cell === undefined ? [] : [{ slot, cell, column }]
    })
  })
  const uses = new Map<Cell, number>()
  for (const { cell } of found) uses.set(cell, (uses.get(cell) ?? 0) + 1)
  const headers = lines.slice(0, first)
  return found.map(({ slot, cell, column }) => readAs(slot, cell, unitOver(headers, column), (uses.get(cell) ?? 0) > 1))
}

function unitOver(headers: readonly Line[], column: number): string | null {
  const over = headers.flatMap(({ cells }) =>
    cells.filter((cell) => cell.column <= column && column < cell.column + cell.columnSpan),
  )
  return unitInHeader(over.map(({ text }) => text).join(''))
}

const STATES = { number: 'number', zero: 'zero', empty: 'blank', dash: 'dash', text: 'unreadable' } as const
/**
 * Doubts about which cell a figure belongs to: the person who laid the grid over the form has settled that. An open cell of a page is not
 * among them, as it may hold half a figure; a field of a text is whole.
 */
function isSettledByLaying({ doubt, location }: Cell): boolean {
  return doubt === undefined || doubt === 'ragged_row' || (doubt === 'open_grid' && location.kind === 'line')
}

function readAs({ key, type, unit }: Slot, cell: Cell, headerUnit: string | null, isShared: boolean): AssignedCell {
  const { text: raw, location } = cell
  const { reading, joined } = readCell(raw, type, unit, headerUnit)
  const isDoubted =
    isShared ||
    joined ||
    cell.hasImage === true ||
    !isSettledByLaying(cell) ||
    (cell.aligned !== undefined && cell.aligned !== raw)
  const state = isDoubted ? 'unreadable' : STATES[reading.kind]
  const value = state === 'zero' ? 0 : state === 'number' && reading.kind === 'number' ? reading.value : null
  return { fact: key, raw, state, value, location }
}
