/**
 * What was understood of a report, before any figure is reconciled: the joint between `report/` and `reconcile/`.
 *
 * A fact here still knows how its cell was read. The record's `value: number | null` is made from that in one place
 * (reconcile/certificate.ts), so that "blank", "dash", "not understood" and "not found" stay apart for as long as somebody must judge them.
 */
import type { DoubtCode, Location } from '../document/model.js'
import type { Flag, Section, Table, Vintage } from '../record.js'

/** How the text of one cell reads, by `cell_values` of the forms. */
export type CellReading =
  | { readonly kind: 'number'; readonly value: number }
  /** An explicit 0, 零 or ０. */
  | { readonly kind: 'zero' }
  | { readonly kind: 'empty' }
  /** One of / - — 无 不适用 N/A: "not applicable". */
  | { readonly kind: 'dash' }
  /** Anything else, or two numbers in one cell: not understood. */
  | { readonly kind: 'text' }

export type FactType = 'integer' | 'signed_integer' | 'decimal'

export interface FormFact {
  readonly key: string
  /** Chinese path of labels, row then column, joined by " / ". */
  readonly label: string
  readonly type: FactType
  readonly unit: string
  /** Key of the form's table, such as proactive.art20_1 or requests. */
  readonly table: string
  /** null: the cell was not found. */
  readonly reading: CellReading | null
  /** As printed; null when the cell was not found. */
  readonly raw: string | null
  /** What the cell holds by the second way of reading, the order and alignment of the figures; null where that way says nothing. */
  readonly order: string | null
  readonly location: Location | null
  /**
   * The organ's own form has no such row, by a variant the form knows (（六）其他处理 kept as a single row): an absence that
   * is understood, not a gap. `reading` and `raw` are then null.
   */
  readonly absentByVariant: boolean
  /** Why the figure may not be what the page says; only a second witness (a sum, another reader) settles it. */
  readonly doubt?: FactDoubt
}

/** `joined_digits`: read by joining digits that stand apart; `merged_value`: one cell over several rows or columns of the form. */
export type FactDoubt = DoubtCode | 'joined_digits' | 'merged_value'

/** One of the form's tables, and whether this report prints it. */
export interface FormTable {
  readonly key: string
  readonly name: string
  /** Key of the section of the form that it belongs to. */
  readonly section: string | null
  readonly vintage: Vintage
  readonly state: 'found' | 'missing' | 'picture'
}

/** A paragraph of a section's text, or a heading within the section, with what runs on after it apart. */
export interface Passage {
  /** Key of the section of the top level that it stands in. */
  readonly section: string | null
  readonly text: string
  readonly location: Location | null
}

export interface ReportReading {
  readonly title: string | null
  readonly organ: string | null
  readonly year: number | null
  readonly vintage: Vintage | null
  /** As stated in the text; null when the report states none. */
  readonly period: { readonly start: string; readonly end: string } | null
  readonly sections: readonly Section[]
  /** What the sections say, in reading order and with the places of it. Their own titles are left out. */
  readonly passages: readonly Passage[]
  /** Keys of the sections that the form asks for, in the form's order. */
  readonly expectedSections: readonly { readonly key: string; readonly title: string }[]
  readonly tables: readonly Table[]
  readonly formTables: readonly FormTable[]
  /** In the form's order: every data cell of the form, each once. */
  readonly facts: readonly FormFact[]
  /** A table of another vintage than the report's, or an old row kept: labels of what is mixed in. */
  readonly mixedForms: readonly string[]
  readonly flags: readonly Flag[]
}

export function numberOf(reading: CellReading | null): number | null {
  if (reading?.kind === 'number') return reading.value
  return reading?.kind === 'zero' ? 0 : null
}

/** Seen to hold nothing: may count as 0 in a sum, and the message says so. */
export function isBlank(reading: CellReading | null): boolean {
  return reading?.kind === 'empty' || reading?.kind === 'dash'
}
