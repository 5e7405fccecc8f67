import { describe, expect, test } from '@jest/globals'
import { findComponents } from '../../../src/document/grid/components.js'
import { findEdges, longEdges, mergePieces } from '../../../src/document/grid/edges.js'

describe('edges', () => {
  test('cell borders drawn one by one become one edge', () => {
    const pieces = [
      { at: 100, from: 50, to: 120 },
      { at: 100.4, from: 120.2, to: 200 },
      { at: 99.8, from: 199, to: 300 },
    ]
    expect(mergePieces(pieces)).toEqual([{ at: expect.closeTo(100.04, 1), from: 50, to: 300 }])
  })

  test('dashes become one edge, whatever their order', () => {
    const dashes = Array.from({ length: 30 }, (_, index) => ({ at: 10, from: index * 6, to: index * 6 + 3 }))
    expect(mergePieces(dashes.reverse())).toEqual([{ at: expect.closeTo(10), from: 0, to: 177 }])
  })

  test('lines a row apart stay apart, and so do the borders of two tables side by side', () => {
    const pieces = [
      { at: 10, from: 0, to: 100 },
      { at: 22, from: 0, to: 100 },
      { at: 10, from: 110, to: 200 },
    ]
    expect(mergePieces(pieces)).toHaveLength(3)
  })

  test('ticks too short for a letter are no edges', () => {
    expect(longEdges({ horizontal: [{ at: 10, from: 0, to: 4 }], vertical: [] }).horizontal).toEqual([])
  })

  test('a line is horizontal or vertical by its ends', () => {
    const edges = findEdges([
      { x1: 0, y1: 10, x2: 100, y2: 10, width: 1 },
      { x1: 50, y1: 0, x2: 50, y2: 100, width: 1 },
    ])
    expect(edges).toEqual({ horizontal: [{ at: 10, from: 0, to: 100 }], vertical: [{ at: 50, from: 0, to: 100 }] })
  })
})

describe('components', () => {
  const box = (left: number, top: number, right: number, bottom: number) => ({
    horizontal: [
      { at: top, from: left, to: right },
      { at: bottom, from: left, to: right },
    ],
    vertical: [
      { at: left, from: top, to: bottom },
      { at: right, from: top, to: bottom },
    ],
  })
  const both = (a: ReturnType<typeof box>, b: ReturnType<typeof box>) => ({
    horizontal: [...a.horizontal, ...b.horizontal],
    vertical: [...a.vertical, ...b.vertical],
  })

  test('two boxes with room for a line of text between them are two components', () => {
    expect(findComponents(both(box(0, 0, 100, 50), box(0, 60, 100, 110)))).toHaveLength(2)
  })

  test('boxes nearer than a letter are one, as borders drawn double are', () => {
    expect(findComponents(both(box(0, 0, 100, 50), box(0, 53.5, 100, 110)))).toHaveLength(1)
  })

  test('sides that miss each other a little at the corners still touch', () => {
    const components = findComponents({
      horizontal: [{ at: 10, from: 12, to: 98 }],
      vertical: [
        { at: 10, from: 12, to: 90 },
        { at: 100, from: 8, to: 90 },
      ],
    })
    expect(components).toHaveLength(1)
  })
})
