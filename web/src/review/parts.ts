/**
 * A report → the parts one walks through: its head, the sections of its form, and tables that stand in no section. What an item is about
 * tells the part it is settled in.
 */
import type { ReportRecord, Section } from '../../../src/record.js'
import type { Form, TableSpec } from '../../../src/report/form.js'
import { FORMS } from '../../../src/report/forms/all.js'
import type { Item } from '../../../src/review/items.js'
import { type LaidTable, layTable } from './form-layout.js'

export interface Part {
  /** head, the key of a section, statistics, or rest: what the form knows no section for. */
  readonly key: string
  /** 一, 二 …; null: it has none. */
  readonly ordinal: string | null
  readonly title: string | null
  readonly tables: readonly LaidTable[]
  readonly sections: readonly Section[]
  /** The table of the record that it shows. */
  readonly table: string | null
}

const ORDINALS = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十']

export function formOf(vintage: string | null): Form {
  const [newest] = FORMS
  const own = FORMS.find((form) => form.vintage === vintage) ?? newest
  if (own === undefined) throw new Error('there are no forms')
  return own
}

export function partsOf({ facts, sections }: ReportRecord, vintage: string | null): readonly Part[] {
  const form = formOf(vintage)
  const printed = new Set(facts.filter(({ state }) => state !== 'absent').map(({ key }) => key))
  const lay = (spec: TableSpec) => layTable(spec, (key) => printed.has(key))
  const ofForm = form.sections.flatMap(({ key, title }) => (key === null ? [] : [{ key, title }]))
  const parts = ofForm.map(({ key, title }, at): Part => {
    const tables = form.tables.filter(({ section }) => section === key)
    return {
      key,
      ordinal: ORDINALS[at] ?? null,
      title,
      tables: tables.map(lay),
      sections: sections.filter((section) => section.key === key),
      table: tables[0]?.record ?? null,
    }
  })
  const apart = form.tables.filter(({ section }) => section === null)
  const known = new Set(ofForm.map(({ key }) => key))
  const rest = sections.filter(({ key }) => key === null || !known.has(key))
  return [
    { key: 'head', ordinal: null, title: null, tables: [], sections: [], table: null },
    ...parts,
    ...(apart.length === 0
      ? []
      : [
          {
            key: 'statistics',
            ordinal: null,
            title: apart[0]?.title ?? null,
            tables: apart.map(lay),
            sections: [],
            table: apart[0]?.record ?? null,
          },
        ]),
    ...(rest.length === 0
      ? []
      : [{ key: 'rest', ordinal: null, title: null, tables: [], sections: rest, table: null }]),
  ]
}

/** By its first cell that some table shows; else by the place it names; else the head. */
export function partOfItem({ facts, location }: Pick<Item, 'facts' | 'location'>, parts: readonly Part[]): string {
  for (const fact of facts) {
    const part = partOfFact(fact, parts)
    if (part !== null) return part
  }
  if (location === null) return 'head'
  const section = parts.find(({ sections }) => sections.some((each) => isSamePlace(each, location)))
  return section?.key ?? 'head'
}

export function partOfFact(fact: string, parts: readonly Part[]): string | null {
  const part = parts.find(({ tables }) =>
    tables.some(({ rows }) => rows.some(({ cells }) => cells.some(({ key }) => key === fact))),
  )
  return part?.key ?? null
}

function isSamePlace({ location }: Section, other: NonNullable<Item['location']>): boolean {
  return JSON.stringify(location) === JSON.stringify(other)
}

/** All cells of a part, in the order one reads them. */
export function cellsOf({ tables }: Part): readonly string[] {
  return tables.flatMap(({ rows }) => rows.flatMap(({ cells }) => cells.map(({ key }) => key)))
}

export type Direction = 'left' | 'right' | 'up' | 'down'

/** The cell beside another, over rows without figures and from one table to the next; itself at the edge. */
export function neighbourOf({ tables }: Part, fact: string, direction: Direction): string {
  const rows = tables.flatMap((table) => table.rows.filter(({ cells }) => cells.length > 0))
  const at = rows.findIndex(({ cells }) => cells.some(({ key }) => key === fact))
  const column = rows[at]?.cells.findIndex(({ key }) => key === fact) ?? -1
  if (at < 0) return fact
  if (direction === 'left' || direction === 'right') {
    return rows[at]?.cells[column + (direction === 'left' ? -1 : 1)]?.key ?? fact
  }
  const row = rows[at + (direction === 'up' ? -1 : 1)]
  return row?.cells[Math.min(column, row.cells.length - 1)]?.key ?? fact
}
