/**
 * `npm run bench:service [-- COUNT [READERS]]`: 10,000 reports in one go through the distributed set-up, all on this machine: PostgreSQL,
 * Redis, originals in a shared folder, one server without workers, one worker process with its readers, and `gouji ingest` beside them.
 * (The S3-compatible server of the tests is made for tests: it would take as much of the machine as the service itself.)
 *
 * Measured against the bare core, which reads the same files with the same number of readers and keeps nothing. Told at the end: whether
 * anything was lost or doubled, how much slower, whether memory stayed flat, and how long other requests waited meanwhile.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { removeServer, startServer } from '../scripts/private-servers.mjs'
import { run } from './processes.js'
import { pdfReport } from './reports.js'
import { timed } from './rounds.js'

const COUNT = Number(process.argv[2] ?? 10_000)
/** A core is left to the database, the queue, the server and the sender, which else run on the readers' own. */
const READERS = Number(process.argv[3] ?? Math.max(1, availableParallelism() - 1))
const PAGES = 5
/** Milliseconds between the requests that somebody else makes meanwhile. */
const ASK_EVERY = 50
const IDLE_QUESTIONS = 300

const command = fileURLToPath(new URL('../dist/cli.cjs', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'gouji-bench-'))
const children: ChildProcess[] = []

/** Alike to the reader, each of its own to the store: what follows the end of a PDF is not looked at. */
function makeReports(): string {
  const reports = join(folder, 'reports')
  mkdirSync(reports)
  const bytes = pdfReport(PAGES)
  for (let index = 0; index < COUNT; index += 1) {
    writeFileSync(join(reports, `${index}.pdf`), Buffer.concat([bytes, Buffer.from(`%${index}\n`)]))
  }
  return reports
}

function gouji(environment: NodeJS.ProcessEnv, ...words: string[]): ChildProcess {
  const child = spawn(process.execPath, [command, ...words], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  return child
}

interface Started {
  readonly address: string
  readonly invitation: string
}

async function startServing(child: ChildProcess): Promise<Started> {
  if (child.stdout === null) throw new Error('the server has no output')
  let text = ''
  for await (const line of createInterface(child.stdout)) {
    text += `${line}\n`
    const address = /(http:\S+:\d+) \(gouji/.exec(text)?.[1]
    const invitation = /\/join#(\S+)/.exec(text)?.[1]
    if (address !== undefined && invitation !== undefined) return { address, invitation }
  }
  throw new Error(`the server has ended: ${text}`)
}

async function answerOf<T>(request: Promise<Response>): Promise<T> {
  const response = await request
  if (!response.ok) throw new Error(`${response.url}: ${response.status} ${await response.text()}`)
  return (await response.json()) as T
}

/** Accepts the invitation, and makes a key for everything. */
async function makeKey({ address, invitation }: Started): Promise<string> {
  const origin = { origin: address, 'content-type': 'application/json' }
  const joined = await fetch(`${address}/api/v1/invitations/accept`, {
    method: 'POST',
    headers: origin,
    body: JSON.stringify({ token: invitation, name: 'bench', password: 'correct horse battery' }),
  })
  const cookie = joined.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const { csrfToken } = await answerOf<{ csrfToken: string }>(Promise.resolve(joined))
  const made = fetch(`${address}/api/v1/keys`, {
    method: 'POST',
    headers: { ...origin, cookie, 'x-csrf-token': csrfToken },
    body: JSON.stringify({ name: 'bench', scopes: ['read', 'upload'] }),
  })
  return (await answerOf<{ key: string }>(made)).key
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

/** What another user does all the while: looks at a page of the list. */
async function ask(address: string, key: string, times: number[]): Promise<void> {
  const headers = { authorization: `Bearer ${key}` }
  times.push(await timed(() => answerOf(fetch(`${address}/api/v1/documents?limit=50`, { headers }))))
}

function residentMegabytes(child: ChildProcess): number {
  const status = readFileSync(`/proc/${child.pid}/status`, 'latin1')
  return Number(/^VmRSS:\s*(\d+) kB$/m.exec(status)?.[1]) / 1024
}

interface BatchAnswer {
  readonly id: string
  readonly counts: {
    readonly received: { readonly new: number; readonly sameBytes: number; readonly refused: number }
    readonly read: { readonly accepted: number; readonly needsReview: number; readonly failed: number }
    readonly givenUp: number
    readonly waiting: number
  }
}

function say(what: string, value: string, bound = '', isMet = true): void {
  process.stdout.write(`${what.padEnd(58)} ${value.padStart(12)}   ${bound}${isMet ? '' : '  MISSED'}\n`)
}

async function measure(): Promise<void> {
  const reports = makeReports()
  const bare = await timed(() => run(command, 'extract', reports, '--jobs', String(READERS), '--format', 'jsonl'))
  say(`bare core, ${READERS} readers`, `${(COUNT / (bare / 1000)).toFixed(1)}/s`)

  const servers = await Promise.all((['postgres', 'redis'] as const).map((kind) => startServer(kind)))
  const [postgres, redis] = servers
  if (postgres === undefined || redis === undefined) throw new Error('two servers')
  try {
    const environment = {
      DATABASE_URL: postgres.url,
      REDIS_URL: redis.url,
      ORIGINALS_URL: pathToFileURL(join(folder, 'data', 'originals')).href,
      GOUJI_DATA: join(folder, 'data'),
      GOUJI_PORT: '0',
      GOUJI_LOG: 'warn',
      GOUJI_JOBS: String(READERS),
    }
    const server = gouji(environment, 'serve', '--no-workers')
    const started = await startServing(server)
    const key = await makeKey(started)
    const idle: number[] = []
    for (let question = 0; question < IDLE_QUESTIONS; question += 1) await ask(started.address, key, idle)

    const worker = gouji(environment, 'worker')
    worker.stdout?.resume()
    const begun = performance.now()
    const ingest = gouji(environment, 'ingest', reports, '--to', started.address, '--api-key', key, '--label', 'bench')
    ingest.stdout?.resume()
    let delivered = Number.NaN
    void once(ingest, 'exit').then(() => {
      delivered = performance.now() - begun
    })
    const busy: number[] = []
    const memory = { server: [] as number[], worker: [] as number[] }
    let batch: BatchAnswer | null = null
    const headers = { authorization: `Bearer ${key}` }
    const isFinished = () =>
      batch !== null && !Number.isNaN(delivered) && batch.counts.waiting === 0 && batch.counts.received.new > 0
    for (let round = 0; !isFinished(); round += 1) {
      await ask(started.address, key, busy)
      await wait(ASK_EVERY)
      if (round % 20 !== 0) continue
      memory.server.push(residentMegabytes(server))
      memory.worker.push(residentMegabytes(worker))
      const { batches } = await answerOf<{ batches: BatchAnswer[] }>(
        fetch(`${started.address}/api/v1/batches`, { headers }),
      )
      batch = batches[0] ?? null
    }
    const taken = performance.now() - begun
    const { received, read, givenUp } = (batch as BatchAnswer | null)?.counts ?? {}
    const isWhole = received?.new === COUNT && received.sameBytes + received.refused === 0 && givenUp === 0
    const isRead = read !== undefined && read.accepted + read.needsReview === COUNT
    say('delivered and read', JSON.stringify({ ...received, ...read, givenUp }), 'all, once', isWhole && isRead)
    say('delivery alone', `${(COUNT / (delivered / 1000)).toFixed(1)}/s`)
    say('delivery to the last record', `${(COUNT / (taken / 1000)).toFixed(1)}/s`)
    say('throughput / bare core', (bare / taken).toFixed(2), 'at least 0.85', bare / taken >= 0.85)
    for (const [name, values] of Object.entries(memory)) {
      const settled = values.slice(Math.floor(values.length / 4))
      const [early, late] = [settled.slice(0, 5), settled.slice(-5)].map((part) => Math.max(...part))
      if (early === undefined || late === undefined) throw new Error('memory was looked at')
      say(
        `memory of the ${name}, early and late`,
        `${early.toFixed(0)}, ${late.toFixed(0)} MB`,
        'flat',
        late < early * 1.25,
      )
    }
    const slowest = percentile(busy, 0.99)
    say('requests of others, p99 idle', `${percentile(idle, 0.99).toFixed(0)} ms`)
    say('requests of others, p99 meanwhile', `${slowest.toFixed(0)} ms`, 'below 250 ms', slowest < 250)
  } finally {
    for (const child of children) child.kill('SIGTERM')
    await Promise.all(children.map((child) => (child.exitCode === null ? once(child, 'exit') : null)))
    for (const each of servers) await removeServer(each)
  }
}

process.once('SIGINT', () => process.exit(130))
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})
await measure()
