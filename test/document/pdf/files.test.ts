import { deflateSync } from 'node:zlib'
import { describe, expect, test } from '@jest/globals'
import type { PdfEngine } from '../../../src/document/pdf/page.js'
import { loadPdfium } from '../../../src/document/pdf/pdfium.js'
import { loadPdfjs } from '../../../src/document/pdf/pdfjs.js'
import { buildPdf, PdfPage } from '../../build/pdf.js'

const ENGINES: readonly (readonly [string, () => Promise<PdfEngine>])[] = [
  ['PDFium', loadPdfium],
  ['pdf.js', loadPdfjs],
]

const sample = buildPdf([new PdfPage().text(100, 100, '一'), new PdfPage().text(100, 100, '二')])
const bytesOf = (text: string) => Uint8Array.from(Buffer.from(text, 'latin1'))

/** The failure's code, or the text of each page or the code of its failure. */
async function outcome(engine: PdfEngine, bytes: Uint8Array): Promise<string | string[]> {
  const file = await engine.open(bytes)
  if (!file.ok) return file.failure.code
  const pages: string[] = []
  for (let index = 0; index < file.value.pageCount; index++) {
    const page = await file.value.page(index)
    pages.push(page.ok ? page.value.glyphs.map((glyph) => glyph.text).join('') : page.failure.code)
  }
  file.value.close()
  return pages
}

describe.each(ENGINES)('%s', (_name, load) => {
  test('reads page after page, and leaves the bytes as they are', async () => {
    const before = sample.slice()
    expect(await outcome(await load(), sample)).toEqual(['一', '二'])
    expect(await outcome(await load(), Buffer.from(sample))).toEqual(['一', '二'])
    expect(sample).toEqual(before)
  })

  test.each([
    ['nothing', new Uint8Array()],
    ['something else', bytesOf('政府信息公开')],
    ['only the first line', bytesOf('%PDF-1.7\n')],
    ['only the first objects', sample.slice(0, 400)],
    ['no pages', buildPdf([])],
    ['a page tree that leads back to itself', bytesOf(tree('/Kids [2 0 R] /Count 1'))],
  ])('finds %s corrupt', async (_, bytes) => {
    const found = await outcome(await load(), bytes)
    expect([found].flat()).toContain('corrupt')
    expect([found].flat().every((page) => page === 'corrupt')).toBe(true)
  })

  test('reads a file whose index of objects points nowhere', async () => {
    const text = Buffer.from(sample).toString('latin1')
    const lost = bytesOf(
      text.replace(/startxref\n\d+/, 'startxref\n9').replace(/\d{10} 00000 n/g, '0000000009 00000 n'),
    )
    expect(await outcome(await load(), lost)).toEqual(['一', '二'])
  })

  test('is not led astray by the number of pages that a file claims', async () => {
    const lying = buildPdf([new PdfPage().text(100, 100, '一')], { count: 1_000_000 })
    expect(await outcome(await load(), lying)).toEqual(['一'])
  })

  test('refuses a file of more pages than are read', async () => {
    const many = buildPdf(Array.from({ length: 2001 }, () => new PdfPage()))
    expect(await outcome(await load(), many)).toBe('too_large')
  })

  test('tells the title that the file declares', async () => {
    const engine = await load()
    const titled = await engine.open(buildPdf([new PdfPage()], { title: ' 某市2023年报告 ' }))
    const untitled = await engine.open(sample)
    expect(titled.ok && titled.value.declaredTitle).toBe('某市2023年报告')
    expect(untitled.ok && untitled.value.declaredTitle).toBeNull()
  })

  test('keeps several files open at a time', async () => {
    const engine = await load()
    const [first, second] = await Promise.all([engine.open(sample), engine.open(sample)])
    if (!first.ok || !second.ok) throw new Error('not opened')
    first.value.close()
    first.value.close()
    const page = await second.value.page(1)
    expect(page.ok && page.value.glyphs[0]?.text).toBe('二')
    second.value.close()
  })

  test('refuses a page with more glyphs than are read', async () => {
    const crowded = new PdfPage().content(`BT /helvetica 1 Tf 10 10 Td ${'(1234567890) Tj '.repeat(20_010)}ET`)
    expect(await outcome(await load(), buildPdf([crowded]))).toEqual(['too_large'])
  })

  test.each([
    ['needs a password to open is encrypted', 'secret', 'encrypted'],
    ['needs one only to be changed is read', '', ['12']],
  ])('a file that %s', async (_, userPassword, expected) => {
    const locked = buildPdf([new PdfPage().text(100, 100, '12', { font: 'helvetica' })], { userPassword })
    expect(await outcome(await load(), locked)).toEqual(expected)
  })
})

test('PDFium gives up a file that asks for too much memory, and starts afresh', async () => {
  const states = deflateSync(Buffer.from('q '.repeat(5_000_000))).toString('latin1')
  const dictionary = '/Subtype /Form /BBox [0 0 9 9] /Filter /FlateDecode'
  const greedy = new PdfPage({ xObjects: { Fm: { dictionary, stream: states } } }).content('/Fm Do')
  const engine = await loadPdfium()
  const bystander = await engine.open(sample)
  expect(await outcome(engine, buildPdf([greedy]))).toEqual(['out_of_memory'])

  // Whatever else was open in that instance went with it.
  const lost = bystander.ok ? await bystander.value.page(0) : bystander
  expect(lost.ok || lost.failure.code).toBe('out_of_memory')
  if (bystander.ok) bystander.value.close()
  expect(await outcome(engine, sample)).toEqual(['一', '二'])
})

/** A file whose page tree has these entries. */
function tree(entries: string): string {
  return (
    '%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n' +
    `2 0 obj\n<< /Type /Pages ${entries} >>\nendobj\ntrailer\n<< /Root 1 0 R /Size 3 >>\n%%EOF\n`
  )
}
