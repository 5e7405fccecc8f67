import { describe, expect, test } from '@jest/globals'
import { PageBuilder } from '../../build/page.js'
import { coversOnce, furnitureOf, gridsOf, paragraphsOf, readPages, rowsOf } from '../../build/read-pages.js'

const XS = [60, 200, 300, 400]
const YS = [100, 120, 140, 160]
const ROWS = [
  ['名称', '制发', '废止'],
  ['规章', '3', '0'],
  ['规范性文件', '12', '1'],
]

describe('a drawn table', () => {
  test('is read cell by cell', async () => {
    const document = await readPages(new PageBuilder().ruled(XS, YS).cells(XS, YS, ROWS))
    expect(rowsOf(gridsOf(document)[0])).toEqual(['名称 | 制发 | 废止', '规章 | 3 | 0', '规范性文件 | 12 | 1'])
    expect(gridsOf(document)[0]?.locations).toEqual([{ kind: 'page', page: 1, box: [60, 100, 400, 160] }])
    expect(paragraphsOf(document)).toEqual([])
  })

  test('gives every cell its own box', async () => {
    const document = await readPages(new PageBuilder().ruled(XS, YS).cells(XS, YS, ROWS))
    const cell = gridsOf(document)[0]?.cells.find((each) => each.text === '12')
    expect(cell?.location).toEqual({ kind: 'page', page: 1, box: [200, 140, 300, 160] })
  })

  test('may be drawn with four short lines a cell, askew and with gaps at the corners', async () => {
    const page = new PageBuilder().cells(XS, YS, ROWS)
    for (const [r, top] of YS.slice(0, -1).entries()) {
      for (const [c, left] of XS.slice(0, -1).entries()) {
        const [right, bottom, off] = [XS[c + 1] ?? 0, YS[r + 1] ?? 0, ((r + c) % 3) * 0.4]
        page.line(left + 1, top + off, right - 1, top + off).line(left + 1, bottom - off, right - 1, bottom - off)
        page.line(left + off, top + 1, left + off, bottom - 1).line(right - off, top + 1, right - off, bottom - 1)
      }
    }
    expect(rowsOf(gridsOf(await readPages(page))[0])).toEqual([
      '名称 | 制发 | 废止',
      '规章 | 3 | 0',
      '规范性文件 | 12 | 1',
    ])
  })

  test('may be dashed', async () => {
    const page = new PageBuilder().cells(XS, YS, ROWS)
    for (const y of YS) for (let x = 60; x < 400; x += 5) page.line(x, y, Math.min(x + 3, 400), y)
    for (const x of XS) for (let y = 100; y < 160; y += 5) page.line(x, y, x, Math.min(y + 3, 160))
    expect(rowsOf(gridsOf(await readPages(page))[0])[2]).toBe('规范性文件 | 12 | 1')
  })

  test('may have double borders', async () => {
    const page = new PageBuilder().ruled(XS, YS).cells(XS, YS, ROWS)
    page.line(57.7, 97.7, 402.3, 97.7).line(57.7, 162.3, 402.3, 162.3)
    page.line(57.7, 97.7, 57.7, 162.3).line(402.3, 97.7, 402.3, 162.3)
    expect(rowsOf(gridsOf(await readPages(page))[0])).toEqual([
      '名称 | 制发 | 废止',
      '规章 | 3 | 0',
      '规范性文件 | 12 | 1',
    ])
  })

  test('may be made of cells set apart, as browsers draw them', async () => {
    const page = new PageBuilder().cells(XS, YS, ROWS)
    for (const [r, top] of YS.slice(0, -1).entries()) {
      for (const [c, left] of XS.slice(0, -1).entries()) {
        page.ruled([left + 1.5, (XS[c + 1] ?? 0) - 1.5], [top + 1.5, (YS[r + 1] ?? 0) - 1.5])
      }
    }
    expect(rowsOf(gridsOf(await readPages(page))[0])).toEqual([
      '名称 | 制发 | 废止',
      '规章 | 3 | 0',
      '规范性文件 | 12 | 1',
    ])
  })

  test('may be open on the left and on the right', async () => {
    const page = new PageBuilder().cells(XS, YS, ROWS)
    for (const y of YS) page.line(60, y, 400, y)
    for (const x of XS.slice(1, -1)) page.line(x, 100, x, 160)
    const [grid] = gridsOf(await readPages(page))
    expect(rowsOf(grid)).toEqual(['名称 | 制发 | 废止', '规章 | 3 | 0', '规范性文件 | 12 | 1'])
    expect(grid?.cells.some((cell) => cell.doubt !== undefined)).toBe(false)
  })

  test('may have long figures in several lines of narrow cells', async () => {
    const xs = [60, 160, 180, 200]
    const page = new PageBuilder().ruled(xs, [100, 120, 180]).cells(xs, [100, 120], [['项目名称和说明', '甲', '乙']])
    for (const [index, digits] of ['123', '456', '789'].entries()) {
      page
        .text(65, 136 + index * 14, '收费')
        .text(162, 136 + index * 14, digits)
        .text(182, 136 + index * 14, digits)
    }
    page.ruled(xs, [180, 200, 220]).cells(
      xs,
      [180, 200, 220],
      [
        ['行政许可处理决定', '1', '2'],
        ['行政处罚处理决定', '3', '4'],
      ],
    )
    expect(gridsOf(await readPages(page)).map((grid) => grid.rowCount)).toEqual([4])
  })

  test('has merged cells where walls are missing', async () => {
    const page = new PageBuilder()
    for (const y of [100, 120, 160]) page.line(60, y, 400, y)
    page.line(200, 140, 400, 140)
    for (const x of [60, 400]) page.line(x, 100, x, 160)
    for (const x of [200, 300]) page.line(x, 120, x, 160)
    page.centred(60, 400, 113, '第一项').centred(60, 200, 143, '结果')
    page.centred(200, 300, 133, '1').centred(300, 400, 133, '2').centred(200, 300, 153, '3').centred(300, 400, 153, '4')
    const [grid] = gridsOf(await readPages(page))
    expect(rowsOf(grid)).toEqual(['1x3 第一项', '2x1 结果 | 1 | 2', '3 | 4'])
    expect(grid === undefined ? false : coversOnce(grid)).toBe(true)
  })

  test('keeps the lines of a cell apart, but reads stacked letters and vertical writing as one line', async () => {
    const xs = [60, 76, 92, 200, 300]
    const ys = [100, 160]
    const page = new PageBuilder().ruled(xs, ys)
    for (const [index, letter] of [...'办理结果'].entries()) page.text(63, 115 + index * 12, letter)
    page.text(79, 104, '三、本年度', { vertical: true })
    page.centred(92, 200, 125, '（二）部分公开').centred(92, 200, 140, '（区分处理）')
    page.centred(200, 300, 125, '1234').centred(200, 300, 140, '56')
    const [grid] = gridsOf(await readPages(page))
    expect(rowsOf(grid)).toEqual(['办理结果 | 三、本年度 | （二）部分公开/（区分处理） | 1234/56'])
  })

  test('reads turned text along its direction', async () => {
    const page = new PageBuilder().ruled([60, 80, 200], [100, 200])
    page.text(75, 180, '办理结果', { direction: 270 }).centred(80, 200, 150, '12')
    expect(rowsOf(gridsOf(await readPages(page))[0])).toEqual(['办理结果 | 12'])
  })

  test('has blanks between the words of a cell only where there is a clear gap', async () => {
    const page = new PageBuilder().ruled([60, 200, 340], [100, 120, 140])
    page.text(65, 113, '总').text(95, 113, '计').text(205, 113, '12 件')
    page.text(65, 133, 'open data').text(205, 133, '2023年')
    expect(rowsOf(gridsOf(await readPages(page))[0])).toEqual(['总 计 | 12件', 'open data | 2023年'])
  })

  test('is separate from a table below it with lines of its own', async () => {
    const lower = YS.map((y) => y + 75)
    const page = new PageBuilder().ruled(XS, YS).cells(XS, YS, ROWS).ruled(XS, lower).cells(XS, lower, ROWS)
    expect(gridsOf(await readPages(page))).toHaveLength(2)
  })

  test('is one with a table that shares its border', async () => {
    const page = new PageBuilder()
      .ruled(XS, YS)
      .cells(XS, YS, ROWS)
      .ruled([60, 400], [160, 180])
      .centred(60, 400, 173, '注')
    expect(rowsOf(gridsOf(await readPages(page))[0])[3]).toBe('1x3 注')
  })

  test('stands among the paragraphs in reading order', async () => {
    const page = new PageBuilder().text(60, 80, '上文').ruled(XS, YS).cells(XS, YS, ROWS).text(60, 190, '下文')
    const document = await readPages(page)
    expect(document.blocks.map((block) => block.kind)).toEqual(['paragraph', 'grid', 'paragraph'])
  })
})

describe('what a drawn cell is in doubt about', () => {
  const doubtsOf = async (page: PageBuilder) =>
    gridsOf(await readPages(page))[0]?.cells.flatMap((cell) =>
      cell.doubt === undefined ? [] : [`${cell.text}: ${cell.doubt}`],
    )

  test('text across a border', async () => {
    const page = new PageBuilder().ruled(XS, YS).cells(XS, YS, [
      ['名称', '', '废止'],
      ['规章', '3', '0'],
    ])
    page.text(285, 153, '123456')
    expect(await doubtsOf(page)).toEqual(['123: straddling_text', '456: straddling_text'])
  })

  test('text that runs out of the table', async () => {
    const page = new PageBuilder()
      .ruled(XS, YS)
      .cells(XS, YS, [['名称', '制发', '']])
      .text(386, 153, '123456')
    expect(await doubtsOf(page)).toEqual(['123: straddling_text'])
  })

  test('text on a border between two rows', async () => {
    const page = new PageBuilder().ruled(XS, YS).cells(XS, YS, ROWS.slice(0, 1)).text(240, 143.8, '8')
    expect((await doubtsOf(page))?.length).toBe(2)
  })

  test('text printed over other text', async () => {
    const page = new PageBuilder().ruled(XS, YS).cells(XS, YS, ROWS).text(246, 153.8, '77')
    expect(await doubtsOf(page)).toEqual([expect.stringContaining('overprinted_text')])
  })

  test('figures with a line through them, which is no border', async () => {
    const page = new PageBuilder().ruled(XS, YS).cells(XS, YS, ROWS.slice(0, 2))
    page.text(235, 153.8, '9915').line(235, 150.5, 245, 150.5)
    expect(await doubtsOf(page)).toEqual(['9915: overprinted_text'])
    page.line(200, 150.5, 300, 150.5)
    expect((await doubtsOf(page))?.length).toBeGreaterThan(0)
  })

  test('an underline strikes nothing out', async () => {
    const page = new PageBuilder().ruled(XS, YS).cells(XS, YS, ROWS.slice(0, 2))
    page.text(235, 153.8, '9915').line(235, 155, 255, 155)
    expect(await doubtsOf(page)).toEqual([])
  })

  test.each([
    ['raised and smaller', { size: 8.3 }, 150.8],
    ['smaller', { size: 6 }, 153.8],
    ['raised', {}, 151.8],
    ['lowered', {}, 155.8],
  ])('a figure with another behind it that is %s: they are never one', async (_, options, y) => {
    const page = new PageBuilder().ruled(XS, YS).cells(XS, YS, ROWS.slice(0, 2))
    page.text(235, 153.8, '123').text(250, y, '2', options)
    expect(await doubtsOf(page)).toEqual(['123 2: overprinted_text'])
  })

  test('slanted figures printed over its own, not others', async () => {
    const page = new PageBuilder().ruled(XS, YS).cells(XS, YS, ROWS)
    const slanted = new PageBuilder().text(247, 133, '2023', { size: 12 }).text(335, 160, '01', { size: 12 })
    page.glyphs.push(...slanted.glyphs.map((glyph) => ({ ...glyph, tilted: true as const })))
    const document = await readPages(page)
    expect(rowsOf(gridsOf(document)[0])).toEqual(['名称 | 制发 | 废止', '规章 | 3 | 0', '规范性文件 | 12 | 1'])
    expect(furnitureOf(document)).toEqual(['2023', '01'])
    expect(await doubtsOf(page)).toEqual(['3: overprinted_text'])
  })

  test('the same letters printed twice are only bold', async () => {
    const page = new PageBuilder().ruled(XS, YS).cells(XS, YS, ROWS).text(245.6, 153.8, '12')
    expect(await doubtsOf(page)).toEqual([])
    expect(rowsOf(gridsOf(await readPages(page))[0])[2]).toBe('规范性文件 | 12 | 1')
  })

  test('glyphs whose font leaves open what they are', async () => {
    const page = new PageBuilder()
      .ruled(XS, YS)
      .cells(XS, YS, ROWS.slice(0, 2))
      .text(245, 153, '12', { distrusted: true })
    expect(await doubtsOf(page)).toEqual(['12: distrusted_glyph'])
  })

  test('a merged cell with a figure under each of its columns', async () => {
    const page = new PageBuilder().ruled([60, 200, 300, 400], [100, 120])
    page.ruled([60, 200], [120, 140]).ruled([200, 400], [120, 140])
    page.cells([60, 200, 300, 400], [100, 120], [['名称', '制发', '废止']]).centred(60, 200, 133, '规章')
    page.centred(200, 300, 133, '3').centred(300, 400, 133, '5')
    expect(await doubtsOf(page)).toEqual(['3 5: open_grid'])
  })

  test('a picture instead of text is said so', async () => {
    const page = new PageBuilder().ruled(XS, YS).cells(XS, YS, ROWS.slice(0, 2)).picture(210, 142, 290, 158)
    const images = gridsOf(await readPages(page))[0]?.cells.filter((cell) => cell.hasImage === true)
    expect(images?.map(({ row, column }) => [row, column])).toEqual([[2, 1]])
  })

  test('a watermark is set apart, and leaves the cells as they are', async () => {
    const page = new PageBuilder().ruled(XS, YS).cells(XS, YS, ROWS).text(90, 165, '样本样本', { size: 60 })
    const document = await readPages(page)
    expect(rowsOf(gridsOf(document)[0])).toEqual(['名称 | 制发 | 废止', '规章 | 3 | 0', '规范性文件 | 12 | 1'])
    expect(document.furniture).toHaveLength(1)
  })
})

describe('lines that make no table', () => {
  test('rules under headings and above footers', async () => {
    const page = new PageBuilder()
      .text(60, 60, '某市人民政府文件', { size: 20 })
      .line(60, 70, 540, 70)
      .line(60, 72, 540, 72)
    page.prose(60, 100, ['全年主动公开政府信息若干条，', '工作平稳有序。']).line(60, 790, 540, 790)
    expect(gridsOf(await readPages(page))).toEqual([])
  })

  test('underlines of words', async () => {
    const page = new PageBuilder().text(60, 100, '填报单位： 某局').line(120, 103, 200, 103)
    page.text(60, 130, '填报人： 某某').line(110, 133, 200, 133).text(60, 160, '日期').line(110, 163, 200, 163)
    expect(gridsOf(await readPages(page))).toEqual([])
  })

  test('a box around a paragraph or a picture', async () => {
    const page = new PageBuilder()
      .ruled([50, 550], [80, 300])
      .prose(60, 110, ['第一段文字在框内。', '第二段文字也在框内。'])
    page.ruled([50, 550], [400, 600]).picture(52, 402, 548, 598)
    const document = await readPages(page)
    expect(gridsOf(document)).toEqual([])
    expect(paragraphsOf(document).join('')).toBe('第一段文字在框内。第二段文字也在框内。')
  })

  test('a frame around the whole page leaves the table in it alone', async () => {
    const page = new PageBuilder().ruled([30, 570], [30, 810]).ruled(XS, YS).cells(XS, YS, ROWS).text(60, 80, '前言')
    const document = await readPages(page)
    expect(gridsOf(document)).toHaveLength(1)
    expect(document.blocks.map((block) => block.kind)).toEqual(['paragraph', 'grid'])
  })
})
