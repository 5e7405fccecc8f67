import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { sql } from 'kysely'
import { type Database, openDatabase } from '../../../src/adapters/store/database.js'
import { POSTGRES_MAJOR } from '../../../src/adapters/store/pglite.js'
import { StoreRefused } from '../../../src/adapters/store/refused.js'
import { freshDataFolder } from '../../build/store.js'

const script = fileURLToPath(new URL('../../build/embedded-process.ts', import.meta.url))

describe('the embedded store', () => {
  let dataFolder: string
  const processes: ChildProcess[] = []
  beforeEach(async () => {
    dataFolder = await freshDataFolder()
  })
  afterEach(() => {
    for (const each of processes.splice(0)) each.kill('SIGKILL')
    rmSync(dataFolder, { recursive: true, force: true })
  })

  const open = (): Promise<Database> => openDatabase({ databaseUrl: null, dataFolder })

  /** Ends when the process has said as much. */
  async function start(work: 'hold' | 'write' | 'leave', until: (lines: readonly string[]) => boolean) {
    const child = spawn(process.execPath, ['--import', 'tsx', script, dataFolder, work], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    processes.push(child)
    const lines: string[] = []
    for await (const line of createInterface({ input: child.stdout })) {
      lines.push(line)
      if (until(lines)) break
    }
    return { child, lines }
  }

  test('is refused to a second process, which is told of the first', async () => {
    const { child } = await start('hold', (lines) => lines.includes('open'))
    await expect(open()).rejects.toThrow(StoreRefused)
    await expect(open()).rejects.toThrow(`process ${child.pid})`)
    child.kill('SIGTERM')
    await once(child, 'exit')
    await (await open()).close()
  })

  test('is refused to another part of the same process until it is closed', async () => {
    const first = await open()
    await expect(open()).rejects.toThrow(`process ${process.pid})`)
    await first.close()
    await (await open()).close()
    expect(existsSync(join(dataFolder, 'store.lock'))).toBe(false)
  })

  test('a process that exits without closing leaves no lock', async () => {
    const { child } = await start('leave', () => false)
    if (child.exitCode === null) await once(child, 'exit')
    expect(child.exitCode).toBe(0)
    expect(existsSync(join(dataFolder, 'store.lock'))).toBe(false)
    await (await open()).close()
  })

  test('opens again after its process was killed while writing, with all that was committed and nothing in halves', async () => {
    let committed = 0
    for (let round = 1; round <= 2; round += 1) {
      if (round > 1) {
        const { db, close } = await open()
        await sql`drop table kept`.execute(db)
        await close()
      }
      const { child, lines } = await start('write', (all) => all.length > 10)
      child.kill('SIGKILL')
      await once(child, 'exit')
      committed = Number(lines.at(-1))
      expect(existsSync(join(dataFolder, 'store.lock'))).toBe(true)
    }

    const { db, close } = await open()
    const { rows } = await sql<{
      batch: number
      count: string
    }>`select batch, count(*) from kept group by batch order by batch`.execute(db)
    expect(rows.length).toBeGreaterThanOrEqual(committed)
    expect(rows).toEqual(rows.map((_, index) => ({ batch: index + 1, count: '200' })))
    await sql`insert into kept values (0, 0)`.execute(db)
    await close()
  })

  test('made by another PostgreSQL is refused, and left as it is', async () => {
    const file = join(dataFolder, 'store', 'PG_VERSION')
    expect(readFileSync(file, 'utf8').trim()).toBe(POSTGRES_MAJOR)
    writeFileSync(file, '17\n')
    await expect(open()).rejects.toThrow(StoreRefused)
    await expect(open()).rejects.toThrow('PostgreSQL 17')
    expect(existsSync(join(dataFolder, 'store.lock'))).toBe(false)
    writeFileSync(file, `${POSTGRES_MAJOR}\n`)
    await (await open()).close()
  })

  test('a first start that was cut short is made again', async () => {
    rmSync(join(dataFolder, 'store'), { recursive: true })
    mkdirSync(join(dataFolder, 'store.new'))
    writeFileSync(join(dataFolder, 'store.new', 'PG_VERSION'), `${POSTGRES_MAJOR}\n`)
    const { db, close } = await open()
    expect((await sql`select 1 as one`.execute(db)).rows).toEqual([{ one: 1 }])
    await close()
    expect(existsSync(join(dataFolder, 'store.new'))).toBe(false)
  })

  test('lets other work have its turn between two statements', async () => {
    const { db, close } = await open()
    let turns = 0
    const timer = setInterval(() => {
      turns += 1
    }, 1)
    for (let count = 0; count < 200; count += 1) await sql`select 1`.execute(db)
    clearInterval(timer)
    await close()
    expect(turns).toBeGreaterThan(0)
  })
})
