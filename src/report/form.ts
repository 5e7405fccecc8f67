/**
 * What a statutory form is: sections, tables, and one fact for each data cell, as data (forms/*.ts).
 *
 * Everything in `report/` is general code over this. A new vintage, or another family of reports, is a new file of data.
 * A label is given as the form prints it, with its enumerator; variants are other wordings met in published reports. Both are
 * folded by labels.ts before they are compared, so width, spaces and quotes need no variants.
 */
import type { Vintage } from '../record.js'
import type { FactType } from './reading.js'

export interface Form {
  readonly vintage: Vintage
  /** Years reported on; `to` is null while the form is in force. */
  readonly years: { readonly from: number; readonly to: number | null }
  /** In the form's order. */
  readonly sections: readonly SectionSpec[]
  readonly tables: readonly TableSpec[]
}

export interface SectionSpec {
  /** null: a part that reports of this vintage have, without a key in the record. */
  readonly key: string | null
  readonly title: string
  /** Of a title without its ordinal, white space and closing punctuation. */
  readonly pattern: RegExp
  /** What a title of other wording still says, where the heading counts like the others. */
  readonly loose?: RegExp
  readonly required: boolean
}

export interface TableSpec {
  readonly key: string
  /** The table of the record that it is shown in. */
  readonly record: string
  /** Key of its section; null: an appendix. */
  readonly section: string | null
  readonly title: string
  /** The row over the header that names the table, where several tables share a grid. */
  readonly banner?: Label
  /** How the key of a fact is made of the keys of its row and column. */
  readonly facts: 'row.column' | 'column' | 'row'
  readonly columns: readonly ColumnSpec[]
  /** Headers of columns that hold no figures of the form. */
  readonly otherColumns?: readonly string[]
  readonly rows: readonly RowSpec[]
}

/** The tables of a section may share its title; the row over the header tells them apart. */
export function nameOfTable({ title, banner }: TableSpec): string {
  return banner === undefined ? title : `${title}·${banner.label}`
}

export interface Label {
  readonly label: string
  readonly variants?: readonly string[]
}

export interface ColumnSpec extends Label {
  /** Only on columns that hold figures. */
  readonly key?: string
  /** integer where left out. */
  readonly type?: FactType
  /** 件 where left out. */
  readonly unit?: string
  readonly children?: readonly ColumnSpec[]
}

export interface RowSpec extends Label {
  /** Only on rows that hold figures. */
  readonly key?: string
  readonly type?: FactType
  readonly unit?: string
  readonly children?: readonly RowSpec[]
  /** Key of the single row that stands for the children where an organ kept the form before. */
  readonly insteadOfChildren?: string
}

/** One row or column that holds figures, with the labels above it. */
export interface Leaf<T extends Label> {
  readonly key: string
  readonly spec: T
  /** Labels from the outside in, its own last. */
  readonly path: readonly Label[]
  /** The row stands for these rows, which are then absent (`insteadOfChildren`). */
  readonly insteadOf: readonly string[]
}

/** One data cell of the form, that is, one fact. */
export interface Slot {
  readonly key: string
  /** 三、本年度办理结果 / （三）不予公开 / 1.属于国家秘密 / 自然人: what a person calls the cell. */
  readonly label: string
  readonly type: FactType
  readonly unit: string
}

/** A table of the form, spread out once: what its tree of labels says about each row, column and cell. */
export interface TablePlan {
  readonly spec: TableSpec
  /** In the form's order; a row that may stand for others comes after them. */
  readonly rows: readonly Leaf<RowSpec>[]
  readonly columns: readonly Leaf<ColumnSpec>[]
  /** By row, then column. */
  readonly slots: readonly (readonly Slot[])[]
}

export function planTable(spec: TableSpec): TablePlan {
  const rows = leaves(spec.rows, [])
  const columns = leaves(spec.columns, [])
  return { spec, rows, columns, slots: rows.map((row) => columns.map((column) => slotOf(spec, row, column))) }
}

function leaves<T extends ColumnSpec | RowSpec>(specs: readonly T[], above: readonly Label[]): Leaf<T>[] {
  return specs.flatMap((spec) => {
    const path = [...above, spec]
    const below = leaves((spec.children ?? []) as readonly T[], path)
    const own = spec.key === undefined ? [] : [{ key: spec.key, spec, path, insteadOf: [] }]
    const instead = 'insteadOfChildren' in spec ? spec.insteadOfChildren : undefined
    return instead === undefined
      ? [...own, ...below]
      : [...below, { key: instead, spec, path, insteadOf: below.map((leaf) => leaf.key) }]
  })
}

function slotOf(table: TableSpec, row: Leaf<RowSpec>, column: Leaf<ColumnSpec>): Slot {
  const type = row.spec.type ?? column.spec.type ?? 'integer'
  const unit = row.spec.unit ?? column.spec.unit ?? '件'
  const rows = row.path.map((part) => part.label)
  const columns = column.path.map((part) => part.label)
  switch (table.facts) {
    case 'row':
      return { key: row.key, label: rows.join(' / '), type, unit }
    case 'column':
      return { key: column.key, label: columns.join(' / '), type, unit }
    case 'row.column':
      return { key: `${row.key}.${column.key}`, label: [...rows, ...columns].join(' / '), type, unit }
  }
}
