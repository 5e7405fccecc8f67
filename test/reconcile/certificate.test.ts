import { describe, expect, test } from '@jest/globals'
import { certify } from '../../src/reconcile/certificate.js'
import { discrepanciesOf } from '../../src/reconcile/discrepancy.js'
import { reconcile } from '../../src/reconcile/reconcile.js'
import { compareReadings, type SecondReading } from '../../src/reconcile/second-reading.js'
import type { Fact, Flag } from '../../src/record.js'
import type { FormFact, ReportReading } from '../../src/report/reading.js'
import { reading } from '../build/reading.js'
import { flag } from '../build/record.js'

function certified(given: ReportReading, second: SecondReading | null = null, flags: readonly Flag[] = []) {
  const { system, localisations, captures } = reconcile(given)
  const discrepancies = discrepanciesOf(localisations, { reading: given, second, captures })
  const facts = certify(given.facts, { system, second, discrepancies, flags })
  return (key: string): Fact | undefined => facts.find((one) => one.key === key)
}

function amended(base: ReportReading, key: string, change: Partial<FormFact>): ReportReading {
  return { ...base, facts: base.facts.map((one) => (one.key === key ? { ...one, ...change } : one)) }
}

const CELL = 'requests.outcome.granted.natural_person'
const LICENSING = 'proactive.licensing.decisions'
const REVIEW = 'review.maintained'

describe('the grade of a figure', () => {
  const clean = certified(reading('2021'))

  test('is proven where two identities and two readings vouch for it', () => {
    expect(clean(CELL)).toMatchObject({
      grade: 'proven',
      vouchers: { identities: ['T3-OUTCOME-21', 'T3-ROW-21'], readings: ['layout', 'order'] },
    })
  })

  test('is summed where one identity does, or no second reading joins two', () => {
    expect(clean(REVIEW)).toMatchObject({ grade: 'summed', vouchers: { identities: ['T4-REVIEW'] } })
    expect(certified(amended(reading('2021'), CELL, { order: null }))(CELL)?.grade).toBe('summed')
  })

  test('says so where nothing but the readings vouches for it, or one alone', () => {
    expect(clean(LICENSING)).toMatchObject({ grade: 'read_twice', vouchers: { identities: [] } })
    const alone = amended(reading('2021'), LICENSING, { order: null })
    expect(certified(alone)(LICENSING)).toMatchObject({ grade: 'read_once', vouchers: { readings: ['layout'] } })
    expect(certified(alone, compareReadings(alone, reading('2021')))(LICENSING)).toMatchObject({
      grade: 'read_twice',
      vouchers: { readings: ['layout', 'second_program'] },
    })
  })

  test('is contested for the suspects of a failed sum, and for a cell that a flag of severity error names', () => {
    const failing = certified(reading('2021', { [REVIEW]: 10, 'review.total': 0 }))
    expect(failing('review.total')?.grade).toBe('contested')
    const doubted = certified(reading('2021'), null, [flag({ code: 'doubtful_figure', facts: [LICENSING] })])
    expect(doubted(LICENSING)?.grade).toBe('contested')
    const noted = certified(reading('2021'), null, [flag({ severity: 'warning', facts: [LICENSING] })])
    expect(noted(LICENSING)?.grade).toBe('read_twice')
  })

  test('is none for a cell that was not found', () => {
    const absent = amended(reading('2021'), CELL, { reading: null, raw: null, order: null })
    expect(certified(absent)(CELL)).toMatchObject({ grade: null, state: 'absent', vouchers: { readings: [] } })
  })
})

test('what is derived stands beside the printed figure', () => {
  const cells = { [REVIEW]: 10, 'review.corrected': 1, 'review.total': 0 }
  expect(certified(reading('2021', cells))('review.total')).toMatchObject({ value: 0, raw: '0', derived: 11 })
  expect(certified(reading('2021', cells))(REVIEW)).toMatchObject({ value: 10, derived: null })
})
