import { describe, expect, test } from '@jest/globals'
import { type Equation, type Problem, smallestSets } from '../../src/reconcile/smallest-sets.js'
import { SEEDS, seeded } from '../build/seeded.js'

const sum = (cells: Readonly<Record<number, number>>, need: number): Equation => ({
  terms: Object.entries(cells).map(([cell, factor]) => ({ cell: Number(cell), factor })),
  need,
})

const problem = (cellCount: number, equations: readonly Equation[], more: Partial<Problem> = {}): Problem => ({
  cellCount,
  equations,
  lowest: () => -100,
  accepts: () => true,
  ...more,
})

const found = (one: Problem) => smallestSets(one).solutions.map((solution) => Object.fromEntries(solution))

describe('the smallest sets', () => {
  test('are none where all holds', () => {
    expect(smallestSets(problem(2, [sum({ 0: 1, 1: -1 }, 0)]))).toEqual({ solutions: [], open: [], isComplete: true })
  })

  test('are one cell where two failing sums cross in it', () => {
    expect(found(problem(4, [sum({ 0: 1, 1: 1 }, 5), sum({ 0: 1, 2: 1 }, 5), sum({ 1: 1, 2: 1, 3: 1 }, 0)]))).toEqual([
      { 0: 5 },
    ])
  })

  test('are all cells of one sum that may change so far', () => {
    const lowest = (cell: number): number => (cell === 1 ? -4 : -100)
    expect(found(problem(3, [sum({ 0: 1, 1: 1, 2: -1 }, -5)], { lowest }))).toEqual([{ 0: -5 }, { 2: 5 }])
  })

  test('may hold two cells of one sum', () => {
    const equations = [sum({ 0: 1, 1: 1 }, 7), sum({ 0: 1, 2: 1 }, 3), sum({ 1: 1, 3: 1 }, 4), sum({ 2: 1, 3: 1 }, 0)]
    expect(found(problem(4, equations))).toContainEqual({ 0: 3, 1: 4 })
  })

  test('may hold a cell that only makes up for another', () => {
    const equations = [sum({ 0: 1 }, 2), sum({ 0: 1, 1: 1 }, 0)]
    expect(found(problem(2, equations))).toEqual([{ 0: 2, 1: -2 }])
  })

  test('are open where two cells share a change in many ways', () => {
    const lowest = (): number => -3
    expect(smallestSets(problem(2, [sum({ 0: 1, 1: 1 }, -5)], { lowest })).open).toEqual([[0, 1]])
  })

  test('hold whole changes only', () => {
    expect(found(problem(1, [sum({ 0: 2 }, 3)]))).toEqual([])
  })
})

/** Every set of up to three cells, by trying all changes of a small range. */
function tried(equations: readonly Equation[], cells: number): string[] {
  const range = [-3, -2, -1, 1, 2, 3]
  const holds = (changes: readonly (readonly [number, number])[]): boolean =>
    equations.every(
      ({ terms, need }) =>
        changes.reduce(
          (total, [cell, change]) => total + change * (terms.find((term) => term.cell === cell)?.factor ?? 0),
          0,
        ) === need,
    )
  const sets = (size: number, from: number): number[][] =>
    size === 0
      ? [[]]
      : Array.from({ length: cells - from }, (_, i) => from + i).flatMap((cell) =>
          sets(size - 1, cell + 1).map((rest) => [cell, ...rest]),
        )
  const assign = (set: readonly number[]): [number, number][][] =>
    set.reduce<[number, number][][]>(
      (all, cell) => all.flatMap((one) => range.map((change): [number, number][] => [...one, [cell, change]])),
      [[]],
    )
  for (const size of [1, 2, 3]) {
    const hits = sets(size, 0).flatMap((set) => assign(set).filter(holds))
    if (hits.length > 0) return hits.map((changes) => JSON.stringify(changes)).sort()
  }
  return []
}

test('what is found in random systems is what trying every change finds', () => {
  const results = SEEDS.map((seed) => {
    const random = seeded(seed)
    const cells = 6
    const terms = Array.from({ length: 5 }, () =>
      Object.fromEntries(
        random
          .shuffle([0, 1, 2, 3, 4, 5])
          .slice(0, random.integer(2, 4))
          .map((cell) => [cell, random.pick([1, 1, -1])]),
      ),
    )
    const error = new Map([
      [random.integer(0, 5), random.integer(1, 3)],
      [random.integer(0, 5), random.integer(-3, -1)],
    ])
    const equations = terms.map((one) =>
      sum(
        one,
        [...error].reduce((total, [cell, change]) => total + (one[cell] ?? 0) * change, 0),
      ),
    )
    const within = (solution: ReadonlyMap<number, number>): boolean =>
      [...solution.values()].every((change) => Math.abs(change) <= 3)
    const { solutions, open } = smallestSets(problem(cells, equations, { lowest: () => -3, accepts: within }))
    const listed = solutions.map((one) => JSON.stringify([...one].sort(([a], [b]) => a - b))).sort()
    const isOpen = (changes: string): boolean =>
      open.some(
        (set) => JSON.stringify(set) === JSON.stringify((JSON.parse(changes) as number[][]).map(([cell]) => cell)),
      )
    const all = equations.every(({ need }) => need === 0) ? [] : tried(equations, cells)
    return { seed, listed, all: all.filter((changes) => !isOpen(changes)) }
  })
  expect(results.map(({ seed, listed }) => ({ seed, listed }))).toEqual(
    results.map(({ seed, all }) => ({ seed, listed: all })),
  )
})

test('a search too large for its bounds ends, and says that it was cut off', () => {
  const [rows, columns] = [3, 60]
  const inRow = (row: number) => Object.fromEntries(Array.from({ length: columns }, (_, x) => [row * columns + x, 1]))
  const inColumn = (x: number) =>
    Object.fromEntries(Array.from({ length: rows }, (_, row) => [row * columns + x, x + 1]))
  const equations = [
    ...Array.from({ length: rows }, (_, row) => sum(inRow(row), row + 1)),
    ...Array.from({ length: columns }, (_, x) => sum(inColumn(x), 0)),
  ]
  expect(smallestSets(problem(rows * columns, equations))).toEqual({ solutions: [], open: [], isComplete: false })
})
