/** A form and what is printed in its cells → tables with merged cells, as the form lays them out. Every label comes from the form. */
import { type Form, type Label, planTable, type RowSpec, type TableSpec } from '../../src/report/form.js'
import { type Layout, printedRows } from './figures.js'
import type { Printed, SampleCell, SampleTable } from './model.js'

const NOTE = '（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）'
const STUB_WIDTHS = [0.6, 1.1, 2.6]
const REVIEW = 'review_litigation'

export function requestsTable(form: Form, printed: Printed, layout: Layout): SampleTable {
  const plan = planTable(specOf(form, 'requests'))
  const rows = printedRows(plan, layout)
  const columnPaths = plan.columns.map(({ path }) => path)
  const rowPaths = rows.map(({ path }) => path)
  const [head, stub] = [depthOf(columnPaths), depthOf(rowPaths)]
  const corner = label(0, 0, head, stub, NOTE)
  const header = spread(columnPaths, head).map(({ at, breadth, level, depth, text }) =>
    label(level, stub + at, depth, breadth, text),
  )
  const stubs = spread(rowPaths, stub).map(({ at, breadth, level, depth, text }) =>
    upright(label(head + at, level, breadth, depth, text), level === 0 && breadth > 1),
  )
  const figures = rows.flatMap((row, y) =>
    plan.columns.map((column, x) => figure(head + y, stub + x, 1, textOf(printed, `${row.key}.${column.key}`))),
  )
  return table([...STUB_WIDTHS, ...plan.columns.map(() => 0.8)], head, [corner, ...header, ...stubs, ...figures])
}

export function reviewTable(form: Form, printed: Printed): SampleTable {
  const { columns } = planTable(specOf(form, REVIEW))
  const paths = columns.map(({ path }) => path)
  const head = depthOf(paths)
  const header = spread(paths, head).map(({ at, breadth, level, depth, text }) =>
    label(level, at, depth, breadth, text),
  )
  const figures = columns.map(({ key }, x) => figure(head, x, 1, textOf(printed, key)))
  return table(
    columns.map(() => 1),
    head,
    [...header, ...figures],
  )
}

/** The small tables about article 20, each in a grid of its own. */
export function proactiveTables(form: Form, printed: Printed): SampleTable[] {
  return proactiveSpecs(form).map((spec) =>
    table([2, ...spec.columns.map(() => 6 / spec.columns.length)], 0, proactiveCells(spec, printed, 0, 1)),
  )
}

/** …or one under the other in one grid, where a table of few columns has wide ones. */
export function proactiveTable(form: Form, printed: Printed): SampleTable {
  const specs = proactiveSpecs(form)
  const counts = specs.map(({ columns }) => columns.length)
  const width = counts.some((count) => count === 2) ? 6 : 3
  const cells: SampleCell[] = []
  let row = 0
  for (const spec of specs) {
    cells.push(...proactiveCells(spec, printed, row, width / spec.columns.length))
    row += 2 + spec.rows.length
  }
  return table([2, ...Array<number>(width).fill(6 / width)], 0, cells)
}

function proactiveCells(spec: TableSpec, printed: Printed, top: number, span: number): SampleCell[] {
  const plan = planTable(spec)
  const banner = label(top, 0, 1, 1 + spec.columns.length * span, spec.banner?.label ?? '')
  const header = ['信息内容', ...plan.columns.map((column) => column.spec.label)].map((text, index) =>
    label(top + 1, index === 0 ? 0 : 1 + (index - 1) * span, 1, index === 0 ? 1 : span, text),
  )
  const rows = plan.rows.flatMap((row, y) => [
    label(top + 2 + y, 0, 1, 1, row.spec.label),
    ...plan.columns.map((column, x) =>
      figure(top + 2 + y, 1 + x * span, span, textOf(printed, `${row.key}.${column.key}`)),
    ),
  ])
  return [banner, ...header, ...rows]
}

/** 统计指标, 单位, 统计数: one line for each row of the form, also for those that are only headings. */
export function statisticsTable(form: Form, printed: Printed): SampleTable {
  const spec = specOf(form, 'statistics_2014')
  const lines = [
    { cells: ['统计指标', '单位', '统计数'], isFigure: false },
    ...linesOf(spec.rows, 0).map(({ row, depth }) =>
      row.key === undefined
        ? { cells: [row.label, '——', '——'], isFigure: false }
        : { cells: [`${'　'.repeat(depth)}${row.label}`, row.unit ?? '件', textOf(printed, row.key)], isFigure: true },
    ),
  ]
  const cells = lines.flatMap(({ cells, isFigure }, y) =>
    cells.map((text, x) => (x === 2 && isFigure ? figure(y, x, 1, text) : label(y, x, 1, 1, text))),
  )
  return table([6, 1, 1.2], 1, cells)
}

function linesOf(rows: readonly RowSpec[], depth: number): { readonly row: RowSpec; readonly depth: number }[] {
  return rows.flatMap((row) => [{ row, depth }, ...linesOf(row.children ?? [], depth + 1)])
}

interface Placed {
  /** Leaves before it, and leaves under it. */
  readonly at: number
  readonly breadth: number
  /** Levels above it, and levels that it takes. */
  readonly level: number
  readonly depth: number
  readonly text: string
}

/** Neighbours that have a label in common share its cell; the last label of a short path takes the levels that are left. */
function spread(paths: readonly (readonly Label[])[], depth: number): Placed[] {
  return paths.flatMap((path, at) =>
    path.flatMap((part, level): Placed[] => {
      if (paths[at - 1]?.[level] === part) return []
      const next = paths.findIndex((other, index) => index > at && other[level] !== part)
      const breadth = (next === -1 ? paths.length : next) - at
      return [{ at, breadth, level, depth: level === path.length - 1 ? depth - level : 1, text: part.label }]
    }),
  )
}

function depthOf(paths: readonly (readonly Label[])[]): number {
  return Math.max(...paths.map((path) => path.length))
}

function table(widths: readonly number[], headerRows: number, cells: readonly SampleCell[]): SampleTable {
  const rowCount = Math.max(...cells.map(({ row, rowSpan }) => row + rowSpan))
  return { widths, rowCount, headerRows, cells: [...cells].sort((a, b) => a.row - b.row || a.column - b.column) }
}

function label(row: number, column: number, rowSpan: number, columnSpan: number, text: string): SampleCell {
  return { row, column, rowSpan, columnSpan, text, kind: 'label' }
}

function figure(row: number, column: number, columnSpan: number, text: string): SampleCell {
  return { row, column, rowSpan: 1, columnSpan, text, kind: 'figure' }
}

function upright(cell: SampleCell, isUpright: boolean): SampleCell {
  return isUpright ? { ...cell, upright: true } : cell
}

function proactiveSpecs(form: Form): readonly TableSpec[] {
  return form.tables.filter(({ record }) => record === 'proactive')
}

function specOf(form: Form, key: string): TableSpec {
  const spec = form.tables.find((candidate) => candidate.key === key)
  if (spec === undefined) throw new Error(`the form of ${form.vintage} has no table ${key}`)
  return spec
}

function textOf(printed: Printed, key: string): string {
  const text = printed.get(key)
  if (text === undefined) throw new Error(`nothing is printed for ${key}`)
  return text
}
