import { describe, expect, test } from '@jest/globals'
import type { Paragraph } from '../../../src/document/model.js'
import { PageBuilder } from '../../build/page.js'
import { paragraphsOf, readPages } from '../../build/read-pages.js'

/** 汉字 that fill a line from 100 to 500 at 10 points, with a mark to know it by. */
const full = (mark: string, letters = 40) => mark.padEnd(letters, '文')

const paragraphs = async (...pages: PageBuilder[]) =>
  (await readPages(...pages)).blocks.filter((block): block is Paragraph => block.kind === 'paragraph')

describe('paragraphs', () => {
  test('are joined over their lines and parted by indents', async () => {
    const page = new PageBuilder()
    page.text(120, 100, full('甲', 38)).text(100, 120, full('乙')).text(100, 140, '终。')
    page.text(120, 160, full('丙', 38)).text(100, 180, '终。')
    const read = paragraphsOf(await readPages(page))
    expect(read.map((text) => [text[0], text.length])).toEqual([
      ['甲', 80],
      ['丙', 40],
    ])
  })

  test('are joined over a page break, past the page number', async () => {
    const first = new PageBuilder()
      .text(120, 100, full('甲', 38))
      .text(100, 760, full('乙'))
      .centred(0, 600, 810, '— 1 —')
    const second = new PageBuilder().text(100, 60, full('丙')).text(100, 80, '终。').centred(0, 600, 810, '— 2 —')
    const read = paragraphsOf(await readPages(first, second))
    expect(read.at(-1)).toBe(`${full('乙')}${full('丙')}终。`)
  })

  test('have a blank between Latin words at a line break and none between 汉字', async () => {
    const page = new PageBuilder()
      .text(120, 100, `${full('甲', 34)}open`)
      .text(100, 120, 'data平台')
      .text(100, 160, full('乙'))
    expect((await paragraphs(page))[0]?.text.endsWith('open data平台')).toBe(true)
  })

  test('end after a short line, so that a heading stands alone', async () => {
    const page = new PageBuilder().text(120, 100, '一、总体情况').text(120, 120, full('甲', 38)).text(100, 140, '终。')
    expect(paragraphsOf(await readPages(page))[0]).toBe('一、总体情况')
  })

  test('go on where a long heading breaks, and end before the text below it', async () => {
    const page = new PageBuilder()
    page
      .text(120, 100, full('四、', 38))
      .text(100, 120, '诉讼情况')
      .text(120, 140, full('甲', 38))
      .text(100, 160, full('乙'))
    expect(paragraphsOf(await readPages(page))[0]).toBe(`${full('四、', 38)}诉讼情况`)
  })

  test('end at a larger gap', async () => {
    const page = new PageBuilder()
      .text(100, 100, full('甲'))
      .text(100, 120, full('乙'))
      .text(100, 160, full('丙'))
      .text(100, 180, full('丁'))
    expect(paragraphsOf(await readPages(page)).map((text) => text[0])).toEqual(['甲', '丙'])
  })

  test('end where the type changes', async () => {
    const page = new PageBuilder()
      .text(100, 100, full('甲', 25), { size: 16 })
      .text(100, 120, full('乙'))
      .text(100, 140, full('丙'))
    expect(paragraphsOf(await readPages(page))).toHaveLength(2)
  })

  test('of a centred title keep the break between its lines', async () => {
    const page = new PageBuilder()
    page.centred(100, 500, 80, '某区人民政府', { size: 22 }).centred(100, 500, 110, '2023年年度报告', { size: 22 })
    page.text(120, 150, full('甲', 38)).text(100, 170, full('乙')).text(100, 190, full('丙'))
    const [title] = await paragraphs(page)
    expect(title?.text).toBe('某区人民政府\n2023年年度报告')
    expect(title?.cue).toEqual({ level: null, bold: false, centred: true, size: 22 })
  })

  test('of a long title go on where its first line is full', async () => {
    const page = new PageBuilder()
    page.text(100, 80, full('甲', 20), { size: 20 }).centred(100, 500, 110, '年度报告', { size: 20 })
    page.text(120, 150, full('乙', 38)).text(100, 170, full('丙')).text(100, 190, full('丁'))
    const [title] = await paragraphs(page)
    expect(title?.text).toBe(`${full('甲', 20)}年度报告`)
    expect(title?.cue.centred).toBe(true)
  })

  test('with a bold beginning are not bold, and bold headings are', async () => {
    const page = new PageBuilder().text(120, 100, '一、总体情况', { bold: true })
    page.text(120, 120, '（一）主动公开。', { bold: true }).text(200, 120, full('甲', 30)).text(100, 140, '终。')
    expect((await paragraphs(page)).map(({ cue }) => cue.bold)).toEqual([true, false])
  })

  test('of text set side by side are read from left to right', async () => {
    const page = new PageBuilder().text(300, 100, '审核人：孙某').text(100, 100, '负责人：陈某')
    expect(paragraphsOf(await readPages(page))).toEqual(['负责人：陈某 审核人：孙某'])
  })

  test('are located on the page they begin on', async () => {
    const [paragraph] = await paragraphs(new PageBuilder().text(100, 100, '某局'))
    expect(paragraph?.location).toEqual({ kind: 'page', page: 1, box: [100, 91.2, 120, 101.2] })
  })
})
