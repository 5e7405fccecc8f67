/**
 * One file → the server in one request, with word of how far it is. A form of one file, so that names of any length and empty files come
 * through, and what is too large is refused by the batch itself.
 *
 * fetch does not tell how much was sent, so this is an XMLHttpRequest. It throws Problem where the server answered, LineBroken where
 * nobody did.
 */
import type { ReceivedAnswer } from './answers.js'
import { LineBroken, refusalOf, type Sending } from './sending.js'

export function sendSmall({
  batchId,
  path,
  file,
  csrfToken,
  onSent,
  stop,
}: Sending): Promise<readonly ReceivedAnswer[]> {
  const form = new FormData()
  form.append('file', file, path)
  const request = new XMLHttpRequest()
  return new Promise((resolve, reject) => {
    const abort = () => request.abort()
    request.upload.addEventListener('progress', ({ loaded }) => onSent(Math.min(loaded, file.size)))
    request.addEventListener('error', () => reject(new LineBroken()))
    request.addEventListener('timeout', () => reject(new LineBroken()))
    request.addEventListener('abort', () => reject(new LineBroken()))
    request.addEventListener('load', () => {
      const told: unknown = request.response
      if (request.status === 200) resolve((told as { files: ReceivedAnswer[] }).files)
      else reject(refusalOf(request.status, told, request.getResponseHeader('retry-after')) ?? new LineBroken())
    })
    request.addEventListener('loadend', () => stop.removeEventListener('abort', abort))
    stop.addEventListener('abort', abort)
    request.open('POST', `/api/v1/batches/${batchId}/files`)
    request.responseType = 'json'
    if (csrfToken !== null) request.setRequestHeader('x-csrf-token', csrfToken)
    request.send(form)
  })
}
