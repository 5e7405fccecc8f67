import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { sql } from 'kysely'
import { deleteDocument } from '../../../src/adapters/store/documents.js'
import {
  allFacts,
  type FactFilter,
  type FactPlace,
  factsAfter,
  type PlacedFact,
} from '../../../src/adapters/store/facts.js'
import { setAuditShare } from '../../../src/adapters/store/review-queue.js'
import { GRADES, type Grade, type ReportRecord } from '../../../src/record.js'
import { goldenRecords } from '../../build/golden.js'
import { copyOf, keep } from '../../build/received.js'
import { fact, record } from '../../build/record.js'
import { openStore, STORES, type TestStore } from '../../build/store.js'

const RECORDS = goldenRecords()
const TOTAL = RECORDS.reduce((sum, { facts }) => sum + facts.length, 0)

/** What the records say, as the rows of the store would. */
function rowsOf(records: readonly ReportRecord[]): unknown[] {
  return records.flatMap(({ document, report, status, facts, flags }) =>
    facts.map(({ key, value, state, raw, unit, location, derived, grade }) => ({
      sha256: document.sha256,
      file_name: document.fileName,
      organ: report.organ,
      year: report.year,
      vintage: report.vintage,
      status,
      key,
      value,
      state,
      raw,
      unit,
      location,
      derived,
      grade,
      decision: null,
      corrected: null,
      review: flags.length > 0 ? 'open' : null,
    })),
  )
}

function withoutPlace({ document_id, ordinal, value, derived, ...row }: PlacedFact): unknown {
  const number = (text: string | null) => (text === null ? null : Number(text))
  return { ...row, value: number(value), derived: number(derived) }
}

describe.each(STORES)('facts on %s', (make) => {
  let store: TestStore
  beforeAll(async () => {
    store = await openStore(make)
    await setAuditShare(store.db, 0, 'system')
    for (const golden of RECORDS) await keep(store.db, golden)
  })
  afterAll(() => store.close())

  const everything = async (filter: FactFilter, documentsAtOnce = 3): Promise<PlacedFact[]> => {
    const all: PlacedFact[] = []
    for await (const page of allFacts(store.db, filter, documentsAtOnce)) all.push(...page)
    return all
  }

  const inPages = async (filter: FactFilter, limit: number): Promise<PlacedFact[]> => {
    const all: PlacedFact[] = []
    for (let after: FactPlace | null = null; ; after = all.at(-1) ?? null) {
      const page = await factsAfter(store.db, filter, after, limit)
      all.push(...page)
      if (page.length < limit) return all
    }
  }

  test('are those of the records, in their order', async () => {
    expect((await everything({})).map(withoutPlace)).toEqual(rowsOf(RECORDS))
  })

  test.each([7, 200, 100_000])('are the same in pages of %i', async (limit) => {
    expect((await inPages({ year: 2023 }, limit)).map(withoutPlace)).toEqual(
      rowsOf(RECORDS.filter(({ report }) => report.year === 2023)),
    )
  })

  test('never end a page within a document', async () => {
    let last = -1
    for await (const page of allFacts(store.db, {}, 2)) {
      expect(page[0]?.document_id).toBeGreaterThan(last)
      last = page.at(-1)?.document_id ?? last
    }
    expect(last).toBeGreaterThan(0)
  })

  test.each([
    ['organ', { organ: '清源市水务局' }, ({ report }: ReportRecord) => report.organ === '清源市水务局'],
    ['status', { status: 'needs_review' }, ({ status }: ReportRecord) => status === 'needs_review'],
    ['vintage', { vintage: '2014' }, ({ report }: ReportRecord) => report.vintage === '2014'],
    [
      'organ and year',
      { organ: '清源市水务局', year: 2022 },
      ({ report }: ReportRecord) => report.organ === '清源市水务局' && report.year === 2022,
    ],
  ] as const)('are found by %s', async (_name, filter, isWanted) => {
    expect((await everything(filter)).map(withoutPlace)).toEqual(rowsOf(RECORDS.filter(isWanted)))
  })

  test('are found by key, and by its beginning', async () => {
    const keys = async (key: string) => [...new Set((await everything({ key })).map((row) => row.key))]
    expect(await keys('requests.new.total')).toEqual(['requests.new.total'])
    const all = new Set(RECORDS.flatMap(({ facts }) => facts.map(({ key }) => key)))
    const wanted = [...all].filter((key) => key.startsWith('review.'))
    expect(new Set(await keys('review.*'))).toEqual(new Set(wanted))
    expect(await keys('requests_new.*')).toEqual([])
  })

  test('keep zero, blank and absent apart', async () => {
    const states = ['number', 'zero', 'blank', 'dash', 'absent', 'unreadable'] as const
    for (const state of states) {
      const wanted = RECORDS.flatMap(({ facts }) => facts).filter((fact) => fact.state === state).length
      const found = await everything({ state })
      expect(found).toHaveLength(wanted)
      expect(found.every(({ value }) => (value === null) === !['number', 'zero'].includes(state))).toBe(true)
    }
  })

  test('are found by any of several grades', async () => {
    const report = { title: null, organ: '等级局', year: 2021, vintage: '2021' as const, period: null }
    const facts = [...GRADES, null].map((grade) => fact({ key: `k.${grade}`, grade }))
    const graded = copyOf(record({ report, facts }), '等级.pdf')
    await keep(store.db, graded)
    const found = async (grade?: readonly Grade[]) =>
      (await everything({ organ: '等级局', grade })).map(({ key }) => key)
    expect(await found(['read_once', 'contested'])).toEqual(['k.read_once', 'k.contested'])
    expect(await found(['proven'])).toEqual(['k.proven'])
    expect(await found([])).toEqual([])
    expect(await found()).toHaveLength(6)
    await deleteDocument(store.db, graded.document.sha256, '试验', 'system')
  })

  test('have their grade and what is derived for analysts with SQL, too', async () => {
    const facts = [fact({ key: 'sql.k', state: 'zero', value: 0, raw: '0', derived: 11, grade: 'contested' })]
    const graded = copyOf(record({ facts }), '视图.pdf')
    await keep(store.db, graded)
    const { rows } = await sql`select value, derived, grade from current_facts where key = 'sql.k'`.execute(store.db)
    expect(rows).toEqual([{ value: '0', derived: '11', grade: 'contested' }])
    await deleteDocument(store.db, graded.document.sha256, '试验', 'system')
  })

  test('keep a figure of many digits and one with a fraction as printed', async () => {
    const [first] = RECORDS[0]?.facts ?? []
    if (first === undefined) throw new Error('the golden record has no facts')
    const figures = [9_007_199_254_740_991, 0.1, -3, 1e-7]
    const facts = figures.map((value) => ({ ...first, value, state: 'number' as const, raw: String(value) }))
    const report = { title: null, organ: '多位数局', year: 2021, vintage: '2021' as const, period: null }
    await keep(store.db, copyOf(record({ report, facts }), '多位数.pdf'))
    const found = await everything({ organ: '多位数局' })
    expect(found.map(({ value }) => Number(value))).toEqual(figures)
    await deleteDocument(store.db, found[0]?.sha256 ?? '', '试验', 'system')
  })

  test('of documents that come in meanwhile neither repeat nor hide a row', async () => {
    const late = RECORDS.slice(0, 2).map((golden, index) => copyOf(golden, `补报${index}.pdf`))
    const rows: PlacedFact[] = []
    let pages = 0
    for await (const page of allFacts(store.db, {}, 5)) {
      rows.push(...page)
      const next = late[pages]
      if (next !== undefined) await keep(store.db, next)
      pages += 1
    }
    expect(pages).toBeGreaterThan(2)
    expect(rows.slice(0, TOTAL).map(withoutPlace)).toEqual(rowsOf(RECORDS))
    const places = rows.map(({ document_id, ordinal }) => `${document_id}.${ordinal}`)
    expect(new Set(places).size).toBe(places.length)
    for (const { document } of late) await deleteDocument(store.db, document.sha256, '试验', 'system')
  })

  test('of a deleted document are gone, for analysts with SQL too', async () => {
    const gone = RECORDS.find(({ facts }) => facts.length > 0)
    if (gone === undefined) throw new Error('no golden record has facts')
    const extra = copyOf(gone, '要删除.pdf')
    await keep(store.db, extra)
    const { sha256 } = extra.document
    const visible = async () => {
      const { rows } = await sql<{
        count: number
      }>`select count(*)::integer as count from current_facts where sha256 = ${sha256}`.execute(store.db)
      return rows[0]?.count
    }
    expect(await visible()).toBe(gone.facts.length)
    await deleteDocument(store.db, sha256, '误传', 'user:王')
    expect(await visible()).toBe(0)
    expect((await everything({})).some((row) => row.sha256 === sha256)).toBe(false)
  })
})
