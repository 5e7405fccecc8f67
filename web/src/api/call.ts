/**
 * Calls to the API of the server that sent this page. What it refuses comes as a Problem (RFC 9457) with a code, and a sentence for the
 * person in Chinese; in English it is said by its code.
 */
import type { Words } from '../wording/language.js'
import { problemInEnglish } from './problems-in-english.js'

export class Problem extends Error {
  override readonly name = 'Problem'

  constructor(
    readonly status: number,
    readonly code: string,
    private readonly detail: string,
    /** What else the server said. */
    readonly more: Readonly<Record<string, unknown>>,
  ) {
    super(detail)
  }

  /** For the person. */
  get told(): Words<string> {
    return { zh: this.detail, en: problemInEnglish(this.code, this.more) }
  }
}

export function isProblem(error: unknown): error is Problem {
  return error instanceof Problem
}

let csrfToken: string | null = null

/** Told by whoever asked who is signed in; sent with everything that changes something. */
export function rememberCsrfToken(token: string | null): void {
  csrfToken = token
}

export function get<Answer>(path: string, signal?: AbortSignal): Promise<Answer> {
  return call<Answer>('GET', path, undefined, signal)
}

export function send<Answer>(
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  body?: unknown,
): Promise<Answer> {
  return call<Answer>(method, path, body)
}

async function call<Answer>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<Answer> {
  const headers: Record<string, string> = {}
  if (body !== undefined) headers['content-type'] = 'application/json'
  if (method !== 'GET' && csrfToken !== null) headers['x-csrf-token'] = csrfToken
  const answer = await fetch(`/api/v1${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  })
  if (answer.status === 204) return undefined as Answer
  const told: unknown = await answer.json().catch(() => null)
  if (answer.ok) return told as Answer
  throw problemOf(answer.status, told)
}

export function problemOf(status: number, told: unknown): Problem {
  const more = typeof told === 'object' && told !== null ? (told as Record<string, unknown>) : {}
  const { code, detail } = more
  return new Problem(
    status,
    typeof code === 'string' ? code : 'unknown',
    typeof detail === 'string' ? detail : '服务器未能处理请求，请稍后重试。',
    more,
  )
}
