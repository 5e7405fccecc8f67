import { describe, expect, test } from '@jest/globals'
import { type SpannedCell, spanGrid } from '../../../src/document/grid/spans.js'
import type { Grid } from '../../../src/document/model.js'

/** "a 1x2": one column, two rows → rowSpan x colSpan. */
function cell(spec: string): SpannedCell {
  const [text = '', spans = '1x1'] = spec.split(' ')
  const [rowSpan = 1, colSpan = 1] = spans.split('x').map(Number)
  return { text, rowSpan, colSpan }
}

function gridOf(...rows: string[][]): Grid {
  const result = spanGrid(
    rows.map((row) => row.map(cell)),
    0,
  )
  if (!result.ok) throw new Error(result.failure.message)
  return result.value
}

/** The grid as drawn: each position shows the text of the cell that covers it. */
function drawn(grid: Grid): string[] {
  const rows = Array.from({ length: grid.rowCount }, () => Array.from({ length: grid.columnCount }, () => '?'))
  for (const { row, column, rowSpan, columnSpan, text } of grid.cells) {
    for (let r = row; r < row + rowSpan; r++) {
      for (let c = column; c < column + columnSpan; c++) {
        const line = rows[r] ?? []
        expect(line[c]).toBe('?')
        line[c] = text === '' ? '.' : text
      }
    }
  }
  return rows.map((row) => row.join(''))
}

describe('spanGrid', () => {
  test('plain rows become a grid of single cells', () => {
    expect(drawn(gridOf(['a', 'b'], ['c', 'd']))).toEqual(['ab', 'cd'])
  })

  test('spans push later cells to the next free position', () => {
    const grid = gridOf(['a 2x1', 'b 1x2'], ['c', 'd'])
    expect(drawn(grid)).toEqual(['abb', 'acd'])
  })

  test('a row that is too short is filled with empty cells', () => {
    expect(drawn(gridOf(['a', 'b', 'c'], ['d']))).toEqual(['abc', 'd..'])
  })

  test('a row span past the last row ends at the last row', () => {
    expect(drawn(gridOf(['a 9x1', 'b'], ['c']))).toEqual(['ab', 'ac'])
  })

  test('a column span does not run over a cell from above', () => {
    expect(drawn(gridOf(['a', 'b 2x1', 'c'], ['d 1x3']))).toEqual(['abc', 'db.'])
  })

  test('a huge column span adds no columns of its own', () => {
    const grid = gridOf(['a 1x1000'], ['b', 'c'])
    expect(drawn(grid)).toEqual(['aa', 'bc'])
    expect(grid.cells[0]?.columnSpan).toBe(2)
  })

  test('columns in which no cell begins are dropped', () => {
    expect(drawn(gridOf(['a 1x2', 'b 1x3'], ['c 1x2', 'd 1x3']))).toEqual(['ab', 'cd'])
  })

  test('rows in which no cell begins are dropped, and row spans shrink with them', () => {
    const grid = gridOf(['a 4x1', 'b 2x1'], [], ['c'], [])
    expect(drawn(grid)).toEqual(['ab', 'ac'])
    expect(grid.cells.map((each) => each.rowSpan)).toEqual([2, 1, 1])
  })

  test('cells come in row order, then column order, filled holes among them', () => {
    const grid = gridOf(['a'], ['b', 'c', 'd'])
    expect(grid.cells.map((each) => [each.row, each.column, each.text])).toEqual([
      [0, 0, 'a'],
      [0, 1, ''],
      [0, 2, ''],
      [1, 0, 'b'],
      [1, 1, 'c'],
      [1, 2, 'd'],
    ])
  })

  test('each cell is located by the number of its table and its first position', () => {
    const result = spanGrid([[cell('a 1x2')], [cell('b'), cell('c')]], 3)
    expect(result.ok && result.value.cells[2]?.location).toEqual({ kind: 'cell', table: 3, row: 1, column: 1 })
  })

  test('doubt and picture stay with their cell', () => {
    const result = spanGrid([[{ ...cell(''), hasImage: true, doubt: 'overprinted_text' }]], 0)
    expect(result.ok && result.value.cells[0]).toMatchObject({ hasImage: true, doubt: 'overprinted_text' })
  })

  test('no rows are an empty grid', () => {
    expect(gridOf()).toMatchObject({ rowCount: 0, columnCount: 0, cells: [] })
  })

  test('thousands of rows beside thousands of tall cells are a failure, not a stall', () => {
    const tall = Array.from({ length: 100_000 }, () => cell('a 300000x1'))
    const result = spanGrid([tall, ...Array.from({ length: 300_000 }, () => [cell('b')])], 0)
    expect(!result.ok && result.failure.code).toBe('too_large')
  })

  test('a staircase that would fill up to too many positions is a failure', () => {
    const rows = Array.from({ length: 2000 }, (_, index) => [cell(`a 1x1`), cell(`b 1x${index + 1}`), cell('c')])
    const result = spanGrid(rows, 0)
    expect(!result.ok && result.failure.code).toBe('too_large')
  })
})
