import { describe, expect, test } from '@jest/globals'
import { keysOf } from '../../../src/report/fact-labels.js'
import type { OrganYear } from '../../../src/review/api.js'
import { INDICATORS, type Indicator, PLOTTED } from '../../../web/src/organs/indicators.js'
import { carriesOf, figureOf, shareDisclosed, spanOf, type YearCheck } from '../../../web/src/organs/years.js'

function report(parts: Partial<OrganYear> = {}): OrganYear {
  return {
    year: 2023,
    sha256: 'a'.repeat(64),
    status: 'accepted',
    vintage: '2021',
    reviewed: false,
    values: {},
    remarks: {},
    ...parts,
  }
}

function check(parts: Partial<YearCheck> = {}): YearCheck {
  return {
    rule: 'XY-CARRY',
    subject: 'total',
    level: 'warning',
    outcome: 'pass',
    expected: 2,
    actual: 2,
    facts: ['requests.carried_in.total'],
    message: '',
    year: 2023,
    ...parts,
  }
}

function indicator(id: string): Indicator {
  const found = INDICATORS.find((one) => one.id === id)
  if (found === undefined) throw new Error(id)
  return found
}

const CARRIED_IN = indicator('carried_in')
const KEY = 'requests.carried_in.total'

test('the years run from the first to the last, also where one has no report', () => {
  expect(spanOf([report({ year: 2019 }), report({ year: 2022 })])).toEqual([2019, 2020, 2021, 2022])
  expect(spanOf([])).toEqual([])
})

describe('a figure', () => {
  test('is what is printed, and the derived one stands beside it', () => {
    const remarks = { [KEY]: { state: 'zero', decision: null, derived: 11 } } as const
    expect(figureOf(CARRIED_IN, report({ values: { [KEY]: 0 }, remarks }), [])).toEqual({
      kind: 'figure',
      key: KEY,
      value: 0,
      decision: null,
      derived: 11,
      checked: null,
    })
  })

  test('is missing for four different reasons', () => {
    const absent = { [KEY]: { state: 'absent', decision: null, derived: null } } as const
    const blank = { [KEY]: { state: 'blank', decision: null, derived: null } } as const
    const kinds = [
      figureOf(CARRIED_IN, undefined, []),
      figureOf(CARRIED_IN, report({ values: {} }), []),
      figureOf(CARRIED_IN, report({ values: { [KEY]: null }, remarks: absent }), []),
      figureOf(CARRIED_IN, report({ values: { [KEY]: null }, remarks: blank }), []),
    ].map(({ kind }) => kind)
    expect(kinds).toEqual(['no_report', 'not_asked', 'unread', 'blank'])
  })

  test('that was not found is blank once a person says so', () => {
    const remarks = { [KEY]: { state: 'absent', decision: 'corrected', derived: null } } as const
    expect(figureOf(CARRIED_IN, report({ values: { [KEY]: null }, remarks }), []).kind).toBe('blank')
  })

  test('is taken under the key of its own form', () => {
    const old = report({ vintage: '2014', values: { 'requests.completed.total': 86 } })
    expect(figureOf(indicator('handled'), old, [])).toMatchObject({ value: 86, key: 'requests.completed.total' })
  })

  test.each([
    ['agrees', [check()]],
    ['differs', [check(), check({ outcome: 'fail' })]],
    ['remark', [check({ outcome: 'fail', level: 'info', rule: 'XY-JUMP' })]],
    // That it did not jump vouches for nothing.
    [null, [check({ rule: 'XY-JUMP' })]],
    // All figures are last year's: nothing is said of this one.
    [null, [check({ rule: 'XY-SAME', outcome: 'fail' })]],
    [null, [check({ year: 2022, outcome: 'fail' })]],
    [null, [check({ facts: ['requests.new.total'], outcome: 'fail' })]],
  ])('is %p by checks %#', (checked, checks) => {
    expect(figureOf(CARRIED_IN, report({ values: { [KEY]: 2 } }), checks)).toMatchObject({ checked })
  })
})

test('the share disclosed is said only of what was handled', () => {
  const values = {
    'requests.outcome.granted.total': 60,
    'requests.outcome.partial.total': 15,
    'requests.outcome.total.total': 100,
  }
  expect(shareDisclosed(report({ values }))).toBe(0.75)
  expect(shareDisclosed(report({ values: { ...values, 'requests.outcome.total.total': 0 } }))).toBeNull()
  expect(shareDisclosed(report({ values: { ...values, 'requests.outcome.partial.total': null } }))).toBeNull()
  expect(shareDisclosed(undefined)).toBeNull()
})

test('what is carried over stands between the reports of both years, in total', () => {
  const years = [report({ year: 2022 }), report({ year: 2023 })]
  const checks = [check(), check({ subject: 'natural_person' }), check({ year: 2022 })]
  expect(carriesOf({ checks, years }).map(({ before, after }) => [before?.year, after?.year])).toEqual([
    [2022, 2023],
    [undefined, 2022],
  ])
})

test('every main figure is asked for by some form, under a key that the form has, and is not where it says so', () => {
  for (const { id, keys, notIn } of INDICATORS) {
    const asking = (['2014', '2019', '2021'] as const).filter((vintage) =>
      keysOf(vintage).some(({ key }) => keys.includes(key)),
    )
    expect([id, asking.length > 0, asking.filter((vintage) => notIn.includes(vintage))]).toEqual([id, true, []])
  }
  const ids = INDICATORS.map(({ id }) => id)
  expect(PLOTTED.filter((id) => id !== 'share').every((id) => ids.includes(id))).toBe(true)
})
