/** A check, and beside it what the record's check does not say: why it could not be judged. */
import type { Check } from '../record.js'
import type { Rule } from './rule.js'

export interface Finding {
  readonly check: Check
  /** unread: a cell was not found or not understood; blank: one side was left empty where the other has figures. */
  readonly cause: 'unread' | 'blank' | null
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
