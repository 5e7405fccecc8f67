import { describe, expect, test } from '@jest/globals'
import { indexFacts } from '../../src/reconcile/fact-index.js'
import { reconcile } from '../../src/reconcile/reconcile.js'
import { VINTAGES } from '../../src/record.js'
import type { ReportReading } from '../../src/report/reading.js'
import { type Cells, formFacts, reading, section, withProse } from '../build/reading.js'

const SINGLE_ROW_ABSENT = /other\.(?:correction_overdue|fee_overdue|misc)\./

/** The form of 2021 with the single row （六）其他处理 of the form before. */
function withSingleRow(cells: Cells): ReportReading {
  const keys = formFacts('2021')
    .filter(({ key }) => key.includes('other.subtotal.'))
    .map(({ key }) => key)
  const base = reading('2021', { ...Object.fromEntries(keys.map((key) => [key, 0])), ...cells })
  return {
    ...base,
    facts: base.facts.map((fact) =>
      SINGLE_ROW_ABSENT.test(fact.key) ? { ...fact, reading: null, raw: null, absentByVariant: true } : fact,
    ),
  }
}

const outcomes = (report: ReportReading, rule: RegExp): string[] =>
  reconcile(report)
    .checks.filter((check) => rule.test(check.rule))
    .map((check) => check.outcome)

describe('a clean report', () => {
  test.each(VINTAGES.map((vintage) => [vintage] as const))('of %s passes every check', (vintage) => {
    const { checks, flags } = reconcile(reading(vintage, {}))
    expect(checks.filter(({ outcome }) => outcome !== 'pass')).toEqual([])
    expect(flags).toEqual([])
  })

  test('is checked column by column and row by row', () => {
    const count = (vintage: '2019' | '2021', rule: string): number =>
      reconcile(reading(vintage, {})).checks.filter((check) => check.rule === rule).length
    expect([count('2021', 'T3-BALANCE'), count('2021', 'T3-ROW-21'), count('2021', 'T3-OUTCOME-21')]).toEqual([
      7, 25, 7,
    ])
    expect([count('2019', 'T3-BALANCE'), count('2019', 'T3-ROW-19'), count('2019', 'T3-OUTCOME-19')]).toEqual([
      7, 23, 7,
    ])
    expect([count('2019', 'T3-ROW-21'), count('2021', 'T3-ROW-19')]).toEqual([0, 0])
  })

  test('gives each instance one check', () => {
    const names = reconcile(reading('2021', {})).checks.map(({ rule, subject }) => `${rule}/${subject}`)
    expect(new Set(names).size).toBe(names.length)
  })

  test('gives the same checks twice', () => {
    const report = withProse(reading('2021', { 'review.total': 3 }), '新收政府信息公开申请5件，行政复议0件。')
    expect(JSON.stringify(reconcile(report))).toBe(JSON.stringify(reconcile(report)))
  })

  test('says nothing about other reports', () => {
    const rules = reconcile(reading('2021', {})).checks.map(({ rule }) => rule)
    expect(rules.filter((rule) => /^(?:XY|AGG)-|^T4-(?:AFTER-LE|VS-T3)$|^N-YOY$/.test(rule))).toEqual([])
  })
})

describe('the single row （六）其他处理 kept in a form of 2021', () => {
  test('stands for the three rows', () => {
    const cells = { 'requests.outcome.other.subtotal.total': 2, 'requests.outcome.other.subtotal.other_org': 2 }
    const report = withSingleRow({
      ...cells,
      'requests.outcome.total.total': 2,
      'requests.outcome.total.other_org': 2,
      'requests.new.total': 2,
      'requests.new.other_org': 2,
    })
    expect(outcomes(report, /^T3-OUTCOME-21$/)).toEqual(Array(7).fill('pass'))
    expect(outcomes(report, /^T3-ROW-21$/)).toEqual(Array(23).fill('pass'))
    expect(outcomes(report, /^T3-(?:SUB|ROW-19|OUTCOME-19)/)).toEqual([])
  })

  test('breaks its sums like any other row', () => {
    const report = withSingleRow({ 'requests.outcome.other.subtotal.total': 2 })
    const failed = reconcile(report).checks.filter(({ outcome }) => outcome === 'fail')
    expect(failed.map(({ rule, subject }) => [rule, subject])).toEqual([
      ['T3-OUTCOME-21', 'total'],
      ['T3-ROW-21', 'requests.outcome.other.subtotal'],
    ])
  })

  test('is checked by the rules of 2021 where the table passes for one of 2019', () => {
    const report = withSingleRow({})
    const formTables = report.formTables.map((table) =>
      table.key === 'requests' ? { ...table, vintage: '2019' as const } : table,
    )
    expect(outcomes({ ...report, formTables }, /^T3-(?:ROW|OUTCOME)-21$/)).toHaveLength(30)
    expect(outcomes({ ...report, formTables }, /^T3-(?:ROW|OUTCOME)-19$/)).toEqual([])
  })
})

describe('what could not be read', () => {
  test('leaves every sum it is part of unjudged', () => {
    const { checks } = reconcile(reading('2021', { 'requests.outcome.granted.natural_person': null }))
    const skipped = checks.filter(({ outcome }) => outcome === 'skipped')
    expect(skipped.map(({ rule, subject }) => [rule, subject])).toEqual([
      ['T3-OUTCOME-21', 'natural_person'],
      ['T3-ROW-21', 'requests.outcome.granted'],
    ])
  })

  test('is a cell with something else than a number in it', () => {
    const { checks } = reconcile(reading('2021', { 'proactive.licensing.decisions': '见附表' }))
    expect(checks.find(({ subject }) => subject === 'proactive.licensing.decisions')).toMatchObject({
      rule: 'D-INT',
      outcome: 'skipped',
    })
  })

  test('is not a blank, of which the rules on cells say nothing', () => {
    const { checks } = reconcile(reading('2021', { 'proactive.licensing.decisions': '' }))
    expect(checks.some(({ subject }) => subject === 'proactive.licensing.decisions')).toBe(false)
  })
})

test('a reading without a vintage is not checked', () => {
  const { checks } = reconcile(reading('2021', {}, { vintage: null, formTables: [] }))
  expect(checks).toEqual([])
})

describe('with the report of the year before', () => {
  const previous = indexFacts(formFacts('2021', { 'requests.carried_out.total': 4, 'requests.new.total': 100 }))

  test('what was carried over is checked in every column', () => {
    const { checks } = reconcile(reading('2021', { 'requests.carried_in.total': 4 }), { previous })
    expect(checks.filter(({ rule }) => rule === 'XY-CARRY').map(({ outcome }) => outcome)).toEqual(
      Array(7).fill('pass'),
    )
  })

  test.each([
    ['新收政府信息公开申请112件，同比增长12%。', 'pass'],
    ['新收政府信息公开申请112件，同比增长12.1%。', 'pass'],
    ['新收政府信息公开申请112件，同比增长12.2%。', 'fail'],
    ['新收政府信息公开申请112件，较上年下降12%。', 'fail'],
    ['新收政府信息公开申请112件。网站访问量同比增长50%。', undefined],
  ])('a percentage is checked: %s', (text, outcome) => {
    const { checks } = reconcile(withProse(reading('2021', { 'requests.new.total': 112 }), text), { previous })
    expect(checks.find(({ rule }) => rule === 'N-YOY')?.outcome).toBe(outcome)
  })

  test('a percentage on nothing is not checked', () => {
    const nothing = indexFacts(formFacts('2021'))
    const report = withProse(reading('2021', { 'requests.new.total': 5 }), '新收政府信息公开申请5件，同比增长100%。')
    expect(reconcile(report, { previous: nothing }).checks.some(({ rule }) => rule === 'N-YOY')).toBe(false)
  })

  test('reports with hardly a figure are not taken for copies', () => {
    const empty = indexFacts(formFacts('2021', { 'review.total': 1 }))
    const report = reading('2021', { 'review.total': 1 })
    expect(reconcile(report, { previous: empty }).checks.some(({ rule }) => rule === 'XY-SAME')).toBe(false)
  })
})

test('with the reports of the organs below every count is checked', () => {
  const children = indexFacts(formFacts('2021'))
  const { checks } = reconcile(reading('2021', {}), { children })
  expect(checks.filter(({ rule }) => rule === 'AGG-SUM')).toHaveLength(199)
})

test('prose of 2014 to 2018 is checked in its section on disclosure too', () => {
  const sections = [section('proactive', '主动公开政府信息12条。')]
  const { checks } = reconcile(reading('2014', {}, { sections }))
  expect(checks.find(({ rule }) => rule === 'N-DISCLOSED')).toMatchObject({ outcome: 'fail', actual: 12, expected: 0 })
})
