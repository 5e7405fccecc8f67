import { describe, expect, test } from '@jest/globals'
import { RULES } from '../../src/reconcile/rules.js'
import type { Corrections, Figures } from '../../src/review/form-facts.js'
import { checkNeighbours, type Neighbours, type StandingReport } from '../../src/review/neighbours.js'
import { factsOf } from '../build/figures.js'
import { type Cells, section } from '../build/reading.js'

function figures(cells: Cells = {}, parts: Partial<Figures> = {}): Figures {
  return { vintage: '2021', facts: factsOf('2021', cells), gaps: new Set(), corrections: new Map(), ...parts }
}

function checksOf(cells: Cells, others: Partial<Neighbours>, parts: Partial<StandingReport> = {}) {
  const report = { ...figures(cells), organ: '澄湖区人民政府', year: 2023, sections: [], ...parts }
  return checkNeighbours(report, { previous: null, children: null, ...others })
}

const carry = (checks: ReturnType<typeof checksOf>) =>
  checks.find(({ rule, subject }) => rule === 'XY-CARRY' && subject === 'total')

const IN = 'requests.carried_in.total'
const OUT = 'requests.carried_out.total'

describe('a report beside the one of the year before', () => {
  test('opens with what that closed with, or fails with both figures in the message', () => {
    expect(carry(checksOf({ [IN]: 4 }, { previous: figures({ [OUT]: 4 }) }))).toMatchObject({ outcome: 'pass' })
    expect(carry(checksOf({ [IN]: 1 }, { previous: figures({ [OUT]: 4 }) }))).toMatchObject({
      outcome: 'fail',
      level: 'warning',
      expected: 4,
      actual: 1,
      message: expect.stringMatching(/1.*4/),
    })
  })

  test('is compared by what people say the pages show', () => {
    const corrections: Corrections = new Map([[OUT, 0]])
    const previous = figures({ [OUT]: 4 }, { corrections })
    expect(carry(checksOf({ [IN]: 0 }, { previous }))).toMatchObject({ outcome: 'pass' })
    const own = { corrections: new Map([[IN, 4]]) }
    expect(carry(checksOf({ [IN]: 0 }, { previous: figures({ [OUT]: 4 }) }, own))).toMatchObject({ outcome: 'pass' })
  })

  test.each([
    ['was not understood', { [OUT]: '约四件' }, new Set<string>()],
    ['was not found', { [OUT]: null }, new Set([OUT])],
  ])('is not judged by a cell that %s', (_, cells, gaps) => {
    expect(carry(checksOf({ [IN]: 4 }, { previous: figures(cells, { gaps }) }))).toMatchObject({ outcome: 'skipped' })
  })

  test('has no such check where the older form has no such cell', () => {
    const old = { vintage: '2014', facts: factsOf('2014'), gaps: new Set<string>(), corrections: new Map() } as const
    expect(checksOf({ [IN]: 4 }, { previous: old }).filter(({ rule }) => rule === 'XY-CARRY')).toEqual([])
  })

  test('is found to be copied where every figure is the same', () => {
    const cells = { [IN]: 4, [OUT]: 4, 'requests.new.total': 12 }
    const copied = (other: Cells) =>
      checksOf(cells, { previous: figures(other) }).find(({ rule }) => rule === 'XY-SAME')?.outcome
    expect(copied(cells)).toBe('fail')
    expect(copied({ ...cells, 'requests.new.total': 13 })).toBe('pass')
  })

  test('states a growth in its prose that the two tables bear out, or not', () => {
    const growth = (percent: string) =>
      checksOf(
        { 'requests.new.total': 30 },
        { previous: figures({ 'requests.new.total': 20 }) },
        { sections: [section('overview', '', [section(null, `新收政府信息公开申请30件，同比增长${percent}。`)])] },
      ).filter(({ rule }) => RULES.some(({ id, kind }) => id === rule && kind === 'narrative_cross_year'))
    expect(growth('50%')).toMatchObject([{ outcome: 'pass' }])
    expect(growth('20%')).toMatchObject([{ outcome: 'fail', expected: 50, actual: 20 }])
  })

  test('is judged by nothing that its record was judged by alone', () => {
    const alone = new Set(
      RULES.filter(({ kind }) => ['identity', 'domain', 'structure', 'narrative', 'prose_sum'].includes(kind)).map(
        ({ id }) => id,
      ),
    )
    const checks = checksOf({ 'requests.new.total': 3 }, { previous: figures() })
    expect(checks.length).toBeGreaterThan(10)
    expect(checks.filter(({ rule }) => alone.has(rule))).toEqual([])
  })
})

describe('a report beside those of the organs below', () => {
  const NEW = 'requests.new.total'
  const sum = (total: number, ...parts: Figures[]) =>
    checksOf({ [NEW]: total }, { children: parts }).find(({ rule, subject }) => rule === 'AGG-SUM' && subject === NEW)

  test('is their sum, where a blank counts as nothing', () => {
    expect(sum(7, figures({ [NEW]: 3 }), figures({ [NEW]: 4 }), figures({ [NEW]: '' }))).toMatchObject({
      outcome: 'pass',
      expected: 7,
    })
    expect(sum(8, figures({ [NEW]: 3 }), figures({ [NEW]: 4 }))).toMatchObject({ outcome: 'fail', expected: 7 })
  })

  test('is not judged by a sum with a cell that was not read', () => {
    expect(sum(7, figures({ [NEW]: 3 }), figures({ [NEW]: '四' }))).toMatchObject({ outcome: 'skipped' })
  })

  test('has nothing to be compared with where one of them has no such cell', () => {
    const absent = factsOf('2021').map((one) =>
      one.key === NEW ? { ...one, state: 'absent' as const, raw: null } : one,
    )
    expect(sum(7, figures({ [NEW]: 7 }), figures({}, { facts: absent }))).toBeUndefined()
  })
})

test('a report without neighbours has no such checks', () => {
  expect(checksOf({ [IN]: 4 }, {})).toEqual([])
})
