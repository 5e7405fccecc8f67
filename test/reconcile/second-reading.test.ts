import { describe, expect, test } from '@jest/globals'
import { isDoubtful } from '../../src/reconcile/doubt.js'
import { reconcile } from '../../src/reconcile/reconcile.js'
import { compareReadings, orderFlags, wordOfOrder, wordOfProgram } from '../../src/reconcile/second-reading.js'
import type { FormFact, ReportReading } from '../../src/report/reading.js'
import { fact, reading } from '../build/reading.js'

const FEE = 'proactive.fees.amount_wanyuan'

function changed(key: string, change: Partial<FormFact>): ReportReading {
  const base = reading('2021')
  return { ...base, facts: base.facts.map((one) => (one.key === key ? { ...one, ...change } : one)) }
}

describe('the order of the figures', () => {
  test('agrees with a cell that holds the same, white space aside', () => {
    expect(wordOfOrder(fact('k', 10, { raw: '1 0', order: '10' }))).toBe('agrees')
    expect(wordOfOrder(fact('k', '', { order: '' }))).toBe('agrees')
  })

  test('differs where a ruling cuts a figure', () => {
    const cut = fact('k', 1, { order: '10', label: '行政复议 / 总计' })
    expect(wordOfOrder(cut)).toBe('differs')
    expect(orderFlags([cut])).toEqual([
      {
        code: 'readings_differ',
        severity: 'error',
        message: '「行政复议 / 总计」两种读法不一致：按单元格读作「1」，按行序和对齐读作「10」。',
        facts: ['k'],
        location: null,
      },
    ])
  })

  test('is silent where it was not asked or the cell was not found', () => {
    expect(wordOfOrder(fact('k', 1, { order: null }))).toBe('silent')
    expect(wordOfOrder(fact('k', null))).toBe('silent')
  })
})

describe('another program', () => {
  const first = changed(FEE, { raw: '12', reading: { kind: 'number', value: 12 } })

  test('agrees, differs, or says nothing where it has doubts itself', () => {
    const second = compareReadings(first, changed(FEE, { raw: '21' }))
    expect(wordOfProgram(FEE, second)).toBe('differs')
    expect(wordOfProgram('requests.new.total', second)).toBe('agrees')
    expect(second.flags.map(({ facts }) => facts)).toEqual([[FEE]])
    const doubting = compareReadings(first, changed(FEE, { raw: '12', doubt: 'open_grid' }))
    expect(wordOfProgram(FEE, doubting)).toBe('silent')
    expect(wordOfProgram(FEE, null)).toBe('silent')
  })
})

describe('another program is asked', () => {
  const asks = (given: ReportReading) => isDoubtful(given, reconcile(given).checks)

  test('not where two readings agree on every cell', () => {
    expect(asks(reading('2021'))).toBe(false)
  })

  test('where the order of the figures differs', () => {
    expect(asks(changed('requests.new.total', { order: '8' }))).toBe(true)
  })

  test('where nothing but its cell speaks for a figure, and not where a sum does', () => {
    expect(asks(changed(FEE, { order: null }))).toBe(true)
    expect(asks(changed('requests.new.total', { order: null }))).toBe(false)
  })
})
