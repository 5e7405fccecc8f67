import { expect, test } from '@jest/globals'
import { cellAt, cellsOnPages } from '../../../web/src/review/cells-on-pages.js'

const place = (page: number, box: [number, number, number, number]) => ({ kind: 'page' as const, page, box })

test('cells are found by their page; what is not on a page is on none', () => {
  const pages = cellsOnPages([
    { key: 'review.total', location: place(3, [10, 10, 40, 30]) },
    { key: 'review.other', location: place(3, [40, 10, 70, 30]) },
    { key: 'requests.new.total', location: null },
    { key: 'requests.new.other_org', location: { kind: 'line', line: 4 } },
  ])
  expect([...pages.keys()]).toEqual([3])
  expect(pages.get(3)?.map(({ fact }) => fact)).toEqual(['review.total', 'review.other'])
})

test('the cell under a point is the smallest that holds it; beside all cells there is none', () => {
  const cells = cellsOnPages([
    { key: 'row', location: place(1, [0, 0, 100, 20]) },
    { key: 'cell', location: place(1, [40, 0, 60, 20]) },
  ]).get(1)
  expect(cellAt(cells ?? [], 50, 10)).toBe('cell')
  expect(cellAt(cells ?? [], 10, 10)).toBe('row')
  expect(cellAt(cells ?? [], 50, 25)).toBeNull()
})
