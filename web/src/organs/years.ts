/**
 * An organ's reports → its figures, year beside year: what each cell is to show, and what speaks for or against it.
 *
 * A derived figure never takes the place of a printed one; a year without a report and an item that its form does not ask for are told
 * apart from a blank.
 */
import type { OrganAnswer, OrganYear } from '../../../src/review/api.js'
import type { Indicator } from './indicators.js'

export type YearCheck = OrganAnswer['checks'][number]

export type YearFigure =
  | {
      readonly kind: 'figure'
      readonly key: string
      readonly value: number
      readonly decision: 'corrected' | 'as_published' | null
      readonly derived: number | null
      readonly checked: Checked
    }
  /** Seen to be empty. */
  | { readonly kind: 'blank'; readonly key: string; readonly derived: number | null; readonly checked: Checked }
  /** Not found, or not understood. */
  | { readonly kind: 'unread'; readonly key: string; readonly derived: number | null; readonly checked: Checked }
  /** There is no report of that year. */
  | { readonly kind: 'no_report' }
  /** The form has no such item. */
  | { readonly kind: 'not_asked' }

/** What the checks against other years say of a figure, the gravest: differs over remark over agrees. */
export type Checked = 'agrees' | 'differs' | 'remark' | null

/** Speaks of the report as a whole: all its figures are last year's. */
const COPIED = 'XY-SAME'

/** Every year from the first to the last, whether there is a report of it or not. */
export function spanOf(years: readonly OrganYear[]): number[] {
  const all = years.map(({ year }) => year)
  if (all.length === 0) return []
  const first = Math.min(...all)
  return Array.from({ length: Math.max(...all) - first + 1 }, (_, at) => first + at)
}

export function figureOf(
  { keys, notIn }: Indicator,
  report: OrganYear | undefined,
  checks: readonly YearCheck[],
): YearFigure {
  if (report === undefined || report.status === 'failed') return { kind: 'no_report' }
  const key = keys.find((one) => one in report.values)
  if (key === undefined) return { kind: 'not_asked' }
  const value = report.values[key] ?? null
  const { state, decision, derived } = report.remarks[key] ?? { state: 'number', decision: null, derived: null }
  const checked = checkedBy(key, report.year, checks)
  if (value !== null) return { kind: 'figure', key, value, decision, derived, checked }
  // What a person says is blank is blank, however it was read.
  const isSeen = decision === 'corrected' || (state !== 'absent' && state !== 'unreadable')
  if (state === 'absent' && notIn.includes(report.vintage ?? '')) return { kind: 'not_asked' }
  return { kind: isSeen ? 'blank' : 'unread', key, derived, checked }
}

function checkedBy(key: string, year: number, checks: readonly YearCheck[]): Checked {
  const about = checks.filter((check) => check.year === year && check.rule !== COPIED && check.facts.includes(key))
  if (about.some(({ outcome, level }) => outcome === 'fail' && level !== 'info')) return 'differs'
  if (about.some(({ outcome }) => outcome === 'fail')) return 'remark'
  return about.some(({ rule }) => !rule.startsWith('XY-JUMP')) ? 'agrees' : null
}

/** What the plot shows: the share of requests that were disclosed, wholly or in part. null: it cannot be said. */
export function shareDisclosed(report: OrganYear | undefined): number | null {
  if (report === undefined) return null
  const [granted, partial, all] = [
    'requests.outcome.granted.total',
    'requests.outcome.partial.total',
    'requests.outcome.total.total',
  ].map((key) => report.values[key] ?? null)
  if (typeof granted !== 'number' || typeof partial !== 'number' || typeof all !== 'number' || all === 0) return null
  return (granted + partial) / all
}

export interface Carry {
  readonly check: YearCheck
  readonly before: OrganYear | undefined
  readonly after: OrganYear | undefined
}

/** What is carried from one year to the next, in total. */
export function carriesOf({ checks, years }: Pick<OrganAnswer, 'checks' | 'years'>): Carry[] {
  return checks
    .filter(({ rule, subject }) => rule === 'XY-CARRY' && subject === 'total')
    .map((check) => ({
      check,
      before: years.find(({ year }) => year === check.year - 1),
      after: years.find(({ year }) => year === check.year),
    }))
}
