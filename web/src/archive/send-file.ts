/**
 * One file → the server, with word of how far it is. A form of one file, so that names of any length and empty files come through, and
 * what is too large is refused by the batch itself.
 *
 * fetch does not tell how much was sent, so this is an XMLHttpRequest. It throws Problem where the server answered, LineBroken where
 * nobody did.
 */
import { Problem } from '../api/call.js'
import type { ReceivedAnswer } from './answers.js'

export class LineBroken extends Error {
  override readonly name = 'LineBroken'
}

export function sendFile(
  batchId: string,
  { path, file }: { readonly path: string; readonly file: File },
  csrfToken: string | null,
  onSent: (bytes: number) => void,
  signal: AbortSignal,
): Promise<readonly ReceivedAnswer[]> {
  const form = new FormData()
  form.append('file', file, path)
  const request = new XMLHttpRequest()
  return new Promise((resolve, reject) => {
    const abort = () => request.abort()
    request.upload.addEventListener('progress', ({ loaded }) => onSent(Math.min(loaded, file.size)))
    request.addEventListener('error', () => reject(new LineBroken()))
    request.addEventListener('timeout', () => reject(new LineBroken()))
    request.addEventListener('abort', () => reject(signal.reason))
    request.addEventListener('load', () => {
      const told: unknown = request.response
      if (request.status === 200) resolve((told as { files: ReceivedAnswer[] }).files)
      else reject(problemOf(request, told))
    })
    request.addEventListener('loadend', () => signal.removeEventListener('abort', abort))
    signal.addEventListener('abort', abort)
    request.open('POST', `/api/v1/batches/${batchId}/files`)
    request.responseType = 'json'
    if (csrfToken !== null) request.setRequestHeader('x-csrf-token', csrfToken)
    request.send(form)
  })
}

function problemOf(request: XMLHttpRequest, told: unknown): Problem | LineBroken {
  const more = typeof told === 'object' && told !== null ? (told as Record<string, unknown>) : {}
  const { code, detail } = more
  // What stands between us and the server answers without a code, when the server does not.
  if (typeof code !== 'string' || typeof detail !== 'string') return new LineBroken()
  const seconds = Number(request.getResponseHeader('retry-after'))
  return new Problem(request.status, code, detail, { ...more, retryAfter: seconds > 0 ? seconds : null })
}
