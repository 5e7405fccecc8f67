import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { isUsageError } from '../../../src/adapters/arguments.js'
import type { Delivery } from '../../../src/adapters/delivery/delivery.js'
import { remoteDelivery, serviceAddress } from '../../../src/adapters/delivery/remote.js'
import { type IngestOptions, ingest } from '../../../src/adapters/ingest.js'
import { batchesBefore, linesAfter } from '../../../src/adapters/store/batches.js'
import { makeKey } from '../../../src/adapters/store/keys.js'
import { type BatchServer, serveBatches } from '../../build/batch-server.js'
import { eventually } from '../../build/eventually.js'
import { type FlakyLine, openLine } from '../../build/flaky-line.js'
import { type IntakeService, openIntake } from '../../build/intake.js'
import { notingScreen } from '../../build/screen.js'
import { zip } from '../../build/zip.js'

const MEBIBYTE = 2 ** 20

let folder: string
let notes: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gouji-ingest-'))
  notes = mkdtempSync(join(tmpdir(), 'gouji-notes-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
  rmSync(notes, { recursive: true, force: true })
})

function put(fileName: string, content: string | Uint8Array): string {
  const path = join(folder, fileName)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
  return path
}

function putLarge(fileName: string, mebibytes: number): void {
  const file = openSync(join(folder, fileName), 'w')
  for (let part = 0; part < mebibytes; part += 1) writeSync(file, Buffer.alloc(MEBIBYTE, `${fileName} ${part}`))
  closeSync(file)
}

const quick = { signal: new AbortController().signal, onPause: () => undefined, pauses: Array<number>(20).fill(10) }

async function run(delivery: Delivery, options: Partial<IngestOptions> = {}) {
  const screen = notingScreen()
  const quiet = { label: null, receipt: null, output: null, wait: false, signal: quick.signal, screen }
  const result = await ingest([folder], delivery, { ...quiet, ...options })
  if (isUsageError(result)) throw new Error(result.message)
  return { ...result, said: screen.said, stages: screen.stages }
}

describe('delivery to a service', () => {
  let intake: IntakeService
  let server: BatchServer
  let line: FlakyLine
  let key: string
  beforeEach(async () => {
    intake = await openIntake('PostgreSQL')
    server = await serveBatches(intake)
    line = await openLine(Number(new URL(server.address).port))
    key = server.key
  })
  afterEach(async () => {
    await line.close()
    await server.close()
    await intake.close()
  })

  const toService = (apiKey: string | null = key) => remoteDelivery(line.url, apiKey, quick, notes)

  /** The lines of the only batch. */
  async function lines(): Promise<string[]> {
    const batches = await batchesBefore(intake.store.db, null, 10)
    expect(batches).toHaveLength(1)
    const all = await linesAfter(intake.store.db, batches[0]?.id ?? '', 0, 10_000)
    return all.map(({ fileName, outcome }) => `${fileName} ${outcome}`)
  }

  async function documents(): Promise<number> {
    return (await intake.store.db.selectFrom('documents').select('id').execute()).length
  }

  test('files, archives and refusals arrive under their names', async () => {
    put('洪泽区/2023 "年报"\\终稿.txt', 'a')
    put('b.txt', 'b')
    put('c.txt', 'b')
    put('empty.txt', '')
    put('镇街.zip', zip({ name: 'd.txt', data: 'd' }, { name: 'e.txt', data: '' }))
    const receipt = join(notes, 'receipt.json')
    const { exitCode, said } = await run(toService(), { receipt })
    expect(exitCode).toBe(1)
    expect(said[0]).toContain('新收 3 份，已在库 1 份，拒收 2 份')
    const { files } = JSON.parse(readFileSync(receipt, 'utf8'))
    expect(files.map(({ fileName, outcome }: Record<string, string>) => `${fileName} ${outcome}`)).toEqual(
      await lines(),
    )
    expect((await lines()).toSorted()).toEqual([
      'b.txt new',
      'c.txt same_bytes',
      'empty.txt refused',
      '洪泽区/2023 "年报"/终稿.txt new',
      '镇街.zip/d.txt new',
      '镇街.zip/e.txt refused',
    ])
    expect(await batchesBefore(intake.store.db, null, 1)).toMatchObject([{ closedAt: expect.any(Date) }])
  })

  test('the same command again sends no file', async () => {
    for (let number = 0; number < 30; number += 1) put(`${number}.txt`, 'x'.repeat(10_000 + number))
    const first = await run(toService())
    const before = line.sent()
    const again = await run(toService())
    expect(again).toMatchObject({ batch: first.batch, exitCode: 0 })
    expect(line.sent() - before).toBeLessThan(10_000)
    expect(again.said.at(-1)).toBe(`回执：${new URL(`/api/v1/batches/${first.batch}/receipt`, line.url)} (receipt)`)
  })

  test('a line that breaks again and again loses and doubles nothing', async () => {
    for (let number = 0; number < 250; number += 1) put(`${number}.txt`, `${number} `.repeat(2_000))
    line.breakAfter(100, 5_000, 50_000, 300_000, 400_000, 900, 600_000)
    const { exitCode, said } = await run(toService())
    expect([exitCode, said[0]]).toEqual([0, expect.stringContaining('新收 250 份，已在库 0 份，拒收 0 份')])
    expect(new Set(await lines()).size).toBe(250)
    expect(await documents()).toBe(250)
  })

  test('a large file goes on where the line broke, and where the command was killed', async () => {
    putLarge('large.bin', 80)
    line.breakAfter(...Array<number>(5).fill(10 * MEBIBYTE))
    const impatient = { ...quick, pauses: Array<number>(4).fill(10) }
    const broken = await run(remoteDelivery(line.url, key, impatient, notes))
    expect(broken.kind).toBe('broken')
    const before = line.sent()
    expect(before).toBeGreaterThan(20 * MEBIBYTE)
    const { exitCode } = await run(toService())
    expect([exitCode, await lines()]).toEqual([0, ['large.bin new']])
    expect(line.sent() - before).toBeLessThan(60 * MEBIBYTE)
    expect(readdirSync(notes)).toEqual([])
  })

  test('a file that vanishes after it was hashed is told, and the others arrive', async () => {
    for (const name of ['a.txt', 'b.txt', 'c.txt']) put(name, name)
    const delivery = toService()
    const vanishing: Delivery = {
      ...delivery,
      ask: async (batch, files) => {
        rmSync(join(folder, 'b.txt'), { force: true })
        return delivery.ask(batch, files)
      },
    }
    const { exitCode, said } = await run(vanishing)
    expect(exitCode).toBe(1)
    expect(said).toContain('  b.txt：无法读取 (ENOENT)')
    expect((await lines()).toSorted()).toEqual(['a.txt new', 'c.txt new'])
    expect(await batchesBefore(intake.store.db, null, 1)).toMatchObject([{ closedAt: null }])
  })

  test('a key that is wrong, missing or too weak ends it with a word', async () => {
    put('a.txt', 'a')
    for (const apiKey of [null, 'gouji_wrong']) {
      const { exitCode, said } = await run(toService(apiKey))
      expect([exitCode, said.at(-1)]).toEqual([1, expect.stringContaining('GOUJI_KEY')])
    }
    const weak = await makeKey(intake.store.db, { name: 'weak', scopes: ['read'], expiresAt: null, actor: 'system' })
    const { said } = await run(toService(weak?.key))
    expect(said.at(-1)).toContain('upload')
    expect(await documents()).toBe(0)
  })

  function start(): ChildProcess {
    const script = fileURLToPath(new URL('ingest-process.ts', import.meta.url))
    const words = ['--import', 'tsx', script, line.url.href, key, folder]
    const env = { ...process.env, HOME: notes }
    return spawn(process.execPath, words, { stdio: ['ignore', 'ignore', 'pipe'], env })
  }

  test('killed in the middle, the same command sends only what had not arrived', async () => {
    for (let number = 0; number < 2_000; number += 1) put(`${number % 7}/${number}.txt`, `${number} `.repeat(100))
    const child = start()
    const ended = once(child, 'exit')
    await eventually(async () => (await documents()) >= 200)
    child.kill('SIGKILL')
    await ended
    const arrived = new Set(await lines())
    expect(arrived.size).toBeLessThan(2_000)

    const delivery = toService()
    const sent: string[] = []
    const watching: Delivery = {
      ...delivery,
      send: (batch, files) => {
        sent.push(...files.map(({ fileName }) => `${fileName} new`))
        return delivery.send(batch, files)
      },
    }
    const { exitCode, said } = await run(watching)
    expect([exitCode, said[0]]).toEqual([0, expect.stringContaining('新收 2000 份，已在库 0 份，拒收 0 份')])
    expect(sent.filter((file) => arrived.has(file))).toEqual([])
    expect(new Set(await lines()).size).toBe(2_000)
    expect(await documents()).toBe(2_000)
    const events = await intake.store.db.selectFrom('events').select('id').where('kind', '=', 'received').execute()
    expect(events).toHaveLength(2_000)
  })

  test('Ctrl-C ends it with a word on how to go on', async () => {
    for (let number = 0; number < 2_000; number += 1) put(`${number}.txt`, `${number} `.repeat(100))
    const child = start()
    const [said, [code]] = await Promise.all([
      text(child.stderr ?? process.stdin),
      once(child, 'exit'),
      eventually(async () => (await documents()) >= 100).then(() => child.kill('SIGINT')),
    ])
    expect([code, said]).toEqual([130, expect.stringContaining('再次运行同一命令')])
    const { exitCode } = await run(toService())
    expect([exitCode, await documents()]).toEqual([0, 2_000])
  })
})

describe('delivery', () => {
  test('is cut smaller where a server in between takes less at a time', async () => {
    const server = createServer(async (request, response) => {
      const body = await text(request)
      const files = [...body.matchAll(/filename="([^"]*)"/g)].map(([, fileName = '']) => fileName)
      const isTooMuch = body.length > 1_000
      response.writeHead(isTooMuch ? 413 : 200, { 'content-type': 'application/json' })
      response.end(isTooMuch ? '' : JSON.stringify({ files: files.map((fileName) => ({ outcome: 'new', fileName })) }))
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
    put('large.txt', 'x'.repeat(2_000))
    for (let number = 0; number < 9; number += 1) put(`${number}.txt`, 'x'.repeat(200))
    const files = readdirSync(folder).map((fileName) => ({
      fileName,
      path: join(folder, fileName),
      sha256: fileName,
      byteLength: 1,
    }))
    const arrivals = await remoteDelivery(url, null, quick, notes).send('b1', files)
    expect(arrivals.filter(({ outcome }) => outcome === 'new')).toHaveLength(9)
    expect(arrivals.filter(({ outcome }) => outcome === 'missing')).toEqual([
      { outcome: 'missing', fileName: 'large.txt', reason: '太大，服务不收（413）' },
    ])
    server.closeAllConnections()
    server.close()
  })

  test('an address that leads elsewhere is told from a service', async () => {
    const server = createServer((_request, response) => response.end('<html>')).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
    put('a.txt', 'a')
    const { said } = await run(remoteDelivery(url, null, quick, notes))
    expect(said.at(-1)).toContain('地址可能有误')
    server.closeAllConnections()
    server.close()
  })

  test('an address is taken as people write it', () => {
    expect(serviceAddress('http://localhost:4180')?.href).toBe('http://localhost:4180/')
    expect(serviceAddress('https://example.gov.cn/gouji')?.href).toBe('https://example.gov.cn/gouji/')
    expect(['localhost:4180', 'ftp://example.gov.cn', 'gouji'].map(serviceAddress)).toEqual([null, null, null])
  })
})
