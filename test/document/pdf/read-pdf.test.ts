import { describe, expect, test } from '@jest/globals'
import { LIMITS } from '../../../src/document/limits.js'
import { readPdf } from '../../../src/document/pdf/read-pdf.js'
import { engineOf, PageBuilder } from '../../build/page.js'
import { gridsOf, paragraphsOf, readPages } from '../../build/read-pages.js'

const read = (pages: readonly (PageBuilder | null)[]) => readPdf(new Uint8Array(), engineOf(pages))
const codeOf = async (pages: readonly (PageBuilder | null)[]) => {
  const result = await read(pages)
  return result.ok ? null : result.failure.code
}

describe('reading a PDF', () => {
  test('a page that cannot be read leaves a doubt, and the others are read', async () => {
    const document = await readPages(new PageBuilder().text(100, 100, '某局'), null)
    expect(paragraphsOf(document)).toEqual(['某局'])
    expect(document.doubts.map((doubt) => doubt.code)).toEqual(['damaged_part'])
    expect(document.pages).toHaveLength(2)
  })

  test('a file without a page that can be read is corrupt', async () => {
    expect(await codeOf([null, null])).toBe('corrupt')
    expect(await codeOf([])).toBe('corrupt')
  })

  test('a file with more pages than the limit is too large', async () => {
    expect(await codeOf(new Array(LIMITS.pages + 1).fill(new PageBuilder()))).toBe('too_large')
  })

  test('what the engine cannot open is passed on', async () => {
    const failure = { code: 'encrypted', message: '' } as const
    const result = await readPdf(new Uint8Array(), { open: async () => ({ ok: false, failure }) })
    expect(result).toEqual({ ok: false, failure })
  })

  test('the file is closed, even when a page ends it', async () => {
    let closed = false
    const result = await readPdf(new Uint8Array(), {
      open: async () => ({
        ok: true,
        value: {
          pageCount: 1,
          declaredTitle: null,
          page: async () => ({ ok: false, failure: { code: 'out_of_memory', message: '' } }),
          close: () => {
            closed = true
          },
        },
      }),
    })
    expect(result.ok).toBe(false)
    expect(closed).toBe(true)
  })

  test('a page that is a picture says so', async () => {
    const document = await readPages(new PageBuilder().picture(0, 0, 600, 840))
    expect(document.doubts.map((doubt) => doubt.code)).toEqual(['picture_page'])
  })

  test('the invisible text of a scan is read, and doubted wherever it stands', async () => {
    const page = new PageBuilder().picture(0, 0, 600, 840).ruled([60, 200, 300], [100, 120])
    page.cells([60, 200, 300], [100, 120], [['规章', '12']], { invisible: true })
    const document = await readPages(page)
    expect(document.doubts.map((doubt) => doubt.code)).toEqual(['recognised_text'])
    expect(gridsOf(document)[0]?.cells.map((cell) => cell.doubt)).toEqual(['recognised_text', 'recognised_text'])
  })

  test('invisible text beside visible text does not count', async () => {
    const document = await readPages(
      new PageBuilder().text(100, 100, '某局').text(100, 130, '隐藏', { invisible: true }),
    )
    expect(paragraphsOf(document)).toEqual(['某局'])
  })

  test('doubtful letters in running text are said so', async () => {
    const document = await readPages(new PageBuilder().text(100, 100, '收到12件', { distrusted: true }))
    expect(document.doubts).toMatchObject([{ code: 'distrusted_glyph', location: { kind: 'page', page: 1 } }])
  })

  test('the order in which the engine finds things changes nothing', async () => {
    const page = () => {
      const xs = [60, 200, 300]
      const ys = [100, 120, 140]
      const built = new PageBuilder()
        .text(60, 80, '第一段')
        .ruled(xs, ys)
        .cells(xs, ys, [
          ['规章', '12'],
          ['文件', '3'],
        ])
      return built.text(60, 170, '第二段').text(120, 170, '同一行')
    }
    const reversed = page()
    reversed.glyphs.reverse()
    reversed.rulings.reverse()
    expect(await read([reversed])).toEqual(await read([page()]))
  })

  test('a page with a hundred thousand glyphs and lines ends in a document', async () => {
    const page = new PageBuilder()
    for (let index = 0; index < 100_000; index++) {
      const [x, y] = [(index * 7) % 600, (index * 13) % 840]
      page.glyphs.push({
        text: '字',
        box: [x, y, x + 2, y + 2],
        size: 2,
        direction: 0,
        vertical: false,
        bold: false,
        invisible: false,
        distrusted: false,
      })
      page.line(x, y, x + 12, y)
      if (index % 2 === 0) page.line(x, y, x, y + 12)
    }
    expect((await read([page])).ok).toBe(true)
  })

  test('boxes stay within their page', async () => {
    const document = await readPages(new PageBuilder().text(-4, 5, '某局').ruled([-10, 200, 700], [820, 900]))
    for (const block of document.blocks) {
      const boxes = block.kind === 'grid' ? block.locations : [block.location]
      for (const location of boxes) {
        if (location.kind !== 'page') throw new Error('no page')
        const [left, top, right, bottom] = location.box
        expect(Math.min(left, top)).toBeGreaterThanOrEqual(0)
        expect(right).toBeLessThanOrEqual(600)
        expect(bottom).toBeLessThanOrEqual(840)
      }
    }
  })
})
