import { describe, expect, test } from '@jest/globals'
import { IDENTITY } from '../../../src/document/pdf/display.js'
import { joinDots } from '../../../src/document/pdf/dots.js'
import { PathPen } from '../../../src/document/pdf/path-pen.js'
import { DrawingCollector } from '../../../src/document/pdf/rulings.js'
import { thinParts } from '../../../src/document/pdf/thin-parts.js'

type Corner = readonly [number, number]

/** Closed polygons, each by its corners. */
function polygons(...all: readonly (readonly Corner[])[]) {
  const pen = new PathPen()
  pen.begin(IDENTITY)
  for (const corners of all) {
    for (const [index, [x, y]] of corners.entries()) index === 0 ? pen.moveTo(x, y) : pen.lineTo(x, y)
    pen.close()
  }
  return pen.subpaths
}

const rectangle = (left: number, top: number, right: number, bottom: number): Corner[] => [
  [left, top],
  [right, top],
  [right, bottom],
  [left, bottom],
]

describe('thin parts of a fill', () => {
  test('are the sides of a frame, up to its corners', () => {
    const frame = polygons(rectangle(0, 0, 100, 50), rectangle(1, 2, 99, 48))
    expect(thinParts(frame, true, 3)).toEqual([
      [0, 0, 100, 2],
      [0, 48, 100, 50],
      [0, 0, 1, 50],
      [99, 0, 100, 50],
    ])
  })

  test('are there by winding only when the inner rectangle runs the other way', () => {
    const outer = rectangle(0, 0, 100, 50)
    const inner = rectangle(1, 1, 99, 49)
    expect(thinParts(polygons(outer, inner), false, 3)).toEqual([])
    expect(thinParts(polygons(outer, inner.toReversed()), false, 3)).toHaveLength(4)
  })

  test('are the arms of an L', () => {
    const corner = polygons([
      [0, 0],
      [100, 0],
      [100, 1],
      [1, 1],
      [1, 50],
      [0, 50],
    ])
    expect(thinParts(corner, false, 3)).toEqual([
      [0, 0, 100, 1],
      [0, 0, 1, 50],
    ])
  })

  test('are not there in a field with a hole far from its edge, nor where an edge slopes', () => {
    expect(thinParts(polygons(rectangle(0, 0, 100, 50), rectangle(30, 20, 60, 30)), true, 3)).toEqual([])
    expect(
      thinParts(
        polygons([
          [0, 0],
          [100, 5],
          [100, 6],
          [0, 1],
        ]),
        false,
        3,
      ),
    ).toEqual([])
  })
})

describe('rows of dots', () => {
  const row = (count: number, step: number, y = 10) =>
    Array.from({ length: count }, (_, index) => ({ x: 5 + step * index, y, size: 1 }))

  test('are lines from four dots on', () => {
    expect(joinDots(row(4, 2))).toEqual([{ x1: 4.5, y1: 10, x2: 11.5, y2: 10, width: 1 }])
    expect(joinDots(row(3, 2))).toEqual([])
  })

  test('end where the step changes', () => {
    const gap = [...row(5, 2), ...row(5, 2).map((dot) => ({ ...dot, x: dot.x + 13 }))]
    expect(joinDots(gap).map(({ x1, x2 }) => [x1, x2])).toEqual([
      [4.5, 13.5],
      [17.5, 26.5],
    ])
  })

  test('may cross other rows', () => {
    const standing = row(10, 2).map(({ x, y, size }) => ({ x: y - 1, y: x, size }))
    expect(joinDots([...row(10, 2), ...standing])).toHaveLength(2)
  })

  test('are too far apart to be lines, five dots wide', () => {
    expect(joinDots(row(10, 6))).toEqual([])
  })
})

describe('a path', () => {
  const BLACK = { red: 0, green: 0, blue: 0, alpha: 255 }

  function rulingsOf(draw: (pen: PathPen) => void, lineWidth = 1) {
    const pen = new PathPen()
    pen.begin(IDENTITY)
    draw(pen)
    const drawing = new DrawingCollector(600, 800)
    drawing.add(pen.subpaths, { fill: null, evenOdd: false, stroke: BLACK, lineWidth })
    return drawing.rulings().map(({ x1, y1, x2, y2 }) => [x1, y1, x2, y2])
  }

  test('goes on from its start after it was closed', () => {
    const found = rulingsOf((pen) => {
      pen.moveTo(10, 10)
      pen.lineTo(50, 10)
      pen.close()
      pen.lineTo(10, 90)
    })
    expect(found).toEqual([
      [10, 10, 50, 10],
      [10, 10, 50, 10],
      [10, 10, 10, 90],
    ])
  })

  test('with round corners keeps its straight sides', () => {
    const found = rulingsOf((pen) => {
      pen.moveTo(20, 10)
      pen.lineTo(80, 10)
      for (const [x, y] of [
        [85, 10],
        [90, 15],
        [90, 20],
      ] as const)
        pen.curveTo(x, y)
      pen.lineTo(90, 60)
    })
    expect(found).toEqual([
      [20, 10, 80, 10],
      [90, 20, 90, 60],
    ])
  })

  test('as broad as a field is no ruling, but ground for white text', () => {
    const drawing = new DrawingCollector(600, 800)
    const pen = new PathPen()
    pen.begin(IDENTITY)
    pen.moveTo(10, 100)
    pen.lineTo(200, 100)
    drawing.add(pen.subpaths, { fill: null, evenOdd: false, stroke: BLACK, lineWidth: 20 })
    expect(drawing.rulings()).toEqual([])
    expect(drawing.grounds).toEqual([[10, 90, 200, 110]])
  })
})
