import { describe, expect, test } from '@jest/globals'
import type { Box } from '../../../src/document/model.js'
import type { Glyph } from '../../../src/document/pdf/page.js'
import { PageBuilder } from '../../build/page.js'
import { furnitureOf, gridsOf, paragraphsOf, readPages, rowsOf } from '../../build/read-pages.js'

const XS = [60, 200, 300, 400]
const YS = [100, 120, 140, 160]
const upright = () =>
  new PageBuilder(600, 840)
    .text(60, 60, '一、总体情况', { size: 14 })
    .ruled(XS, YS)
    .cells(XS, YS, [
      ['名称', '制发', '废止'],
      ['规章', '3', '0'],
      ['规范性文件', '12', '1'],
    ])

/** The page as it is displayed when its text runs in another direction. */
function displayedAt(page: PageBuilder, direction: 90 | 180 | 270): PageBuilder {
  const { width, height } = page
  const turned = direction === 180 ? new PageBuilder(width, height) : new PageBuilder(height, width)
  const place = ([left, top, right, bottom]: Box): Box => {
    if (direction === 90) return [height - bottom, left, height - top, right]
    if (direction === 180) return [width - right, height - bottom, width - left, height - top]
    return [top, width - right, bottom, width - left]
  }
  for (const glyph of page.glyphs) {
    turned.glyphs.push({
      ...glyph,
      box: place(glyph.box),
      direction: ((glyph.direction + direction) % 360) as Glyph['direction'],
    })
  }
  for (const { x1, y1, x2, y2, width: stroke } of page.rulings) {
    const [left, top, right, bottom] = place([x1, y1, x2, y2])
    turned.line(left, top, right, bottom, stroke)
  }
  return turned
}

describe('a page whose text does not run to the right', () => {
  test.each([
    [90, [700, 300, 720, 400] as const],
    [180, [200, 700, 300, 720] as const],
    [270, [120, 200, 140, 300] as const],
  ] as const)('at %i degrees is read in its direction, and located as displayed', async (direction, box) => {
    const plain = await readPages(upright())
    const document = await readPages(displayedAt(upright(), direction))
    expect(paragraphsOf(document)).toEqual(paragraphsOf(plain))
    expect(rowsOf(gridsOf(document)[0])).toEqual(rowsOf(gridsOf(plain)[0]))
    expect(document.pages).toEqual([direction === 180 ? { width: 600, height: 840 } : { width: 840, height: 600 }])
    const cell = gridsOf(document)[0]?.cells.find(({ text }) => text === '0')
    expect(cell?.location).toEqual({ kind: 'page', page: 1, box })
  })

  test('may have a page number that stands upright', async () => {
    const page = displayedAt(upright(), 90).text(415, 590, '1')
    expect(rowsOf(gridsOf(await readPages(page))[0])[2]).toBe('规范性文件 | 12 | 1')
  })

  test('where half of the text does, is left as it is', async () => {
    const page = displayedAt(upright(), 90).text(60, 300, '本页其余文字横排，行文方向与上述表格不同，合计若干字。')
    expect(paragraphsOf(await readPages(page))).toContain('本页其余文字横排，行文方向与上述表格不同，合计若干字。')
  })
})

test('text set aslant is a watermark, in whatever size', async () => {
  const page = new PageBuilder().prose(60, 100, ['全年主动公开政府信息若干条，工作平稳有序，未发生差错。'])
  const slanted = new PageBuilder().text(200, 300, '内部资料', { size: 10 })
  page.glyphs.push(...slanted.glyphs.map((glyph) => ({ ...glyph, tilted: true as const })))
  const document = await readPages(page)
  expect(paragraphsOf(document)).toEqual(['全年主动公开政府信息若干条，工作平稳有序，未发生差错。'])
  expect(furnitureOf(document)).toEqual(['内部资料'])
})
