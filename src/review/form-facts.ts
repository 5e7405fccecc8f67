/**
 * The facts of a record, with what a person says the page shows → facts as the rules ask for them.
 *
 * A record says of a cell how it reads; its label and type are those of the form. A cell that was not found is a gap where the record
 * says so, and otherwise one that the organ's own form does not have.
 */
import type { Fact, Vintage } from '../record.js'
import { planTable, type Slot } from '../report/form.js'
import { FORMS } from '../report/forms/all.js'
import type { CellReading, FormFact } from '../report/reading.js'

/** What a person says the page shows; null: the cell is blank. */
export type Corrections = ReadonlyMap<string, number | null>

/** The figures of one report. */
export interface Figures {
  readonly vintage: Vintage | null
  readonly facts: readonly Pick<Fact, 'key' | 'value' | 'state' | 'raw' | 'unit' | 'location'>[]
  /** Keys of cells that should be there and were not found. */
  readonly gaps: ReadonlySet<string>
  readonly corrections: Corrections
}

export function formFactsOf({ vintage, facts, gaps, corrections }: Figures): FormFact[] {
  const cells = slotsOf(vintage)
  return facts.map((fact): FormFact => {
    const { key, unit, raw, location } = fact
    const slot = cells.get(key)
    const correction = corrections.get(key)
    return {
      key,
      label: slot?.label ?? key,
      type: slot?.type ?? 'integer',
      unit,
      table: '',
      reading: correction === undefined ? readingOf(fact) : asReading(correction),
      raw,
      order: null,
      location,
      absentByVariant: fact.state === 'absent' && !gaps.has(key) && correction === undefined,
    }
  })
}

function readingOf({ state, value }: Pick<Fact, 'state' | 'value'>): CellReading | null {
  switch (state) {
    case 'number':
    case 'zero':
      return asReading(value)
    case 'blank':
      return { kind: 'empty' }
    case 'dash':
      return { kind: 'dash' }
    case 'unreadable':
      return { kind: 'text' }
    case 'absent':
      return null
  }
}

export function asReading(value: number | null): CellReading {
  if (value === null) return { kind: 'empty' }
  return value === 0 ? { kind: 'zero' } : { kind: 'number', value }
}

/** The cells of all forms by their key, those of the report's own vintage first. */
const slots = new Map<Vintage | null, ReadonlyMap<string, Slot>>()

function slotsOf(vintage: Vintage | null): ReadonlyMap<string, Slot> {
  const known = slots.get(vintage)
  if (known !== undefined) return known
  const forms = [...FORMS].sort((a, b) => Number(a.vintage === vintage) - Number(b.vintage === vintage))
  const all = new Map(
    forms.flatMap((form) =>
      form.tables.flatMap((table) =>
        planTable(table).slots.flatMap((across) => across.map((slot): [string, Slot] => [slot.key, slot])),
      ),
    ),
  )
  slots.set(vintage, all)
  return all
}
