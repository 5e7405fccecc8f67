/**
 * Two extractions of one document → what they read otherwise, cell by cell, in the order of the form; and what of the whole report differs.
 *
 * A cell is as it was when its figure and the way it reads are; a figure that is only printed in other signs (１ for 1) has still been read
 * otherwise, and is told apart from one that has another value.
 */
import type { Fact, ReportRecord } from '../../../src/record.js'

export type Difference = 'same' | 'value' | 'print' | 'gained' | 'lost'

export interface ComparedFact {
  readonly key: string
  readonly before: Fact | null
  readonly after: Fact | null
  readonly difference: Difference
}

/** Of the report as a whole. */
export interface ComparedTrait {
  readonly trait: 'status' | 'organ' | 'year' | 'vintage' | 'flags' | 'failing'
  readonly before: string
  readonly after: string
}

export function compareFacts(before: ReportRecord, after: ReportRecord): ComparedFact[] {
  const earlier = new Map(before.facts.map((fact) => [fact.key, fact]))
  const later = new Map(after.facts.map((fact) => [fact.key, fact]))
  const gone = before.facts.filter(({ key }) => !later.has(key))
  return [...after.facts, ...gone].map(({ key }) => {
    const [one, other] = [earlier.get(key) ?? null, later.get(key) ?? null]
    return { key, before: one, after: other, difference: differenceOf(one, other) }
  })
}

function differenceOf(before: Fact | null, after: Fact | null): Difference {
  const [was, is] = [isThere(before), isThere(after)]
  if (!was || !is) return was === is ? 'same' : was ? 'lost' : 'gained'
  if (before?.value !== after?.value || before?.state !== after?.state) return 'value'
  return before?.raw === after?.raw ? 'same' : 'print'
}

function isThere(fact: Fact | null): boolean {
  return fact !== null && fact.state !== 'absent'
}

export function countDifferences(facts: readonly ComparedFact[]): Record<Difference, number> {
  const counts = { same: 0, value: 0, print: 0, gained: 0, lost: 0 }
  for (const { difference } of facts) counts[difference] += 1
  return counts
}

export function compareTraits(before: ReportRecord, after: ReportRecord): ComparedTrait[] {
  const [was, is] = [traitsOf(before), traitsOf(after)]
  return TRAITS.map((trait) => ({ trait, before: was[trait], after: is[trait] }))
}

const TRAITS = ['status', 'organ', 'year', 'vintage', 'flags', 'failing'] as const

function traitsOf({ status, report, flags, checks }: ReportRecord): Record<ComparedTrait['trait'], string> {
  return {
    status,
    organ: report.organ ?? '–',
    year: String(report.year ?? '–'),
    vintage: report.vintage ?? '–',
    flags: String(flags.length),
    failing: String(checks.filter(({ outcome }) => outcome === 'fail').length),
  }
}
