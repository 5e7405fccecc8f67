import { describe, expect, test } from '@jest/globals'
import { type Hypothesis, isTelling, slipOfFigure, slipsAcross, slipsAlong } from '../../src/reconcile/slips.js'

describe('one figure for another is', () => {
  test.each([
    [21, 12, 'transposed_digits'],
    [1324, 1234, 'transposed_digits'],
    [13, 123, 'lost_digit'],
    [123, 13, 'added_digit'],
    [1223, 123, 'added_digit'],
    [-7, 7, 'turned_sign'],
    [17, 11, 'mistyped_digit'],
    [0, 11, 'left_at_zero'],
    [null, 11, 'left_at_zero'],
    [34, 12, null],
    [4321, 1234, null],
    [0, 0, null],
  ])('%p for %p: %p', (printed, meant, kind) => {
    expect(slipOfFigure(printed, meant)?.kind ?? null).toBe(kind)
  })
})

test('a slip tells nothing of figures of one digit, nor one mistyped digit of any', () => {
  const telling = (printed: number, meant: number): boolean => isTelling(slipOfFigure(printed, meant), printed, meant)
  expect(telling(21, 12)).toBe(true)
  expect(telling(1, 10)).toBe(false)
  expect(telling(123, 13)).toBe(false)
  expect(telling(123, 1234)).toBe(true)
  expect(telling(129, 123)).toBe(false)
})

describe('along a line', () => {
  const hypotheses = (printed: readonly (number | null)[]): Hypothesis[] =>
    slipsAlong([...printed.keys()], (cell) => printed[cell] ?? null)
  const meant = (printed: readonly (number | null)[], kind: string): (readonly (number | null)[])[] =>
    hypotheses(printed).flatMap((hypothesis) =>
      hypothesis.describe(String).kind === kind && hypothesis.cells.length === printed.length ? [hypothesis.meant] : [],
    )

  test('figures may have moved to the right, where the first cell is empty', () => {
    expect(meant([0, 7, 2, 5], 'shifted')).toEqual([[7, 2, 5, null]])
  })

  test('figures may have moved to the left, where the last cell is empty or was not read', () => {
    expect(meant([2, 5, 7, 0], 'shifted')).toEqual([[null, 2, 5, 7]])
    expect(meant([2, 5, 7, null], 'shifted')).toEqual([[null, 2, 5, 7]])
  })

  test('figures have not moved where no cell was left behind', () => {
    expect(meant([2, 5, 7, 9], 'shifted')).toEqual([])
  })

  test('1 and 0 may be 10, with the last figure pushed out', () => {
    expect(meant([1, 0, 3, 4], 'split_figure')).toEqual([[10, 3, 4, null]])
  })

  test('35 may be 3 and 5, with the last cell empty', () => {
    expect(meant([35, 8, 0], 'joined_figures')).toEqual([[3, 5, 8]])
  })

  test('30 is not 3 and a figure that begins with zero', () => {
    expect(meant([302, 8, 0], 'joined_figures')).toEqual([[30, 2, 8]])
  })

  test('neighbours may be exchanged, unless they are equal', () => {
    const swapped = hypotheses([4, 4, 9]).filter((one) => one.describe(String).kind === 'swapped_cells')
    expect(swapped.map(({ cells, meant: figures }) => ({ cells, figures }))).toEqual([
      { cells: [1, 2], figures: [9, 4] },
    ])
  })
})

test('two lines may be exchanged whole, or in one column', () => {
  const printed = [1, 2, 3, 4]
  const found = slipsAcross([0, 1], [2, 3], (cell) => printed[cell] ?? null)
  expect(found.map(({ cells, meant, describe: say }) => [say(String).kind, cells, meant])).toEqual([
    ['swapped_cells', [0, 2], [3, 1]],
    ['swapped_cells', [1, 3], [4, 2]],
    ['swapped_lines', [0, 1, 2, 3], [3, 4, 1, 2]],
  ])
})

test('every slip along a line could be a misreading, and is said in words', () => {
  const all = slipsAlong([0, 1, 2, 3], (cell) => [0, 35, 1, 0][cell] ?? null).map((one) =>
    one.describe((cell) => `格${cell}`),
  )
  expect(all.every(({ isReading }) => isReading)).toBe(true)
  expect(all.every(({ message }) => /「格\d」/.test(message))).toBe(true)
})
