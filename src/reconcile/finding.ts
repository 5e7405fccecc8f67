/** A check, and beside it what the record's check does not say: why it could not be judged, and what of the prose was judged. */
import type { Check } from '../record.js'
import type { Capture } from './captures.js'
import type { Rule } from './rule.js'

export interface Finding {
  readonly check: Check
  /** unread: a cell was not found or not understood; blank: one side was left empty where the other has figures. */
  readonly cause: 'unread' | 'blank' | null
  /** What the prose states, where that was judged; of a list, its total. */
  readonly stated?: Capture
  readonly list?: StatedList
}

/** Figures that a sentence gives as a total and what it consists of. */
export interface StatedList {
  readonly total: Capture
  readonly parts: readonly Capture[]
  /** What was left for the year to come, which a total may or may not include. */
  readonly carried: Capture | undefined
}

export type Verdict = Pick<Check, 'outcome' | 'expected' | 'actual' | 'message'>

export function skip(message: string): Verdict {
  return { outcome: 'skipped', expected: null, actual: null, message }
}

export function finding(
  rule: Pick<Rule, 'id' | 'level'>,
  subject: string,
  facts: readonly string[],
  verdict: Verdict,
  cause: Finding['cause'] = null,
): Finding {
  return { check: { rule: rule.id, subject, level: rule.level, ...verdict, facts: [...facts] }, cause }
}
