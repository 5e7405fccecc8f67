import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { pino } from 'pino'
import { minuteOf } from '../../src/adapters/inbox/shelf.js'
import { inboxRounds, type Round, watchInbox } from '../../src/adapters/inbox.js'
import type { Service } from '../../src/adapters/service.js'
import { batchesBefore, linesAfter } from '../../src/adapters/store/batches.js'
import { eventually } from '../build/eventually.js'
import { type IntakeService, openIntake } from '../build/intake.js'
import { STORES } from '../build/store.js'
import { zip } from '../build/zip.js'

const SECOND = 1_000
const TIMES = { lookEvery: 2 * SECOND, settledAfter: 5 * SECOND, quietAfter: 60 * SECOND }

describe.each(STORES)('an inbox on %s', (make) => {
  let intake: IntakeService
  let inbox: string
  let round: Round
  let now: number
  beforeEach(async () => {
    intake = await openIntake(make)
    inbox = mkdtempSync(join(tmpdir(), 'gouji-inbox-'))
    round = inboxRounds(intake.service, inbox, TIMES)
    now = 0
  })
  afterEach(async () => {
    await intake.close()
    rmSync(inbox, { recursive: true, force: true })
  })

  function put(fileName: string, content: string | Uint8Array): string {
    const path = join(inbox, fileName)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, content)
    return path
  }

  /** Looks as often as it would in this time. */
  async function pass(seconds: number, looking = round): Promise<void> {
    for (let passed = 0; passed < seconds; passed += 2) {
      now += 2 * SECOND
      await looking(now)
    }
  }

  /** What lies in the inbox, without the days. */
  function lying(): string[] {
    return readdirSync(inbox, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(inbox.length + 1))
      .map((path) => path.replace(/\d{4}-\d\d-\d\d/, 'DAY'))
      .sort()
  }

  async function received(): Promise<string[][]> {
    const batches = await batchesBefore(intake.store.db, null, 100)
    const lines = await Promise.all(batches.map(({ id }) => linesAfter(intake.store.db, id, 0, 10_000)))
    return lines.map((batch) => batch.map(({ fileName, outcome }) => `${fileName} ${outcome}`))
  }

  test('a file that lies still is taken, under the name of its folder, and moved away', async () => {
    put('洪泽区/2023年报.txt', '年报')
    await pass(4)
    expect(intake.queued).toEqual([])
    await pass(6)
    expect(intake.queued).toEqual([createHash('sha256').update('年报').digest('hex')])
    expect(await received()).toEqual([['洪泽区/2023年报.txt new']])
    expect(lying()).toEqual(['.gouji/batch.json', '.gouji/taken/DAY/洪泽区/2023年报.txt'])
  })

  test('a file that is still being written is not taken, however long it takes', async () => {
    const path = put('scan.txt', 'a')
    for (let written = 0; written < 20; written += 1) {
      await pass(4)
      appendFileSync(path, 'a')
    }
    expect(await received()).toEqual([])
    await pass(10)
    expect(await received()).toEqual([['scan.txt new']])
    expect(intake.queued).toEqual([createHash('sha256').update('a'.repeat(21)).digest('hex')])
  })

  test('a file that changes without growing, and one that is replaced, are not taken either', async () => {
    const path = put('scan.txt', 'aaaa')
    utimesSync(path, 1_000, 1_000)
    await pass(4)
    put('other.part', 'bbbb')
    utimesSync(join(inbox, 'other.part'), 1_000, 1_000)
    renameSync(join(inbox, 'other.part'), path)
    await pass(4)
    expect(await received()).toEqual([])
    await pass(4)
    expect(intake.queued).toEqual([createHash('sha256').update('bbbb').digest('hex')])
  })

  test('an empty file is waited for a minute, as scanners make the file before they fill it', async () => {
    put('scan.txt', '')
    await pass(50)
    expect(await received()).toEqual([])
    await pass(20)
    expect(await received()).toEqual([['scan.txt refused']])
    expect(lying()).toEqual(['.gouji/batch.json', '.gouji/refused/DAY/scan.txt', '.gouji/refused/DAY/scan.txt.txt'])
  })

  test('what is unfinished, hidden, open or a link is left alone', async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'gouji-elsewhere-'))
    writeFileSync(join(elsewhere, 'a.txt'), 'a')
    const left = ['.hidden', '~$报告.docx', '下载.pdf.crdownload', 'a.part', 'b.TMP', 'c.txt~', '年度报告.docx']
    for (const name of left) put(name, 'x')
    put('~$报告.docx', 'Word has 年度报告.docx open')
    symlinkSync(elsewhere, join(inbox, 'folder'))
    symlinkSync(join(elsewhere, 'a.txt'), join(inbox, 'file.txt'))
    await pass(20)
    expect(await received()).toEqual([])
    expect(lying().sort()).toEqual(left.sort())
    renameSync(join(inbox, 'a.part'), join(inbox, 'a.pdf'))
    rmSync(join(inbox, '~$报告.docx'))
    await pass(10)
    expect(await received()).toEqual([['a.pdf new', '年度报告.docx same_bytes']])
    rmSync(elsewhere, { recursive: true })
  })

  test('a refused file gets a note with the reason, an archive one for the members that were refused', async () => {
    put('全部.zip', zip({ name: 'a.txt', data: 'a' }, { name: 'b.txt', data: '' }))
    await pass(10)
    expect(await received()).toEqual([['全部.zip/a.txt new', '全部.zip/b.txt refused']])
    expect(lying()).toContain('.gouji/taken/DAY/全部.zip')
    const note =
      readdirSync(inbox, { recursive: true, encoding: 'utf8' }).find((name) => name.endsWith('.zip.txt')) ?? ''
    expect(readFileSync(join(inbox, note), 'utf8')).toMatch(/全部\.zip\/b\.txt：.+/)
  })

  test('a second file of the same name is put beside the first, never over it', async () => {
    put('a.pdf', 'one')
    await pass(10)
    put('a.pdf', 'two')
    await pass(10)
    expect(lying()).toEqual(['.gouji/batch.json', '.gouji/taken/DAY/a (2).pdf', '.gouji/taken/DAY/a.pdf'])
  })

  test('what comes together is one batch, named for its time, and closed when it has been quiet', async () => {
    const before = minuteOf(new Date())
    put('a.txt', 'a')
    await pass(10)
    put('b.txt', 'b')
    await pass(40)
    expect(await received()).toEqual([['a.txt new', 'b.txt new']])
    await pass(60)
    const [batch] = await batchesBefore(intake.store.db, null, 10)
    expect(batch).toMatchObject({ createdBy: 'system', closedAt: expect.any(Date) })
    expect([`收件夹 ${before}`, `收件夹 ${minuteOf(new Date())}`]).toContain(batch?.label)
    put('c.txt', 'c')
    await pass(10)
    expect(await received()).toEqual([['c.txt new'], ['a.txt new', 'b.txt new']])
  })

  test('a restart goes on with the batch that was open, and closes one that nothing comes to', async () => {
    put('a.txt', 'a')
    await pass(10)
    put('b.txt', 'b')
    await pass(10, inboxRounds(intake.service, inbox, TIMES))
    expect(await received()).toEqual([['a.txt new', 'b.txt new']])
    const third = inboxRounds(intake.service, inbox, TIMES)
    await pass(70, third)
    expect(await batchesBefore(intake.store.db, null, 10)).toMatchObject([{ closedAt: expect.any(Date) }])
    expect(lying()).not.toContain('.gouji/batch.json')
  })

  test('an outage is told once, and ends with the file taken', async () => {
    const lines: string[] = []
    const log = pino({ level: 'warn' }, { write: (line: string) => lines.push(line) })
    let isDown = true
    const keep: Service['originals']['keep'] = async (sha256, path) => {
      if (isDown) throw new Error('no space left')
      await intake.service.originals.keep(sha256, path)
    }
    const originals: Service['originals'] = Object.assign(Object.create(intake.service.originals), { keep })
    const service = { ...intake.service, log, originals }
    const broken = inboxRounds(service, inbox, TIMES)
    put('a.txt', 'a')
    await pass(30, broken)
    expect(lines).toHaveLength(1)
    expect(lying()).toContain('a.txt')
    expect(intake.staged()).toEqual([])
    isDown = false
    await pass(4, broken)
    expect(await received()).toEqual([['a.txt new']])
  })

  test('an inbox that is not there is waited for', async () => {
    rmSync(inbox, { recursive: true })
    await pass(10)
    put('a.txt', 'a')
    await pass(10)
    expect(await received()).toEqual([['a.txt new']])
  })

  test('thousands of files are taken in one go, each once', async () => {
    for (let number = 0; number < 1_000; number += 1) put(`${number % 20}/${number}.txt`, `${number}`)
    await pass(10)
    const [lines = []] = await received()
    expect(new Set(lines).size).toBe(1_000)
    expect(new Set(intake.queued).size).toBe(1_000)
    expect(lying().filter((path) => !path.startsWith('.gouji'))).toEqual([])
  })

  test('it watches until it is closed', async () => {
    const watch = watchInbox(intake.service, inbox, { lookEvery: 10, settledAfter: 50, quietAfter: 60_000 })
    put('a.txt', 'a')
    await eventually(() => intake.queued.length === 1)
    await watch.close()
    put('b.txt', 'b')
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(intake.queued).toHaveLength(1)
  })
})

test('killed between the commit and the move, it finds the file again and doubles nothing', async () => {
  const intake = await openIntake('PostgreSQL')
  const inbox = mkdtempSync(join(tmpdir(), 'gouji-inbox-'))
  writeFileSync(join(inbox, 'a.txt'), 'a')
  const { databaseUrl, dataFolder } = intake.store
  const script = fileURLToPath(new URL('inbox/killed-after-commit.ts', import.meta.url))
  const words = ['--import', 'tsx', script, databaseUrl ?? '', dataFolder, inbox]
  const [, signal] = await once(spawn(process.execPath, words, { stdio: ['ignore', 'ignore', 'inherit'] }), 'exit')
  expect(signal).toBe('SIGKILL')
  expect(readdirSync(inbox)).toContain('a.txt')

  const round = inboxRounds(intake.service, inbox, TIMES)
  for (let now = 0; now < 100 * SECOND; now += 2 * SECOND) await round(now)
  expect(readdirSync(inbox)).toEqual(['.gouji'])
  const batches = await batchesBefore(intake.store.db, null, 10)
  expect(batches.map(({ counts }) => counts.received)).toEqual([{ new: 1, sameBytes: 0, refused: 0 }])
  expect(await intake.store.db.selectFrom('documents').select('file_name').execute()).toEqual([{ file_name: 'a.txt' }])
  await intake.close()
  rmSync(inbox, { recursive: true, force: true })
})
