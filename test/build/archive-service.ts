/** The API over a store of a test's own, with originals in its folder and a queue that only remembers what it was given. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pino } from 'pino'
import type { Scope } from '../../src/adapters/http/access.js'
import { buildApp, type Routes } from '../../src/adapters/http/app.js'
import { openOriginals } from '../../src/adapters/originals/open.js'
import type { ExtractionQueue, Originals, Service, Urgency } from '../../src/adapters/service.js'
import { readSettings } from '../../src/adapters/settings.js'
import { makeKey } from '../../src/adapters/store/keys.js'
import type { Db } from '../../src/adapters/store/schema.js'
import { openStore, type StoreMake } from './store.js'

export interface Question {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON. */
  readonly payload?: unknown
  readonly signal?: AbortSignal
}

export interface Answered {
  readonly status: number
  readonly headers: Headers
  readonly bytes: Buffer
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: what is in it is what the test is about to find out
  json(): any
}

export interface ArchiveService {
  readonly db: Db
  readonly originals: Originals
  /** How many statements the API has sent to the database. */
  statements(): number
  /** What was put into the queue. */
  readonly queued: { sha256s: readonly string[]; urgency: Urgency }[]
  /** As a caller with these scopes, who is called after them; null: as nobody. */
  call(path: string, question?: Question, scopes?: readonly Scope[] | null): Promise<Response>
  /** The same, to the end. */
  ask(path: string, question?: Question, scopes?: readonly Scope[] | null): Promise<Answered>
  keepOriginal(sha256: string, bytes: Uint8Array): Promise<void>
  close(): Promise<void>
}

export async function openArchiveService(make: StoreMake, routes: readonly Routes[]): Promise<ArchiveService> {
  const store = await openStore(make)
  const read = readSettings({ GOUJI_DATA: store.dataFolder })
  if (!read.ok) throw new Error(read.message)
  const originals = openOriginals(read.value)
  const queued: ArchiveService['queued'] = []
  const queue = {
    add: async (sha256s: readonly string[], urgency: Urgency) => {
      queued.push({ sha256s, urgency })
    },
    board: { name: 'extraction', metaValues: { version: 'bullmq:test' }, opts: {} },
  } as unknown as ExtractionQueue
  let statements = 0
  const db = store.db.withPlugin({
    transformQuery: ({ node }) => {
      statements += 1
      return node
    },
    transformResult: async ({ result }) => result,
  })
  const service: Service = { settings: read.value, log: pino({ level: 'silent' }), db, originals, queue }
  const app = await buildApp(service, routes)
  const address = await app.listen({ host: '127.0.0.1', port: 0 })
  const keys = new Map<string, Promise<string>>()

  const keyFor = (scopes: readonly Scope[]): Promise<string> => {
    const name = scopes.join('+')
    const known = keys.get(name) ?? newKey(store.db, name, scopes)
    keys.set(name, known)
    return known
  }

  const call: ArchiveService['call'] = async (path, question = {}, scopes = ['read']) => {
    const { method = 'GET', headers = {}, payload, signal } = question
    return fetch(address + path, {
      method,
      headers: {
        ...headers,
        ...(scopes === null ? {} : { authorization: `Bearer ${await keyFor(scopes)}` }),
        ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(payload === undefined ? {} : { body: JSON.stringify(payload) }),
      ...(signal === undefined ? {} : { signal }),
    })
  }

  return {
    db: store.db,
    originals,
    statements: () => statements,
    queued,
    call,
    ask: async (...question) => {
      const answer = await call(...question)
      const bytes = Buffer.from(await answer.arrayBuffer())
      const text = bytes.toString()
      return { status: answer.status, headers: answer.headers, bytes, text, json: () => JSON.parse(text) }
    },
    keepOriginal: async (sha256, bytes) => {
      const staged = join(store.dataFolder, 'staged')
      writeFileSync(staged, bytes)
      await originals.keep(sha256, staged)
    },
    close: async () => {
      const closing = app.close()
      // fetch leaves connections open that it has not asked anything on yet.
      app.server.closeAllConnections()
      await closing
      await store.close()
    },
  }
}

async function newKey(db: Db, name: string, scopes: readonly Scope[]): Promise<string> {
  const made = await makeKey(db, { name, scopes, expiresAt: null, actor: 'system' })
  if (made === null) throw new Error(`there is a key ${name}`)
  return made.key
}
