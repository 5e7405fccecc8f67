/** What both ways of sending a file (send-small.ts, send-large.ts) are given, and how they say that it did not go well. */
import { Problem } from '../api/call.js'

export interface Sending {
  readonly batchId: string
  readonly path: string
  readonly file: File
  readonly csrfToken: string | null
  readonly onSent: (bytes: number) => void
  /** For now: a large file stays where it is, a small one is let through. */
  readonly pause: AbortSignal
  /** For good. */
  readonly stop: AbortSignal
}

/** Nobody answered. */
export class LineBroken extends Error {
  override readonly name = 'LineBroken'

  /** Some of the file is on the server now that was not before. */
  constructor(readonly cameFurther = false) {
    super()
  }
}

/** What stands between us and the server answers without a code, when the server does not: that is a broken line. */
export function refusalOf(status: number, told: unknown, retryAfter: string | null): Problem | null {
  const more = typeof told === 'object' && told !== null ? (told as Record<string, unknown>) : {}
  const { code, detail } = more
  if (typeof code !== 'string' || typeof detail !== 'string') return null
  const seconds = Number(retryAfter)
  return new Problem(status, code, detail, { ...more, retryAfter: seconds > 0 ? seconds : null })
}
