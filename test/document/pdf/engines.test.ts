import { describe, expect, test } from '@jest/globals'
import type { Glyph, PageContent, PdfEngine, Ruling } from '../../../src/document/pdf/page.js'
import { loadPdfium } from '../../../src/document/pdf/pdfium.js'
import { loadPdfjs } from '../../../src/document/pdf/pdfjs.js'
import type { FileAttributes, PageAttributes } from '../../build/pdf.js'
import { buildPdf, PdfPage, pdfString } from '../../build/pdf.js'

const ENGINES: readonly (readonly [string, () => Promise<PdfEngine>])[] = [
  ['PDFium', loadPdfium],
  ['pdf.js', loadPdfjs],
]

/** The first page, as both engines read it: it must be one page. */
async function readBoth(page: PdfPage, attributes?: FileAttributes): Promise<PageContent> {
  const bytes = buildPdf([page], attributes)
  const [first, second] = await Promise.all(ENGINES.map(async ([, load]) => readFirst(await load(), bytes)))
  expect(comparable(second)).toEqual(comparable(first))
  if (first === undefined) throw new Error('no engine')
  return first
}

async function readFirst(engine: PdfEngine, bytes: Uint8Array): Promise<PageContent> {
  const file = await engine.open(bytes)
  if (!file.ok) throw new Error(file.failure.code)
  const page = await file.value.page(0)
  file.value.close()
  if (!page.ok) throw new Error(page.failure.code)
  return page.value
}

/** Without the order of drawing, and to a tenth of a point: the engines count in floats of different length. */
function comparable(page: PageContent | undefined) {
  const rough = (value: number) => Math.round(value * 10) / 10 + 0
  const lines = (values: readonly unknown[]) => values.map((value) => JSON.stringify(value)).sort()
  return (
    page && {
      size: [page.width, page.height],
      glyphs: lines(page.glyphs.map((glyph) => ({ ...glyph, box: glyph.box.map(rough), size: rough(glyph.size) }))),
      rulings: lines(page.rulings.map(({ x1, y1, x2, y2, width }) => [x1, y1, x2, y2, width].map(rough))),
      images: lines(page.images.map((box) => box.map(rough))),
    }
  )
}

const textOf = (glyphs: readonly Glyph[]) => glyphs.map((glyph) => glyph.text).join('')
const at = ({ x1, y1, x2, y2 }: Ruling) => [x1, y1, x2, y2]
const page = (attributes?: PageAttributes) => new PdfPage(attributes)

describe('the page as displayed', () => {
  test('measures from the top-left corner', async () => {
    const { width, height, glyphs, rulings } = await readBoth(
      page().text(100, 200, '一', { size: 10 }).line(50, 60, 150, 60),
    )
    expect([width, height]).toEqual([595, 842])
    expect(glyphs).toMatchObject([{ text: '一', box: [100, 191.2, 110, 201.2], size: 10, direction: 0 }])
    expect(rulings).toEqual([{ x1: 50, y1: 60, x2: 150, y2: 60, width: 0.5 }])
  })

  test.each([
    // Of a page 400 wide and 600 high, with 一二 written from (100, 200) to the right and a line from there downwards.
    [90, { direction: 90, box: [398.8, 100, 408.8, 110] }, [300, 100, 400, 100]],
    [180, { direction: 180, box: [290, 398.8, 300, 408.8] }, [300, 300, 300, 400]],
    [270, { direction: 270, box: [191.2, 290, 201.2, 300] }, [200, 300, 300, 300]],
    [-90, { direction: 270, box: [191.2, 290, 201.2, 300] }, [200, 300, 300, 300]],
  ])('is turned by Rotate %i', async (rotate, glyph, line) => {
    const turned = page({ width: 400, height: 600, rotate })
      .text(100, 200, '一二', { size: 10 })
      .line(100, 200, 100, 300)
    const { width, height, glyphs, rulings } = await readBoth(turned)
    expect([width, height]).toEqual(rotate === 180 ? [400, 600] : [600, 400])
    expect(glyphs[0]).toMatchObject(glyph)
    expect(rulings.map(at)).toEqual([line])
  })

  test('text aslant is told from text that leans, runs down, or went through a printer askew', async () => {
    const matrices = [
      '0.866 0.5 -0.5 0.866',
      '0.707 -0.707 0.707 0.707',
      '1 0 0.21 1',
      '0 1 -1 0',
      '0.9994 0.035 -0.035 0.9994',
    ]
    const aslant = page()
    for (const [index, matrix] of matrices.entries()) {
      aslant.content(`BT /song 12 Tf ${matrix} ${100 + 80 * index} 400 Tm ${pdfString('一', 'song')} Tj ET`)
    }
    const { glyphs } = await readBoth(aslant)
    expect(glyphs.map((glyph) => glyph.tilted === true)).toEqual([true, true, false, false, false])
  })

  test('text turned against the page is upright, with its advance', async () => {
    // Baselines that run up the page, as a table printed sideways has them.
    const sideways = page({ width: 400, height: 600, rotate: 90 }).content(
      'BT /song 10 Tf 0 1 -1 0 200 100 Tm <4e0000310032> Tj ET BT /helvetica 10 Tf 0 1 -1 0 220 100 Tm (12) Tj ET',
    )
    const { glyphs } = await readBoth(sideways)
    expect(textOf(glyphs)).toBe('一1212')
    expect(glyphs.map((glyph) => glyph.direction)).toEqual([0, 0, 0, 0, 0])
    expect(glyphs.map(({ box }) => box[2] - box[0]).map((width) => Number(width.toFixed(1)))).toEqual([
      10, 5, 5, 5.6, 5.6,
    ])
  })

  test('begins at the corner of the CropBox, and what lies outside is left out', async () => {
    const cropped = page({ width: 400, height: 600, cropBox: [50, 100, 350, 500] })
      .text(60, 120, '内')
      .text(10, 120, '外')
      .line(60, 150, 390, 150)
      .line(60, 50, 200, 50)
    const { width, height, glyphs, rulings } = await readBoth(cropped)
    expect([width, height]).toEqual([300, 400])
    expect(glyphs).toMatchObject([{ text: '内', box: [10, 9.44, 22, 21.44] }])
    expect(rulings.map(at)).toEqual([[10, 50, 300, 50]])
  })

  test('is scaled by UserUnit', async () => {
    const scaled = page({ width: 200, height: 300, userUnit: 2 })
      .text(10, 20, '大', { size: 10 })
      .line(0, 50, 100, 50, 0.5)
    const { width, height, glyphs, rulings } = await readBoth(scaled)
    expect([width, height]).toEqual([400, 600])
    expect(glyphs).toMatchObject([{ box: [20, 22.4, 40, 42.4], size: 20 }])
    expect(rulings).toEqual([{ x1: 0, y1: 100, x2: 200, y2: 100, width: 1 }])
  })
})

describe('glyphs', () => {
  test('have the size that they are displayed at, whatever the matrix', async () => {
    const scaled = page().content('q 0.05 0 0 0.05 100 500 cm BT /song 199 Tf 1 0 0 1 0 0 Tm <4e000031> Tj ET Q')
    const { glyphs } = await readBoth(scaled)
    expect(glyphs.map((glyph) => glyph.size)).toEqual([9.95, 9.95])
    expect(glyphs[1]?.box.map((value) => Number(value.toFixed(1)))).toEqual([110, 333.2, 114.9, 343.2])
  })

  test('equal words in a column are all kept, at a large type size under a small matrix', async () => {
    const column = page()
    for (let row = 0; row < 12; row++)
      column.content(`BT /song 199 Tf 0.05 0 0 0.05 100 ${700 - 15 * row} Tm <4e00> Tj ET`)
    expect(textOf((await readBoth(column)).glyphs)).toBe('一'.repeat(12))
  })

  test('are spaced by Tc, Tw, Tz, Ts and TJ', async () => {
    const spaced = page().content('BT /helvetica 10 Tf 2 Tc 5 Tw 60 Tz 3 Ts 100 500 Td (1 2) Tj [(3) -1000 (4)] TJ ET')
    const { glyphs } = await readBoth(spaced)
    expect(glyphs.map(({ box }) => Number(box[0].toFixed(1)))).toEqual([100, 110.4, 114.9, 125.5])
    expect(glyphs[0]).toMatchObject({ text: '1', size: 10 })
    expect(glyphs[0]?.box[3]).toBeCloseTo(842 - 503 + 1.2, 1)
  })

  test('of a vertical font stand one below the other', async () => {
    const { glyphs } = await readBoth(page().text(300, 100, '三、本年度', { font: 'songVertical', size: 10 }))
    expect(textOf(glyphs)).toBe('三、本年度')
    expect(glyphs.every((glyph) => glyph.vertical && glyph.direction === 90)).toBe(true)
    expect(glyphs.map((glyph) => glyph.box)).toMatchObject(
      [0, 1, 2, 3, 4].map((row) => [295, 100 + 10 * row, 305, 110 + 10 * row]),
    )
  })

  test('are read from fonts that only their character collection describes', async () => {
    const { glyphs } = await readBoth(page().content('BT /songGbk 12 Tf 100 500 Td <b1a8b8e631> Tj ET'))
    expect(textOf(glyphs)).toBe('报告1')
    expect(glyphs.some((glyph) => glyph.distrusted)).toBe(false)
  })

  test('are never white space', async () => {
    const { glyphs } = await readBoth(page().text(100, 100, '一 二　三 四').text(300, 100, '一').text(400, 100, '二'))
    expect(textOf(glyphs).split('').sort().join('')).toBe('一一三二二四')
  })

  test('name the ordinary character behind a radical, and keep what is printed otherwise', async () => {
    const { glyphs } = await readBoth(page().text(100, 100, '⼈⺠︑１①㎡'))
    expect(textOf(glyphs)).toBe('人民、１①㎡')
  })

  test('printed twice with a small offset are one, and bold', async () => {
    const twice = page().text(100, 100, '重12').text(100.8, 100, '重12').text(200, 100, '轻12')
    const { glyphs } = await readBoth(twice)
    expect(glyphs.map(({ text, bold }) => text + Number(bold)).sort()).toEqual(['10', '11', '20', '21', '轻0', '重1'])
  })

  test.each([
    ['the name of the face', page().text(100, 100, '黑', { font: 'hei' }), true],
    ['a bold Latin face', page().text(100, 100, '12', { font: 'helveticaBold' }), true],
    ['fill and stroke together', page().text(100, 100, '粗', { mode: 2 }), true],
    ['nothing of that', page().text(100, 100, '细'), false],
  ])('are bold by %s', async (_, drawn, bold) => {
    const { glyphs } = await readBoth(drawn)
    expect(new Set(glyphs.map((glyph) => glyph.bold))).toEqual(new Set([bold]))
  })

  test.each([
    ['in render mode 3', page().text(100, 100, '隐', { mode: 3 }), true],
    ['white on white', page().text(100, 100, '白', { gray: 1 }), true],
    ['white on a dark field', page().fill(90, 80, 300, 110, 0.3).text(100, 100, '白', { gray: 1 }), false],
    ['white beside a dark field', page().fill(200, 80, 300, 110, 0.3).text(100, 100, '白', { gray: 1 }), true],
    ['grey', page().text(100, 100, '灰', { gray: 0.8 }), false],
    ['black over white', page().text(100, 100, '叠', { gray: 1 }).text(100, 100, '叠'), false],
  ])('are marked when they cannot be seen: %s', async (_, drawn, invisible) => {
    const { glyphs } = await readBoth(drawn)
    expect(glyphs.map((glyph) => glyph.invisible)).toEqual([invisible])
  })

  test('off the page are left out', async () => {
    const { glyphs } = await readBoth(page().text(-40, 100, '外').text(700, 100, '外').text(-4, 200, '内'))
    expect(textOf(glyphs)).toBe('内')
  })
})

describe('rulings', () => {
  test.each<[string, PdfPage, number[][]]>([
    ['a stroked line', page().line(50, 100, 200, 100), [[50, 100, 200, 100]]],
    ['drawn from right to left', page().line(200, 100, 50, 100), [[50, 100, 200, 100]]],
    ['a little askew', page().line(50, 100, 450, 102), [[50, 101, 450, 101]]],
    ['askew', page().line(50, 100, 450, 110), []],
    ['dashed', page().content('q [3 2] 0 d').line(50, 100, 200, 100).content('Q'), [[50, 100, 200, 100]]],
    ['white', page().content('q 1 G').line(50, 100, 200, 100).content('Q'), []],
    ['light grey', page().content('q 0.85 G').line(50, 100, 200, 100).content('Q'), [[50, 100, 200, 100]]],
    ['a thin fill', page().fill(50, 100, 200, 100.5), [[50, 100.25, 200, 100.25]]],
    ['a standing thin fill', page().fill(50, 100, 51, 200), [[50.5, 100, 50.5, 200]]],
    ['a white thin fill', page().fill(50, 100, 200, 100.5, 1), []],
    ['a broad fill', page().fill(50, 100, 200, 120), []],
    ['a small square', page().fill(50, 100, 51, 101), []],
    ['a path that is only clipped to', page().content('50 100 100 100 re W n'), []],
    ['a curve', page().content('50 100 m 80 100 120 100 200 100 c S'), []],
    ['off the page', page().line(50, -10, 200, -10), []],
    ['shorter than it is wide', page().line(50, 100, 51, 100, 2), []],
  ])('%s', async (_, drawn, expected) => {
    expect((await readBoth(drawn)).rulings.map(at)).toEqual(expected)
  })

  test('are the four sides of a stroked rectangle', async () => {
    const { rulings } = await readBoth(page().frame(50, 100, 200, 150))
    expect(rulings.map(at).sort()).toEqual(
      [
        [50, 100, 200, 100],
        [50, 100, 50, 150],
        [50, 150, 200, 150],
        [200, 100, 200, 150],
      ].sort(),
    )
  })

  test('are the four sides of a frame painted as one rectangle within another', async () => {
    const frame = page().content('50 100 150 50 re 51 101 148 48 re f*')
    expect((await readBoth(frame)).rulings.map(at).sort()).toEqual(
      [
        [50, 692.5, 200, 692.5],
        [50, 741.5, 200, 741.5],
        [50.5, 692, 50.5, 742],
        [199.5, 692, 199.5, 742],
      ].sort(),
    )
  })

  test('keep the pieces that a file draws them in', async () => {
    const cells = page()
    for (const left of [50, 100, 150]) cells.frame(left, 100, left + 50, 120)
    expect((await readBoth(cells)).rulings).toHaveLength(12)
  })

  test('are one where they are painted as a row of dots', async () => {
    const dotted = page()
    for (let dot = 0; dot < 20; dot++) dotted.fill(50 + 2 * dot, 100, 51 + 2 * dot, 101)
    expect((await readBoth(dotted)).rulings).toEqual([{ x1: 50, y1: 100.5, x2: 89, y2: 100.5, width: 1 }])
  })

  test('are not there where dots make a pattern', async () => {
    const pattern = page()
    for (let dot = 0; dot < 100; dot++)
      pattern.fill(
        50 + 2 * (dot % 10),
        100 + 2 * Math.floor(dot / 10),
        51 + 2 * (dot % 10),
        101 + 2 * Math.floor(dot / 10),
      )
    expect((await readBoth(pattern)).rulings).toEqual([])
  })

  test('are as wide as the matrix makes them', async () => {
    const { rulings } = await readBoth(page().content('q 0.5 0 0 0.5 0 0 cm 1 w 100 200 m 400 200 l S Q'))
    expect(rulings).toEqual([{ x1: 50, y1: 742, x2: 200, y2: 742, width: 0.5 }])
  })
})

describe('form XObjects and pictures', () => {
  const form = (matrix: string, stream: string) => ({
    dictionary: `/Subtype /Form /BBox [0 0 1000 1000] /Matrix [${matrix}]`,
    stream,
  })

  test('a form is drawn through its matrix and the one in force', async () => {
    const xObjects = { Fm: form('2 0 0 2 10 20', 'BT /song 10 Tf <4e00> Tj ET 0.5 w 0 0 m 50 0 l S') }
    const { glyphs, rulings } = await readBoth(page({ xObjects }).content('q 1 0 0 1 100 500 cm /Fm Do Q'))
    expect(glyphs).toMatchObject([{ text: '一', size: 20, box: [110, 304.4, 130, 324.4] }])
    expect(rulings).toEqual([{ x1: 110, y1: 322, x2: 210, y2: 322, width: 1 }])
  })

  test('what a form leaves open ends with it', async () => {
    const xObjects = { Fm: form('1 0 0 1 0 0', 'q 3 0 0 3 0 0 cm 1 g 1 G') }
    const { glyphs } = await readBoth(
      page({ xObjects }).content('/Fm Do').content('BT /song 10 Tf 100 500 Td <4e00> Tj ET'),
    )
    expect(glyphs).toMatchObject([{ size: 10, invisible: false }])
  })

  test('a picture is a box', async () => {
    const picture = {
      dictionary: '/Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8',
      stream: 'x',
    }
    const { images } = await readBoth(page({ xObjects: { Im: picture } }).content('q 200 0 0 100 50 600 cm /Im Do Q'))
    expect(images).toEqual([[50, 142, 250, 242]])
  })

  test.each(ENGINES)('%s comes to an end with a form that draws itself', async (_, load) => {
    const xObjects = { Fm: form('1 0 0 1 0 0', '/Fm Do /Fm Do BT /song 10 Tf <4e00> Tj ET') }
    const engine = await load()
    const file = await engine.open(buildPdf([page({ xObjects }).content('/Fm Do')]))
    const read = file.ok ? await file.value.page(0) : file
    expect(read.ok ? 'read' : read.failure.code).toMatch(/^(read|corrupt|out_of_memory|too_large)$/)
    if (file.ok) file.value.close()
    // The engine is none the worse for it.
    expect(textOf((await readFirst(engine, buildPdf([page().text(100, 100, '好')]))).glyphs)).toBe('好')
  })
})
