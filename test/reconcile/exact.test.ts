import { describe, expect, test } from '@jest/globals'
import { distanceExact, sumExact } from '../../src/reconcile/exact.js'
import { SEEDS, seeded } from '../build/seeded.js'

const plus = (...values: number[]): { value: number; factor: number }[] => values.map((value) => ({ value, factor: 1 }))

describe('a sum', () => {
  test('of fractions is exact', () => {
    expect([
      sumExact(plus(0.1, 0.2)),
      sumExact(plus(7730.28, 0.005)),
      sumExact(plus(59_237.2449, -59_237.2448)),
    ]).toEqual([0.3, 7730.285, 0.0001])
  })

  test('of factors is exact', () => {
    expect(
      sumExact([
        { value: 3, factor: 0.1 },
        { value: 1, factor: -0.3 },
      ]),
    ).toBe(0)
  })

  test('of nothing is 0', () => {
    expect(sumExact([])).toBe(0)
  })

  test('of counts is the sum as they are added one by one', () => {
    const figures = (seed: number): number[] =>
      Array.from({ length: 20 }, (_, at) => seeded(seed * 31 + at).integer(-999, 1e6))
    expect(SEEDS.map((seed) => sumExact(plus(...figures(seed))))).toEqual(
      SEEDS.map((seed) => figures(seed).reduce((sum, value) => sum + value, 0)),
    )
  })

  test('that floating point would round is kept', () => {
    expect(sumExact(plus(2 ** 53, 1, -(2 ** 53)))).toBe(1)
  })

  test('with an infinite part is no number', () => {
    expect(sumExact(plus(Number.POSITIVE_INFINITY, 1))).toBeNaN()
  })
})

test('a distance has no sign', () => {
  expect([distanceExact(0.3, 0.1), distanceExact(0.1, 0.3)]).toEqual([0.2, 0.2])
})
