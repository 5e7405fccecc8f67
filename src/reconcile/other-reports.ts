/**
 * Rules over this report and another as wholes: figures copied from the year before, a percentage on last year stated in the
 * prose, an aggregate against the organs it adds up. Sums that merely mention last year's figures are relations (relation.ts).
 */
import { Big } from 'big.js'
import { numberOf } from '../report/reading.js'
import type { Capture } from './captures.js'
import type { FactIndex } from './fact-index.js'
import { type Finding, finding } from './finding.js'
import { figureOf } from './narrative.js'
import { checkRelation, type Sources } from './relation.js'
import { type AggregateRule, type CopiedRule, children, type YearOnYearRule } from './rule.js'

export function checkCopied(rule: CopiedRule, report: FactIndex, previous: FactIndex): Finding | null {
  const common = [...report.values()].filter(({ key }) => previous.has(key))
  const figures = common.map(({ key, reading }) => ({
    key,
    value: numberOf(reading),
    before: numberOf(previous.get(key)?.reading ?? null),
  }))
  const telling = figures.filter(({ value, before }) => (value ?? 0) !== 0 || (before ?? 0) !== 0)
  if (telling.length < rule.minNonZero) return null
  const copied = telling.every(({ value, before }) => value === before)
  return finding(
    rule,
    '',
    telling.map(({ key }) => key),
    {
      outcome: copied ? 'fail' : 'pass',
      expected: null,
      actual: null,
      message: copied
        ? `全部 ${telling.length} 个非零数据与上年报告完全相同，疑似照抄。`
        : '数据与上年报告不完全相同。',
    },
  )
}

const FALLING = /下降|减少|回落|降低/

export function checkYearOnYear(
  rule: YearOnYearRule,
  captures: readonly Capture[],
  report: FactIndex,
  previous: FactIndex,
): Finding | null {
  for (const one of captures.filter(({ rule: { id } }) => rule.about.includes(id))) {
    rule.pattern.lastIndex = one.end
    const match = rule.pattern.exec(one.sentence)
    const [terms = []] = one.rule.accepts
    const now = figureOf(terms, report)
    const before = figureOf(terms, previous)
    if (match === null || now === null || before === null) continue
    if (now.value === null || before.value === null || before.value === 0) continue
    const stated = new Big(match.groups?.n ?? 0).times(FALLING.test(match.groups?.dir ?? '') ? -1 : 1)
    const computed = new Big(now.value).minus(before.value).times(100).div(before.value)
    const holds = stated.minus(computed).abs().lte(rule.tolerance)
    return finding(rule, '', now.keys, {
      outcome: holds ? 'pass' : 'fail',
      expected: computed.round(2).toNumber(),
      actual: stated.toNumber(),
      message: `正文“${match[0]}”，上年 ${before.value}、本年 ${now.value}，应为 ${computed.round(2).toString()}%，${holds ? '一致' : '不符'}。`,
    })
  }
  return null
}

export function checkAggregate(rule: AggregateRule, sources: Sources): Finding[] {
  const counts = [...sources.report.values()].filter(({ type }) => type === 'integer')
  return counts.flatMap(({ key }) => {
    const relation = { ...rule, kind: 'plausibility', left: [key], op: '==', right: [children(key)] } as const
    const instance = { rule: relation, subject: key, left: relation.left, right: relation.right, onlyIfPresent: [] }
    return checkRelation(instance, sources) ?? []
  })
}
