import { afterEach, describe, expect, test } from '@jest/globals'
import { PNG } from 'pngjs'
import { findChineseFont } from '../../src/adapters/fonts.js'
import { openLane } from '../../src/adapters/lane.js'
import { joinLanes } from '../../src/adapters/lanes.js'
import { drawPage, openPictures, pageText } from '../../src/adapters/pictures.js'
import type { Source } from '../../src/adapters/task.js'
import { inProcess } from '../../src/adapters/vessel.js'
import { LIMITS } from '../../src/document/limits.js'
import { buildPdf, PdfPage } from '../build/pdf.js'
import { samplePath } from '../build/samples.js'

const WORKER = new URL('../../dist/worker.cjs', import.meta.url)

const opened: { close(): void }[] = []
afterEach(() => {
  for (const { close } of opened.splice(0)) close()
})

function open(font: Awaited<ReturnType<typeof findChineseFont>> = null) {
  const pictures = openPictures(WORKER, 1, font)
  opened.push(pictures)
  return pictures
}

function file(...pages: PdfPage[]): Source {
  return { kind: 'bytes', bytes: buildPdf(pages) }
}

function sample(name: string): Source {
  return { kind: 'path', path: samplePath(name) }
}

const REPORT = () => new PdfPage({ width: 300, height: 200 }).text(30, 60, '年度报告', { size: 20 })

describe('pages', () => {
  test('are drawn, and their text is told, one after the other and at once', async () => {
    const pictures = open()
    const source = file(REPORT(), new PdfPage({ width: 100, height: 100 }))
    const [first, second, text] = await Promise.all([
      pictures.draw(source, 1, 72),
      pictures.draw(source, 2, 144),
      pictures.text(source, 1),
    ])
    expect(first).toMatchObject({ ok: true, value: { width: 300, height: 200, missingFonts: true } })
    expect(second).toMatchObject({ ok: true, value: { width: 200, height: 200, missingFonts: false } })
    expect(text).toMatchObject({ ok: true, value: { width: 300, height: 200, runs: [{ text: '年度报告' }] } })
    if (first.ok) expect(PNG.sync.read(Buffer.from(first.value.png)).width).toBe(300)
  })

  test('are no part of a file whose blocks are told, with their places', async () => {
    const pictures = open()
    const html = '<p>年度报告</p><table><tr><td>新收</td><td>&lt;script&gt;</td></tr></table>'
    const told = await pictures.blocks({ kind: 'bytes', bytes: Buffer.from(html) })
    if (!told.ok) throw new Error(told.refusal.message)
    expect(JSON.parse(Buffer.from(told.value).toString())).toMatchObject({
      mediaType: 'text/html',
      pages: [],
      blocks: [
        { kind: 'paragraph', text: '年度报告' },
        {
          kind: 'grid',
          cells: [{ text: '新收' }, { text: '<script>', location: { kind: 'cell', table: 0, column: 1 } }],
        },
      ],
    })
    expect(await pictures.blocks({ kind: 'bytes', bytes: new Uint8Array() })).toMatchObject({
      ok: false,
      refusal: { code: 'empty' },
    })
  })

  test('are drawn with the font of the machine where the file brings none', async () => {
    const font = await findChineseFont(null)
    if (font === null) return
    const [withFont, without] = [open(font), open()]
    const [drawn, blank] = await Promise.all([
      withFont.draw(file(REPORT()), 1, 72),
      without.draw(file(REPORT()), 1, 72),
    ])
    expect(drawn).toMatchObject({ ok: true, value: { missingFonts: false } })
    if (drawn.ok && blank.ok) expect(darkness(drawn.value.png)).toBeGreaterThan(darkness(blank.value.png) + 100)
  })

  test('are drawn without a font that has gone since it was found', async () => {
    const pictures = open({ path: '/nowhere/font.ttc', face: 0 })
    expect(await pictures.draw(file(REPORT()), 1, 72)).toMatchObject({ ok: true, value: { missingFonts: true } })
  })

  test('that a file does not have are refused, and so is every page of a file without pages', async () => {
    const pictures = open()
    for (const [source, page, code] of [
      [file(REPORT()), 2, 'page_not_found'],
      [file(REPORT()), 0, 'page_not_found'],
      [sample('清源市水务局2023年度报告.docx'), 1, 'no_pages'],
      [{ kind: 'bytes', bytes: new Uint8Array() }, 1, 'no_pages'],
      [{ kind: 'bytes', bytes: new TextEncoder().encode('%PDF-1.7 nothing') }, 1, 'corrupt'],
      [{ kind: 'bytes', bytes: new Uint8Array(LIMITS.fileBytes + 1) }, 1, 'too_large'],
    ] as const) {
      const drawn = await pictures.draw(source, page, 72)
      const text = await pictures.text(source, page)
      for (const answer of [drawn, text]) {
        expect(answer).toMatchObject({ ok: false, refusal: { code } })
        expect(answer.ok ? '' : answer.refusal.message).toMatch(/\p{Script=Han}/u)
      }
    }
  })

  test('that cannot be reached are trouble, not a refusal', async () => {
    await expect(open().draw({ kind: 'path', path: '/nowhere/report.pdf' }, 1, 72)).rejects.toThrow('ENOENT')
  })

  test('that take for ever are ended, and the next one is drawn', async () => {
    const limits = { fileMilliseconds: 3_000, workerBytes: LIMITS.workerBytes }
    const lanes = joinLanes([openLane(inProcess(WORKER, limits.workerBytes), limits)])
    opened.push(lanes)
    for (const source of hostile()) {
      const answers = [await drawPage(lanes, source, 1, 72, null), await pageText(lanes, source, 1)]
      for (const answer of answers) {
        if (!answer.ok) expect(['timeout', 'out_of_memory', 'too_large', 'corrupt']).toContain(answer.refusal.code)
      }
      expect(answers.filter((answer) => !answer.ok).length).toBeGreaterThan(0)
      expect(await drawPage(lanes, file(REPORT()), 1, 72, null)).toMatchObject({ ok: true })
    }
  })
})

/** A page that unfolds to a hundred million lines, and one that is painted over and over. */
function hostile(): Source[] {
  const xObjects: Record<string, { dictionary: string; stream: string }> = {}
  for (let depth = 0; depth < 8; depth += 1) {
    const stream = depth === 0 ? '0 0 m 500 500 l S ' : `/F${depth - 1} Do `
    xObjects[`F${depth}`] = { dictionary: '/Subtype /Form /BBox [0 0 600 850]', stream: stream.repeat(10) }
  }
  const curves = Array.from(
    { length: 60_000 },
    (_, index) => `${index % 600} 0 m 0 ${index % 800} 900 900 600 ${index % 700} c`,
  )
  const dashes = `[0.01 0.01] 0 d 0.01 w ${curves.join(' ')} S `
  return [
    file(new PdfPage({ xObjects }).content('/F7 Do')),
    file(
      new PdfPage({ xObjects: { D: { dictionary: '/Subtype /Form /BBox [0 0 600 850]', stream: dashes } } }).content(
        '/D Do '.repeat(20),
      ),
    ),
  ]
}

function darkness(png: Uint8Array): number {
  const { data } = PNG.sync.read(Buffer.from(png))
  let dark = 0
  for (let at = 0; at < data.length; at += 4) if ((data[at] ?? 255) < 128) dark += 1
  return dark
}
