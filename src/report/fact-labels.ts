/**
 * The key of a fact → what the form prints over its cell: 三、本年度办理结果（一）予以公开｜自然人, row before column.
 *
 * Every cell of a vintage has a label that no other cell of it has. Keys of other vintages are known as well, since organs keep tables of an
 * older form in a report of the new one; the report's own form comes first. null: a key of no form.
 */
import type { Vintage } from '../record.js'
import { type Form, type Label, planTable } from './form.js'
import { FORMS } from './forms/all.js'

export interface FormKey {
  readonly key: string
  readonly label: string
  readonly unit: string
  readonly vintage: Vintage
  /** The table of the record that it stands in. */
  readonly table: string
}

/** Headings over all columns of a table, which tell none of them from another. */
const OVER_ALL = new Set(['申请人情况'])
/** What begins like this needs no mark between it and the heading above it. */
const ENUMERATED = /^(?:[（(]|\d+\.|其中[:：])/

const byVintage = new Map<Vintage, ReadonlyMap<string, FormKey>>()

/** In the order of the form; every cell once. */
export function keysOf(vintage: Vintage): readonly FormKey[] {
  return [...cellsOf(vintage).values()]
}

export function labelOf(vintage: string | null, key: string): string | null {
  const own = FORMS.filter((form) => form.vintage === vintage)
  for (const { vintage: of } of [...own, ...FORMS]) {
    const cell = cellsOf(of).get(key)
    if (cell !== undefined) return cell.label
  }
  return null
}

function cellsOf(vintage: Vintage): ReadonlyMap<string, FormKey> {
  const known = byVintage.get(vintage)
  if (known !== undefined) return known
  const form = FORMS.find((each) => each.vintage === vintage)
  const cells = new Map((form === undefined ? [] : spreadOut(form)).map((cell) => [cell.key, cell]))
  byVintage.set(vintage, cells)
  return cells
}

function spreadOut({ vintage, tables }: Form): FormKey[] {
  return tables.flatMap((table) => {
    const { rows, columns, slots } = planTable(table)
    return slots.flatMap((across, row) =>
      across.map(({ key, unit }, column) => {
        const parts = [
          ...(table.facts === 'column' ? [] : [join(rows[row]?.path ?? [])]),
          ...(table.facts === 'row' ? [] : [join(columns[column]?.path ?? [])]),
        ]
        return { key, label: parts.join('｜'), unit, vintage, table: table.record }
      }),
    )
  })
}

function join(path: readonly Label[]): string {
  return path
    .map(({ label }) => label)
    .filter((label) => !OVER_ALL.has(label))
    .reduce((above, label) => (above === '' || ENUMERATED.test(label) ? above + label : `${above}·${label}`), '')
}
