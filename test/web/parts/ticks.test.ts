import { expect, test } from '@jest/globals'
import { ticksTo } from '../../../web/src/parts/ticks.js'

test('an axis begins at zero and ends at or above the highest, in steps of 1, 2 or 5', () => {
  expect(ticksTo(22)).toEqual([0, 10, 20, 30])
  expect(ticksTo(56)).toEqual([0, 20, 40, 60])
  expect(ticksTo(4)).toEqual([0, 1, 2, 3, 4])
})

test('an axis of nothing still has a length, and no mark stands for part of a report', () => {
  expect(ticksTo(0)).toEqual([0, 1])
  expect(ticksTo(1)).toEqual([0, 1])
})

test('an axis has five marks or fewer, and reaches what it is for', () => {
  for (let most = 1; most < 5_000; most = Math.ceil(most * 1.13)) {
    const ticks = ticksTo(most)
    expect(ticks.length).toBeLessThanOrEqual(5)
    expect(ticks.at(-1)).toBeGreaterThanOrEqual(most)
  }
})
