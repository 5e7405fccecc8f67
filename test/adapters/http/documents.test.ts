import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { documentRoutes } from '../../../src/adapters/http/documents.js'
import { recordArrivals } from '../../../src/adapters/store/arrivals.js'
import { openBatch } from '../../../src/adapters/store/batches.js'
import { deleteDocument } from '../../../src/adapters/store/documents.js'
import { giveUp, keepExtraction } from '../../../src/adapters/store/extractions.js'
import { toTsv } from '../../../src/export/tsv.js'
import type { ReportRecord } from '../../../src/record.js'
import { VERSION } from '../../../src/version.js'
import { type Answered, type ArchiveService, openArchiveService } from '../../build/archive-service.js'
import { goldenRecords } from '../../build/golden.js'
import { copyOf, keep, lineOf, receive } from '../../build/received.js'
import { discrepancy, evidence, fact, flag, record } from '../../build/record.js'
import { STORES } from '../../build/store.js'

const RECORDS = goldenRecords()
const [WATER, WATER_AGAIN] = RECORDS.filter(({ report }) => report.organ === '清源市水务局')
if (WATER === undefined || WATER_AGAIN === undefined) throw new Error('the samples of 清源市水务局 are missing')

const at = ({ document }: ReportRecord, rest = '') => `/api/v1/documents/${document.sha256}${rest}`
const named = (answer: Answered) => answer.json().documents.map(({ fileName }: { fileName: string }) => fileName)

describe.each(STORES)('documents on %s', (make) => {
  let archive: ArchiveService
  beforeAll(async () => {
    archive = await openArchiveService(make, [documentRoutes])
    for (const golden of RECORDS) await keep(archive.db, golden)
  })
  beforeEach(() => {
    archive.queued.length = 0
  })
  afterAll(() => archive.close())

  const list = (query: Record<string, string>) => archive.ask(`/api/v1/documents?${new URLSearchParams(query)}`)
  let copies = 0
  /** A document of the test's own. */
  const another = async (changes: Partial<ReportRecord> = {}): Promise<ReportRecord> => {
    copies += 1
    const copy = copyOf({ ...WATER, ...changes }, `副本${copies}.pdf`)
    await keep(archive.db, copy)
    return copy
  }
  const batch = async (label: string): Promise<string> => {
    const opened = await openBatch(archive.db, label, null, 'user:王')
    if (opened === null) throw new Error('no batch was opened')
    return opened.batch.id
  }
  const remove = ({ document }: ReportRecord) => deleteDocument(archive.db, document.sha256, '试验', 'system')

  describe('are listed', () => {
    test('from the newest to the oldest, with what is known of each', async () => {
      const answer = await list({})
      expect(answer.status).toBe(200)
      expect(named(answer)).toEqual(RECORDS.map(({ document }) => document.fileName).reverse())
      const water = answer.json().documents.find(({ sha256 }: { sha256: string }) => sha256 === WATER.document.sha256)
      expect(water).toEqual({
        sha256: WATER.document.sha256,
        fileName: WATER.document.fileName,
        byteLength: WATER.document.byteLength,
        receivedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
        status: 'accepted',
        failureCode: null,
        title: WATER.report.title,
        organ: '清源市水务局',
        organId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        year: 2023,
        vintage: '2021',
        mediaType: WATER.document.mediaType,
        pageCount: WATER.document.pageCount,
        version: VERSION,
        givenUp: null,
        deletedAt: null,
        deletedReason: null,
        firstFlag: null,
        review: null,
      })
    })

    test('with the gravest of their flags', async () => {
      const flags = [
        { code: 'form_variant', severity: 'warning' as const, message: '沿用旧表。', facts: [], location: null },
        { code: 'cell_missing', severity: 'error' as const, message: '缺一格。', facts: [], location: null },
      ]
      const copy = await another({ status: 'needs_review', flags })
      const told = (await list({ limit: '1' })).json().documents
      expect(told[0].firstFlag).toEqual({ code: 'cell_missing', severity: 'error', message: '缺一格。' })
      await remove(copy)
    })

    test('page after page, whatever comes in meanwhile', async () => {
      const names: string[] = []
      const late: ReportRecord[] = []
      let cursor: string | null = null
      do {
        const answer: Answered = await list({ limit: '5', ...(cursor === null ? {} : { cursor }) })
        names.push(...named(answer))
        cursor = answer.json().next
        late.push(await another())
      } while (cursor !== null)
      expect(names).toEqual(RECORDS.map(({ document }) => document.fileName).reverse())
      for (const copy of late) await remove(copy)
    })

    test.each([
      ['organ', { organ: '清源市水务局' }, ({ report }: ReportRecord) => report.organ === '清源市水务局'],
      ['year', { year: '2020' }, ({ report }: ReportRecord) => report.year === 2020],
      ['status', { status: 'failed' }, ({ status }: ReportRecord) => status === 'failed'],
      ['vintage', { vintage: '2014' }, ({ report }: ReportRecord) => report.vintage === '2014'],
      [
        'flag',
        { flag: 'form_variant' },
        ({ flags }: ReportRecord) => flags.some(({ code }) => code === 'form_variant'),
      ],
      ['part of the organ', { q: '水务' }, ({ report }: ReportRecord) => report.organ?.includes('水务') ?? false],
      [
        'part of the file name',
        { q: 'LUOYANG' },
        ({ document }: ReportRecord) => document.fileName.includes('luoyang'),
      ],
      [
        'the beginning of the sha256',
        { q: WATER.document.sha256.slice(0, 12).toUpperCase() },
        (each: ReportRecord) => each === WATER,
      ],
      ['signs that mean something to LIKE', { q: '%' }, () => false],
    ] as const)('by %s', async (_name, query, isWanted) => {
      const wanted = RECORDS.filter(isWanted).map(({ document }) => document.fileName)
      expect(named(await list(query))).toEqual(wanted.reverse())
    })

    test('as unread before a worker has come to them, and as given up after too many tries', async () => {
      const { document } = copyOf(record(), '新到.pdf')
      await receive(archive.db, document)
      expect(named(await list({ status: 'unread' }))).toEqual(['新到.pdf'])
      await giveUp(archive.db, document.sha256, 'worker_lost')
      expect(named(await list({ status: 'unread' }))).toEqual([])
      const [only] = (await list({ status: 'given_up' })).json().documents
      expect(only).toMatchObject({ fileName: '新到.pdf', status: 'given_up', givenUp: 'worker_lost', version: null })
      const missing = await archive.ask(`/api/v1/documents/${document.sha256}/record`)
      expect([missing.status, missing.json().code]).toEqual([409, 'given_up'])
      await deleteDocument(archive.db, document.sha256, '试验', 'system')
    })

    test('by verdict and by proposal, both of the same discrepancy', async () => {
      const proposed = {
        changes: [{ fact: 'review.total', printed: 0, derived: 11 }],
        slip: null,
        closes: [],
        message: '若为 11。',
      }
      const copies: ReportRecord[] = []
      for (const discrepancies of [
        [discrepancy({ verdict: 'misread', proposal: proposed })],
        [discrepancy({ verdict: 'published', proposal: proposed }), discrepancy({ verdict: 'undecided' })],
        [discrepancy({ verdict: 'misread' })],
      ])
        copies.push(await another({ discrepancies }))
      const [first, second, third] = copies.map(({ document }) => document.fileName)
      expect(named(await list({ verdict: 'misread' }))).toEqual([third, first])
      const ofThese = async (query: Record<string, string>) => named(await list({ ...query, q: '副本' }))
      expect(await ofThese({ verdict: 'published' })).toEqual([second])
      expect(await ofThese({ proposal: 'true' })).toEqual([second, first])
      expect(await ofThese({ proposal: 'false' })).toEqual([third, second])
      expect(named(await list({ verdict: 'misread', proposal: 'true' }))).toEqual([first])
      expect(named(await list({ verdict: 'undecided', proposal: 'true' }))).toEqual([])
      for (const copy of copies) await remove(copy)
    })

    test.each([
      [{ limit: '0' }],
      [{ limit: '501' }],
      [{ cursor: "1' or '1" }],
      [{ year: '2023.5' }],
      [{ status: 'good' }],
      [{ verdict: 'guilty' }],
      [{ proposal: '1' }],
      [{ q: 'a\0b' }],
      [{ deleted: '1' }],
    ])('but not by %j', async (query) => {
      const answer = await list(query)
      expect([answer.status, answer.json().code]).toEqual([400, 'invalid_request'])
    })
  })

  describe('are looked up', () => {
    test('with every name and batch they came in, and with other documents of the same report', async () => {
      const batches = [await batch('第一批'), await batch('第二批')]
      const { sha256, byteLength } = WATER.document
      for (const [index, id] of batches.entries()) {
        const fileName = `甲/水务局-${index}.pdf`
        await recordArrivals(archive.db, id, 'user:王', [{ kind: 'kept', fileName, sha256, byteLength }])
      }
      const found = (await archive.ask(at(WATER))).json()
      expect(found.names).toEqual([WATER.document.fileName, '甲/水务局-0.pdf', '甲/水务局-1.pdf'])
      expect(found.arrivals).toMatchObject([
        { batchId: batches[0], label: '第一批', fileName: '甲/水务局-0.pdf', outcome: 'same_bytes' },
        { batchId: batches[1], label: '第二批', fileName: '甲/水务局-1.pdf', outcome: 'same_bytes' },
      ])
      expect(found.sameReport).toMatchObject([{ sha256: WATER_AGAIN.document.sha256, status: 'accepted' }])
      expect(named(await list({ q: '水务局-1.' }))).toEqual([WATER.document.fileName])
    })

    test('with their flags and their extractions, the newest first', async () => {
      const flags = [
        flag({ code: 'cell_missing', facts: ['review.total'], location: { kind: 'line', line: 3 } }),
        flag({ severity: 'warning', counterpart: { kind: 'line', line: 9 } }),
      ]
      const old = await another({ extractor: { version: '0.0.1' }, status: 'needs_review', flags })
      const later = { ...old, extractor: { version: '0.0.2' }, status: 'accepted' as const, flags: [] }
      expect((await archive.ask(at(old))).json().flags).toEqual(flags)
      await keepExtraction(archive.db, old.document.sha256, later, lineOf(later), 250)
      const found = (await archive.ask(at(old))).json()
      expect(found).toMatchObject({ status: 'accepted', version: '0.0.2', flags: [] })
      expect(found.extractions).toMatchObject([
        { version: '0.0.2', status: 'accepted', inForce: true, milliseconds: 250 },
        { version: '0.0.1', status: 'needs_review', inForce: false },
      ])
      await remove(old)
    })

    test('with how far their figures can be trusted and what does not agree, without the evidence', async () => {
      const told = discrepancy({
        verdict: 'published',
        suspects: ['review.total'],
        evidence: [evidence()],
        proposal: {
          changes: [{ fact: 'review.total', printed: 0, derived: 11 }],
          slip: null,
          closes: [{ rule: 'T1', subject: '' }],
          message: '若「总计」为 11，则各项均平。',
        },
      })
      const facts = [
        fact({ grade: 'proven' }),
        fact({ grade: 'proven' }),
        fact({ grade: 'contested' }),
        fact({ state: 'absent', raw: null, grade: null }),
      ]
      const copy = await another({ facts, discrepancies: [told] })
      const found = (await archive.ask(at(copy))).json()
      expect(found.grades).toEqual({ proven: 2, summed: 0, read_twice: 0, read_once: 0, contested: 1, none: 1 })
      const { evidence: _, ...summary } = told
      expect(found.discrepancies).toEqual([summary])
      expect((await archive.ask(at(copy, '/discrepancies'))).json()).toEqual({ discrepancies: [told] })
      const later = { ...copy, extractor: { version: '9.9.9' }, discrepancies: [] }
      await keepExtraction(archive.db, copy.document.sha256, later, lineOf(later), 1)
      expect((await archive.ask(at(copy, '/discrepancies'))).json()).toEqual({ discrepancies: [] })
      const before = await archive.ask(at(copy, `/discrepancies?version=${VERSION}`))
      expect(before.json()).toEqual({ discrepancies: [told] })
      await remove(copy)
    })

    test('or are not there', async () => {
      for (const rest of ['', '/record', '/discrepancies', '/original', '/events', '/tables/requests.tsv']) {
        const answer = await archive.ask(`/api/v1/documents/${'0'.repeat(64)}${rest}`)
        expect([rest, answer.status, answer.json().code]).toEqual([rest, 404, 'document_not_found'])
      }
      expect((await archive.ask('/api/v1/documents/ABC')).status).toBe(400)
    })
  })

  describe('give their record', () => {
    test('byte for byte as the core gave it', async () => {
      for (const golden of RECORDS) {
        const answer = await archive.ask(at(golden, '/record'))
        expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8')
        expect(Buffer.compare(answer.bytes, Buffer.from(lineOf(golden)))).toBe(0)
      }
    })

    test('of an older version when asked', async () => {
      const old = await another({ extractor: { version: '0.0.1' } })
      const later = { ...old, extractor: { version: '0.0.2' } }
      await keepExtraction(archive.db, old.document.sha256, later, lineOf(later), 1)
      expect((await archive.ask(at(old, '/record'))).text).toBe(lineOf(later))
      expect((await archive.ask(at(old, '/record?version=0.0.1'))).text).toBe(lineOf(old))
      expect((await archive.ask(at(old, '/record?version=9'))).json().code).toBe('version_not_found')
      await remove(old)
    })

    test('once: who has it is told so, until it changes', async () => {
      const old = await another({ extractor: { version: '0.0.1' } })
      const etag = (await archive.ask(at(old, '/record'))).headers.get('etag')
      const again = () => archive.ask(at(old, '/record'), { headers: { 'if-none-match': String(etag) } })
      const known = await again()
      expect([known.status, known.text]).toEqual([304, ''])
      const later = { ...old, extractor: { version: '0.0.2' } }
      await keepExtraction(archive.db, old.document.sha256, later, lineOf(later), 1)
      expect((await again()).status).toBe(200)
      await remove(old)
    })

    test('not before it was read', async () => {
      const { document } = copyOf(record(), '还没读.pdf')
      await receive(archive.db, document)
      const answer = await archive.ask(`/api/v1/documents/${document.sha256}/record`)
      expect([answer.status, answer.json().code]).toEqual([409, 'not_read_yet'])
      await deleteDocument(archive.db, document.sha256, '试验', 'system')
    })
  })

  describe('that an earlier version has read', () => {
    test('give their tables, and say that nobody has judged what does not agree', async () => {
      const copy = copyOf(WATER, '旧版.pdf')
      const { discrepancies: _, ...rest } = copy
      const facts = copy.facts.map(({ derived: _, grade: __, vouchers: ___, ...each }) => each)
      await receive(archive.db, copy.document)
      const line = `${JSON.stringify({ ...rest, facts })}\n`
      await keepExtraction(archive.db, copy.document.sha256, copy, line, 1)
      expect((await archive.ask(at(copy, '/discrepancies'))).json()).toEqual({ discrepancies: null })
      const tables = await archive.ask(at(copy, '/tables/requests.tsv'))
      expect([tables.status, tables.text]).toEqual([200, (await archive.ask(at(WATER, '/tables/requests.tsv'))).text])
      expect((await archive.ask(at(copy, '/record'))).text).toBe(line)
      await remove(copy)
    })
  })

  describe('give their tables', () => {
    test('as the command writes them', async () => {
      const table = WATER.tables.find(({ key }) => key === 'requests')
      if (table === undefined) throw new Error('the sample has no table of requests')
      const answer = await archive.ask(at(WATER, '/tables/requests.tsv'))
      expect(answer.headers.get('content-type')).toBe('text/tab-separated-values; charset=utf-8')
      expect(answer.text).toBe(toTsv(table))
    })

    test('in several parts with an empty line between', async () => {
      const part = (text: string) => ({ key: 'proactive', rows: [[text, '1']], location: null })
      const copy = await another({ tables: [part('规章'), part('行政许可')] })
      const answer = await archive.ask(at(copy, '/tables/proactive.tsv'))
      expect(answer.text).toBe('\uFEFF规章\t1\n\n行政许可\t1\n')
      await remove(copy)
    })

    test('or say that there is none', async () => {
      expect((await archive.ask(at(WATER, '/tables/statistics.tsv'))).json().code).toBe('table_not_found')
      expect((await archive.ask(at(WATER, '/tables/no_such.tsv'))).status).toBe(400)
      expect((await archive.ask(at(WATER, '/tables/..%2Frecord.tsv'))).status).toBe(404)
    })
  })

  describe('give their original', () => {
    const received = async (fileName: string, mediaType: string, bytes: Uint8Array): Promise<ReportRecord> => {
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      const document = { sha256, fileName, mediaType, byteLength: bytes.byteLength, pageCount: null }
      const read = record({ document })
      await keep(archive.db, read)
      await archive.keepOriginal(sha256, bytes)
      return read
    }

    test('as the bytes that came, under the name they came with', async () => {
      const bytes = Buffer.from('%PDF-1.7 …\r\n\0')
      const read = await received('甲\'s "年报"(终)/洪泽区 2023*.pdf', 'application/pdf', bytes)
      const answer = await archive.ask(at(read, '/original'))
      expect(Buffer.compare(answer.bytes, bytes)).toBe(0)
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        'content-type': 'application/pdf',
        'content-length': String(bytes.byteLength),
        'x-content-type-options': 'nosniff',
        etag: `"${read.document.sha256}"`,
      })
      const disposition = String(answer.headers.get('content-disposition'))
      expect(disposition).toBe(
        `attachment; filename="${read.document.sha256}.pdf"; filename*=UTF-8''%E6%B4%AA%E6%B3%BD%E5%8C%BA%202023%2A.pdf`,
      )
      expect(decodeURIComponent(disposition.split("UTF-8''")[1] ?? '')).toBe('洪泽区 2023*.pdf')
      const again = await archive.ask(at(read, '/original'), {
        headers: { 'if-none-match': `W/"x", "${read.document.sha256}"` },
      })
      expect([again.status, again.text]).toEqual([304, ''])
    })

    test.each([
      ['年报.html', 'text/html', '<script>alert(1)</script>'],
      ['年报.svg', 'image/svg+xml', '<svg/>'],
      ['年报.txt', 'text/plain', '年报'],
    ])('%s as nothing that a browser would run', async (fileName, mediaType, text) => {
      const read = await received(fileName, mediaType, Buffer.from(text))
      const { headers } = await archive.ask(at(read, '/original'))
      expect(headers.get('content-type')).toBe('application/octet-stream')
      expect(headers.get('content-disposition')).toMatch(/^attachment;/)
    })

    test('or say that it is lost', async () => {
      const answer = await archive.ask(at(WATER, '/original'))
      expect([answer.status, answer.json().code]).toEqual([500, 'original_damaged'])
    })
  })

  describe('are read again', () => {
    test('before all others when one is asked for', async () => {
      const answer = await archive.ask(at(WATER, '/reextract'), { method: 'POST' }, ['reextract'])
      expect([answer.status, answer.json()]).toEqual([202, { queued: 1 }])
      expect(archive.queued).toEqual([{ sha256s: [WATER.document.sha256], urgency: 'review' }])
      const { events } = (await archive.ask(at(WATER, '/events'))).json()
      expect(events.at(-1)).toMatchObject({ kind: 'reextraction_requested', actor: 'key:reextract' })
    })

    test('though they were given up', async () => {
      const copy = await another()
      await giveUp(archive.db, copy.document.sha256, 'worker_lost')
      await archive.ask(at(copy, '/reextract'), { method: 'POST' }, ['reextract'])
      expect((await archive.ask(at(copy))).json().givenUp).toBeNull()
      await remove(copy)
    })

    const reextract = (payload: object) =>
      archive.ask('/api/v1/documents/reextract', { method: 'POST', payload }, ['reextract'])

    test('after an upgrade, those that an older version has read', async () => {
      const old = [
        await another({ extractor: { version: '0.0.1' } }),
        await another({ extractor: { version: '0.0.1' } }),
      ]
      expect((await reextract({ filter: { year: 2014 } })).json()).toEqual({ queued: 0 })
      const answer = await reextract({ filter: { organ: '清源市水务局' } })
      expect([answer.status, answer.json()]).toEqual([202, { queued: 2 }])
      expect(archive.queued.map(({ urgency }) => urgency)).toEqual(['bulk'])
      expect(new Set(archive.queued[0]?.sha256s)).toEqual(new Set(old.map(({ document }) => document.sha256)))
      for (const copy of old) await remove(copy)
    })

    test('of those that have a proposal, as JSON says it', async () => {
      expect((await reextract({ filter: { proposal: true, verdict: 'published' } })).json()).toEqual({ queued: 0 })
      expect((await reextract({ filter: { proposal: 'true' } })).status).toBe(400)
    })

    test('by their sha256, whatever version has read them, but not when they are deleted', async () => {
      const gone = await another()
      await remove(gone)
      const sha256s = [WATER.document.sha256, gone.document.sha256, 'f'.repeat(64)]
      expect((await reextract({ sha256s })).json()).toEqual({ queued: 1 })
      expect(archive.queued).toEqual([{ sha256s: [WATER.document.sha256], urgency: 'bulk' }])
    })

    test.each([[{}], [{ sha256s: [] }], [{ filter: {}, sha256s: ['f'.repeat(64)] }], [{ filter: { organs: 'x' } }]])(
      'but not by %j',
      async (payload) => {
        expect((await reextract(payload)).status).toBe(400)
        expect(archive.queued).toEqual([])
      },
    )
  })

  describe('are deleted', () => {
    const erase = (sha256: string, payload: object) =>
      archive.ask(`/api/v1/documents/${sha256}`, { method: 'DELETE', payload }, ['delete'])

    test('with a reason, which stays with them, and come back when they are received again', async () => {
      const copy = await another()
      const { sha256, byteLength, fileName } = copy.document
      const answer = await erase(sha256, { reason: ' 误传 ' })
      expect([answer.status, answer.text]).toEqual([204, ''])
      expect(named(await list({ q: fileName }))).toEqual([])
      const [gone] = (await list({ q: fileName, deleted: 'true' })).json().documents
      expect(gone).toMatchObject({ sha256, deletedReason: '误传', deletedAt: expect.any(String) })
      for (const rest of ['/record', '/discrepancies', '/original', '/tables/requests.tsv']) {
        const refused = await archive.ask(at(copy, rest))
        expect([rest, refused.status, refused.json().code]).toEqual([rest, 410, 'deleted'])
        expect(refused.json().detail).toContain('误传')
      }
      expect((await archive.ask(at(copy, '/reextract'), { method: 'POST' }, ['reextract'])).status).toBe(410)
      expect((await erase(sha256, { reason: '再删' })).status).toBe(410)
      const { events } = (await archive.ask(at(copy, '/events'))).json()
      expect(events.at(-1)).toMatchObject({ kind: 'deleted', actor: 'key:delete', detail: { reason: '误传' } })

      const id = await batch('重传')
      await recordArrivals(archive.db, id, 'user:王', [{ kind: 'kept', fileName, sha256, byteLength }])
      expect((await archive.ask(at(copy, '/record'))).text).toBe(lineOf(copy))
      await remove(copy)
    })

    test.each([
      ['without a reason', {}],
      ['with a reason that says nothing', { reason: '  ' }],
      ['with one that says too much', { reason: 'x'.repeat(501) }],
      ['with one that no database takes', { reason: 'a\0' }],
    ])('not %s', async (_name, payload) => {
      expect((await erase(WATER.document.sha256, payload)).status).toBe(400)
    })
  })

  test.each([
    ['GET', '', 'read'],
    ['GET', '/record', 'read'],
    ['GET', '/discrepancies', 'read'],
    ['GET', '/original', 'read'],
    ['GET', '/events', 'read'],
    ['GET', '/tables/requests.tsv', 'read'],
    ['POST', '/reextract', 'reextract'],
    ['DELETE', '', 'delete'],
  ] as const)('%s …%s is for those who may %s alone', async (method, rest, scope) => {
    const others = (['read', 'upload', 'reextract', 'delete', 'review'] as const).filter((other) => other !== scope)
    const refused = await archive.ask(at(WATER, rest), { method }, others)
    expect([refused.status, refused.json().code]).toEqual([403, 'forbidden'])
    expect((await archive.ask(at(WATER, rest), { method }, null)).status).toBe(401)
  })
})
