import { describe, expect, test } from '@jest/globals'
import { PageBuilder } from '../../build/page.js'
import { furnitureOf, gridsOf, paragraphsOf, readPages } from '../../build/read-pages.js'

const body = (mark: string) =>
  new PageBuilder().text(120, 120, `${mark}年工作平稳有序推进。`).text(120, 140, `${mark}各项任务按时完成。`)

describe('page furniture', () => {
  test.each(['- 1 -', '— 3 —', '-12-', '第1页 共5页', '1/5', '第 3 页', '1 / 5', 'Page 1 of 5'])(
    'the page number %s is set apart, even on a single page',
    async (number) => {
      const document = await readPages(body('全').centred(0, 600, 800, number))
      expect(furnitureOf(document)).toHaveLength(1)
      expect(paragraphsOf(document)).toHaveLength(2)
    },
  )

  test('a bare number counts when it numbers the pages', async () => {
    const pages = [1, 2, 3].map((number) => body(String(number)).centred(0, 600, 800, String(number + 4)))
    expect(furnitureOf(await readPages(...pages))).toEqual(['5', '6', '7'])
  })

  test('a bare number that numbers nothing stays', async () => {
    const document = await readPages(body('全').text(120, 790, '2023'))
    expect(furnitureOf(document)).toEqual([])
  })

  test('a running title and a footer that repeat are set apart, whatever figures are in them', async () => {
    const pages = ['甲', '乙', '丙'].map((mark, index) =>
      body(mark)
        .centred(0, 600, 40, '某局2023年度报告')
        .text(400, 810, `某市人民政府网站 第${index + 1}版`),
    )
    expect(furnitureOf(await readPages(...pages))).toHaveLength(6)
  })

  test('what a browser prints around the page is set apart on one page too', async () => {
    const page = body('全')
      .text(30, 25, '2024/1/25 10:32')
      .text(300, 25, '年度报告')
      .text(30, 825, 'https://www.example.gov.cn/a.html')
    page.text(550, 825, '1/1')
    const document = await readPages(page)
    expect(furnitureOf(document)).toHaveLength(2)
    expect(paragraphsOf(document)).toHaveLength(2)
  })

  test('the title on the first page, a date and a signature stay', async () => {
    const page = new PageBuilder().centred(0, 600, 70, '某局年度报告', { size: 22 }).text(120, 140, '正文。')
    page.text(400, 740, '某市某局').text(400, 765, '2024年1月25日')
    const document = await readPages(page)
    expect(furnitureOf(document)).toEqual([])
    expect(paragraphsOf(document)).toEqual(['某局年度报告', '正文。', '某市某局', '2024年1月25日'])
  })

  test('a first row that repeats on each page belongs to its table', async () => {
    const xs = [60, 200, 300]
    const page = (figure: string) =>
      new PageBuilder().ruled(xs, [40, 60, 80]).cells(
        xs,
        [40, 60, 80],
        [
          ['名称', '数量'],
          ['规章', figure],
        ],
      )
    const document = await readPages(page('1'), page('2'))
    expect(furnitureOf(document)).toEqual([])
    expect(gridsOf(document)[0]?.rowCount).toBe(3)
  })

  test('a page number turned along the side of a landscape page is set apart', async () => {
    const page = new PageBuilder(840, 600)
      .text(120, 120, '全年工作平稳有序推进。')
      .text(815, 280, '- 3 -', { direction: 90 })
    expect(furnitureOf(await readPages(page))).toEqual(['- 3 -'])
  })
})
