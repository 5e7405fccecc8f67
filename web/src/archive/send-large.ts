/**
 * One large file → the server, piece by piece (tus.io, 1.0.0), so that a line that breaks costs a piece and not the file.
 *
 * One call is one try: it goes on where an earlier one stopped, also one of before the page was loaded again, as the browser notes which
 * upload is whose. Whoever calls decides when to try again. Given up for good, the pieces are removed from the server; where that fails,
 * or nobody comes back, it removes them itself after a day.
 */
import type { DetailedError, Upload } from 'tus-js-client'
import type { ReceivedAnswer } from './answers.js'
import { LineBroken, refusalOf, type Sending } from './sending.js'

/** Below this, sending a file anew is cheaper than asking how far it came. */
export const LARGE_BYTES = 8 * 2 ** 20
/** What stands in between may keep a piece back until it is whole: all that is lost when the line breaks. */
const PIECE_BYTES = 8 * 2 ** 20
const ADDRESS = '/api/v1/uploads'
/** As long as the server keeps pieces. */
const NOTED_MILLISECONDS = 24 * 3_600_000

/** Of more bytes than the server takes: it keeps none of them. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge'
}

export async function sendLarge({
  batchId,
  path,
  file,
  csrfToken,
  onSent,
  pause,
  stop,
}: Sending): Promise<readonly ReceivedAnswer[]> {
  const tus = await import('tus-js-client')
  const headers: Record<string, string> = csrfToken === null ? {} : { 'x-csrf-token': csrfToken }
  const given = AbortSignal.any([pause, stop])
  let cameFurther = false
  const upload = new tus.Upload(file, {
    endpoint: location.origin + ADDRESS,
    metadata: { batch: batchId, filename: path },
    headers,
    chunkSize: PIECE_BYTES,
    retryDelays: null,
    removeFingerprintOnSuccess: true,
    fingerprint: () => Promise.resolve(['gouji', batchId, path, file.size, file.lastModified].join(' ')),
    onProgress: onSent,
    onChunkComplete: () => {
      cameFurther = true
    },
  })
  await takeUp(upload, await notedUploads(tus.defaultOptions.urlStorage))
  const told = await new Promise<string>((resolve, reject) => {
    upload.options.onSuccess = ({ lastResponse }) => resolve(lastResponse.getBody())
    upload.options.onError = (error) => reject('originalRequest' in error ? troubleOf(error, cameFurther) : error)
    const leave = () => {
      // Kept on the server while paused. What cannot be removed there goes by itself.
      upload.abort(stop.aborted).catch(() => undefined)
      reject(new LineBroken(cameFurther))
    }
    given.addEventListener('abort', leave, { once: true })
    if (given.aborted) leave()
    else upload.start()
  })
  const answer = told === '' ? await missedAnswer(upload.url ?? ADDRESS, file.size, headers) : told
  return (JSON.parse(answer) as { files: ReceivedAnswer[] }).files
}

async function takeUp(upload: Upload, noted: ReadonlySet<string>): Promise<void> {
  const earlier = (await upload.findPreviousUploads()).findLast(({ urlStorageKey }) => noted.has(urlStorageKey))
  if (earlier !== undefined) upload.resumeFromPreviousUpload(earlier)
}

type Notes = typeof import('tus-js-client')['defaultOptions']['urlStorage']

/** → the keys of those that the server may still have; the others are forgotten. */
async function notedUploads(notes: Notes): Promise<ReadonlySet<string>> {
  const keys = new Set<string>()
  for (const { urlStorageKey, creationTime } of await notes.findAllUploads()) {
    if (Date.now() - Date.parse(creationTime) < NOTED_MILLISECONDS) keys.add(urlStorageKey)
    else await notes.removeUpload(urlStorageKey)
  }
  return keys
}

/** The server had all of it, and the line broke before it could say what came of it. */
async function missedAnswer(address: string, size: number, headers: Readonly<Record<string, string>>): Promise<string> {
  const answer = await fetch(address, {
    method: 'PATCH',
    headers: {
      ...headers,
      'tus-resumable': '1.0.0',
      'upload-offset': String(size),
      'content-type': 'application/offset+octet-stream',
    },
    body: '',
  })
  if (!answer.ok) throw new LineBroken()
  return answer.text()
}

/** An earlier try that is still at work, and an upload that is gone, are both found out at the next one. */
const TRY_AGAIN = new Set([404, 409, 410, 423])

function troubleOf({ originalResponse }: DetailedError, cameFurther: boolean): Error {
  const status = originalResponse?.getStatus() ?? 0
  if (originalResponse === null || status === 0 || TRY_AGAIN.has(status)) return new LineBroken(cameFurther)
  if (status === 413) return new TooLarge()
  const told = refusalOf(status, jsonOf(originalResponse.getBody()), originalResponse.getHeader('retry-after') ?? null)
  return told ?? new LineBroken(cameFurther)
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
