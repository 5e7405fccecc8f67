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

export function leafColumns(table: TableSpec): readonly Leaf<ColumnSpec>[] {
  return leaves(table.columns, [])
}

/** In the form's order; a row that may stand for its children comes after them. */
export function leafRows(table: TableSpec): readonly Leaf<RowSpec>[] {
  return leaves(table.rows, [])
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

export function factKey(table: TableSpec, row: Leaf<RowSpec>, column: Leaf<ColumnSpec>): string {
  switch (table.facts) {
    case 'row':
      return row.key
    case 'column':
      return column.key
    case 'row.column':
      return `${row.key}.${column.key}`
  }
}

/** 三、本年度办理结果 / （三）不予公开 / 1.属于国家秘密 / 自然人: what a person calls the cell. */
export function factLabel(table: TableSpec, row: Leaf<RowSpec>, column: Leaf<ColumnSpec>): string {
  const rows = row.path.map((part) => part.label)
  const columns = column.path.map((part) => part.label)
  const parts = table.facts === 'row' ? rows : table.facts === 'column' ? columns : [...rows, ...columns]
  return parts.filter((part) => part !== '').join(' / ')
}
