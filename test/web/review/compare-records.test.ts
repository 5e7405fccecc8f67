import { expect, test } from '@jest/globals'
import { compareFacts, compareTraits, countDifferences } from '../../../web/src/review/compare-records.js'
import { fact, flag, record } from '../../build/record.js'

const printed = (key: string, value: number, raw = String(value)) =>
  fact({ key, value, raw, state: value === 0 ? 'zero' : 'number' })

test('cells are compared by figure, by how they read and by how they are printed', () => {
  const before = record({
    facts: [
      printed('same', 3),
      printed('changed', 1),
      printed('wider', 1, '１'),
      fact({ key: 'blank_then_zero' }),
      fact({ key: 'found', state: 'absent', raw: null }),
      printed('lost', 2),
      printed('gone', 5),
      fact({ key: 'never', state: 'absent', raw: null }),
    ],
  })
  const after = record({
    facts: [
      printed('same', 3),
      printed('changed', 7),
      printed('wider', 1),
      printed('blank_then_zero', 0),
      printed('found', 4),
      fact({ key: 'lost', state: 'absent', raw: null }),
      fact({ key: 'never', state: 'absent', raw: null }),
    ],
  })
  const compared = compareFacts(before, after)
  expect(compared.map(({ key, difference }) => [key, difference])).toEqual([
    ['same', 'same'],
    ['changed', 'value'],
    ['wider', 'print'],
    ['blank_then_zero', 'value'],
    ['found', 'gained'],
    ['lost', 'lost'],
    ['never', 'same'],
    ['gone', 'lost'],
  ])
  expect(countDifferences(compared)).toEqual({ same: 2, value: 2, print: 1, gained: 1, lost: 2 })
})

test('a record compared with itself is the same all over', () => {
  const one = record({ facts: [printed('a', 1), fact({ key: 'b' })] })
  expect(compareFacts(one, one).every(({ difference }) => difference === 'same')).toBe(true)
  expect(compareTraits(one, one).filter(({ before, after }) => before !== after)).toEqual([])
})

test('what differs of the whole report is named', () => {
  const one = record()
  const other = record({ flags: [flag()], report: { ...one.report, organ: '另一机关' } })
  const differing = compareTraits(one, other).filter(({ before, after }) => before !== after)
  expect(differing.map(({ trait }) => trait)).toEqual(['organ', 'flags'])
})
