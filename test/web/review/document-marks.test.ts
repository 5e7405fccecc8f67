import { describe, expect, test } from '@jest/globals'
import { factsInCells, type ShownBlock, type ShownCell } from '../../../web/src/review/document-marks.js'

const line = (line: number) => ({ kind: 'line' as const, line })

function grid(rows: readonly (readonly string[])[], place: (row: number, column: number) => ShownCell['location']) {
  const cells = rows.flatMap((texts, row) =>
    texts.map((text, column) => ({ row, column, rowSpan: 1, columnSpan: 1, text, location: place(row, column) })),
  )
  const block: ShownBlock = { kind: 'grid', rowCount: rows.length, columnCount: 3, cells, locations: [] }
  return { block, cells }
}

function named(cells: readonly ShownCell[], found: ReadonlyMap<ShownCell, string>) {
  return cells.map((cell) => found.get(cell) ?? '')
}

describe('facts in the cells of a document without pages', () => {
  test('a DOCX says the cell', () => {
    const { block, cells } = grid([['总计', '0', '0']], (row, column) => ({ kind: 'cell', table: 4, row, column }))
    const facts = [{ key: 'total', raw: '0', location: { kind: 'cell' as const, table: 4, row: 0, column: 2 } }]
    expect(named(cells, factsInCells([block], facts))).toEqual(['', '', 'total'])
  })

  test('the facts of a line of text stand side by side, where what was read there is found', () => {
    const { block, cells } = grid(
      [
        ['规章', '1', '0'],
        ['行政处罚', '', '7'],
      ],
      (row) => line(row + 9),
    )
    const facts = [
      { key: 'made', raw: '1', location: line(9) },
      { key: 'valid', raw: '0', location: line(9) },
      { key: 'blank', raw: '', location: line(10) },
      { key: 'decisions', raw: '7', location: line(10) },
    ]
    expect(named(cells, factsInCells([block], facts))).toEqual(['', 'made', 'valid', '', 'blank', 'decisions'])
  })

  test('a line that fits in two ways is placed as the lines beside it are', () => {
    const rows = [
      ['0', '0', '0'],
      ['维持', '3', '4'],
    ]
    const { block, cells } = grid(rows, (row) => line(row + 1))
    const facts = [
      { key: 'a', raw: '0', location: line(1) },
      { key: 'b', raw: '0', location: line(1) },
      { key: 'c', raw: '3', location: line(2) },
      { key: 'd', raw: '4', location: line(2) },
    ]
    expect(named(cells, factsInCells([block], facts))).toEqual(['', 'a', 'b', '', 'c', 'd'])
  })

  test('a line that fits in two ways, with nothing beside it to tell, is in no cell', () => {
    const { block } = grid([['0', '0', '0']], () => line(1))
    const facts = [
      { key: 'a', raw: '0', location: line(1) },
      { key: 'b', raw: '0', location: line(1) },
    ]
    expect(factsInCells([block], facts).size).toBe(0)
  })

  test('where one fact of a line is not to be found, none of them is claimed to be', () => {
    const { block, cells } = grid([['规章', '1', '2']], () => line(3))
    const facts = [
      { key: 'made', raw: '1', location: line(3) },
      { key: 'repealed', raw: '5', location: line(3) },
      { key: 'valid', raw: '2', location: line(3) },
    ]
    expect(factsInCells([block], facts).size).toBe(0)
    expect(named(cells, factsInCells([block], facts))).toEqual(['', '', ''])
  })

  test('facts that lie on pages, or nowhere, are in no cell', () => {
    const { block } = grid([['1']], () => line(1))
    const facts = [
      { key: 'a', raw: '1', location: null },
      {
        key: 'b',
        raw: '1',
        location: { kind: 'page' as const, page: 1, box: [0, 0, 1, 1] as [number, number, number, number] },
      },
    ]
    expect(factsInCells([block], facts).size).toBe(0)
  })
})
