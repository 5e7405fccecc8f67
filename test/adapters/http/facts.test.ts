import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { sql } from 'kysely'
import { factRoutes } from '../../../src/adapters/http/facts.js'
import { deleteDocument } from '../../../src/adapters/store/documents.js'
import { setAuditShare } from '../../../src/adapters/store/review-queue.js'
import type { FactRow } from '../../../src/export/fact-row.js'
import { GRADES, VINTAGES } from '../../../src/record.js'
import { labelOf } from '../../../src/report/fact-labels.js'
import { type ArchiveService, openArchiveService } from '../../build/archive-service.js'
import { eventually } from '../../build/eventually.js'
import { goldenRecords } from '../../build/golden.js'
import { copyOf, keep } from '../../build/received.js'
import { fact, record } from '../../build/record.js'
import { STORES } from '../../build/store.js'

const RECORDS = goldenRecords()

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

/** What is kept in memory, without what waits to be collected: that depends on the machine. */
function heldBytes(): number {
  collectGarbage()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

describe.each(STORES)('facts on %s', (make) => {
  let archive: ArchiveService
  beforeAll(async () => {
    archive = await openArchiveService(make, [factRoutes])
    await setAuditShare(archive.db, 0, 'system')
    for (const golden of RECORDS) await keep(archive.db, golden)
  })
  afterAll(() => archive.close())

  const query = (words: Record<string, string>) => `/api/v1/facts?${new URLSearchParams(words)}`

  /** As the records have them. */
  const rows = (): FactRow[] =>
    RECORDS.flatMap(({ document, report, status, facts, flags }) =>
      facts.map(({ key, value, state, raw, unit, location, derived, grade }) => ({
        sha256: document.sha256,
        fileName: document.fileName,
        organ: report.organ,
        year: report.year,
        vintage: report.vintage,
        status,
        key,
        label: labelOf(report.vintage, key),
        value,
        state,
        raw,
        unit,
        derived,
        grade,
        decision: null,
        corrected: null,
        review: flags.length > 0 ? ('open' as const) : null,
        page: location?.kind === 'page' ? location.page : null,
        box: location?.kind === 'page' ? location.box : null,
        location,
      })),
    )

  test('come in pages that follow each other to the end', async () => {
    const found: FactRow[] = []
    let cursor: string | null = null
    do {
      const words: Record<string, string> = { year: '2020', limit: '150', ...(cursor === null ? {} : { cursor }) }
      const page: { facts: FactRow[]; next: string | null } = (await archive.ask(query(words))).json()
      found.push(...page.facts)
      cursor = page.next
    } while (cursor !== null)
    expect(found).toEqual(rows().filter(({ year }) => year === 2020))
  })

  test.each([
    ['by the address', query({ format: 'ndjson' }), {}],
    ['by the Accept header', '/api/v1/facts', { accept: 'text/html, application/x-ndjson;q=0.9' }],
  ])('come one a line, all of them, when that is asked for %s', async (_how, path, headers) => {
    const answer = await archive.ask(path, { headers })
    expect(answer.headers.get('content-type')).toBe('application/x-ndjson')
    expect(answer.text.endsWith('\n')).toBe(true)
    expect(
      answer.text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual(rows())
  })

  test('are filtered alike in pages and in lines', async () => {
    const words = { organ: '青墟县林业局', key: 'proactive.*', state: 'absent', status: 'accepted', vintage: '2021' }
    const wanted = rows().filter(
      ({ organ, key, state }) => organ === '青墟县林业局' && key.startsWith('proactive.') && state === 'absent',
    )
    expect((await archive.ask(query(words))).json()).toEqual({ facts: wanted, next: null })
    const lines = await archive.ask(query({ ...words, format: 'ndjson' }))
    expect(lines.text).toBe(wanted.map((row) => `${JSON.stringify(row)}\n`).join(''))
  })

  test('are filtered by any of several grades', async () => {
    const graded = copyOf(
      record({
        report: { title: null, organ: '等级局', year: 2022, vintage: '2021', period: null },
        facts: [...GRADES, null].map((grade) =>
          fact({ key: `k.${grade}`, grade, derived: grade === 'contested' ? 7 : null }),
        ),
      }),
      '等级.pdf',
    )
    await keep(archive.db, graded)
    const found = async (grades: string) =>
      (await archive.ask(`${query({ organ: '等级局' })}${grades}`))
        .json()
        .facts.map(({ grade, derived }: FactRow) => [grade, derived])
    expect(await found('&grade=read_once&grade=contested')).toEqual([
      ['read_once', null],
      ['contested', 7],
    ])
    expect(await found('&grade=proven')).toEqual([['proven', null]])
    expect((await found('')).at(-1)).toEqual([null, null])
    await deleteDocument(archive.db, graded.document.sha256, '试验', 'system')
  })

  test('that nothing matches are no lines', async () => {
    const answer = await archive.ask(query({ organ: '没有这个机关', format: 'ndjson' }))
    expect([answer.status, answer.text]).toEqual([200, ''])
  })

  test.each([
    [{ key: 'requests*' }],
    [{ key: "requests.*' or true" }],
    [{ key: '%' }],
    [{ state: 'ok' }],
    [{ grade: 'certain' }],
    [{ grade: '' }],
    [{ cursor: '1' }],
    [{ limit: '2001' }],
    [{ organ: 'a\0' }],
    [{ format: 'xml' }],
  ])('are not asked for by %j', async (words) => {
    const answer = await archive.ask(query(words))
    expect([answer.status, answer.json().code]).toEqual([400, 'invalid_request'])
  })

  test('are asked for by grades that there are, which are told otherwise', async () => {
    const { errors } = (await archive.ask(query({ grade: 'certain' }))).json()
    expect(errors).toMatchObject([{ field: 'grade', message: `应为 ${GRADES.join('、')} 之一` }])
  })

  test('are for those who may read', async () => {
    for (const path of ['/api/v1/facts', '/api/v1/fact-keys']) {
      expect((await archive.ask(path, {}, ['upload', 'review'])).status).toBe(403)
      expect((await archive.ask(path, {}, null)).status).toBe(401)
    }
  })

  test('have keys, which are listed with label, unit and form', async () => {
    const { keys } = (await archive.ask('/api/v1/fact-keys')).json()
    expect(new Set(keys.map(({ vintage }: { vintage: string }) => vintage))).toEqual(new Set(VINTAGES))
    expect(keys).toContainEqual({
      key: 'requests.outcome.granted.natural_person',
      label: '三、本年度办理结果（一）予以公开｜自然人',
      unit: '件',
      vintage: '2021',
      table: 'requests',
    })
    const old = (await archive.ask('/api/v1/fact-keys?vintage=2014')).json().keys
    expect(old.every(({ vintage }: { vintage: string }) => vintage === '2014')).toBe(true)
  })

  describe('of a large archive', () => {
    const DOCUMENTS = 1_000
    const FACTS = 200

    beforeAll(async () => {
      await sql`
        insert into documents (sha256, byte_length, file_name)
        select encode(sha256(number::text::bytea), 'hex'), 1, number || '年报.pdf' from generate_series(1, ${DOCUMENTS}::integer) as number`.execute(
        archive.db,
      )
      await sql`
        insert into extractions (document_id, extractor_version, status, media_type, organ, year, vintage, record, milliseconds)
        select id, '1', 'accepted', 'application/pdf', '大市某局' || id, 1999, case when id % 8 = 0 then '2014' else '2021' end, '{}', 1 from documents where extraction_id is null`.execute(
        archive.db,
      )
      await sql`
        update documents set extraction_id = e.id from extractions e where e.document_id = documents.id and extraction_id is null`.execute(
        archive.db,
      )
      await sql`
        insert into facts (document_id, ordinal, key, value, raw, state, unit, location)
        select document_id, ordinal, 'requests.new.total', 12, '12', 'number', '件',
          '{"kind":"page","page":3,"box":[100.25,200.5,140.75,212.5]}'
        from extractions, generate_series(0, ${FACTS - 1}::integer) as ordinal where year = 1999`.execute(archive.db)
    })

    test('stream to their end in flat memory', async () => {
      const before = heldBytes()
      const { body } = await archive.call(query({ year: '1999', format: 'ndjson' }))
      if (body === null) throw new Error('there is no body')
      let chunks = 0
      let lines = 0
      let most = 0
      for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
        for (const byte of chunk) if (byte === 10) lines += 1
        chunks += 1
        if (chunks % 200 === 0) most = Math.max(most, heldBytes())
      }
      expect(lines).toBe(DOCUMENTS * FACTS)
      expect(chunks).toBeGreaterThan(400)
      expect(most - before).toBeLessThan(40 * 2 ** 20)
    })

    test('are no longer asked for when the caller has gone', async () => {
      const before = archive.statements()
      const leave = new AbortController()
      const { body } = await archive.call(query({ year: '1999', format: 'ndjson' }), { signal: leave.signal })
      await body?.getReader().read()
      leave.abort()
      let last = -1
      await eventually(async () => {
        const isQuiet = archive.statements() === last
        last = archive.statements()
        await new Promise((resolve) => setTimeout(resolve, 200))
        return isQuiet
      })
      expect(archive.statements() - before).toBeLessThan(DOCUMENTS / 20)
    })
  })
})
