import { describe, expect, test } from '@jest/globals'
import type { Decision, Made } from '../../../src/review/decisions.js'
import { joinDecisions, lastDone, layOver, rivalOf, type Step } from '../../../web/src/review/steps.js'
import { fact, record } from '../../build/record.js'

const TOTAL = 'review.total'
const report = record({ facts: [fact({ key: TOTAL, raw: '0' })] })
const correct = (value: number): Decision => ({ kind: 'correct', fact: TOTAL, value })

function made(id: number, decision: Decision, by = '沈宁'): Made {
  return { id, decision, by, evidence: '0', at: '2026-01-05T08:00:00.000Z' }
}

function step(key: string, act: Step['act']): Step {
  return { key, sha256: 'a'.repeat(64), at: '2026-01-05T08:01:00.000Z', version: 3, act }
}

describe('steps that the server does not know yet', () => {
  test('count after all that it knows, on the evidence of now', () => {
    const decide = step('1', { kind: 'decide', decision: correct(12) })
    expect(layOver([made(1, correct(11))], [decide], report, '沈宁')).toMatchObject([
      { id: 1 },
      { id: -1, decision: correct(12), evidence: '0', by: '沈宁' },
    ])
  })

  test('take back what it knows', () => {
    const undo = step('1', { kind: 'undo', id: 1, decision: correct(11) })
    expect(layOver([made(1, correct(11))], [undo], report, '沈宁')).toEqual([])
  })
})

describe('what U takes back', () => {
  test('is the last step that was not sent', () => {
    const steps = [
      step('1', { kind: 'decide', decision: correct(1) }),
      step('2', { kind: 'decide', decision: correct(2) }),
    ]
    expect(lastDone([made(1, correct(11))], steps, '沈宁')).toEqual({ step: steps[1] })
  })

  test('is else the last decision of this person', () => {
    const own = made(4, correct(11))
    expect(lastDone([own, made(5, correct(12), '周岚')], [], '沈宁')).toEqual({ made: own })
  })

  test('is never what is being taken back already, nor words, nor a report handed over', () => {
    const undo = step('1', { kind: 'undo', id: 4, decision: correct(11) })
    expect(lastDone([made(4, correct(11))], [undo], '沈宁')).toBeNull()
    expect(lastDone([made(4, { kind: 'comment', text: '见来函' })], [], '沈宁')).toBeNull()
    expect(lastDone([made(4, { kind: 'hand_over', to: null })], [], '沈宁')).toBeNull()
  })
})

describe('a colleague who was faster', () => {
  const mine = step('1', { kind: 'decide', decision: correct(5) })

  test('is a rival about the same cell with another figure', () => {
    const theirs = made(7, correct(6), '周岚')
    expect(rivalOf(mine, [theirs], '沈宁')).toBe(theirs)
  })

  test('is none with the same figure, about another cell, or when it was oneself', () => {
    expect(rivalOf(mine, [made(7, correct(5), '周岚')], '沈宁')).toBeNull()
    expect(rivalOf(mine, [made(7, { kind: 'correct', fact: 'review.other', value: 6 }, '周岚')], '沈宁')).toBeNull()
    expect(rivalOf(mine, [made(7, correct(6))], '沈宁')).toBeNull()
  })
})

test('what was told since joins what was known, once each, in order, without what was taken back', () => {
  const [one, two, three] = [made(1, correct(1)), made(2, correct(2)), made(3, correct(3))]
  expect(joinDecisions([two, one], [three, two], [1])).toEqual([two, three])
})
