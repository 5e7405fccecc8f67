/** The routes of batches on a listening server of their own, and a sender with a key that may upload and read. */
import { buildApp } from '../../src/adapters/http/app.js'
import { batchRoutes } from '../../src/adapters/http/batches.js'
import { UPLOAD_LIMITS, type UploadLimits } from '../../src/adapters/http/upload-gate.js'
import { makeKey } from '../../src/adapters/store/keys.js'
import type { IntakeService } from './intake.js'

export interface BatchServer {
  readonly address: string
  readonly key: string
  /** `POST /batches/…`, with the key; a body that is no text, bytes or form goes as JSON. */
  call(request: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>
  /** Opens a batch. */
  batch(label?: string): Promise<string>
  close(): Promise<void>
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: what a test reads of it is what it expects
  readonly json: any
}

export async function serveBatches(
  { service, store }: Pick<IntakeService, 'service' | 'store'>,
  limits: Partial<UploadLimits> = {},
): Promise<BatchServer> {
  const app = await buildApp(service, [(to, given) => batchRoutes(to, given, { ...UPLOAD_LIMITS, ...limits })])
  const address = await app.listen({ host: '127.0.0.1', port: 0 })
  const key = await keyFor(store.db)
  const call: BatchServer['call'] = (request, body, headers = {}) => send(address, key, request, body, headers)
  return {
    address,
    key,
    call,
    batch: async (label = '2023年度') => (await call('POST /batches', { label })).json.id,
    close: async () => {
      await app.close()
    },
  }
}

export async function keyFor(db: Parameters<typeof makeKey>[0], name = `sender-${Math.random()}`): Promise<string> {
  const made = await makeKey(db, { name, scopes: ['upload', 'read'], expiresAt: null, actor: 'system' })
  if (made === null) throw new Error('no key')
  return made.key
}

export async function send(
  address: string,
  key: string,
  request: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const [method = '', path = ''] = request.split(' ')
  const isPlain = typeof body === 'string' || body instanceof Uint8Array || body instanceof FormData
  const sent = body === undefined ? {} : { body: isPlain ? body : JSON.stringify(body) }
  const type = body === undefined || isPlain ? {} : { 'content-type': 'application/json' }
  const answer = await fetch(`${address}/api/v1${path}`, {
    method,
    ...sent,
    headers: { authorization: `Bearer ${key}`, ...type, ...headers },
  })
  const text = await answer.text()
  return { status: answer.status, headers: answer.headers, text, json: parsed(text) }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export function formOf(files: Readonly<Record<string, string | Uint8Array>>): FormData {
  const form = new FormData()
  for (const [name, content] of Object.entries(files)) form.append('files', new Blob([content]), name)
  return form
}
