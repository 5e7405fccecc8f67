import { expect, test } from '@jest/globals'
import { boxOn, type Look, mostUrgent } from '../../../web/src/review/marks.js'

const location = { kind: 'page' as const, page: 2, box: [1, 2, 3, 4] as [number, number, number, number] }
const marked = (fact: string, look: Look) => ({ fact, location, look })

test('a cell that is two things at once looks like the more urgent, whichever is named first', () => {
  const marks = [marked('a', 'operand'), marked('a', 'failing'), marked('b', 'suspect'), marked('b', 'operand')]
  expect(mostUrgent(marks).map(({ fact, look }) => [fact, look])).toEqual([
    ['a', 'failing'],
    ['b', 'suspect'],
  ])
})

test('a place has a box on its own page only', () => {
  expect(boxOn(2, location)).toEqual([1, 2, 3, 4])
  expect(boxOn(1, location)).toBeNull()
  expect(boxOn(2, { kind: 'line', line: 2 })).toBeNull()
})
