/**
 * A request to the service → its answer; and the patience to ask again while the service is out of reach or overloaded.
 *
 * Bodies are streams and are never held whole. An answer counts even when it comes before the whole body was sent, which is how
 * a server refuses. What is worth trying again is Unreachable; every other answer is the caller's to judge.
 */
import { once } from 'node:events'
import { type ClientRequest, type IncomingMessage, Agent as PlainAgent, request as plainRequest } from 'node:http'
import { Agent as SecureAgent, request as secureRequest } from 'node:https'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { types } from 'node:util'
import { DeliveryBroken, FileUnreadable } from './delivery.js'

export interface Call {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PATCH'
  /** From the root of the service, or whole. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | AsyncIterable<Uint8Array>
}

export interface Answer {
  readonly status: number
  readonly header: (name: string) => string | null
  readonly text: string
}

export interface Exchange {
  /** One try. Throws Unreachable. */
  try(call: Call): Promise<Answer>
  /** As above, for an answer that is too long to be held, and that must be a good one. Throws DeliveryBroken. */
  stream(call: Call): Promise<Readable>
  /** Calls as often as it takes, with growing pauses, while it throws Unreachable. Throws DeliveryBroken in the end. */
  persist<T>(attempt: () => Promise<T>): Promise<T>
}

export interface ExchangeOptions {
  readonly signal: AbortSignal
  /** Told before each pause. */
  readonly onPause: (reason: string, milliseconds: number) => void
  /** Pauses in milliseconds; when they are used up, so is the patience. */
  readonly pauses?: readonly number[]
}

export class Unreachable extends Error {
  override readonly name = 'Unreachable'
  /** What the service asked to wait, in milliseconds. */
  readonly wait: number

  constructor(message: string, wait = 0) {
    super(message)
    this.wait = wait
  }
}

/** About five minutes: a restart, an upgrade, a cable. */
const PAUSES = [500, 1_000, 2_000, 4_000, 8_000, 16_000, ...Array.from({ length: 9 }, () => 30_000)]
const LONGEST_WAIT = 120_000
/** Without a byte in either direction. An archive of thousands of members is answered when the last one is kept. */
const SILENCE = 15 * 60_000
const ANSWER_CHARACTERS = 16 * 2 ** 20
/** Too many requests, and whatever says that the server, not the request, is at fault. */
const isTemporary = (status: number) => status === 408 || status === 425 || status === 429 || status >= 500

export function openExchange(service: URL, apiKey: string | null, options: ExchangeOptions): Exchange {
  const isSecure = service.protocol === 'https:'
  const agent = isSecure ? new SecureAgent({ keepAlive: true }) : new PlainAgent({ keepAlive: true })
  const { signal, onPause, pauses = PAUSES } = options

  const begin = async ({ method, path, headers, body }: Call): Promise<IncomingMessage> => {
    signal.throwIfAborted()
    const url = new URL(path.replace(/^\//, ''), service)
    const authorization = apiKey === null ? {} : { authorization: `Bearer ${apiKey}` }
    const length = typeof body === 'string' ? { 'content-length': String(Buffer.byteLength(body)) } : {}
    const all = { agent, method, signal, headers: { ...authorization, ...length, ...headers } }
    const request = isSecure ? secureRequest(url, all) : plainRequest(url, all)
    request.setTimeout(SILENCE, () => request.destroy(new Unreachable('服务长时间没有回应')))
    const response = await answerTo(request, body)
    const status = response.statusCode ?? 0
    if (!isTemporary(status)) return response
    const { text } = await collect(response)
    throw new Unreachable(`服务暂时不能接收（${status}${detailOf(text)}）`, waitOf(response.headers['retry-after']))
  }

  return {
    try: async (call) => collect(await begin(call)),
    stream: async (call) => {
      const response = await begin(call)
      if ((response.statusCode ?? 0) < 400) return Readable.from(pieces(response), { objectMode: false })
      const { status, text } = await collect(response)
      throw new DeliveryBroken(`服务拒绝了请求（${status}${detailOf(text)}）`)
    },
    persist: async (attempt) => {
      for (let failures = 0; ; failures += 1) {
        try {
          return await attempt()
        } catch (error) {
          if (!(error instanceof Unreachable)) throw error
          const pause = pauses[failures]
          if (pause === undefined) throw new DeliveryBroken(`${error.message}，多次重试无效`)
          const wait = Math.min(Math.max(pause, error.wait), LONGEST_WAIT)
          signal.throwIfAborted()
          onPause(error.message, wait)
          await sleep(wait, undefined, { signal })
        }
      }
    },
  }
}

/** Sends the body, and takes the answer whenever it comes. */
async function answerTo(request: ClientRequest, body: Call['body']): Promise<IncomingMessage> {
  let ours: FileUnreadable | null = null
  const answered = once(request, 'response')
  // The promise above tells of it; what happens after the answer is the answer's to tell.
  request.on('error', () => undefined)
  if (body === undefined || typeof body === 'string') request.end(body)
  else {
    pipeline(body, request).catch((error: unknown) => {
      if (error instanceof FileUnreadable) ours = error
    })
  }
  try {
    const [response] = (await answered) as [IncomingMessage]
    // Answered before all was sent: the rest is not wanted.
    response.once('close', () => {
      if (!request.writableFinished) request.destroy()
    })
    return response
  } catch (error) {
    throw ours ?? asUnreachable(error)
  }
}

/** Trouble with the connection has a code, and so has the end by a signal. */
function asUnreachable(error: unknown): unknown {
  if (!types.isNativeError(error) || error instanceof Unreachable || error.name === 'AbortError') return error
  return 'code' in error ? new Unreachable(`连不上服务（${error.code}）`) : error
}

async function collect(response: IncomingMessage): Promise<Answer> {
  response.setEncoding('utf8')
  let text = ''
  try {
    for await (const piece of response) {
      text += piece
      if (text.length > ANSWER_CHARACTERS) throw new DeliveryBroken('服务的回应过长，地址可能有误')
    }
  } catch (error) {
    throw asUnreachable(error)
  }
  const { headers, statusCode = 0 } = response
  const header = (name: string) => {
    const value = headers[name]
    return typeof value === 'string' ? value : null
  }
  return { status: statusCode, header, text }
}

/** Too far gone to be asked for again: what came is on its way already. */
async function* pieces(response: IncomingMessage): AsyncGenerator<Buffer, void, undefined> {
  try {
    yield* response
  } catch (error) {
    const cause = asUnreachable(error)
    throw cause instanceof Unreachable ? new DeliveryBroken(cause.message) : cause
  }
}

/** Seconds; the other form, a date, is rare and not worth a clock that may differ. */
function waitOf(retryAfter: string | undefined): number {
  return /^\d{1,6}$/.test(retryAfter ?? '') ? Number(retryAfter) * 1_000 : 0
}

/** The sentence of a problem (RFC 9457), where there is one. */
export function detailOf(text: string): string {
  try {
    const problem: unknown = JSON.parse(text)
    if (typeof problem !== 'object' || problem === null) return ''
    const said = 'detail' in problem ? problem.detail : 'title' in problem ? problem.title : null
    return typeof said === 'string' ? `：${said}` : ''
  } catch (error) {
    // A proxy in between answers with a page.
    if (error instanceof SyntaxError) return ''
    throw error
  }
}
