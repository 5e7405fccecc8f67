import { describe, expect, test } from '@jest/globals'
import type { Result } from '../../../src/document/model.js'
import type { Glyph, PageContent, PdfEngine } from '../../../src/document/pdf/page.js'
import { loadPdfium } from '../../../src/document/pdf/pdfium.js'
import { loadPdfjs } from '../../../src/document/pdf/pdfjs.js'
import type { PageAttributes } from '../../build/pdf.js'
import { buildPdf, PdfPage } from '../../build/pdf.js'

async function readPage(engine: PdfEngine, page: PdfPage): Promise<Result<PageContent>> {
  const file = await engine.open(buildPdf([page]))
  if (!file.ok) return file
  const read = await file.value.page(0)
  file.value.close()
  return read
}

async function glyphsOf(engine: PdfEngine, content: string, attributes?: PageAttributes): Promise<readonly Glyph[]> {
  const read = await readPage(engine, new PdfPage(attributes).content(content))
  if (!read.ok) throw new Error(read.failure.code)
  return read.value.glyphs
}

/** Each glyph's text; in brackets where it is distrusted. */
const trust = (glyphs: readonly Glyph[]) =>
  glyphs.map(({ text, distrusted }) => (distrusted ? `[${text}]` : text)).join('')

const span = (actualText: string, drawn: string, font = 'song') =>
  `BT /${font} 12 Tf 100 500 Td /Span << /ActualText ${actualText} >> BDC ${drawn} EMC ET`

describe('a replacement text', () => {
  test.each([
    ['that names the letter behind a drawing is taken at its word', span('<feff53f2>', '<4e00> Tj'), '史'],
    ['that names the ordinary character is no matter', span('<feff4eba>', '<2f08> Tj'), '人'],
    ['is read in any encoding of PDF', span('(\\357\\273\\277\\345\\217\\262)', '<4e00> Tj'), '史'],
    ['that claims other digits than are drawn is distrusted', span('(999)', '(12) Tj', 'helvetica'), '[1][2]'],
    ['that claims digits where letters are drawn is distrusted', span('(1)', '<4e00> Tj'), '[一]'],
    ['that hides digits is distrusted', span('<feff65e0>', '(5) Tj', 'helvetica'), '[5]'],
    ['that claims the digits that are drawn changes nothing', span('(12)', '(12) Tj', 'helvetica'), '12'],
    ['that claims them in full width changes nothing', span('<feffff11>', '(1) Tj', 'helvetica'), '1'],
    ['that is empty changes nothing', span('()', '(12) Tj', 'helvetica'), '12'],
    ['that is longer than what is drawn changes nothing', span('<feff53f26587>', '<4e00> Tj'), '一'],
  ])('%s', async (_, content, expected) => {
    expect(trust(await glyphsOf(await loadPdfium(), content))).toBe(expected)
  })

  test('leaves each glyph where it stands', async () => {
    const glyphs = await glyphsOf(await loadPdfium(), span('(12)', '(1) Tj 50 0 Td (2) Tj', 'helvetica'))
    expect(glyphs.map(({ text, box }) => [text, box[0]])).toEqual([
      ['1', 100],
      ['2', 150],
    ])
  })
})

describe.each([
  ['PDFium', loadPdfium],
  ['pdf.js', loadPdfjs],
])('%s', (_name, load) => {
  test('distrusts glyphs of a font that does not say which characters they are', async () => {
    const fonts = {
      Pictures:
        '/Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /FontMatrix [0.001 0 0 0.001 0 0] /CharProcs << >> ' +
        '/Encoding << /Differences [1 /g1 /g2] >> /FirstChar 1 /LastChar 2 /Widths [500 700] /Resources << >>',
    }
    const glyphs = await glyphsOf(await load(), 'BT /Pictures 10 Tf 100 500 Td <010201> Tj /song 10 Tf <4e00> Tj ET', {
      fonts,
    })
    expect(trust(glyphs)).toBe('[\ufffd][\ufffd][\ufffd]一')
    expect(glyphs.map(({ box }) => box[0])).toEqual([100, 105, 112, 117])
  })

  test('distrusts characters for private use', async () => {
    expect(trust(await glyphsOf(await load(), 'BT /song 10 Tf 100 500 Td <4e00e012> Tj ET'))).toMatch(/^一\[.\]$/)
  })
})

test('pdf.js reports a page that it cannot read to its end', async () => {
  // A pattern that does not exist, after half of the text.
  const broken = new PdfPage().text(100, 100, '一').content('/Pattern cs /None scn 0 0 9 9 re f').text(100, 200, '二')
  const read = await readPage(await loadPdfjs(), broken)
  expect(read.ok ? trust(read.value.glyphs) : read.failure.code).toBe('corrupt')
})
