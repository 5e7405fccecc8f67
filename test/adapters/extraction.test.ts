/** One document, one try: with a real database and real originals, and lanes that end as the test says. */

import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { pino } from 'pino'
import { extractDocument } from '../../src/adapters/extraction.js'
import type { Ending } from '../../src/adapters/lane.js'
import { type Lanes, LanesClosed } from '../../src/adapters/lanes.js'
import { openOriginals } from '../../src/adapters/originals/open.js'
import type { Originals } from '../../src/adapters/service.js'
import { type Database, openDatabase } from '../../src/adapters/store/database.js'
import { documentToRead } from '../../src/adapters/store/document-to-read.js'
import { currentRecord } from '../../src/adapters/store/extractions.js'
import { migrate } from '../../src/adapters/store/migrate.js'
import { type Task, toLine } from '../../src/adapters/task.js'
import { LIMITS } from '../../src/document/limits.js'
import type { ReportRecord } from '../../src/record.js'
import { VERSION } from '../../src/version.js'
import { endings, freshFolder, receive } from '../build/extracting-service.js'
import { record } from '../build/record.js'
import { freshDatabase } from '../build/services.js'

let drop: () => Promise<void>
let database: Database
let folder: string
let originals: Originals
let parts: Parameters<typeof extractDocument>[0]
const told: unknown[] = []

beforeAll(async () => {
  const fresh = await freshDatabase()
  drop = fresh.drop
  folder = await freshFolder()
  database = await openDatabase({ databaseUrl: fresh.url, dataFolder: folder })
  await migrate(database.db)
  originals = openOriginals({ originalsUrl: null, dataFolder: folder, s3Endpoint: null })
  const onRead = (...what: unknown[]) => told.push(what)
  parts = { db: database.db, originals, log: pino({ level: 'silent' }), onRead }
})
afterAll(async () => {
  await database.close()
  await drop()
  await rm(folder, { recursive: true })
})

let seen: Task[] = []
afterEach(() => {
  seen = []
  told.splice(0)
})

const lanes = (end: () => Promise<Ending>): Lanes => ({
  run: async (task) => {
    seen.push(task)
    return { ending: await end(), milliseconds: 7 }
  },
  close: () => undefined,
})
const ends = (ending: Ending) => lanes(async () => ending)
const answers = (given: ReportRecord) =>
  ends({ kind: 'answer', answer: { kind: 'record', status: given.status, line: toLine(given) } })
const accepted = answers(record({ extractor: { version: VERSION } }))

/** Each test has a document of its own. */
let texts = 0
async function received(): Promise<string> {
  texts += 1
  const [sha256] = await receive(parts, [`文件 ${texts}`])
  return sha256 ?? ''
}

async function extract(sha256: string, from: Lanes, given: Partial<typeof parts> = {}): Promise<void> {
  const document = await documentToRead(parts.db, sha256)
  if (document === null) throw new Error('no such document')
  await extractDocument({ ...parts, ...given }, from, document)
}

async function ending(sha256: string) {
  const found = (await endings(parts)).find((each) => each.sha256 === sha256)
  const current = await currentRecord(parts.db, sha256)
  return { ...found, record: current === null ? null : (JSON.parse(current.line) as ReportRecord) }
}

describe('a document', () => {
  test('is read under the name it came with, and its record is kept as the reader wrote it', async () => {
    const sha256 = await received()
    const given = record({ extractor: { version: VERSION } })
    await extract(sha256, answers(given))
    expect(seen).toMatchObject([
      { work: 'extract', fileName: '年报.txt', options: { engine: 'pdfium', secondReading: 'doubt' } },
    ])
    expect((await currentRecord(parts.db, sha256))?.line).toBe(JSON.stringify(given))
    expect(await ending(sha256)).toMatchObject({ isRead: true, tries: 0, extractions: '1' })
    expect(told).toEqual([['accepted', 7]])
  })

  test('that was read by this version is not read again', async () => {
    const sha256 = await received()
    await extract(sha256, accepted)
    await extract(sha256, accepted)
    expect(seen).toHaveLength(1)
    expect(await ending(sha256)).toMatchObject({ isRead: true, extractions: '1' })
  })

  test('that was deleted is not read', async () => {
    const sha256 = await received()
    await parts.db
      .updateTable('documents')
      .where('sha256', '=', sha256)
      .set({ deleted_at: new Date(), deleted_reason: '误传' })
      .execute()
    await extract(sha256, accepted)
    expect(seen).toEqual([])
  })

  test.each(['timeout', 'out_of_memory'] as const)('whose reader ends in %s has a failed record', async (kind) => {
    const sha256 = await received()
    await extract(sha256, ends({ kind }))
    expect(await ending(sha256)).toMatchObject({
      tries: 0,
      record: { status: 'failed', failure: { code: kind }, document: { sha256 }, extractor: { version: VERSION } },
    })
  })

  test('whose reader crashes, or says what is no record, has a failed record', async () => {
    const crash: Ending = { kind: 'crash', detail: 'exit SIGSEGV' }
    const babble: Ending = { kind: 'answer', answer: { kind: 'record', status: 'accepted', line: toLine({}) } }
    for (const each of [crash, babble]) {
      const sha256 = await received()
      await extract(sha256, ends(each))
      expect(await ending(sha256)).toMatchObject({ record: { failure: { code: 'corrupt' }, document: { sha256 } } })
    }
  })

  test('over the limit for one file is failed without being read', async () => {
    const sha256 = await received()
    const byteLength = LIMITS.fileBytes + 1
    await parts.db.updateTable('documents').where('sha256', '=', sha256).set({ byte_length: byteLength }).execute()
    await extract(sha256, accepted)
    expect(seen).toEqual([])
    expect(await ending(sha256)).toMatchObject({
      record: { status: 'failed', failure: { code: 'too_large' }, document: { sha256, byteLength } },
    })
  })

  test('whose original is gone is given up', async () => {
    const sha256 = await received()
    await rm(place(sha256))
    await extract(sha256, accepted)
    expect(await ending(sha256)).toMatchObject({ isRead: false, givenUp: 'original_missing' })
  })

  test('whose original is damaged is given up', async () => {
    const sha256 = await received()
    await writeFile(place(sha256), '别的内容')
    await extract(sha256, accepted)
    expect(seen).toEqual([])
    expect(await ending(sha256)).toMatchObject({ isRead: false, givenUp: 'original_damaged' })
  })

  test('whose record the database refuses is given up, as it would be refused every time', async () => {
    const sha256 = await received()
    const report = { title: null, organ: null, year: 2 ** 40, vintage: null, period: null }
    await extract(sha256, answers(record({ extractor: { version: VERSION }, report })))
    expect(await ending(sha256)).toMatchObject({ isRead: false, givenUp: 'record_refused' })
  })

  test('is tried again, and nothing counted against it, when the originals are out of reach', async () => {
    const sha256 = await received()
    const away: Originals = { ...originals, read: () => Promise.reject(new Error('bucket away')) }
    await expect(extract(sha256, accepted, { originals: away })).rejects.toThrow('bucket away')
    expect(await ending(sha256)).toMatchObject({ isRead: false, givenUp: null, tries: 0 })
    await extract(sha256, accepted)
    expect(await ending(sha256)).toMatchObject({ isRead: true })
  })

  test('is tried again when the worker is closed over it', async () => {
    const sha256 = await received()
    await expect(
      extract(
        sha256,
        lanes(() => Promise.reject(new LanesClosed())),
      ),
    ).rejects.toThrow(LanesClosed)
    expect(await ending(sha256)).toMatchObject({ isRead: false, givenUp: null, tries: 0 })
  })
})

function place(sha256: string): string {
  return join(folder, 'originals', sha256.slice(0, 2), sha256.slice(2, 4), sha256)
}
