/**
 * A service for tests of HTTP: a store of either make, and stand-ins for originals and queue that can be told to be away.
 */
import type { Queue } from 'bullmq'
import type { App } from '../../src/adapters/http/app.js'
import { openLog } from '../../src/adapters/log.js'
import type { ExtractionQueue, Originals, Service } from '../../src/adapters/service.js'
import { readSettings } from '../../src/adapters/settings.js'
import { invite } from '../../src/adapters/store/accounts.js'
import type { Role } from '../../src/adapters/store/schema.js'
import { openStore, type StoreMake } from './store.js'

export interface ServiceForTest {
  readonly service: Service
  /** Which parts throw when they are asked how they are. */
  readonly away: Set<'originals' | 'queue'>
  /** Lines of the log, parsed. */
  readonly logged: Record<string, unknown>[]
  close(): Promise<void>
}

export async function openServiceForTest(
  make: StoreMake = 'the embedded database',
  environment: Readonly<Record<string, string>> = {},
): Promise<ServiceForTest> {
  const store = await openStore(make)
  const read = readSettings({ GOUJI_DATA: store.dataFolder, ...environment })
  if (!read.ok) throw new Error(read.message)
  const away = new Set<'originals' | 'queue'>()
  const logged: Record<string, unknown>[] = []
  const log = openLog({ logLevel: 'debug' }, { write: (line) => void logged.push(JSON.parse(line)) })
  const service = { settings: read.value, log, db: store.db, originals: originals(away), queue: queue(away) }
  return { service, away, logged, close: store.close }
}

const unused = async (): Promise<never> => {
  throw new Error('not part of this test')
}

function originals(away: ReadonlySet<string>): Originals {
  return {
    keep: unused,
    has: unused,
    read: unused,
    stream: unused,
    list: () => {
      throw new Error('not part of this test')
    },
    check: async () => {
      if (away.has('originals')) throw new Error('the bucket s3://secret-name does not answer')
    },
  }
}

function queue(away: ReadonlySet<string>): ExtractionQueue {
  return {
    add: unused,
    counts: async () => ({ waiting: 3, active: 2, delayed: 1 }),
    oldestAge: async () => 4500,
    work: unused,
    check: async () => {
      if (away.has('queue')) throw new Error('no queue')
    },
    board: board(),
    close: async () => undefined,
  }
}

/** As much of a queue as the dashboard asks for to show one without jobs. */
function board(): Queue {
  return {
    name: 'extraction',
    metaValues: { version: 'bullmq:test' },
    opts: {},
    isPaused: async () => false,
    getJobCounts: async () => ({ waiting: 3 }),
    getJobs: async () => [],
    client: Promise.resolve({ info: async () => '' }),
  } as unknown as Queue
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** Of JSON; undefined where the answer is none. */
  // biome-ignore lint/suspicious/noExplicitAny: what a test asks of it is what it checks
  readonly json: any
  /** As a request sends it; null when the answer sets none. */
  readonly cookie: string | null
}

export interface CallOptions {
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string | null>>
}

export type Call = (request: `${string} ${string}`, options?: CallOptions) => Promise<Answer>

/** Real requests to a listening server: `call('POST /api/v1/session', { body })`. */
export async function listen(app: App): Promise<Call> {
  const base = await app.listen({ host: '127.0.0.1', port: 0 })
  return async (request, { body, headers = {} } = {}) => {
    const [method = '', path = ''] = request.split(' ')
    const sent = Object.entries(headers).flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]))
    const answer = await fetch(`${base}${path}`, {
      method,
      redirect: 'manual',
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...Object.fromEntries(sent) },
    })
    const text = await answer.text()
    const isJson = /json/.test(answer.headers.get('content-type') ?? '') && text !== ''
    return {
      status: answer.status,
      headers: answer.headers,
      text,
      json: isJson ? JSON.parse(text) : undefined,
      cookie: answer.headers.getSetCookie()[0]?.split(';')[0] ?? null,
    }
  }
}

/** Someone of that role who has signed in, as the headers of a request that changes something. */
export async function someone(service: Service, call: Call, role: Role, name: string) {
  const { token } = await invite(service.db, role, 'system')
  const body = { token, name, password: PASSWORD }
  const { cookie, json } = await call('POST /api/v1/invitations/accept', { body })
  if (cookie === null) throw new Error(`not invited: ${JSON.stringify(json)}`)
  return { cookie, 'x-csrf-token': String(json.csrfToken) }
}

export const PASSWORD = '春眠不觉晓处处闻啼鸟'
