/**
 * A table of a statutory form → the rows and columns of a table on the screen, with heads that span as on paper.
 *
 * Rows that a report does not print are left out where another row stands for them: one row for the three of 其他处理, or those for it. Each
 * data cell knows the heads it stands under, so that readers of the screen can say them.
 */
import {
  type ColumnSpec,
  type Label,
  type Leaf,
  planTable,
  type RowSpec,
  type Slot,
  type TableSpec,
} from '../../../src/report/form.js'

export interface Head {
  readonly id: string
  /** How far inside: 0 is over or beside all others. */
  readonly level: number
  readonly text: string
  readonly columnSpan: number
  readonly rowSpan: number
  /** A rule of two pixels is drawn at its right. */
  readonly endsGroup: boolean
}

export interface LaidCell {
  readonly key: string
  readonly slot: Slot
  /** Of the heads, for `headers`. */
  readonly heads: string
  readonly endsGroup: boolean
}

export interface LaidRow {
  readonly key: string
  readonly labels: readonly Head[]
  /** In a table whose rows are not spanned: how far the label is set in. */
  readonly depth: number
  readonly unit: string | null
  /** None: a heading over the rows below it. */
  readonly cells: readonly LaidCell[]
}

export interface LaidTable {
  readonly key: string
  readonly title: string
  /** The row over the head. */
  readonly banner: string | null
  /** What stands over the labels. */
  readonly corner: string | null
  readonly labelColumns: number
  readonly columns: number
  readonly head: readonly (readonly Head[])[]
  readonly rows: readonly LaidRow[]
}

/** `isPrinted`: the report has the cell. */
export function layTable(spec: TableSpec, isPrinted: (key: string) => boolean): LaidTable {
  const { rows, columns, slots } = planTable(spec)
  const heads = headRows(spec)
  const shown = rows.map((row, at) => ({ row, slots: slots[at] ?? [] })).filter(isShown(isPrinted))
  const ends = groupEnds(columns)
  const cellsOf = (row: readonly Slot[], labels: readonly string[]): LaidCell[] =>
    row.map((slot, at) => ({
      key: slot.key,
      slot,
      heads: [...labels, ...(heads.over[at] ?? [])].join(' '),
      endsGroup: ends.has(at),
    }))
  const laid = spec.facts === 'row' ? indented(spec, shown, cellsOf) : spanned(spec, shown, cellsOf)
  return {
    key: spec.key,
    title: spec.title,
    banner: spec.banner?.label ?? null,
    corner: spec.facts === 'row.column' ? (spec.otherColumns?.[0] ?? null) : null,
    labelColumns: laid.labelColumns,
    columns: columns.length,
    head: heads.rows,
    rows: laid.rows,
  }
}

interface Shown {
  readonly row: Leaf<RowSpec>
  readonly slots: readonly Slot[]
}

/** Of a row and those it may stand for, what is printed; the rows of the form where neither is. */
function isShown(isPrinted: (key: string) => boolean) {
  return ({ row, slots }: Shown, _at: number, all: readonly Shown[]): boolean => {
    const printed = (each: Shown | undefined) => each?.slots.some(({ key }) => isPrinted(key)) ?? false
    if (row.insteadOf.length > 0) return printed({ row, slots })
    const instead = all.find(({ row: other }) => other.insteadOf.includes(row.key))
    return instead === undefined || !printed(instead) || printed({ row, slots })
  }
}

function headRows(spec: TableSpec): { rows: Head[][]; over: string[][] } {
  const depth = depthOf(spec.columns)
  const rows: Head[][] = Array.from({ length: depth }, () => [])
  const over: string[][] = []
  const ends = groupEnds(planTable(spec).columns)
  let at = 0
  const place = (columns: readonly ColumnSpec[], level: number, above: readonly string[]) => {
    for (const column of columns) {
      const children = column.children ?? []
      const id = `${spec.key}-h${level}-${at}`
      const first = at
      if (children.length === 0) {
        over.push([...above, id])
        at += 1
      } else place(children, level + 1, [...above, id])
      rows[level]?.push({
        id,
        level,
        text: column.label,
        columnSpan: at - first,
        rowSpan: children.length === 0 ? depth - level : 1,
        endsGroup: ends.has(at - 1),
      })
    }
  }
  place(spec.columns, 0, [])
  return { rows, over }
}

function depthOf(specs: readonly { readonly children?: readonly ColumnSpec[] | readonly RowSpec[] }[]): number {
  return Math.max(0, ...specs.map(({ children = [] }) => 1 + depthOf(children)))
}

/** Columns after which another heading begins; not the last one, where the table ends anyway. */
function groupEnds(columns: readonly Leaf<ColumnSpec>[]): ReadonlySet<number> {
  const ends = new Set<number>()
  columns.forEach(({ path }, at) => {
    const next = columns[at + 1]?.path
    if (next === undefined) return
    const isGroup = path.length > 1 || next.length > 1
    if (isGroup && path.at(-2) !== next.at(-2) && !isWithin(next, path)) ends.add(at)
  })
  return ends
}

/** The next column is the first of a heading below the same one. */
function isWithin(next: readonly Label[], path: readonly Label[]): boolean {
  return next.length > path.length && path.slice(0, -1).every((label, at) => label === next[at])
}

type CellsOf = (row: readonly Slot[], labels: readonly string[]) => LaidCell[]

/** As on paper: a heading stands once beside all its rows. */
function spanned(spec: TableSpec, shown: readonly Shown[], cellsOf: CellsOf) {
  const labelColumns = spec.facts === 'column' ? 0 : depthOf(spec.rows)
  const rows = shown.map(({ row, slots }, at): LaidRow => {
    const labels: Head[] = []
    const ids: string[] = []
    row.path.forEach((label, level) => {
      const isOwn = level === row.path.length - 1
      const first = firstUnder(shown, at, level)
      const id = `${spec.key}-r${level}-${first}`
      ids.push(id)
      if (first !== at && !isOwn) return
      labels.push({
        id,
        level,
        text: label.label,
        columnSpan: isOwn ? labelColumns - level : 1,
        rowSpan: isOwn ? 1 : countUnder(shown, at, level),
        endsGroup: false,
      })
    })
    return {
      key: row.key,
      labels: labelColumns === 0 ? [] : labels,
      depth: 0,
      unit: null,
      cells: cellsOf(slots, labelColumns === 0 ? [] : ids),
    }
  })
  return { labelColumns, rows }
}

function isUnder(shown: readonly Shown[], at: number, other: number, level: number): boolean {
  const path = shown[at]?.row.path ?? []
  const otherPath = shown[other]?.row.path ?? []
  return otherPath.length > level + 1 && path.slice(0, level + 1).every((label, each) => label === otherPath[each])
}

function firstUnder(shown: readonly Shown[], at: number, level: number): number {
  let first = at
  while (first > 0 && isUnder(shown, at, first - 1, level)) first--
  return first
}

function countUnder(shown: readonly Shown[], at: number, level: number): number {
  let after = at + 1
  while (after < shown.length && isUnder(shown, at, after, level)) after++
  return after - at
}

/** Where figures stand at rows of any depth: one column of labels, set in, with headings between. */
function indented(spec: TableSpec, shown: readonly Shown[], cellsOf: CellsOf) {
  const rows: LaidRow[] = []
  const said = new Set<Label>()
  for (const { row, slots } of shown) {
    row.path.forEach((label, depth) => {
      const isOwn = depth === row.path.length - 1
      if (!isOwn && said.has(label)) return
      said.add(label)
      const id = `${spec.key}-r${rows.length}`
      rows.push({
        key: isOwn ? row.key : id,
        labels: [{ id, level: depth, text: label.label, columnSpan: 1, rowSpan: 1, endsGroup: false }],
        depth,
        unit: isOwn ? (slots[0]?.unit ?? null) : null,
        cells: isOwn ? cellsOf(slots, [id]) : [],
      })
    })
  }
  return { labelColumns: 1, rows }
}
