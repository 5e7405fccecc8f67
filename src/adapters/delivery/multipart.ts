/**
 * Files → the body of one multipart/form-data request, a piece at a time.
 *
 * Written here because what builds forms elsewhere wants the files in memory or their sizes beforehand, and a file on a shared drive
 * may change while it is read. A file that cannot be read ends the body with FileUnreadable.
 */
import { randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { isSystemError } from '../system-error.js'
import { FileUnreadable, type OutgoingFile } from './delivery.js'

export interface Form {
  readonly contentType: string
  readonly body: AsyncIterable<Uint8Array>
}

export function formOf(files: readonly OutgoingFile[]): Form {
  const boundary = `gouji-${randomBytes(16).toString('hex')}`
  return { contentType: `multipart/form-data; boundary=${boundary}`, body: bodyOf(files, boundary) }
}

async function* bodyOf(files: readonly OutgoingFile[], boundary: string): AsyncGenerator<Uint8Array, void, undefined> {
  for (const file of files) {
    yield Buffer.from(
      `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${quoted(file.fileName)}"\r\n` +
        'Content-Type: application/octet-stream\r\n\r\n',
    )
    yield* piecesOf(file)
    yield Buffer.from('\r\n')
  }
  yield Buffer.from(`--${boundary}--\r\n`)
}

/** From `start` on. */
export async function* piecesOf(
  { path }: { readonly path: string },
  start = 0,
): AsyncGenerator<Buffer, void, undefined> {
  try {
    for await (const piece of createReadStream(path, { start })) yield piece
  } catch (error) {
    // Only the file can fail here: who reads the pieces does not throw into them.
    throw new FileUnreadable(path, isSystemError(error) ? (error.code ?? error.message) : String(error))
  }
}

/** A quoted string of RFC 7578. A line break would end the header. */
function quoted(fileName: string): string {
  return fileName.replace(/\p{Cc}/gu, '_').replace(/["\\]/g, '\\$&')
}
