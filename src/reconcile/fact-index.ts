/**
 * The facts of one report by their key.
 *
 * A fact that is absent by a known variant of the form is not in it: to a rule the report has no such cell, which is another
 * thing than a cell that should be there and was not found.
 */
import type { FormFact } from '../report/reading.js'
import { isBlank } from '../report/reading.js'

export type FactIndex = ReadonlyMap<string, FormFact>

export function indexFacts(facts: readonly FormFact[]): FactIndex {
  return new Map(facts.filter((fact) => !fact.absentByVariant).map((fact) => [fact.key, fact]))
}

/** Not found, or found and not understood: the page may say something there that we do not know. */
export function isUnread({ reading }: FormFact): boolean {
  return reading === null || reading.kind === 'text'
}

/** The report prints the row or the column, whatever stands in the cell. */
export function isPrinted(fact: FormFact | undefined): boolean {
  return fact !== undefined && fact.reading !== null
}

export function isBlankFact({ reading }: FormFact): boolean {
  return isBlank(reading)
}
