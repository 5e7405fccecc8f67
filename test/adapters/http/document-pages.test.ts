import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { documentPageRoutes } from '../../../src/adapters/http/document-pages.js'
import { OriginalMissing } from '../../../src/adapters/originals/errors.js'
import type { PageViews, Viewed } from '../../../src/adapters/page-views.js'
import { deleteDocument } from '../../../src/adapters/store/documents.js'
import { type ArchiveService, openArchiveService } from '../../build/archive-service.js'
import { goldenRecords } from '../../build/golden.js'
import { copyOf, keep } from '../../build/received.js'

const [RECORD] = goldenRecords().filter(({ document }) => document.mediaType === 'application/pdf')
if (RECORD === undefined) throw new Error('no golden record is of a PDF')
const PAGES = `/api/v1/documents/${RECORD.document.sha256}/pages`
const PNG = Buffer.from('\x89PNG\r\n\x1a\n…', 'latin1')
const TEXT = { width: 595, height: 842, runs: [{ text: '年度报告', box: [1, 2, 3, 4] }] }

describe('the pages of a document', () => {
  let archive: ArchiveService
  let asked: string[]
  let next: Viewed | Error
  const answer = async (what: string): Promise<Viewed> => {
    asked.push(what)
    if (next instanceof Error) throw next
    return next
  }
  const views: PageViews = {
    picture: (sha256, page, dpi) => answer(`${sha256} ${page} ${dpi}`),
    text: (sha256, page) => answer(`${sha256} ${page} text`),
    blocks: (sha256) => answer(`${sha256} blocks`),
  }
  const made = (body: Buffer, missingFonts = false): Viewed => ({ kind: 'made', view: { body, missingFonts } })
  const refusedAs = (code: 'page_not_found' | 'no_pages' | 'encrypted' | 'timeout'): Viewed => ({
    kind: 'refused',
    refusal: { code, message: '看不到这一页。' },
  })

  beforeAll(async () => {
    archive = await openArchiveService('the embedded database', [documentPageRoutes(views)])
    await keep(archive.db, RECORD)
  })
  beforeEach(() => {
    asked = []
    next = made(PNG)
  })
  afterAll(() => archive.close())

  test('are given as pictures, to be kept', async () => {
    const picture = await archive.ask(`${PAGES}/3.png?dpi=72`)
    expect(Buffer.compare(picture.bytes, PNG)).toBe(0)
    expect(Object.fromEntries(picture.headers)).toMatchObject({
      'content-type': 'image/png',
      'cache-control': 'private, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
    })
    expect(picture.headers.has('gouji-missing-fonts')).toBe(false)
    expect(asked).toEqual([`${RECORD.document.sha256} 3 72`])
    const again = await archive.ask(`${PAGES}/3.png?dpi=72`, {
      headers: { 'if-none-match': picture.headers.get('etag') ?? '' },
    })
    expect([again.status, again.text, asked.length]).toEqual([304, '', 1])
    expect((await archive.ask(`${PAGES}/3.png`)).headers.get('etag')).not.toBe(picture.headers.get('etag'))
  })

  test('that lack a font are not kept for long', async () => {
    next = made(PNG, true)
    const { headers } = await archive.ask(`${PAGES}/1.png`)
    expect([headers.get('cache-control'), headers.get('gouji-missing-fonts'), headers.get('etag')]).toEqual([
      'private, max-age=60',
      'true',
      null,
    ])
  })

  test('are given as text with boxes', async () => {
    next = made(Buffer.from(JSON.stringify(TEXT)))
    const text = await archive.ask(`${PAGES}/2/text`)
    expect(text.headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect(text.json()).toEqual(TEXT)
    expect(asked).toEqual([`${RECORD.document.sha256} 2 text`])
  })

  test('are not there in a file whose blocks are given, for as long as they are read the same', async () => {
    const blocks = { mediaType: 'text/html', pages: [], blocks: [], furniture: [] }
    next = made(Buffer.from(JSON.stringify(blocks)))
    const path = `/api/v1/documents/${RECORD.document.sha256}/blocks`
    const given = await archive.ask(path)
    expect(given.json()).toEqual(blocks)
    expect(given.headers.get('cache-control')).toBe('private, no-cache')
    const again = await archive.ask(path, { headers: { 'if-none-match': given.headers.get('etag') ?? '' } })
    expect([again.status, asked]).toEqual([304, [`${RECORD.document.sha256} blocks`]])
  })

  test.each([
    ['page_not_found', 404],
    ['no_pages', 422],
    ['encrypted', 422],
    ['timeout', 422],
  ] as const)('that are refused as %s are answered with %i, which nobody keeps', async (code, status) => {
    next = refusedAs(code)
    const refused = await archive.ask(`${PAGES}/9.png`)
    expect([refused.status, refused.json().code, refused.json().detail]).toEqual([status, code, '看不到这一页。'])
    expect(refused.headers.get('cache-control')).toBe('private, no-store')
    expect(refused.headers.get('etag')).toBeNull()
  })

  test('that too many wait for may be asked for later', async () => {
    next = { kind: 'busy' }
    const busy = await archive.ask(`${PAGES}/1.png`)
    expect([busy.status, busy.json().code, busy.headers.get('retry-after')]).toEqual([503, 'too_many_pages', '5'])
  })

  test('of a lost original say so', async () => {
    next = new OriginalMissing(RECORD.document.sha256)
    expect((await archive.ask(`${PAGES}/1.png`)).json().code).toBe('original_damaged')
  })

  test.each(['/0.png', '/1.jpg', '/x.png', '/1.png?dpi=1200', '/1.png?dpi=1', '/100001/text', '/-1.png'])(
    'are not asked for as %s',
    async (path) => {
      const { status } = await archive.ask(PAGES + path)
      expect([400, 404]).toContain(status)
      expect(asked).toEqual([])
    },
  )

  test('are for those who may read, of documents that are there', async () => {
    expect((await archive.ask(`${PAGES}/1.png`, {}, ['upload'])).status).toBe(403)
    expect((await archive.ask(`${PAGES}/1/text`, {}, null)).status).toBe(401)
    const unknown = createHash('sha256').update('unknown').digest('hex')
    expect((await archive.ask(`/api/v1/documents/${unknown}/pages/1.png`)).status).toBe(404)
    const gone = copyOf(RECORD, '要删.pdf')
    await keep(archive.db, gone)
    await deleteDocument(archive.db, gone.document.sha256, '误传', 'system')
    expect((await archive.ask(`/api/v1/documents/${gone.document.sha256}/pages/1.png`)).status).toBe(410)
    expect(asked).toEqual([])
  })
})
