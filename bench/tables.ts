/** The tables of the form of 2021, and others, as cells with spans: what both the PDF and the DOCX of reports.ts are drawn from. */
import type { ColumnSpec, Label, RowSpec, TableSpec } from '../src/report/form.js'
import { form2021 } from '../src/report/forms/2021.js'

export interface BenchCell {
  readonly row: number
  readonly column: number
  readonly rowSpan: number
  readonly columnSpan: number
  readonly text: string
}

export interface BenchTable {
  /** Relative widths. */
  readonly columns: readonly number[]
  readonly rowCount: number
  readonly cells: readonly BenchCell[]
}

interface Tree extends Label {
  readonly children?: readonly Tree[]
}

const REQUESTS_MADE = 12
/** Every other figure is 0: the identities of the form then hold. */
const NOT_ZERO = /^requests\.(?:new|outcome\.granted|outcome\.total)\.(?:natural_person|total)$/

export function requestsTable(): BenchTable {
  const table = specOf('requests')
  return crossTable(table.columns, table.rows, (row, column) => (NOT_ZERO.test(`${row}.${column}`) ? REQUESTS_MADE : 0))
}

export function reviewTable(): BenchTable {
  return crossTable(specOf('review_litigation').columns, [], () => 0)
}

/** The four small tables about article 20, one under the other in one grid. */
export function proactiveTable(): BenchTable {
  const cells: BenchCell[] = []
  let row = 0
  for (const { banner, columns, rows } of form2021.tables.filter((table) => table.record === 'proactive')) {
    const span = 3 / columns.length
    cells.push({ row, column: 0, rowSpan: 1, columnSpan: 4, text: banner?.label ?? '' })
    for (const line of [{ label: '信息内容' }, ...rows]) {
      row += 1
      cells.push({ row, column: 0, rowSpan: 1, columnSpan: 1, text: line.label })
      columns.forEach(({ label }, index) => {
        const text = line.label === '信息内容' ? label : '0'
        cells.push({ row, column: 1 + index * span, rowSpan: 1, columnSpan: span, text })
      })
    }
    row += 1
  }
  return { columns: [2, 1, 1, 1], rowCount: row, cells }
}

/** No table of the form: offices against months. */
export function officesTable(rowCount: number): BenchTable {
  const months = Array.from({ length: 9 }, (_, index) => ({ label: `${index + 1}月`, key: String(index) }))
  const offices = Array.from({ length: rowCount }, (_, index) => ({
    label: `第${index + 1}街道办事处`,
    key: String(index),
  }))
  return crossTable(months, offices, (row, column) => Number(row) * 7 + Number(column) * 3)
}

function specOf(key: string): TableSpec {
  const table = form2021.tables.find((candidate) => candidate.key === key)
  if (table === undefined) throw new Error(`the form has no table ${key}`)
  return table
}

type Keyed = Tree & Pick<ColumnSpec | RowSpec, 'key'>

function crossTable(
  columns: readonly Tree[],
  rows: readonly Tree[],
  figure: (row: string, column: string) => number,
): BenchTable {
  const stub = depthOf(rows)
  const head = depthOf(columns)
  const header = place(columns, head).map(({ at, level, breadth, depth, text }) => ({
    row: level,
    column: stub + at,
    rowSpan: depth,
    columnSpan: breadth,
    text,
  }))
  const labels = place(rows, stub).map(({ at, level, breadth, depth, text }) => ({
    row: head + at,
    column: level,
    rowSpan: breadth,
    columnSpan: depth,
    text,
  }))
  const corner = stub === 0 ? [] : [{ row: 0, column: 0, rowSpan: head, columnSpan: stub, text: '项目' }]
  const rowKeys = rows.length === 0 ? [''] : leafKeys(rows)
  const columnKeys = leafKeys(columns)
  const figures = rowKeys.flatMap((row, y) =>
    columnKeys.map((column, x) => ({
      row: head + y,
      column: stub + x,
      rowSpan: 1,
      columnSpan: 1,
      text: String(figure(row, column)),
    })),
  )
  const stubWidths = stub === 1 ? [2] : [0.7, 1.3, 2.4].slice(0, stub)
  return {
    columns: [...stubWidths, ...columnKeys.map(() => 1)],
    rowCount: head + rowKeys.length,
    cells: [...corner, ...header, ...labels, ...figures],
  }
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

function place(trees: readonly Tree[], height: number, level = 0, start = 0): Placed[] {
  let at = start
  return trees.flatMap((tree) => {
    const children = tree.children ?? []
    const breadth = Math.max(1, leafKeys([tree]).length)
    const depth = children.length === 0 ? height - level : 1
    const placed = { at, breadth, level, depth, text: tree.label }
    const below = place(children, height, level + 1, at)
    at += breadth
    return [placed, ...below]
  })
}

function depthOf(trees: readonly Tree[]): number {
  return trees.length === 0 ? 0 : 1 + Math.max(...trees.map((tree) => depthOf(tree.children ?? [])))
}

function leafKeys(trees: readonly Keyed[]): string[] {
  return trees.flatMap((tree) => (tree.children === undefined ? [tree.key ?? ''] : leafKeys(tree.children)))
}
