import { describe, expect, test } from '@jest/globals'
import { PNG } from 'pngjs'
import { LIMITS } from '../../../src/document/limits.js'
import type { ChineseFont } from '../../../src/document/pdf/chinese-font.js'
import { type PageText, readPageText } from '../../../src/document/pdf/page-text.js'
import { loadPdfium } from '../../../src/document/pdf/pdfium.js'
import { drawPage, type Picture } from '../../../src/document/pdf/picture.js'
import { readPdf } from '../../../src/document/pdf/read-pdf.js'
import { chineseFont } from '../../build/chinese-font.js'
import { buildPdf, type PageAttributes, PdfPage } from '../../build/pdf.js'
import { sampleBytes } from '../../build/samples.js'

const font = await chineseFont()
const testWithFont = font === null ? test.skip : test
const DPI = 96

async function draw(bytes: Uint8Array, given: ChineseFont | null = font, index = 0, dpi = DPI): Promise<Picture> {
  const result = await drawPage(bytes, index, dpi, given)
  if (!result.ok) throw new Error(result.failure.code)
  if (result.value === null) throw new Error('no such page')
  return result.value
}

async function textOf(bytes: Uint8Array, index = 0): Promise<PageText> {
  const result = await readPageText(await loadPdfium(), bytes, index)
  if (!result.ok || result.value === null) throw new Error('not read')
  return result.value
}

type Box = readonly [number, number, number, number]

/** Dark pixels in each box, as shares of the box, and how many there are outside all of them. Boxes are in points. */
function inkOf(picture: Picture, page: { readonly width: number }, boxes: readonly Box[]) {
  const { data, width, height } = PNG.sync.read(Buffer.from(picture.png))
  expect([width, height]).toEqual([picture.width, picture.height])
  const scale = width / page.width
  const isDark = (x: number, y: number) => (data[(y * width + x) * 4 + 1] ?? 255) < 140
  const covered = new Uint8Array(width * height)
  // Letters may stick out of their boxes by a little.
  const margin = Math.ceil(2 * scale)
  const shares = boxes.map((box) => {
    const [left = 0, top = 0, right = 0, bottom = 0] = box.map((value) => Math.round(value * scale))
    let dark = 0
    for (let y = Math.max(0, top - margin); y < Math.min(height, bottom + margin); y++) {
      for (let x = Math.max(0, left - margin); x < Math.min(width, right + margin); x++) {
        covered[y * width + x] = 1
        if (x >= left && x < right && y >= top && y < bottom && isDark(x, y)) dark++
      }
    }
    return dark / ((right - left) * (bottom - top))
  })
  let outside = 0
  for (let at = 0; at < covered.length; at++) {
    if (covered[at] === 0 && isDark(at % width, Math.floor(at / width))) outside++
  }
  return { shares, outside }
}

function page(attributes: PageAttributes = {}): PdfPage {
  return new PdfPage(attributes)
    .text(150, 150, '洪泽区人民政府2023年度报告', { size: 18 })
    .text(150, 200, '收到政府信息公开申请１２件', { font: 'hei' })
    .text(150, 250, 'Received 12 requests', { font: 'helvetica' })
    .text(450, 150, '本年度办理结果', { font: 'songVertical' })
    .content('BT /songGbk 16 Tf 150 500 Td <b1a8b8e6> Tj ET')
}

const VARIANTS: readonly (readonly [string, PageAttributes])[] = [
  ['as it is', {}],
  ['turned to the right', { rotate: 90 }],
  ['upside down', { rotate: 180 }],
  ['turned to the left', { rotate: 270 }],
  ['cut to a part', { cropBox: [120, 440, 560, 760] }],
  ['cut and turned', { cropBox: [120, 440, 560, 760], rotate: 90 }],
  ['with units of its own', { userUnit: 1.5 }],
]

describe('the picture of a page', () => {
  testWithFont.each(VARIANTS)('has ink where the text is and nowhere else: %s', async (_, attributes) => {
    const bytes = buildPdf([page(attributes)])
    const [picture, text] = [await draw(bytes), await textOf(bytes)]
    expect(text.runs.map((run) => run.text)).toEqual(expect.arrayContaining(['报告', 'Received', '本年度办理结果']))
    expect(picture.missingFonts).toBe(false)
    expect(Math.abs(picture.width - (text.width * DPI) / 72)).toBeLessThan(2)
    expect(Math.abs(picture.height - (text.height * DPI) / 72)).toBeLessThan(2)
    const { shares, outside } = inkOf(
      picture,
      text,
      text.runs.map((run) => run.box),
    )
    for (const share of shares) expect(share).toBeGreaterThan(0.04)
    expect(outside).toBe(0)
  })

  test('without a font lacks what the file does not bring, and says so', async () => {
    const bytes = buildPdf([page()])
    const [picture, text] = [await draw(bytes, null), await textOf(bytes)]
    expect(picture.missingFonts).toBe(true)
    const chinese = text.runs.filter((run) => /^\p{Script=Han}+$/u.test(run.text)).map((run) => run.box)
    const latin = text.runs.filter((run) => run.text === 'Received').map((run) => run.box)
    expect(chinese).toHaveLength(2)
    for (const share of inkOf(picture, text, chinese).shares) expect(share).toBe(0)
    for (const share of inkOf(picture, text, latin).shares) expect(share).toBeGreaterThan(0.04)
  })

  test('misses no font where none is wanted', async () => {
    const bytes = buildPdf([new PdfPage().text(100, 100, '12', { font: 'helvetica' })])
    expect((await draw(bytes, null)).missingFonts).toBe(false)
  })

  test('of a file that brings its fonts does not depend on those of the machine', async () => {
    const bytes = sampleBytes('清源市水务局2023年度报告.pdf')
    const [picture, text] = [await draw(bytes, null), await textOf(bytes)]
    expect(picture.missingFonts).toBe(false)
    const boxes = text.runs.filter((run) => /[\p{Script=Han}\d]/u.test(run.text)).map((run) => run.box)
    expect(boxes.length).toBeGreaterThan(20)
    for (const share of inkOf(picture, text, boxes).shares) expect(share).toBeGreaterThan(0.04)
    if (font !== null) expect((await draw(bytes, font)).png).toEqual(picture.png)
  })

  testWithFont('draws what a font with a Chinese name and no character set is wanted for', async () => {
    const fonts = { Named: '/Type /Font /Subtype /TrueType /BaseFont /SimSun /Encoding /WinAnsiEncoding' }
    const bytes = buildPdf([new PdfPage({ fonts }).content('BT /Named 20 Tf 100 700 Td (12) Tj ET')])
    expect((await draw(bytes, null)).missingFonts).toBe(true)
    expect((await draw(bytes)).missingFonts).toBe(false)
  })

  test('is as fine as was asked for, unless that is too large', async () => {
    const bytes = buildPdf([new PdfPage({ width: 300, height: 200 })])
    expect(await draw(bytes, null, 0, 72)).toMatchObject({ width: 300, height: 200 })
    expect(await draw(bytes, null, 0, 36)).toMatchObject({ width: 150, height: 100 })
    const poster = await draw(buildPdf([new PdfPage({ width: 14_400, height: 7_200 })]), null, 0, 300)
    expect(poster.width * poster.height).toBeLessThanOrEqual(LIMITS.picturePixels)
    expect(poster.width * poster.height).toBeGreaterThan(LIMITS.picturePixels * 0.99)
    expect(poster.width / poster.height).toBeCloseTo(2, 2)
  })

  test('of a page that is a mere line has at least a pixel each way', async () => {
    const { width, height } = await draw(buildPdf([new PdfPage({ width: 14_400, height: 0.01 })]), null)
    expect(width * height).toBeGreaterThan(0)
    expect(width * height).toBeLessThanOrEqual(LIMITS.picturePixels)
  })

  test('is that of the page that was asked for; of others there is none', async () => {
    const bytes = buildPdf([new PdfPage({ width: 100, height: 100 }), new PdfPage({ width: 200, height: 100 })])
    expect(await draw(bytes, null, 1, 72)).toMatchObject({ width: 200 })
    for (const index of [2, -1, 1e9, Number.NaN]) {
      expect(await drawPage(bytes, index, DPI, null)).toEqual({ ok: true, value: null })
      expect(await readPageText(await loadPdfium(), bytes, index)).toEqual({ ok: true, value: null })
    }
  })

  test('is refused for the same reasons as reading', async () => {
    const code = async (bytes: Uint8Array) => {
      const result = await drawPage(bytes, 0, DPI, null)
      return result.ok ? null : result.failure.code
    }
    expect(await code(new TextEncoder().encode('%PDF-1.7 nothing'))).toBe('corrupt')
    expect(await code(buildPdf([page()], { userPassword: 'secret' }))).toBe('encrypted')
  })

  test('of a page that draws itself without end stops, and the next page is drawn', async () => {
    const xObjects = { Again: { dictionary: '/Subtype /Form /BBox [0 0 600 850]', stream: '/Again Do /Again Do' } }
    const bytes = buildPdf([new PdfPage({ xObjects }).content('/Again Do')])
    const result = await drawPage(bytes, 0, DPI, null)
    if (!result.ok) expect(['out_of_memory', 'corrupt', 'too_large']).toContain(result.failure.code)
    expect((await draw(buildPdf([page()]), null)).width).toBe(793)
  })

  testWithFont('changes nothing in what is read', async () => {
    const bytes = buildPdf([page()])
    const read = async () => JSON.stringify(await readPdf(bytes, await loadPdfium()))
    const before = await read()
    await draw(bytes)
    expect(await read()).toBe(before)
  })
})

describe('the text of a page', () => {
  test('is in runs, from top to bottom, in boxes within the page', async () => {
    const { width, height, runs } = await textOf(
      buildPdf([new PdfPage().text(60, 100, '项目').text(300, 100, '数量').text(60, 130, '规章')]),
    )
    expect([width, height]).toEqual([595, 842])
    expect(runs.map((run) => run.text)).toEqual(['项目', '数量', '规章'])
    expect(runs[0]?.box).toEqual([60, 89.4, 84, 101.4])
    const cut = await textOf(buildPdf([new PdfPage({ width: 100 }).text(58, 100, '超出页面的一行')]))
    expect(cut.runs.map((run) => run.box[2])).toEqual([100])
  })

  test('leaves out what does not show', async () => {
    const { runs } = await textOf(
      buildPdf([new PdfPage().text(60, 100, '看得见').text(60, 130, '看不见', { mode: 3 })]),
    )
    expect(runs.map((run) => run.text)).toEqual(['看得见'])
  })
})
