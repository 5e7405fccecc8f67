/**
 * A large file → the service, by tus (tus.io, version 1.0.0): an upload that goes on where it broke off.
 *
 * One call is one try: it sends what the service does not have yet. Which upload belongs to which file is remembered as long as the
 * command runs; what an earlier run left unfinished is cleared by the service.
 */

import type { OutgoingFile } from './delivery.js'
import type { Answer, Exchange } from './exchange.js'
import { Unreachable } from './exchange.js'
import { piecesOf } from './multipart.js'

const TUS = { 'tus-resumable': '1.0.0' }

/** By the hash of the file. */
export type OpenUploads = Map<string, string>

export async function upload(
  exchange: Exchange,
  batch: string,
  file: OutgoingFile,
  open: OpenUploads,
): Promise<Answer> {
  const known = open.get(file.sha256)
  const begun = known === undefined ? null : await offsetOf(exchange, known)
  if (known !== undefined && begun !== null) return sendFrom(exchange, known, file, begun)
  const created = await exchange.try({
    method: 'POST',
    path: '/api/v1/uploads',
    headers: {
      ...TUS,
      'upload-length': String(file.byteLength),
      'upload-metadata': metadata({ filename: file.fileName, batch, sha256: file.sha256 }),
      'content-length': '0',
    },
  })
  const location = created.header('location')
  if (created.status !== 201 || location === null) return created
  const path = pathOf(location)
  open.set(file.sha256, path)
  return sendFrom(exchange, path, file, 0)
}

/** Of the location only the name of the upload is believed: the key goes to the service that was given and nowhere else. */
function pathOf(location: string): string {
  return `/api/v1/uploads/${location.split('/').at(-1) ?? ''}`
}

/** null: it is no longer there. */
async function offsetOf(exchange: Exchange, location: string): Promise<number | null> {
  const { status, header } = await exchange.try({ method: 'HEAD', path: location, headers: TUS })
  const offset = header('upload-offset')
  return status < 300 && offset !== null ? Number(offset) : null
}

async function sendFrom(exchange: Exchange, location: string, file: OutgoingFile, offset: number): Promise<Answer> {
  const answer = await exchange.try({
    method: 'PATCH',
    path: location,
    headers: { ...TUS, 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' },
    body: piecesOf(file, offset),
  })
  // Somebody else's try is still at work on it, or it got further than we were told: to be asked again.
  if (answer.status === 409 || answer.status === 423) throw new Unreachable(`上传正被占用（${answer.status}）`)
  return answer
}

function metadata(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} ${Buffer.from(value).toString('base64')}`)
    .join(',')
}
