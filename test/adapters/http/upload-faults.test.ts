/** A server in a process of its own: what its memory does under large uploads, and what is left when it is killed. */
import { type ChildProcess, spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { type Answer, formOf, send } from '../../build/batch-server.js'
import { eventually } from '../../build/eventually.js'
import { filesIn } from '../../build/intake.js'
import { freshDatabase } from '../../build/services.js'
import { freshDataFolder, STORES, type StoreMake } from '../../build/store.js'
import { zip } from '../../build/zip.js'

const script = fileURLToPath(new URL('../../build/batch-process.ts', import.meta.url))
const MEBIBYTE = 2 ** 20
const TUS = { 'tus-resumable': '1.0.0' }
const base64 = (text: string) => Buffer.from(text).toString('base64')
/** Each start of a server compiles it, and all tests do at once. */
const TEST_MILLISECONDS = 240_000

interface Server {
  readonly pid: number
  call(request: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>
  /** Sends a body as it is made. */
  stream(
    request: string,
    type: string,
    pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<{ status: number; text: string }>
  kill(): Promise<void>
}

jest.setTimeout(TEST_MILLISECONDS)

const processes: ChildProcess[] = []
async function endAll(): Promise<void> {
  for (const child of processes.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    child.kill('SIGKILL')
    await once(child, 'close')
  }
}

async function start({ dataFolder, databaseUrl }: Place): Promise<Server> {
  const child = spawn(process.execPath, ['--import', 'tsx', script, dataFolder, databaseUrl ?? ''], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  processes.push(child)
  const [line] = await once(createInterface({ input: child.stdout }), 'line')
  const { address, key } = JSON.parse(String(line))
  return {
    pid: child.pid ?? 0,
    call: (what, body, headers) => send(address, key, what, body, headers),
    stream: async (what, type, pieces, headers = {}) => {
      const [method = '', path = ''] = what.split(' ')
      const sending = request(`${address}/api/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${key}`, 'content-type': type, ...headers },
      })
      const answered = once(sending, 'response')
      answered.catch(() => undefined)
      await pipeline(Readable.from(pieces), sending)
      const [response] = await answered
      let text = ''
      for await (const chunk of response) text += chunk
      return { status: response.statusCode, text }
    },
    kill: async () => {
      child.kill('SIGKILL')
      await once(child, 'close')
    },
  }
}

/** A piece of its own for each megabyte, none like another. */
function* mebibytes(count: number): Generator<Uint8Array> {
  for (let index = 0; index < count; index += 1) yield randomBytes(MEBIBYTE)
}

interface Place {
  readonly databaseUrl: string | null
  readonly dataFolder: string
  remove(): Promise<void>
}

/** Opened by nobody yet: the embedded database is for one process at a time. */
async function placeOf(make: StoreMake): Promise<Place> {
  const server = make === 'PostgreSQL' ? await freshDatabase() : null
  const dataFolder = server === null ? await freshDataFolder() : mkdtempSync(join(tmpdir(), 'gouji-test-'))
  return {
    databaseUrl: server?.url ?? null,
    dataFolder,
    remove: async () => {
      await server?.drop()
      rmSync(dataFolder, { recursive: true, force: true })
    },
  }
}

const sha256Of = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex')

describe('a large upload', () => {
  let place: Place
  beforeEach(async () => {
    place = await placeOf('PostgreSQL')
  })
  afterEach(async () => {
    await endAll()
    await place.remove()
  })

  /** The most memory it had since `forget`, in bytes. */
  const most = (pid: number) => kilobytes(pid, 'VmHWM')
  const now = (pid: number) => kilobytes(pid, 'VmRSS')
  const forget = (pid: number) => writeFileSync(`/proc/${pid}/clear_refs`, '5')
  function kilobytes(pid: number, name: string): number {
    const value = new RegExp(`^${name}:\\s*(\\d+) kB$`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]
    return Number(value) * 1024
  }

  const testOnLinux = existsSync('/proc/self/clear_refs') ? test : test.skip
  testOnLinux('of 200 MB raises the memory of the server by less than 50 MB, in whatever form it comes', async () => {
    const server = await start(place)
    const { id } = (await server.call('POST /batches', { label: '大文件' })).json
    const plain = (count: number) =>
      server.stream(`POST /batches/${id}/files?fileName=a`, 'application/octet-stream', mebibytes(count))
    async function* form(count: number) {
      yield Buffer.from('--XX\r\ncontent-disposition: form-data; name="f"; filename="a"\r\n\r\n')
      yield* mebibytes(count)
      yield Buffer.from('\r\n--XX--\r\n')
    }
    const parts = (count: number) =>
      server.stream(`POST /batches/${id}/files`, 'multipart/form-data; boundary=XX', form(count))
    const archive = (count: number) => {
      const members = Array.from({ length: count / 10 }, (_, index) => ({
        name: `${index}`,
        data: randomBytes(10 * MEBIBYTE),
      }))
      return server.stream(`POST /batches/${id}/files?fileName=a.zip`, 'application/zip', [zip(...members)])
    }
    const resumable = async (count: number) => {
      const metadata = `batch ${base64(id)},filename ${base64('a')}`
      const created = await server.call('POST /uploads', undefined, {
        ...TUS,
        'upload-length': `${count * MEBIBYTE}`,
        'upload-metadata': metadata,
      })
      const path = created.headers.get('location')?.replace('/api/v1', '')
      return server.stream(`PATCH ${path}`, 'application/offset+octet-stream', mebibytes(count), {
        ...TUS,
        'upload-offset': '0',
      })
    }
    for (const upload of [plain, parts, archive, resumable]) {
      // Code and buffers that any upload needs.
      await upload(20)
      const before = now(server.pid)
      forget(server.pid)
      const { status, text } = await upload(200)
      expect([status, JSON.parse(text).files[0].outcome]).toEqual([200, 'new'])
      expect((most(server.pid) - before) / MEBIBYTE).toBeLessThan(50)
    }
  })
})

describe.each(STORES)('a server that is killed, on %s', (make) => {
  let place: Place
  beforeEach(async () => {
    place = await placeOf(make)
  })
  afterEach(async () => {
    await endAll()
    await place.remove()
  })

  test('in the middle of an upload leaves nothing but what it told of', async () => {
    const server = await start(place)
    const { id } = (await server.call('POST /batches', { label: '一' })).json
    await server.call(`POST /batches/${id}/files`, formOf({ 'whole.txt': 'whole' }))
    async function* never(): AsyncGenerator<Uint8Array> {
      yield* mebibytes(2)
      await new Promise((resolve) => setTimeout(resolve, 60_000).unref())
    }
    const sending = server.stream(`POST /batches/${id}/files?fileName=half`, 'application/octet-stream', never())
    sending.catch(() => undefined)
    const staging = join(place.dataFolder, 'staging')
    await eventually(() => filesIn(staging).length > 0)
    await server.kill()
    await expect(sending).rejects.toThrow()

    const again = await start(place)
    expect(filesIn(staging)).toEqual([])
    const { json } = await again.call(`GET /batches/${id}/files`)
    expect(json.files).toMatchObject([{ fileName: 'whole.txt', outcome: 'new' }])
    const sent = await again.call(`POST /batches/${id}/files`, formOf({ half: 'now whole' }))
    expect(sent.json.files).toMatchObject([{ fileName: 'half', outcome: 'new' }])
  })

  test('in the middle of a batch has every file once after it is sent again, and the receipt agrees', async () => {
    const contents = Array.from({ length: 300 }, (_, index) => `年报 ${index % 290}`)
    const form = () => formOf(Object.fromEntries(contents.map((content, index) => [`${index}.txt`, content])))
    let server = await start(place)
    const { id } = (await server.call('POST /batches', { label: '一' })).json
    const told = new Set<string>()
    for (const moment of [1, 150]) {
      const sending = server.call(`POST /batches/${id}/files`, form())
      sending.catch(() => undefined)
      await eventually(async () => {
        const { json } = await server.call(`GET /batches/${id}`)
        return json.counts.received.new >= moment
      })
      for (const { fileName } of (await server.call(`GET /batches/${id}/files?limit=1000`)).json.files)
        told.add(fileName)
      await server.kill()
      server = await start(place)
      const standing = (await server.call(`GET /batches/${id}/files?limit=1000`)).json.files
      expect(standing.map(({ fileName }: { fileName: string }) => fileName)).toEqual(expect.arrayContaining([...told]))
    }

    await server.call(`POST /batches/${id}/files`, form())
    const closed = await server.call(`POST /batches/${id}/close`)
    expect(closed.json.counts).toMatchObject({ received: { new: 290, sameBytes: 10, refused: 0 }, waiting: 290 })
    const receipt = (await server.call(`GET /batches/${id}/receipt`)).json
    expect(
      receipt.files.map(({ fileName, sha256 }: { fileName: string; sha256: string }) => [fileName, sha256]).sort(),
    ).toEqual(contents.map((content, index) => [`${index}.txt`, sha256Of(content)]).sort())
    expect((await server.call('POST /receipts/check', receipt)).json).toMatchObject({ agrees: true, agreeing: 300 })
    expect(filesIn(join(place.dataFolder, 'staging'))).toEqual([])
  })
})
