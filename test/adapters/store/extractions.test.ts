import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { sql } from 'kysely'
import { discrepanciesOf } from '../../../src/adapters/store/documents.js'
import { eventsOf } from '../../../src/adapters/store/events.js'
import {
  askAgain,
  beginTry,
  currentRecord,
  endTry,
  giveUp,
  keepExtraction,
  MOST_TRIES,
  unreadDocuments,
} from '../../../src/adapters/store/extractions.js'
import { type Fact, type FailureCode, GRADES, type Grade, type ReportRecord } from '../../../src/record.js'
import { discrepancy, evidence, fact, flag, record } from '../../build/record.js'
import { openStore, STORES, type TestStore } from '../../build/store.js'

const golden: ReportRecord = JSON.parse(
  readFileSync(new URL('../../golden/清源市水务局2023年度报告.pdf.json', import.meta.url), 'utf8'),
)

describe.each(STORES)('on %s', (make) => {
  let store: TestStore
  let documents = 0
  beforeAll(async () => {
    store = await openStore(make)
  })
  afterAll(() => store.close())

  async function received(): Promise<string> {
    documents += 1
    const sha256 = documents.toString(16).padStart(64, '0')
    await store.db.insertInto('documents').values({ sha256, byte_length: 1, file_name: '年报.pdf' }).execute()
    return sha256
  }

  const keep = (sha256: string, report: ReportRecord) =>
    keepExtraction(store.db, sha256, report, JSON.stringify(report), 12.5)
  const by = (version: string, parts: Partial<ReportRecord> = {}) => record({ extractor: { version }, ...parts })
  const failed = (version: string, code: FailureCode) =>
    by(version, { status: 'failed', failure: { code, message: '未能读取。' } })

  const factsOf = (sha256: string) =>
    store.db
      .selectFrom('facts')
      .innerJoin('documents', 'documents.id', 'facts.document_id')
      .where('sha256', '=', sha256)
      .orderBy('ordinal')
      .select(['ordinal', 'key', 'value', 'raw', 'state', 'unit', 'location', 'derived', 'grade'])
      .execute()
  const extractionsOf = (sha256: string) =>
    store.db
      .selectFrom('extractions')
      .innerJoin('documents', 'documents.id', 'extractions.document_id')
      .where('sha256', '=', sha256)
      .orderBy('extractions.id')
      .select(['extractor_version as version', 'record', 'status', 'failure_code', 'milliseconds', 'organ', 'year'])
      .execute()
  const documentOf = (sha256: string) =>
    store.db.selectFrom('documents').where('sha256', '=', sha256).selectAll().executeTakeFirstOrThrow()
  const kindsOf = async (sha256: string) => (await eventsOf(store.db, sha256)).map(({ kind }) => kind)

  test('a record is kept byte for byte, and its facts as they stand in it', async () => {
    const sha256 = await received()
    expect(await currentRecord(store.db, sha256)).toBeNull()
    expect(await keep(sha256, golden)).toBe('kept')

    expect(await currentRecord(store.db, sha256)).toEqual({
      line: JSON.stringify(golden),
      status: golden.status,
      version: golden.extractor.version,
      extractedAt: expect.any(Date),
    })
    const facts = await factsOf(sha256)
    expect(facts.map(({ ordinal }) => ordinal)).toEqual(golden.facts.map((_, index) => index))
    expect(facts.map(({ ordinal: _, ...rest }) => rest)).toEqual(
      golden.facts.map(({ vouchers: _, ...each }) => ({
        ...each,
        value: each.value === null ? null : String(each.value),
        derived: each.derived === null ? null : String(each.derived),
      })),
    )
    expect(await extractionsOf(sha256)).toMatchObject([
      { organ: golden.report.organ, year: golden.report.year, milliseconds: 13 },
    ])
    expect(await eventsOf(store.db, sha256)).toEqual([
      {
        at: expect.any(Date),
        actor: 'system',
        kind: 'extracted',
        batchId: null,
        detail: { status: golden.status, version: golden.extractor.version },
      },
    ])
  })

  test('blank, dash, zero, absent and unreadable cells are kept apart, and a value is exact', async () => {
    const facts = [
      fact({ state: 'blank', raw: '' }),
      fact({ state: 'dash', raw: '—' }),
      fact({ state: 'zero', raw: '０', value: 0 }),
      fact({ state: 'number', raw: '1,234.56', value: 1234.56, location: { kind: 'line', line: 3 } }),
      fact({ state: 'absent', raw: null }),
      fact({ state: 'unreadable', raw: 'NULL "若干", {见附件}\\' }),
    ]
    const sha256 = await received()
    await keep(sha256, by('1.0.0', { facts }))
    expect((await factsOf(sha256)).map(({ state, raw, value, location }) => [state, raw, value, location])).toEqual([
      ['blank', '', null, null],
      ['dash', '—', null, null],
      ['zero', '０', '0', null],
      ['number', '1,234.56', '1234.56', { kind: 'line', line: 3 }],
      ['absent', null, null, null],
      ['unreadable', 'NULL "若干", {见附件}\\', null, null],
    ])
  })

  test('each fact is kept with its grade, and with what the identities say where they say it', async () => {
    const facts = [
      ...GRADES.map((grade) => fact({ grade })),
      fact({ grade: null, state: 'absent', raw: null }),
      fact({ grade: 'contested', state: 'zero', value: 0, raw: '0', derived: 11.25 }),
    ]
    const sha256 = await received()
    await keep(sha256, by('1.0.0', { facts }))
    expect((await factsOf(sha256)).map(({ grade, derived }) => [grade, derived])).toEqual([
      ...GRADES.map((grade) => [grade, null]),
      [null, null],
      ['contested', '11.25'],
    ])
  })

  test('a grade that is none is refused', async () => {
    const sha256 = await received()
    const facts = [fact({ grade: 'certain' as Grade })]
    await expect(keep(sha256, by('1.0.0', { facts }))).rejects.toMatchObject({ code: '23514' })
  })

  test('discrepancies are kept in their order, with checks, suspects and proposal, and go with the next reading', async () => {
    const sha256 = await received()
    const told = discrepancy({
      checks: [
        { rule: 'T4.sum', subject: '' },
        { rule: 'T4.column', subject: 'a/"b",{c}' },
      ],
      verdict: 'misread',
      evidence: [evidence()],
      suspects: ['review.total', 'c,"d"'],
      proposal: {
        changes: [{ fact: 'review.total', printed: null, derived: 0.1 }],
        slip: null,
        closes: [{ rule: 'T4.sum', subject: '' }],
        message: '若为 0.1，则各项均平。',
      },
      message: 'a\0b',
    })
    const untold = discrepancy({ checks: [], suspects: [] })
    await keep(sha256, by('1.0.0', { discrepancies: [told, untold] }))
    const { id } = await documentOf(sha256)
    const { evidence: _, ...kept } = told
    const { evidence: __, ...keptToo } = untold
    expect(await discrepanciesOf(store.db, id)).toEqual([{ ...kept, message: 'a\ufffdb' }, keptToo])
    const proposals = await store.db.selectFrom('discrepancies').where('proposal', 'is', null).selectAll().execute()
    expect(proposals.filter(({ document_id }) => document_id === id).map(({ ordinal }) => ordinal)).toEqual([1])

    await keep(sha256, by('1.1.0'))
    expect(await discrepanciesOf(store.db, id)).toEqual([])
  })

  test('flags are kept with the keys they name and the places they lie at', async () => {
    const sha256 = await received()
    const flags = [
      flag({ code: 'check_failed', facts: ['a.b', 'c,"d"'], location: { kind: 'line', line: 1 } }),
      flag({ severity: 'warning', counterpart: { kind: 'page', page: 2, box: [1, 2, 3, 4.5] } }),
    ]
    await keep(sha256, by('1.0.0', { status: 'needs_review', flags }))
    const kept = await store.db
      .selectFrom('flags')
      .where('document_id', '=', (await documentOf(sha256)).id)
      .orderBy('ordinal')
      .selectAll()
      .execute()
    expect(kept.map(({ document_id: _, ordinal: __, ...rest }) => rest)).toEqual(
      flags.map((each) => ({ counterpart: null, ...each })),
    )
  })

  test('what a page may hold and PostgreSQL may not is kept, exactly in the record and readable beside it', async () => {
    const sha256 = await received()
    const odd = 'a\0b\ud800c'
    const report = by('1.0.0', {
      status: 'needs_review',
      report: { title: odd, organ: `${odd}😀${'县'.repeat(100_000)}`, year: 2023, vintage: null, period: null },
      facts: [fact({ state: 'unreadable', raw: odd })],
      flags: [flag({ message: odd, facts: [odd] })],
    })
    await keep(sha256, report)
    const line = (await currentRecord(store.db, sha256))?.line ?? ''
    expect(line).toBe(JSON.stringify(report))
    expect(JSON.parse(line)).toEqual(report)
    const readable = 'a\ufffdb\ufffdc'
    expect((await factsOf(sha256)).map(({ raw }) => raw)).toEqual([readable])
    const { id } = await documentOf(sha256)
    expect(await store.db.selectFrom('flags').where('document_id', '=', id).selectAll().execute()).toMatchObject([
      { message: readable, facts: [readable] },
    ])
    const organ = (await extractionsOf(sha256))[0]?.organ
    expect(organ).toBe(`${readable}😀${'县'.repeat(493)}`)
  })

  test('the same record twice is one', async () => {
    const sha256 = await received()
    expect(await keep(sha256, golden)).toBe('kept')
    expect(await keep(sha256, golden)).toBe('known')
    expect(await extractionsOf(sha256)).toHaveLength(1)
    expect(await factsOf(sha256)).toHaveLength(golden.facts.length)
    expect(await kindsOf(sha256)).toEqual(['extracted'])
  })

  test('of the same record several times at once one is kept', async () => {
    const sha256 = await received()
    const answers = await Promise.all([1, 2, 3, 4].map(() => keep(sha256, golden)))
    expect(answers.sort()).toEqual(['kept', 'known', 'known', 'known'])
    expect(await factsOf(sha256)).toHaveLength(golden.facts.length)
  })

  test('of the records of several versions at once, the facts are those of the one in force', async () => {
    const sha256 = await received()
    const versions = [1, 2, 3, 4].map((count) =>
      by(`${count}.0.0`, { facts: Array.from({ length: count }, () => fact({ unit: `${count}` })) }),
    )
    expect(await Promise.all(versions.map((each) => keep(sha256, each)))).toEqual(['kept', 'kept', 'kept', 'kept'])
    const inForce = await currentRecord(store.db, sha256)
    const units = (await factsOf(sha256)).map(({ unit }) => `${unit}.0.0`)
    expect(units).toEqual(Array.from({ length: units.length }, () => inForce?.version))
    expect(units).toHaveLength(Number(inForce?.version[0]))
  })

  test('a newer version replaces the facts and flags, and what the older one read is kept', async () => {
    const sha256 = await received()
    const older = by('1.0.0', { facts: [fact({}), fact({ key: 'other' })], flags: [flag()] })
    const newer = by('1.1.0', { facts: [fact({ state: 'number', value: 7, raw: '7' })] })
    await keep(sha256, older)
    expect(await keep(sha256, newer)).toBe('kept')
    expect((await factsOf(sha256)).map(({ value }) => value)).toEqual(['7'])
    expect((await currentRecord(store.db, sha256))?.version).toBe('1.1.0')
    expect((await extractionsOf(sha256)).map((each) => each.record)).toEqual(
      [older, newer].map((each) => JSON.stringify(each)),
    )
    const { id } = await documentOf(sha256)
    expect(await store.db.selectFrom('flags').where('document_id', '=', id).selectAll().execute()).toEqual([])
  })

  test('a reading that was cut short gives way to a later one by the same version, and never the other way', async () => {
    const sha256 = await received()
    expect(await keep(sha256, failed('1.0.0', 'timeout'))).toBe('kept')
    expect(await beginTry(store.db, sha256, '1.0.0')).toBe('go')
    expect(await keep(sha256, by('1.0.0'))).toBe('kept')
    expect(await keep(sha256, failed('1.0.0', 'out_of_memory'))).toBe('known')
    expect((await currentRecord(store.db, sha256))?.status).toBe('accepted')
    expect((await extractionsOf(sha256)).map((each) => each.failure_code)).toEqual(['timeout', null])
  })

  test('a reading that failed for what the file is stands', async () => {
    const sha256 = await received()
    await keep(sha256, failed('1.0.0', 'encrypted'))
    expect(await keep(sha256, failed('1.0.0', 'encrypted'))).toBe('known')
    expect(await beginTry(store.db, sha256, '1.0.0')).toBe('done')
  })

  test('a fact whose state and value contradict each other is refused, and nothing of its record is kept', async () => {
    const sha256 = await received()
    const contradicting: Partial<Fact>[] = [
      { state: 'number', value: null },
      { state: 'blank', value: 3 },
    ]
    for (const each of contradicting) {
      await expect(keep(sha256, by('1.0.0', { facts: [fact(each)] }))).rejects.toMatchObject({ code: '23514' })
    }
    expect(await extractionsOf(sha256)).toEqual([])
    expect(await currentRecord(store.db, sha256)).toBeNull()
    expect(await kindsOf(sha256)).toEqual([])
  })

  test('a record of a document that was never received is refused', async () => {
    await expect(keep('f'.repeat(64), golden)).rejects.toMatchObject({ code: 'P0002' })
  })

  test('an extraction can be neither changed nor removed', async () => {
    const sha256 = await received()
    await keep(sha256, by('1.0.0'))
    await expect(store.db.updateTable('extractions').set({ record: '{}' }).execute()).rejects.toThrow('only grows')
    await expect(store.db.deleteFrom('extractions').execute()).rejects.toThrow('only grows')
  })

  test('a document that ended its worker too often is given up, with its reason', async () => {
    const sha256 = await received()
    for (let attempt = 1; attempt <= MOST_TRIES; attempt += 1)
      expect(await beginTry(store.db, sha256, '1.0.0')).toBe('go')
    expect(await beginTry(store.db, sha256, '1.0.0')).toBe('given_up')
    expect(await beginTry(store.db, sha256, '1.0.0')).toBe('given_up')
    expect(await documentOf(sha256)).toMatchObject({ tries: MOST_TRIES, given_up: 'worker_lost' })
    expect(await eventsOf(store.db, sha256)).toMatchObject([
      { kind: 'given_up', actor: 'system', detail: { reason: 'worker_lost', tries: MOST_TRIES } },
    ])
    expect(await keep(sha256, golden)).toBe('kept')
    expect(await documentOf(sha256)).toMatchObject({ tries: 0, given_up: null })
  })

  test('tries that ended for another reason do not count', async () => {
    const sha256 = await received()
    for (let attempt = 1; attempt <= 3 * MOST_TRIES; attempt += 1) {
      expect(await beginTry(store.db, sha256, '1.0.0')).toBe('go')
      await endTry(store.db, sha256)
    }
    expect((await documentOf(sha256)).tries).toBe(0)
    await endTry(store.db, sha256)
    expect((await documentOf(sha256)).tries).toBe(0)
  })

  test('a document that this version has read needs no try, one that an earlier version has read does', async () => {
    const sha256 = await received()
    await keep(sha256, by('1.0.0'))
    expect(await beginTry(store.db, sha256, '1.0.0')).toBe('done')
    expect((await documentOf(sha256)).tries).toBe(0)
    expect(await beginTry(store.db, sha256, '1.1.0')).toBe('go')
  })

  test('a deleted document, or one that never was, is gone', async () => {
    const sha256 = await received()
    await store.db
      .updateTable('documents')
      .set({ deleted_at: new Date(), deleted_reason: '误传' })
      .where('sha256', '=', sha256)
      .execute()
    expect(await beginTry(store.db, sha256, '1.0.0')).toBe('gone')
    expect(await beginTry(store.db, 'f'.repeat(64), '1.0.0')).toBe('gone')
    expect(await askAgain(store.db, sha256, 'user:wang')).toBe('gone')
    expect(await kindsOf(sha256)).toEqual([])
  })

  test('a document is given up once, and read again when a person asks', async () => {
    const sha256 = await received()
    await giveUp(store.db, sha256, 'stalled')
    await giveUp(store.db, sha256, 'later')
    expect(await documentOf(sha256)).toMatchObject({ given_up: 'stalled' })
    expect(await beginTry(store.db, sha256, '1.0.0')).toBe('given_up')
    expect(await askAgain(store.db, sha256, 'user:wang')).toBe('asked')
    expect(await beginTry(store.db, sha256, '1.0.0')).toBe('go')
    expect((await eventsOf(store.db, sha256)).map(({ actor, kind }) => [actor, kind])).toEqual([
      ['system', 'given_up'],
      ['user:wang', 'reextraction_requested'],
    ])
  })

  test('unread are the documents that have neither a record nor a reason, page after page', async () => {
    const before = (await unreadDocuments(store.db, 1_000)).at(-1)?.id ?? 0
    const [read, givenUp, deleted, tried, waiting] = [
      await received(),
      await received(),
      await received(),
      await received(),
      await received(),
    ]
    await keep(read, by('1.0.0'))
    await giveUp(store.db, givenUp, 'stalled')
    await sql`update documents set deleted_at = now(), deleted_reason = '误传' where sha256 = ${deleted}`.execute(
      store.db,
    )
    await beginTry(store.db, tried, '1.0.0')
    const first = await unreadDocuments(store.db, 1, before)
    expect(first.map(({ sha256 }) => sha256)).toEqual([tried])
    const rest = await unreadDocuments(store.db, 10, first[0]?.id)
    expect(rest.map(({ sha256 }) => sha256)).toEqual([waiting])
  })

  test('what a person asks for again is unread until it is read, by a new version or found to be by this one', async () => {
    const before = (await unreadDocuments(store.db, 1_000)).at(-1)?.id ?? 0
    const unread = async () => (await unreadDocuments(store.db, 10, before)).map(({ sha256 }) => sha256)
    const sha256 = await received()
    await keep(sha256, by('1.0.0'))
    await askAgain(store.db, sha256, 'user:wang')
    expect(await unread()).toEqual([sha256])
    await beginTry(store.db, sha256, '2.0.0')
    expect(await unread()).toEqual([sha256])
    await keep(sha256, by('2.0.0'))
    expect(await unread()).toEqual([])
    await askAgain(store.db, sha256, 'user:wang')
    expect(await beginTry(store.db, sha256, '2.0.0')).toBe('done')
    expect(await unread()).toEqual([])
  })
})
