import { describe, expect, test } from '@jest/globals'
import { discrepanciesOf } from '../../src/reconcile/discrepancy.js'
import { reconcile } from '../../src/reconcile/reconcile.js'
import { compareReadings, type SecondReading } from '../../src/reconcile/second-reading.js'
import type { Discrepancy } from '../../src/record.js'
import type { FormFact, ReportReading } from '../../src/report/reading.js'
import { type Cells, reading, withProse } from '../build/reading.js'

function judge(given: ReportReading, second: SecondReading | null = null): Discrepancy[] {
  const { localisations, captures } = reconcile(given)
  return discrepanciesOf(localisations, { reading: given, second, captures })
}

function amended(base: ReportReading, key: string, change: Partial<FormFact>): ReportReading {
  return { ...base, facts: base.facts.map((one) => (one.key === key ? { ...one, ...change } : one)) }
}

/** 10 + 1 + 0 + 0, and a total of 0. */
const UNFILLED: Cells = { 'review.maintained': 10, 'review.corrected': 1, 'review.total': 0 }
/** One figure too many in a row and a column. */
const CROSSED: Cells = {
  'requests.new.natural_person': 5,
  'requests.new.total': 5,
  'requests.outcome.granted.natural_person': 7,
  'requests.outcome.granted.total': 5,
  'requests.outcome.total.natural_person': 5,
  'requests.outcome.total.total': 5,
}
const codes = ({ evidence }: Discrepancy) => evidence.map(({ code }) => code)

test('a report whose sums all hold has no discrepancy', () => {
  expect(judge(reading('2021'))).toEqual([])
})

describe('a failed sum', () => {
  test('is as published where two readings agree on all its cells and the table is whole', () => {
    const [found, ...more] = judge(reading('2021', UNFILLED))
    expect(more).toEqual([])
    expect(found).toMatchObject({
      checks: [{ rule: 'T4-REVIEW', subject: '' }],
      verdict: 'published',
      suspects: ['review.total'],
      proposal: {
        changes: [{ fact: 'review.total', printed: 0, derived: 11 }],
        closes: [{ rule: 'T4-REVIEW', subject: '' }],
      },
    })
    expect(codes(found as Discrepancy)).toEqual(['readings_agree', 'grid_complete', 'total_unfilled'])
  })

  test('is misread where the order of the figures says another thing', () => {
    const base = reading('2021', CROSSED)
    const [found] = judge(amended(base, 'requests.outcome.granted.natural_person', { order: '5' }))
    expect(found).toMatchObject({
      verdict: 'misread',
      proposal: { changes: [{ fact: 'requests.outcome.granted.natural_person', printed: 7, derived: 5 }] },
    })
    expect(found?.evidence[0]).toMatchObject({ code: 'readings_differ', bearing: 'misread' })
  })

  test('is misread where another program reads another figure', () => {
    const base = reading('2021', CROSSED)
    const other = amended(base, 'requests.outcome.granted.natural_person', { raw: '5' })
    expect(judge(base, compareReadings(base, other))[0]?.verdict).toBe('misread')
  })

  test('is undecided where a cell was read with doubt, or the table has gaps', () => {
    const base = reading('2021', UNFILLED)
    expect(judge(amended(base, 'review.other', { doubt: 'open_grid' }))[0]?.verdict).toBe('undecided')
    expect(judge(amended(base, 'review.other', { order: null }))[0]?.verdict).toBe('undecided')
    const gap = amended(base, 'litigation.direct.other', { reading: null, raw: null, order: null })
    const failed = judge(gap).find(({ checks }) => checks.some(({ rule }) => rule === 'T4-REVIEW'))
    expect(failed?.verdict).toBe('undecided')
  })

  test('names all suspects and derives nothing where any of them explains it', () => {
    const cells = { 'review.maintained': 3, 'review.corrected': 2, 'review.total': 6 }
    const [found] = judge(reading('2021', cells))
    expect(found).toMatchObject({ proposal: null, verdict: 'published' })
    expect(found?.suspects).toHaveLength(5)
    expect(found?.message).toContain('算术无法判定')
  })
})

describe('the prose', () => {
  test('that states the printed figure speaks against what is derived, with its place', () => {
    const [found] = judge(withProse(reading('2021', UNFILLED), '本年度政府信息公开行政复议案件0件。'))
    expect(found?.evidence.at(-1)).toMatchObject({
      code: 'prose_printed',
      bearing: 'against_proposal',
      message: '正文写「行政复议·总计」0，不支持 11',
    })
  })

  test('that states the derived figure speaks for it', () => {
    const [found] = judge(withProse(reading('2021', UNFILLED), '本年度政府信息公开行政复议案件11件。'))
    expect(found?.evidence.at(-1)).toMatchObject({ code: 'prose_derived', bearing: 'for_proposal' })
  })
})
