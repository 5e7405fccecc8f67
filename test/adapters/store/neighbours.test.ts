import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { sql } from 'kysely'
import { keepChecked } from '../../../src/adapters/keep-checked.js'
import { openLog } from '../../../src/adapters/log.js'
import { close } from '../../../src/adapters/store/closing.js'
import { decide } from '../../../src/adapters/store/decisions.js'
import { deleteDocument } from '../../../src/adapters/store/documents.js'
import { keepExtraction } from '../../../src/adapters/store/extractions.js'
import { neighbourChecksOf, neighbourChecksOfAll } from '../../../src/adapters/store/neighbour-checks.js'
import { checkNext } from '../../../src/adapters/store/neighbours.js'
import { changeOrgan, mergeOrgans } from '../../../src/adapters/store/organs.js'
import type { ReportRecord } from '../../../src/record.js'
import type { Decision } from '../../../src/review/decisions.js'
import { eventually } from '../../build/eventually.js'
import { factsOf } from '../../build/figures.js'
import type { Cells } from '../../build/reading.js'
import { copyOf, keep, lineOf } from '../../build/received.js'
import { check, record } from '../../build/record.js'
import { openStore, STORES, type TestStore } from '../../build/store.js'

const IN = 'requests.carried_in.total'
const OUT = 'requests.carried_out.total'
const NEW = 'requests.new.total'
const ORGAN = '澄湖区人民政府'

function report(year: number, cells: Cells, organ = ORGAN): ReportRecord {
  const known = { title: null, organ, year, vintage: '2021', period: null } as const
  return copyOf(record({ report: known, facts: factsOf('2021', cells) }), `${organ}${year}.pdf`)
}

describe.each(STORES)('checks against other reports, on %s', (make) => {
  let store: TestStore
  beforeAll(async () => {
    store = await openStore(make)
  })
  afterAll(() => store.close())
  beforeEach(() => sql`truncate documents, facts, organs, neighbour_tasks cascade`.execute(store.db))

  const arrive = async (...records: ReportRecord[]) => {
    for (const one of records) await keep(store.db, one)
  }
  /** Also what is put off for a while. */
  const workOff = async () => {
    let done = 0
    do {
      await store.db
        .updateTable('neighbour_tasks')
        .set({ due_at: new Date(0) })
        .execute()
      while (await checkNext(store.db)) done += 1
    } while (await store.db.selectFrom('neighbour_tasks').select('id').limit(1).executeTakeFirst())
    return done
  }
  const idOf = async ({ document }: ReportRecord) =>
    (
      await store.db
        .selectFrom('documents')
        .select('id')
        .where('sha256', '=', document.sha256)
        .executeTakeFirstOrThrow()
    ).id
  const failed = async (of: ReportRecord) =>
    (await neighbourChecksOf(store.db, await idOf(of))).map(({ rule, subject }) => `${rule}/${subject}`)
  const decideOn = async ({ document: { sha256 } }: ReportRecord, decision: Decision) => {
    const before = await store.db
      .selectFrom('reviews as r')
      .innerJoin('documents as d', 'd.id', 'r.document_id')
      .where('d.sha256', '=', sha256)
      .select('r.version')
      .executeTakeFirst()
    const asked = { decision, version: before?.version ?? 0, key: randomUUID() }
    expect((await decide(store.db, sha256, 'user:沈', asked)).kind).toBe('decided')
  }
  const organ = async (name: string) =>
    (await store.db.selectFrom('organ_names').select('organ_id').where('name', '=', name).executeTakeFirstOrThrow())
      .organ_id

  const last = report(2022, { [OUT]: 4, [NEW]: 4 })
  const now = report(2023, { [IN]: 1, [NEW]: 9 })

  test.each([
    ['in order', [last, now]],
    ['the later year first', [now, last]],
  ])('are made when a neighbour arrives, %s', async (_, records) => {
    await arrive(...records)
    await workOff()
    expect(await failed(now)).toEqual(['XY-CARRY/total'])
    expect(await failed(last)).toEqual([])
    const [{ against } = { against: [] }] = await store.db.selectFrom('neighbour_checks').selectAll().limit(1).execute()
    expect(against).toEqual([await idOf(last)])
  })

  test('are told with what held, by year', async () => {
    await arrive(last, now)
    await workOff()
    const all = await neighbourChecksOfAll(store.db, [await idOf(last), await idOf(now)])
    expect(new Set(all.map(({ outcome }) => outcome))).toEqual(new Set(['pass', 'fail']))
    expect(all.find(({ outcome, level }) => outcome === 'fail' && level === 'warning')).toMatchObject({
      rule: 'XY-CARRY',
      year: 2023,
      expected: 4,
      actual: 1,
      facts: [IN],
    })
  })

  test('are made again when a figure of either is corrected', async () => {
    await arrive(last, now)
    await workOff()
    await decideOn(now, { kind: 'correct', fact: IN, value: 4 })
    await workOff()
    expect(await failed(now)).toEqual([])
    await decideOn(last, { kind: 'correct', fact: OUT, value: 5 })
    await workOff()
    expect(await failed(now)).toEqual(['XY-CARRY/total'])
  })

  test('are made again when another version reads the neighbour otherwise', async () => {
    await arrive(last, now)
    await workOff()
    const better = { ...report(2022, { [OUT]: 1, [NEW]: 4 }), extractor: { version: '0.0.1' } }
    expect(await keepExtraction(store.db, last.document.sha256, better, lineOf(better), 1)).toBe('kept')
    await workOff()
    expect(await failed(now)).toEqual([])
  })

  test('go with a neighbour that is deleted, rejected, or turns out to be of another year', async () => {
    for (const leave of [
      () => deleteDocument(store.db, last.document.sha256, '误传', 'user:王'),
      () => decideOn(last, { kind: 'set_year', year: 2020 }),
      () => decideOn(last, { kind: 'set_organ', organ: '另一个机关' }),
      () => close(store.db, last.document.sha256, 'user:沈', { to: 'rejected', version: 0, reason: '不是年报' }),
    ]) {
      await sql`truncate documents, facts, organs, neighbour_tasks cascade`.execute(store.db)
      await arrive(last, now)
      await workOff()
      expect(await failed(now)).toEqual(['XY-CARRY/total'])
      await leave()
      await workOff()
      expect(await failed(now)).toEqual([])
    }
  })

  test('are made with the accepted one where there are two of a year', async () => {
    const other = { ...copyOf(report(2022, { [OUT]: 7 }), '另一份.pdf'), status: 'needs_review' as const }
    await arrive(last, other, now)
    await workOff()
    const checks = await neighbourChecksOf(store.db, await idOf(now))
    expect(checks).toMatchObject([{ rule: 'XY-CARRY', expected: 4 }])
  })

  test('are made when two names turn out to be one organ, and with what an organ went on from', async () => {
    const renamed = report(2023, { [IN]: 1, [NEW]: 9 }, '江州市澄湖区人民政府')
    await arrive(last, renamed)
    await workOff()
    expect(await failed(renamed)).toEqual([])
    const [old, young] = [await organ(ORGAN), await organ('江州市澄湖区人民政府')]
    await changeOrgan(store.db, old, { successor: young }, 'user:沈')
    await workOff()
    expect(await failed(renamed)).toEqual(['XY-CARRY/total'])
    await changeOrgan(store.db, old, { successor: null }, 'user:沈')
    await workOff()
    expect(await failed(renamed)).toEqual([])
    await mergeOrgans(store.db, old, young, 'user:沈')
    await workOff()
    expect(await failed(renamed)).toEqual(['XY-CARRY/total'])
  })

  test('hold an aggregate against the organs below it, once all of them are there', async () => {
    const whole = report(2023, { [NEW]: 9 })
    const [one, two] = [report(2023, { [NEW]: 3 }, '澄湖区水务局'), report(2023, { [NEW]: 5 }, '澄湖区财政局')]
    const sums = async () => {
      await workOff()
      const rows = await store.db
        .selectFrom('neighbour_checks')
        .where('rule', '=', 'AGG-SUM')
        .where('subject', '=', NEW)
        .select(['outcome', 'expected'])
        .execute()
      return rows.map(({ outcome, expected }) => `${outcome} ${expected}`)
    }
    await arrive(whole, one, { ...report(2022, {}, '澄湖区财政局') })
    const above = await organ(ORGAN)
    for (const name of ['澄湖区水务局', '澄湖区财政局']) {
      await changeOrgan(store.db, await organ(name), { parent: above }, 'user:沈')
    }
    expect(await sums()).toEqual([])
    await arrive(two)
    expect(await sums()).toEqual(['fail 8'])
    await decideOn(two, { kind: 'correct', fact: NEW, value: 6 })
    expect(await sums()).toEqual(['pass 9'])
  })

  test('that cannot be made are put off, and hold nobody up', async () => {
    await arrive(now)
    await workOff()
    await sql`alter table extractions disable trigger extractions_stay`.execute(store.db)
    await sql`update extractions set record = '{}'`.execute(store.db)
    await sql`alter table extractions enable trigger extractions_stay`.execute(store.db)
    await arrive(last)
    await expect(checkNext(store.db).then(() => checkNext(store.db))).rejects.toThrow('sections')
    expect(await checkNext(store.db)).toBe(false)
    const [{ due_at } = { due_at: new Date(0) }] = await store.db.selectFrom('neighbour_tasks').selectAll().execute()
    expect(due_at.getTime()).toBeGreaterThan(Date.now() + 60_000)
  })

  test('are made beside a note of what fails in the report itself, as read last', async () => {
    const fails = (...rules: string[]) => rules.map((rule) => check({ rule, outcome: 'fail', level: 'warning' }))
    const known = { ...now, checks: [...fails('N-REQ', 'N-REQ', 'T4'), check({ rule: 'T1' })] }
    await arrive({ ...known, checks: [...known.checks, check({ rule: 'T9', outcome: 'fail', level: 'info' })] })
    const rules = async () => {
      await workOff()
      const rows = await store.db.selectFrom('failed_rules').select('rule').orderBy('rule').execute()
      return rows.map(({ rule }) => rule)
    }
    expect(await rules()).toEqual(['N-REQ', 'T4'])
    const better = { ...known, extractor: { version: '0.0.1' }, checks: fails('T4') }
    await keepExtraction(store.db, now.document.sha256, better, lineOf(better), 1)
    expect(await rules()).toEqual(['T4'])
  })

  test('are made by several at once, each report by one of them', async () => {
    await arrive(...[2018, 2019, 2020, 2021, 2022, 2023].map((year) => report(year, { [IN]: 1, [OUT]: 2, [NEW]: 5 })))
    const all = async () => {
      while (await checkNext(store.db));
    }
    await Promise.all([all(), all(), all()])
    const rows = await store.db
      .selectFrom('neighbour_checks')
      .where('rule', '=', 'XY-CARRY')
      .where('outcome', '=', 'fail')
      .select('document_id')
      .execute()
    expect(rows).toHaveLength(5)
  })

  test('are kept up with by a process that runs', async () => {
    const log = openLog({ logLevel: 'silent' }, { write: () => undefined })
    const keeping = keepChecked({ db: store.db, log }, 10)
    try {
      await arrive(last, now)
      await eventually(async () => (await failed(now)).length === 1)
    } finally {
      await keeping.close()
    }
  })
})
