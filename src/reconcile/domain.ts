/**
 * Domain rules: what may stand in one cell. One finding for each cell with something in it; a blank says nothing wrong, and a
 * cell that was not found is missed by the rules on structure.
 */
import { type FormFact, numberOf } from '../report/reading.js'
import { type Finding, finding, skip } from './finding.js'
import type { DomainRule } from './rule.js'
import { nameOf } from './wording.js'

interface Domain {
  readonly name: string
  readonly holds: (value: number) => boolean
}

const DOMAINS: Record<DomainRule['type'], Domain> = {
  integer: { name: '非负整数', holds: (value) => Number.isSafeInteger(value) && value >= 0 },
  signed_integer: { name: '整数', holds: (value) => Number.isSafeInteger(value) },
  decimal: { name: '非负金额', holds: (value) => Number.isFinite(value) && value >= 0 },
}

export function checkDomain(rule: DomainRule, fact: FormFact): Finding | null {
  if (fact.type !== rule.type || fact.reading === null) return null
  if (fact.reading.kind === 'text') {
    return finding(rule, fact.key, [fact.key], skip(`「${nameOf(fact)}」未能读出，无法核对。`), 'unread')
  }
  const value = numberOf(fact.reading)
  if (value === null) return null
  const { name, holds } = DOMAINS[rule.type]
  return finding(rule, fact.key, [fact.key], {
    outcome: holds(value) ? 'pass' : 'fail',
    expected: null,
    actual: value,
    message: holds(value) ? `${value} 是${name}。` : `「${nameOf(fact)}」为 ${value}，应为${name}。`,
  })
}
