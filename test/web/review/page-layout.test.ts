import { describe, expect, test } from '@jest/globals'
import {
  bringIn,
  GAP,
  isSeen,
  layOut,
  onScreen,
  pageRead,
  pagesIn,
  scaleForCell,
  scaleForPage,
  scaleForWidth,
} from '../../../web/src/review/page-layout.js'

const A4 = { width: 595.3, height: 841.9 }
const ACROSS = { width: 841.9, height: 595.3 }
const VIEW = { left: 0, top: 0, width: 544, height: 700 }

describe('the layout of pages', () => {
  test('pages lie one below the other, each in the middle of the widest', () => {
    const { pages, width, height } = layOut([A4, ACROSS], 1, 400)
    expect(width).toBe(842 + 2 * GAP)
    expect(pages).toEqual([
      { left: Math.round((width - 595) / 2), top: GAP, width: 595, height: 842 },
      { left: GAP, top: GAP + 842 + GAP, width: 842, height: 595 },
    ])
    expect(height).toBe(GAP + 842 + GAP + 595 + GAP)
  })

  test('a page starts and ends on whole pixels at any scale', () => {
    for (const scale of [0.1, 0.333, 1.078, 2.9]) {
      const numbers = layOut([A4, ACROSS, A4], scale, 531.5).pages.flatMap(Object.values)
      expect(numbers.every(Number.isInteger)).toBe(true)
    }
  })

  test('the pages that are seen are found among many', () => {
    const layout = layOut(
      Array.from({ length: 500 }, () => A4),
      1,
      700,
    )
    const top = layout.pages[300]?.top ?? 0
    expect(pagesIn(layout, top + 1, top + 900)).toEqual({ first: 300, last: 301 })
    expect(pagesIn(layout, -500, 10)).toEqual({ first: 0, last: 0 })
    expect(pagesIn(layout, layout.height + 10, layout.height + 20)).toEqual({ first: 499, last: 499 })
  })

  test('the page one reads is the one above the middle of the view', () => {
    const layout = layOut([A4, A4], 1, 600)
    expect(pageRead(layout, { ...VIEW, top: 0 })).toBe(0)
    expect(pageRead(layout, { ...VIEW, top: 842 - 0.3 * VIEW.height })).toBe(1)
  })
})

describe('scrolling to a place', () => {
  const layout = layOut([A4], 2, VIEW.width)
  const [page = { left: 0, top: 0, width: 0, height: 0 }] = layout.pages

  test('a box of the page is found in the scrolled area', () => {
    expect(onScreen(page, 2, [10, 20, 40, 35])).toEqual({
      left: page.left + 20,
      top: page.top + 40,
      width: 60,
      height: 30,
    })
  })

  test('what has room around it counts as seen, what touches the edge does not', () => {
    expect(isSeen({ left: 10, top: 100, width: 50, height: 20 }, VIEW)).toBe(true)
    expect(isSeen({ left: 10, top: 2, width: 50, height: 20 }, VIEW)).toBe(false)
    expect(isSeen({ left: 520, top: 100, width: 50, height: 20 }, VIEW)).toBe(false)
  })

  test('a row comes to lie at two fifths of the height, and stays where it is sideways', () => {
    const place = { left: 100, top: 1000, width: 50, height: 20 }
    expect(bringIn(place, VIEW)).toEqual({ left: 0, top: 1010 - 280 })
  })

  test('a table that fits into the width is put into the middle with its cell', () => {
    const place = { left: 700, top: 1000, width: 50, height: 20 }
    const table = { left: 300, top: 900, width: 500, height: 200 }
    expect(bringIn(place, VIEW, table).left).toBe(550 - 272)
    expect(bringIn(place, VIEW, { ...table, width: 900 }).left).toBe(725 - 272)
  })
})

describe('the stops of zoom', () => {
  test('the whole page has its gaps around it', () => {
    const scale = scaleForPage(A4, VIEW)
    expect(scale * A4.height).toBeLessThanOrEqual(VIEW.height - 2 * GAP + 1e-9)
    expect(scale * A4.width).toBeLessThanOrEqual(VIEW.width - 2 * GAP + 1e-9)
  })

  test('a table fills the width', () => {
    expect(scaleForWidth(260, VIEW)).toBe((VIEW.width - 2 * GAP) / 260)
  })

  test('a cell is three times as large, unless its neighbours would not be seen', () => {
    expect(scaleForCell([0, 0, 30, 18], VIEW)).toBe(3)
    expect(scaleForCell([0, 0, 300, 18], VIEW) * 300).toBeLessThan(VIEW.width)
  })

  test('no page or cell makes a scale that cannot be drawn', () => {
    expect(scaleForWidth(0, VIEW)).toBe(8)
    expect(scaleForPage({ width: 1e6, height: 1e6 }, VIEW)).toBe(0.1)
    expect(scaleForCell([5, 5, 5, 5], VIEW)).toBe(3)
  })
})
