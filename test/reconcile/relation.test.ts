import { describe, expect, test } from '@jest/globals'
import { indexFacts } from '../../src/reconcile/fact-index.js'
import type { Finding } from '../../src/reconcile/finding.js'
import { checkRelation, expand } from '../../src/reconcile/relation.js'
import { anyOf, minus, previous, type RelationRule, times } from '../../src/reconcile/rule.js'
import type { FormFact } from '../../src/report/reading.js'
import { type Cell, type Cells, fact } from '../build/reading.js'
import { SEEDS, seeded } from '../build/seeded.js'

const SUM: RelationRule = {
  id: 'SUM',
  kind: 'identity',
  level: 'error',
  vintages: ['2021'],
  title: '合计＝各项之和',
  left: ['total'],
  op: '==',
  right: ['a', 'b', 'c', 'd'],
}

function check(rule: RelationRule, cells: Cells, before: Cells | null = null): Finding | null {
  const facts = Object.entries(cells).map(([key, cell]) => fact(key, cell))
  return checkFacts(rule, facts, before)
}

function checkFacts(rule: RelationRule, facts: readonly FormFact[], before: Cells | null = null): Finding | null {
  const [instance] = expand(rule)
  if (instance === undefined) throw new Error('a rule without instances')
  const earlier = before === null ? null : indexFacts(Object.entries(before).map(([key, cell]) => fact(key, cell)))
  return checkRelation(instance, { report: indexFacts(facts), previous: earlier, children: null })
}

function outcome(rule: RelationRule, cells: Cells, before: Cells | null = null): string | undefined {
  return check(rule, cells, before)?.check.outcome
}

function parts(seed: number): { a: number; b: number; c: number; d: number } {
  const random = seeded(seed)
  const figure = (): number => random.pick([0, random.integer(0, 9), random.integer(0, 100_000)])
  return { a: figure(), b: figure(), c: figure(), d: figure() }
}

const sumOf = (cells: Record<string, number>): number => Object.values(cells).reduce((sum, value) => sum + value, 0)

/** What a property says of each seed, so that a seed that breaks it is named by the difference. */
function forEverySeed(property: (seed: number) => unknown): unknown[] {
  return SEEDS.map((seed) => ({ seed, said: property(seed) }))
}

describe('a sum, for any parts,', () => {
  test('passes with its true total', () => {
    const said = forEverySeed((seed) => outcome(SUM, { total: sumOf(parts(seed)), ...parts(seed) }))
    expect(said).toEqual(forEverySeed(() => 'pass'))
  })

  test('fails with a total off by anything, and says by how much', () => {
    const off = (seed: number): number => seeded(seed + 1000).integer(1, 50)
    const said = forEverySeed((seed) => {
      const cells = parts(seed)
      const found = check(SUM, { total: sumOf(cells) + off(seed), ...cells })?.check
      return [found?.outcome, found?.expected, found?.actual, found?.message.includes(`相差 ${off(seed)}。`)]
    })
    expect(said).toEqual(forEverySeed((seed) => ['fail', sumOf(parts(seed)), sumOf(parts(seed)) + off(seed), true]))
  })

  test('says the same in any order of its parts', () => {
    const total = (seed: number): number => sumOf(parts(seed)) + (seed % 2)
    const shuffled = (seed: number): RelationRule => ({ ...SUM, right: seeded(seed).shuffle(SUM.right) })
    expect(forEverySeed((seed) => outcome(shuffled(seed), { total: total(seed), ...parts(seed) }))).toEqual(
      forEverySeed((seed) => outcome(SUM, { total: total(seed), ...parts(seed) })),
    )
  })

  test('says the same with a zero printed as a dash or left blank', () => {
    const cells = (seed: number): Cells => ({
      total: sumOf({ ...parts(seed), b: 0 }) + (seed % 2),
      ...parts(seed),
      b: 0,
    })
    const blank = (seed: number): string => seeded(seed).pick(['', '—', '-', '/'])
    expect(forEverySeed((seed) => outcome(SUM, { ...cells(seed), b: blank(seed) }))).toEqual(
      forEverySeed((seed) => outcome(SUM, cells(seed))),
    )
  })

  test('is never passed with one unread cell', () => {
    const said = forEverySeed((seed) => {
      const cells = parts(seed)
      const random = seeded(seed)
      const unread: Cell = random.pick([null, '见附表', '1 2'])
      const key = random.pick(['total', 'a', 'b', 'c', 'd'])
      const found = check(SUM, { total: sumOf(cells), ...cells, [key]: unread })
      return [found?.cause, found?.check.outcome, found?.check.message === `「${key}」未能读出，无法核对。`]
    })
    expect(said).toEqual(forEverySeed(() => ['unread', 'skipped', true]))
  })
})

describe('a sum', () => {
  test('names its total first among the facts', () => {
    expect(check(SUM, { total: 0, a: 0, b: 0, c: 0, d: 0 })?.check.facts).toEqual(['total', 'a', 'b', 'c', 'd'])
  })

  test('says how many blanks it counted as 0', () => {
    const found = check(SUM, { total: 3, a: 3, b: '', c: '—', d: 0 })
    expect(found?.check.message).toBe('total 3，a 3 ＋ b 空 ＋ c 空 ＋ d 0 ＝ 3，一致（2 个空白栏按 0 计）。')
  })

  test('is skipped with a blank total, and the cause is told', () => {
    expect(check(SUM, { total: '', a: 3, b: 0, c: 0, d: 0 })).toMatchObject({
      cause: 'blank',
      check: { outcome: 'skipped', message: '「total」空白，无从核对。' },
    })
  })

  test('holds with a blank total over zeros', () => {
    expect(outcome(SUM, { total: '', a: 0, b: 0, c: 0, d: 0 })).toBe('pass')
  })

  test('holds with a total of 0 over blanks', () => {
    expect(outcome(SUM, { total: 0, a: '', b: '', c: '', d: '' })).toBe('pass')
  })

  test('is skipped with a total over blanks only', () => {
    expect(outcome(SUM, { total: 3, a: '', b: '', c: '', d: '' })).toBe('skipped')
  })

  test('over blanks alone leaves nothing unconfirmed', () => {
    expect(check(SUM, { total: '', a: '', b: '', c: '', d: '' })).toMatchObject({
      cause: null,
      check: { outcome: 'skipped' },
    })
  })

  test('of cells that the form does not have is no instance', () => {
    expect(check(SUM, { total: 3, a: 3, b: 0, c: 0 })).toBeNull()
  })

  test('of a row that is absent by a known variant is no instance', () => {
    const facts = ['total', 'a', 'b', 'c'].map((key) => fact(key, 0))
    expect(checkFacts(SUM, [...facts, fact('d', null, { absentByVariant: true })])).toBeNull()
  })

  test('of figures beyond all numbers is not passed', () => {
    expect(outcome(SUM, { total: Number.POSITIVE_INFINITY, a: Number.POSITIVE_INFINITY, b: 0, c: 0, d: 0 })).toBe(
      'fail',
    )
  })
})

describe('money', () => {
  const money = (key: string, cell: Cell): FormFact => fact(key, cell, { type: 'decimal', unit: '万元' })
  const outcomeOf = (total: number): string | undefined =>
    checkFacts(SUM, [money('total', total), money('a', 0.1), money('b', 0.2), money('c', 0), money('d', 0)])?.check
      .outcome

  test('is added exactly', () => {
    expect(
      checkFacts(
        SUM,
        ['total', 'a', 'b', 'c', 'd'].map((key) => money(key, 0.1)),
      )?.check.expected,
    ).toBe(0.4)
  })

  test('may differ by half a hundredth of its unit', () => {
    expect([0.3, 0.305, 0.306].map(outcomeOf)).toEqual(['pass', 'pass', 'fail'])
  })
})

describe('terms', () => {
  test('with a minus are subtracted', () => {
    const rule: RelationRule = { ...SUM, right: ['a', minus('b')] }
    expect(check(rule, { total: 3, a: 5, b: 2 })?.check.message).toBe('total 3，a 5 － b 2 ＝ 3，一致。')
  })

  test('with a factor are multiplied exactly', () => {
    const rule: RelationRule = { ...SUM, op: '<=', right: [times(0.3, 'a')] }
    expect([3, 4].map((total) => check(rule, { total, a: 10 })?.check)).toMatchObject([
      { outcome: 'pass', expected: 3 },
      { outcome: 'fail', expected: 3 },
    ])
  })

  test('may be a constant', () => {
    const rule: RelationRule = { ...SUM, right: [0] }
    expect([0, 1, ''].map((total) => outcome(rule, { total }))).toEqual(['pass', 'fail', 'pass'])
  })

  test('may be the alternative that is printed', () => {
    const rule: RelationRule = { ...SUM, right: ['a', anyOf(['b', 'c'], ['d'])] }
    expect(check(rule, { total: 3, a: 1, d: 2 })?.check).toMatchObject({ outcome: 'pass', facts: ['total', 'a', 'd'] })
    expect(check(rule, { total: 3, a: 1, b: 2, c: 0, d: 9 })?.check).toMatchObject({
      outcome: 'pass',
      facts: ['total', 'a', 'b', 'c'],
    })
    expect(check(rule, { total: 3, a: 1 })).toBeNull()
  })

  test('of the year before are no instance until that report is given', () => {
    const rule: RelationRule = { ...SUM, right: [previous('a')] }
    expect(check(rule, { total: 3 })).toBeNull()
    expect(check(rule, { total: 3 }, { a: 3 })?.check).toMatchObject({
      outcome: 'pass',
      facts: ['total'],
      message: 'total 3，上年报告a 3，一致。',
    })
    expect(outcome(rule, { total: 3 }, { a: 2 })).toBe('fail')
    expect(outcome(rule, { total: 3 }, { a: null })).toBe('skipped')
  })
})

describe('what must hold', () => {
  const two = (op: RelationRule['op'], more: Partial<RelationRule> = {}): RelationRule => ({
    ...SUM,
    op,
    right: ['a'],
    ...more,
  })

  test.each([
    ['<=', 2, 3, 'pass'],
    ['<=', 3, 3, 'pass'],
    ['<=', 4, 3, 'fail'],
    ['>=', 3, 3, 'pass'],
    ['>=', 2, 3, 'fail'],
    ['zero_implies_zero', 0, 0, 'pass'],
    ['zero_implies_zero', 1, 5, 'pass'],
    ['zero_implies_zero', 0, 5, 'fail'],
    ['both_zero_or_both_positive', 0, 0, 'pass'],
    ['both_zero_or_both_positive', 2, 7, 'pass'],
    ['both_zero_or_both_positive', 0, 7, 'fail'],
    ['both_zero_or_both_positive', 2, 0, 'fail'],
  ] as const)('%s of %i and %i is a %s', (op, total, a, expected) => {
    expect(outcome(two(op), { total, a })).toBe(expected)
  })

  test('a ratio is judged from a size on', () => {
    const rule = two('ratio_within', { ratio: 10, minValue: 50 })
    expect([49, 50, 60].map((total) => outcome(rule, { total, a: 0 }))).toEqual(['pass', 'fail', 'fail'])
    expect(outcome(rule, { total: 500, a: 50 })).toBe('pass')
    expect(outcome(rule, { total: 50, a: 501 })).toBe('fail')
  })

  test('a comparison with too small a right side is no instance', () => {
    const rule = two('<=', { minRight: 6 })
    expect(outcome(rule, { total: 9, a: 5 })).toBeUndefined()
    expect(outcome(rule, { total: 9, a: 6 })).toBe('fail')
  })

  test('a rule on a figure that few print is no instance without it', () => {
    const rule = two('==', { onlyIfPresent: ['total'] })
    expect(outcome(rule, { a: 3 })).toBeUndefined()
    expect(outcome(rule, { total: null, a: 3 })).toBeUndefined()
    expect(outcome(rule, { total: 3, a: 3 })).toBe('pass')
  })

  test('a rule on a row that may be missing is no instance where no cell of it was found', () => {
    const rule = two('==', { skipIfAllMissing: true })
    expect(outcome(rule, { total: null, a: null })).toBeUndefined()
    expect(outcome(rule, { total: 3, a: null })).toBe('skipped')
  })
})

test('a rule for each of several values has an instance for each, with the value as its subject', () => {
  const rule: RelationRule = {
    ...SUM,
    foreach: { name: 'x', values: ['p', 'q'] },
    left: ['t.{x}'],
    right: [minus('{x}.a')],
  }
  expect(expand(rule).map(({ subject, left, right }) => ({ subject, left, right }))).toEqual([
    { subject: 'p', left: ['t.p'], right: [minus('p.a')] },
    { subject: 'q', left: ['t.q'], right: [minus('q.a')] },
  ])
})
