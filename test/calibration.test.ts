import { expect, test } from '@jest/globals'
import { trials } from '../scripts/calibration/measure.js'
import { calibrationPage, caught, summarise } from '../scripts/calibration/page.js'

const COUNT = 1200
const all = [...trials(COUNT)]

test('one wrong cell of the table of requests is always caught, and rightly derived in 99 of 100 cases', () => {
  const { oneCell } = summarise(all)
  expect(oneCell.invisible + oneCell.unseen).toBe(0)
  expect(oneCell.right).toBeGreaterThan(200)
  expect(oneCell.right / caught(oneCell)).toBeGreaterThanOrEqual(0.99)
})

test('two wrong cells of the table of requests are rightly derived in 95 of 100 cases', () => {
  const { twoCells } = summarise(all)
  expect(twoCells.right / (caught(twoCells) + twoCells.invisible + twoCells.unseen)).toBeGreaterThanOrEqual(0.95)
})

test('hardly any proposal is wrong', () => {
  expect(summarise(all).wrong).toBeLessThanOrEqual(Math.ceil(COUNT / 1000))
})

test('no error is missed that an identity shows, unless its total was left blank', () => {
  const unseen = all.filter(({ outcome }) => outcome === 'unseen')
  expect(unseen.every(({ kinds }) => kinds.some(({ cells }) => cells === 'several'))).toBe(true)
  expect(unseen.length).toBeLessThan(COUNT / 100)
})

test('the same count gives the same page', () => {
  const few = () => calibrationPage([...trials(60)], [...trials(60, 'tables')])
  expect(few()).toBe(few())
})
