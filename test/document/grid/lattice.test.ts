import { describe, expect, test } from '@jest/globals'
import type { Edge } from '../../../src/document/grid/edges.js'
import { findLattice } from '../../../src/document/grid/lattice.js'

const line = (at: number, from: number, to: number): Edge => ({ at, from, to })
const lattice = (horizontal: Edge[], vertical: Edge[]) => {
  const found = findLattice({ horizontal, vertical }, 1000)
  if (found === null) throw new Error('no lattice')
  return found
}
const spans = (found: ReturnType<typeof lattice>) =>
  found.faces.map(({ row, column, rowSpan, columnSpan }) => [row, column, rowSpan, columnSpan])

describe('lattices', () => {
  test('three lines down and three across make four faces', () => {
    const found = lattice(
      [line(0, 0, 100), line(20, 0, 100), line(40, 0, 100)],
      [line(0, 0, 40), line(50, 0, 40), line(100, 0, 40)],
    )
    expect(spans(found)).toEqual([
      [0, 0, 1, 1],
      [0, 1, 1, 1],
      [1, 0, 1, 1],
      [1, 1, 1, 1],
    ])
    expect(found.faces.some((face) => face.open)).toBe(false)
  })

  test('missing inner walls are merged cells', () => {
    // A banner over both columns, and a label over two rows.
    const found = lattice(
      [line(0, 0, 100), line(20, 0, 100), line(40, 50, 100), line(60, 0, 100)],
      [line(0, 0, 60), line(50, 20, 60), line(100, 0, 60)],
    )
    expect(spans(found)).toEqual([
      [0, 0, 1, 2],
      [1, 0, 2, 1],
      [1, 1, 1, 1],
      [2, 1, 1, 1],
    ])
  })

  test('double lines are one border', () => {
    const found = lattice(
      [line(0, 0, 100), line(2.2, 2, 98), line(40, 0, 100)],
      [line(0, 0, 40), line(2.2, 2, 38), line(50, 0, 40), line(100, 0, 40)],
    )
    expect(spans(found)).toEqual([
      [0, 0, 1, 1],
      [0, 1, 1, 1],
    ])
  })

  test('lines that run on beyond the last column close an open side', () => {
    const found = lattice([line(0, 0, 300), line(20, 0, 300), line(40, 0, 300)], [line(100, 0, 40), line(200, 0, 40)])
    expect(found.xs).toEqual([0, 100, 200, 300])
    expect(found.faces).toHaveLength(6)
  })

  test('a table cut off by the page is closed where its lines end, and says so', () => {
    const found = lattice([line(0, 0, 100), line(20, 0, 100)], [line(0, 0, 36), line(50, 0, 36), line(100, 0, 36)])
    expect(found.ys).toEqual([0, 20, 36])
    expect(found.openBottom).toBe(true)
    expect(found.openTop).toBe(false)
    expect(found.faces).toHaveLength(4)
  })

  test('one line that overshoots is no open side', () => {
    const found = lattice(
      [line(0, 0, 130), line(20, 0, 100), line(40, 0, 100)],
      [line(0, 0, 40), line(50, 0, 40), line(100, 0, 40)],
    )
    expect(found.xs).toEqual([0, 50, 100])
  })

  test('every position is covered once, whatever walls are missing', () => {
    // A small generator with a fixed seed: walls are left out at random.
    let seed = 7
    const random = () => {
      seed = (seed * 1103515245 + 12345) % 2147483648
      return seed / 2147483648
    }
    for (let round = 0; round < 200; round++) {
      const size = 5
      const horizontal: Edge[] = [line(0, 0, size * 20), line(size * 20, 0, size * 20)]
      const vertical: Edge[] = [line(0, 0, size * 20), line(size * 20, 0, size * 20)]
      for (let at = 1; at < size; at++) {
        for (let slot = 0; slot < size; slot++) {
          if (random() < 0.6) horizontal.push(line(at * 20, slot * 20, slot * 20 + 20))
          if (random() < 0.6) vertical.push(line(at * 20, slot * 20, slot * 20 + 20))
        }
      }
      const { xs, ys, faces } = lattice(horizontal, vertical)
      const covered = new Map<string, number>()
      for (const { row, column, rowSpan, columnSpan } of faces) {
        for (let r = row; r < row + rowSpan; r++) {
          for (let c = column; c < column + columnSpan; c++)
            covered.set(`${r}/${c}`, (covered.get(`${r}/${c}`) ?? 0) + 1)
        }
      }
      expect(covered.size).toBe((xs.length - 1) * (ys.length - 1))
      expect([...covered.values()].every((count) => count === 1)).toBe(true)
    }
  })

  test('a region that is no rectangle is cut up and called open', () => {
    // The wall between the two lower cells stops: an L.
    const found = lattice(
      [line(0, 0, 100), line(20, 50, 100), line(40, 0, 100)],
      [line(0, 0, 40), line(50, 0, 20), line(100, 0, 40)],
    )
    expect(found.faces.filter((face) => face.open).length).toBeGreaterThan(0)
  })

  test('lines of one direction alone are no lattice', () => {
    expect(findLattice({ horizontal: [line(0, 0, 100), line(20, 0, 100)], vertical: [] }, 1000)).toBeNull()
  })
})
