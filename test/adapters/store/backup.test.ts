import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { sql } from 'kysely'
import { findProgram } from '../../../scripts/private-servers.mjs'
import { type Database, openDatabase } from '../../../src/adapters/store/database.js'
import { giveUp, keepExtraction } from '../../../src/adapters/store/extractions.js'
import { migrate } from '../../../src/adapters/store/migrate.js'
import type { Db } from '../../../src/adapters/store/schema.js'
import type { ReportRecord } from '../../../src/record.js'
import { freshDatabase } from '../../build/services.js'
import { freshDataFolder, openStore } from '../../build/store.js'

const samples = new URL('../../golden/', import.meta.url)
let scratch: string
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'gouji-backup-'))
})
afterEach(() => rmSync(scratch, { recursive: true, force: true }))

/** Something in every table that a backup must bring back. */
async function fill(db: Db): Promise<void> {
  const batch = await db
    .insertInto('batches')
    .values({ label: '2023 年度报告', created_by: 'user:王' })
    .returning('id')
    .executeTakeFirstOrThrow()
  for (const [index, name] of readdirSync(samples).entries()) {
    const line = readFileSync(new URL(encodeURIComponent(name), samples), 'utf8').trim()
    const sha256 = index.toString(16).padStart(64, '0')
    const { id } = await db
      .insertInto('documents')
      .values({ sha256, byte_length: 2 ** 40, file_name: name })
      .returning('id')
      .executeTakeFirstOrThrow()
    await db
      .insertInto('batch_files')
      .values({ batch_id: batch.id, file_name: name, byte_length: 2 ** 40, document_id: id, outcome: 'new' })
      .execute()
    const record: ReportRecord = JSON.parse(line)
    if (index === 0) await giveUp(db, sha256, 'worker_lost')
    else await keepExtraction(db, sha256, record, JSON.stringify(record), index)
  }
  await db.insertInto('users').values({ name: '王', password_hash: 'x', role: 'administrator' }).execute()
  await db
    .insertInto('api_keys')
    .values({ name: '扫描仪', key_hash: 'x', prefix: 'x', scopes: ['upload', 'read'], created_by: 'user:王' })
    .execute()
}

/** Of every table how many rows it has, and a checksum of all that stands in them. */
async function fingerprint(db: Db): Promise<Record<string, string>> {
  const tables = await sql<{
    name: string
  }>`select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`.execute(
    db,
  )
  const prints: Record<string, string> = {}
  for (const { name } of tables.rows) {
    const { rows } = await sql<{ print: string }>`
      select count(*) || ' ' || coalesce(md5(string_agg(md5(t::text), '' order by md5(t::text))), '') as print from ${sql.table(name)} t
    `.execute(db)
    prints[name] = rows[0]?.print ?? ''
  }
  return prints
}

async function goesOn(db: Db): Promise<void> {
  expect(await migrate(db)).toEqual([])
  const sha256 = 'f'.repeat(64)
  await db.insertInto('documents').values({ sha256, byte_length: 1, file_name: '新.pdf' }).execute()
  const record: ReportRecord = JSON.parse(
    readFileSync(new URL(encodeURIComponent('清源市水务局2023年度报告.pdf.json'), samples), 'utf8'),
  )
  expect(await keepExtraction(db, sha256, record, JSON.stringify(record), 1)).toBe('kept')
  await expect(db.deleteFrom('events').execute()).rejects.toThrow('only grows')
}

test('what pg_dump saved of a filled store, pg_restore brings back row by row into a fresh database, and work goes on there', async () => {
  const store = await openStore('PostgreSQL')
  const target = await freshDatabase()
  let restored: Database | null = null
  try {
    await fill(store.db)
    const before = await fingerprint(store.db)
    expect(before.facts).not.toMatch(/^0 /)

    const file = join(scratch, 'gouji.dump')
    const run = (program: string, ...parameters: string[]) =>
      execFileSync(findProgram(program) ?? program, parameters, { stdio: 'pipe' })
    run('pg_dump', '--format', 'custom', '--exclude-schema', 'bullmq', '--file', file, store.databaseUrl ?? '')
    run('pg_restore', '--exit-on-error', '--no-owner', '--dbname', target.url, file)

    restored = await openDatabase({ databaseUrl: target.url, dataFolder: scratch })
    expect(await fingerprint(restored.db)).toEqual(before)
    await goesOn(restored.db)
  } finally {
    await restored?.close()
    await target.drop()
    await store.close()
  }
})

test('a copy of the closed data folder is the embedded store row by row, and work goes on there', async () => {
  const dataFolder = await freshDataFolder()
  const copy = join(scratch, 'copy')
  const store = await openDatabase({ databaseUrl: null, dataFolder })
  await migrate(store.db)
  await fill(store.db)
  const before = await fingerprint(store.db)
  await store.close()
  cpSync(dataFolder, copy, { recursive: true })
  rmSync(dataFolder, { recursive: true })

  const restored = await openDatabase({ databaseUrl: null, dataFolder: copy })
  try {
    expect(await fingerprint(restored.db)).toEqual(before)
    await goesOn(restored.db)
  } finally {
    await restored.close()
  }
})
