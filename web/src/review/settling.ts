/**
 * What can be done about an item, and what is recommended: the judgement of the record turned into one key. Where arithmetic and reading
 * cannot tell, nothing is recommended but to look.
 */
import type { ReportRecord } from '../../../src/record.js'
import type { Reason } from '../../../src/review/decisions.js'
import type { Corrections } from '../../../src/review/form-facts.js'
import { checkName, type Item, isPressing } from '../../../src/review/items.js'
import type { OverlaidItem } from '../../../src/review/overlay.js'
import { reevaluate } from '../../../src/review/reevaluate.js'
import type { Addend, Equation } from './equations.js'

export type Recommended = 'as_published' | 'take' | 'confirm' | 'seen' | 'identity' | 'assign' | 'look'

const OF_REPORT = new Set(['organ_unknown', 'year_unknown', 'vintage_unknown'])
/** A figure was read, and something speaks against it that is no sum. */
const CONFIRMED = new Set(['doubtful_figure', 'readings_differ'])

export function recommendedFor({ discrepancy, code, urgency }: Item): Recommended {
  if (discrepancy !== null) {
    if (discrepancy.verdict === 'published') return 'as_published'
    return discrepancy.verdict === 'misread' && discrepancy.proposal !== null ? 'take' : 'look'
  }
  if (OF_REPORT.has(code)) return 'identity'
  if (!isPressing({ urgency })) return 'seen'
  if (code === 'table_missing') return 'assign'
  return CONFIRMED.has(code) ? 'confirm' : 'look'
}

/** What the prose says of another scope is the commonest reason there; in a table it is a slip. */
export function reasonFor({ urgency }: Item): Reason {
  return urgency === 'prose' ? 'scope' : 'slip'
}

/** The cell one looks at first. */
export function keyCellOf({ discrepancy, facts }: Item): string | null {
  return discrepancy?.proposal?.changes[0]?.fact ?? discrepancy?.suspects[0] ?? facts[0] ?? null
}

export interface Effect {
  readonly closes: readonly string[]
  readonly breaks: readonly string[]
}

/** Which sums other figures would make hold, and which they would break. */
export function effectOf(record: ReportRecord, corrections: Corrections, changes: Corrections): Effect {
  const before = reevaluate(record, corrections)
  const after = reevaluate(record, new Map([...corrections, ...changes]))
  const closes: string[] = []
  const breaks: string[] = []
  before.forEach((check, at) => {
    const then = after[at]
    if (check.level !== 'error' || then === undefined || then.outcome === check.outcome) return
    if (then.outcome === 'pass') closes.push(checkName(check))
    if (then.outcome === 'fail') breaks.push(checkName(check))
  })
  return { closes, breaks }
}

export interface Alternative {
  readonly fact: string
  readonly name: string
  readonly from: number
  readonly to: number
  /** null: it could be. */
  readonly against:
    | { readonly kind: 'negative' | 'fraction' }
    | { readonly kind: 'breaks'; readonly count: number }
    | null
}

const MOST_ALTERNATIVES = 8

/** What each other cell of a failed sum would have to be for it to hold, and what speaks against that. */
export function alternativesTo(
  record: ReportRecord,
  corrections: Corrections,
  equation: Equation,
  proposed: ReadonlySet<string>,
): readonly Alternative[] {
  const { parts, total } = equation
  if (parts.sum === null || total.sum === null) return []
  const missing = total.sum - parts.sum
  const other = (addend: Addend, gap: number): Alternative[] => {
    const from = addend.value
    if (from === null || proposed.has(addend.fact)) return []
    const to = from + gap / addend.factor
    return [{ fact: addend.fact, name: addend.name, from, to, against: against(record, corrections, addend.fact, to) }]
  }
  return [
    ...parts.addends.flatMap((addend) => other(addend, missing)),
    ...total.addends.flatMap((addend) => other(addend, -missing)),
  ].slice(0, MOST_ALTERNATIVES)
}

function against(record: ReportRecord, corrections: Corrections, fact: string, to: number): Alternative['against'] {
  if (to < 0) return { kind: 'negative' }
  if (!Number.isInteger(to) && record.facts.some(({ key, unit }) => key === fact && unit === '件')) {
    return { kind: 'fraction' }
  }
  const { breaks } = effectOf(record, corrections, new Map([[fact, to]]))
  return breaks.length === 0 ? null : { kind: 'breaks', count: breaks.length }
}

/** The next open one behind a place, around the end; null: none is open. */
export function nextOpen(
  items: readonly OverlaidItem[],
  from: number,
  wanted: (item: OverlaidItem) => boolean,
): number | null {
  for (let step = 1; step <= items.length; step++) {
    const at = (from + step) % items.length
    const item = items[at]
    if (item !== undefined && item.state !== 'settled' && wanted(item)) return at
  }
  return null
}
