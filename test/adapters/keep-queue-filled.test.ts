import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { sql } from 'kysely'
import { pino } from 'pino'
import { keepQueueFilled } from '../../src/adapters/keep-queue-filled.js'
import { decide } from '../../src/adapters/store/decisions.js'
import { migrate } from '../../src/adapters/store/migrate.js'
import { STEPS } from '../../src/adapters/store/migrations.js'
import { countQueue, queueAfter, setAuditShare } from '../../src/adapters/store/review-queue.js'
import { fillQueue } from '../../src/adapters/store/standing.js'
import type { ReportRecord } from '../../src/record.js'
import { copyOf, lineOf, receive } from '../build/received.js'
import { CLEAN, golden, MISPRINTED, pressingItem, REMARKED, UNDECIDED } from '../build/review.js'
import { openEmptyStore, STORES, type TestStore } from '../build/store.js'

const log = pino({ level: 'silent' })

/** As the version before there was a queue kept it. */
async function keepAsBefore({ db }: TestStore, record: ReportRecord): Promise<void> {
  await receive(db, record.document)
  const { document, extractor, report, status, failure, flags } = record
  const list = JSON.stringify(flags)
  const judged = JSON.stringify(
    record.discrepancies.map(({ checks, evidence: _, ...rest }) => ({
      ...rest,
      rules: checks.map(({ rule }) => rule),
      subjects: checks.map(({ subject }) => subject),
    })),
  )
  await sql`
    select keep_extraction(${document.sha256}, ${extractor.version}, ${status}, ${failure?.code ?? null}, ${document.mediaType},
      ${document.pageCount}, ${report.title}, ${report.organ}, ${report.year}, ${report.vintage}, ${lineOf(record)}, 10,
      array[]::text[], array[]::numeric[], array[]::text[], array[]::text[], array[]::text[], array[]::text[], array[]::numeric[],
      array[]::text[], ${list}, ${judged})`.execute(db)
}

describe.each(STORES)('a store of before there was a review queue, on %s', (make) => {
  let store: TestStore
  beforeAll(async () => {
    store = await openEmptyStore(make)
    await migrate(
      store.db,
      STEPS.filter(({ name }) => name < '0004'),
    )
    const failed = golden('报送年度报告的通知')
    for (const record of [golden(MISPRINTED), golden(CLEAN), golden(REMARKED), golden(UNDECIDED), failed])
      await keepAsBefore(store, record)
    await keepAsBefore(store, copyOf(golden(MISPRINTED), '又一份.docx'))
    await migrate(store.db)
    await setAuditShare(store.db, 100, 'system')
  })
  afterAll(() => store.close())

  test('has what is clean in the draw at once, at the place that its bytes give it', async () => {
    const [row] = await store.db.selectFrom('review_queue').selectAll().execute()
    const { sha256 } = golden(CLEAN).document
    expect(row).toMatchObject({ class: null, open_items: 0, organ: golden(CLEAN).report.organ })
    expect(row?.draw).toBeCloseTo((Number.parseInt(sha256.slice(-8), 16) / 2 ** 32) * 100, 9)
    expect(await countQueue(store.db)).toEqual({ proposal: 0, error: 0, prose: 0, note: 0, audit: 1 })
  })

  test('gets the others into the queue some at a time, those that could not be read left out', async () => {
    const first = await fillQueue(store.db, 0, 1)
    expect(await countQueue(store.db)).toMatchObject({ proposal: 1, error: 0 })
    expect(first).not.toBe(null)
    await Promise.all([keepQueueFilled({ db: store.db, log }).done, keepQueueFilled({ db: store.db, log }).done])
    expect(await countQueue(store.db)).toEqual({ proposal: 2, error: 1, prose: 0, note: 1, audit: 1 })
    const rows = await queueAfter(store.db, { class: 'proposal' }, null, 10)
    expect(rows).toMatchObject([{ openItems: 2, proposal: { derived: 13 } }, { fileName: '又一份.docx' }])
    expect(await fillQueue(store.db, 0)).toBe(null)
  })

  test('gives rows of before there was English theirs, with what was decided', async () => {
    const { db } = store
    const record = golden(MISPRINTED)
    const { sha256 } = record.document
    const slip = { kind: 'as_published', item: pressingItem(record), reason: 'slip' } as const
    await decide(db, sha256, 'user:甲', { decision: slip, version: 0, key: randomUUID() })
    const rows = () => db.selectFrom('review_queue').selectAll().orderBy('document_id').execute()
    const before = await rows()
    expect(
      before.map(({ message, message_in_english: said }) => message !== '' && said !== '' && said !== null),
    ).toEqual(before.map(({ class: its }) => its !== null))
    await db.updateTable('review_queue').set({ message_in_english: null }).execute()
    await keepQueueFilled({ db, log }).done
    expect(await rows()).toEqual(before.map((row) => (row.message === '' ? { ...row, message_in_english: null } : row)))
    const [prose] = await queueAfter(db, { class: 'prose' }, null, 10)
    expect(prose).toMatchObject({
      sha256,
      messageInEnglish: expect.stringMatching(/^「.*」: the prose says 13, the table 14$/),
    })
  })
})
