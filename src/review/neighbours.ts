/**
 * A report, the same organ's of the year before, those of the organs below → the checks between them.
 *
 * What the rules say of one report alone was settled with its record and is not said again. Figures are those that stand: what a person
 * corrected is corrected. Of the organs below the sum is asked for, cell by cell: one cell that was not read makes the sum unknown, one
 * that a report does not print leaves nothing to compare with.
 */
import { sumExact } from '../reconcile/exact.js'
import { type FactIndex, indexFacts, isBlankFact, isUnread } from '../reconcile/fact-index.js'
import { reconcileWith } from '../reconcile/reconcile.js'
import type { Check, Section } from '../record.js'
import { type FormFact, numberOf } from '../report/reading.js'
import { asReading, type Figures, formFactsOf } from './form-facts.js'
import { readingOf } from './prose-again.js'

export interface StandingReport extends Figures {
  readonly organ: string | null
  readonly year: number | null
  readonly sections: readonly Section[]
}

export interface Neighbours {
  /** null: there is none. */
  readonly previous: Figures | null
  /** Of every organ below; null: not all of them are there, or there are none. */
  readonly children: readonly Figures[] | null
}

export function checkNeighbours(report: StandingReport, { previous, children }: Neighbours): Check[] {
  if (previous === null && children === null) return []
  const { organ, year, vintage, sections } = report
  const reading = readingOf({ title: null, organ, year, vintage, period: null }, sections, formFactsOf(report))
  return reconcileWith(reading, {
    ...(previous !== null && { previous: indexFacts(formFactsOf(previous)) }),
    ...(children !== null && { children: addUp(children.map((child) => indexFacts(formFactsOf(child)))) }),
  })
}

function addUp([first, ...rest]: readonly FactIndex[]): FactIndex {
  if (first === undefined) return new Map()
  return new Map(
    [...first].flatMap(([key, fact]): [string, FormFact][] => {
      const parts = [fact, ...rest.flatMap((child) => child.get(key) ?? [])]
      return parts.length > rest.length ? [[key, { ...fact, raw: null, location: null, reading: sumOf(parts) }]] : []
    }),
  )
}

function sumOf(parts: readonly FormFact[]): FormFact['reading'] {
  if (parts.some(isUnread)) return { kind: 'text' }
  if (parts.every(isBlankFact)) return { kind: 'empty' }
  return asReading(sumExact(parts.map(({ reading }) => ({ value: numberOf(reading) ?? 0, factor: 1 }))))
}
