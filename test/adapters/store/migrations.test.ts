import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { sql } from 'kysely'
import { countGrades, discrepanciesOf, findDocument, flagsOf } from '../../../src/adapters/store/documents.js'
import { currentRecord, keepExtraction } from '../../../src/adapters/store/extractions.js'
import { allFacts } from '../../../src/adapters/store/facts.js'
import { migrate } from '../../../src/adapters/store/migrate.js'
import { STEPS } from '../../../src/adapters/store/migrations.js'
import { openStored } from '../../../src/adapters/stored-record.js'
import { discrepancy, fact, flag, record } from '../../build/record.js'
import { openEmptyStore, STORES, type TestStore } from '../../build/store.js'

const SHA256 = 'ab'.repeat(32)
const LOCATION = { kind: 'line', line: 3 } as const

/** As version 0.1.0 gave it. */
function olderLine(): string {
  const { discrepancies: _, ...rest } = record({ extractor: { version: '0.1.0' }, status: 'needs_review' })
  const { derived: __, grade: ___, vouchers: ____, ...older } = fact({ state: 'number', value: 3, raw: '3' })
  return JSON.stringify({ ...rest, facts: [older], flags: [flag({ location: LOCATION })] })
}

describe.each(STORES)('a store of before there were grades, on %s', (make) => {
  let store: TestStore
  beforeEach(async () => {
    store = await openEmptyStore(make)
    await migrate(
      store.db,
      STEPS.filter(({ name }) => name < '0003'),
    )
    await store.db.insertInto('documents').values({ sha256: SHA256, byte_length: 1, file_name: '年报.pdf' }).execute()
    const flags = JSON.stringify([flag({ location: LOCATION })])
    await sql`
      select keep_extraction(${SHA256}, '0.1.0', 'needs_review', null, 'application/pdf', 4, '年度报告', '水务局', 2023, '2021',
        ${olderLine()}, 12, array['k', 'absent'], array[3, null]::numeric[], array['3', null], array['number', 'absent'], array['件', '件'],
        array[${JSON.stringify(LOCATION)}, null], ${flags})`.execute(store.db)
    expect((await migrate(store.db))[0]).toBe('0003-grades-and-discrepancies')
  })
  afterEach(() => store.close())

  const documentId = async () => {
    const document = await findDocument(store.db, SHA256)
    if (document === undefined) throw new Error('the document is lost')
    return document.id
  }
  const factsNow = async () => {
    const found = []
    for await (const page of allFacts(store.db, {})) found.push(...page)
    return found
  }

  test('keeps what it had: facts without a grade, flags with one place, the record as it was', async () => {
    const id = await documentId()
    expect(await factsNow()).toMatchObject([
      { key: 'k', value: '3', raw: '3', location: LOCATION, derived: null, grade: null, organ: '水务局' },
      { key: 'absent', value: null, state: 'absent', derived: null, grade: null },
    ])
    expect(await flagsOf(store.db, id)).toEqual([{ ...flag({ location: LOCATION }), counterpart: null }])
    expect(await discrepanciesOf(store.db, id)).toEqual([])
    expect(await countGrades(store.db, id)).toMatchObject({ read_twice: 0, none: 2 })
    const { rows } = await sql`select key, value, grade from current_facts order by ordinal`.execute(store.db)
    expect(rows).toEqual([
      { key: 'k', value: '3', grade: null },
      { key: 'absent', value: null, grade: null },
    ])
    expect((await currentRecord(store.db, SHA256))?.line).toBe(olderLine())
  })

  test('opens a record of then as one that says nothing of grades and verdicts', async () => {
    const line = (await currentRecord(store.db, SHA256))?.line ?? ''
    const vouchers = { identities: [], readings: [] }
    expect(openStored(line)).toEqual({
      ...JSON.parse(line),
      facts: [{ ...fact({ state: 'number', value: 3, raw: '3' }), grade: null, vouchers }],
      discrepancies: [],
    })
  })

  test('takes what a newer version reads, in the place of the older facts, flags and none', async () => {
    const newer = record({
      extractor: { version: '0.2.0' },
      facts: [fact({ grade: 'contested', derived: 4 })],
      discrepancies: [discrepancy({ verdict: 'published' })],
    })
    const again = record({ extractor: { version: '0.1.0' } })
    expect(await keepExtraction(store.db, SHA256, again, JSON.stringify(again), 1)).toBe('known')
    expect(await keepExtraction(store.db, SHA256, newer, JSON.stringify(newer), 1)).toBe('kept')
    const id = await documentId()
    expect(await factsNow()).toMatchObject([{ key: 'k', derived: '4', grade: 'contested' }])
    expect(await flagsOf(store.db, id)).toEqual([])
    expect(await discrepanciesOf(store.db, id)).toMatchObject([{ verdict: 'published' }])
  })

  test('has one way to keep an extraction, not two that a call could be meant for', async () => {
    const { rows } =
      await sql`select count(*)::integer as count from pg_proc where proname = 'keep_extraction'`.execute(store.db)
    expect(rows).toEqual([{ count: 1 }])
  })
})

test('an opened record of today is the record', () => {
  const today = record({ facts: [fact({ derived: 3, grade: 'contested' })], discrepancies: [discrepancy()] })
  expect(openStored(JSON.stringify(today))).toEqual(today)
  expect(() => openStored(JSON.stringify({ ...today, status: 'good' }))).toThrow('status')
})
