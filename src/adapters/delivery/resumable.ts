/**
 * A large file → the service, by tus (tus.io, version 1.0.0): an upload that goes on where it broke off.
 *
 * One call is one try: it sends what the service does not have yet. Which upload belongs to which file is noted in a folder of the
 * user's, so that it also goes on after the command was killed; without such a note the file is sent from its beginning.
 */
import { createHash } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isSystemError } from '../system-error.js'
import type { OutgoingFile } from './delivery.js'
import { type Answer, type Exchange, Unreachable } from './exchange.js'
import { piecesOf } from './multipart.js'

const TUS = { 'tus-resumable': '1.0.0' }
const PATH = '/api/v1/uploads'

export async function upload(
  exchange: Exchange,
  batch: string,
  file: OutgoingFile,
  notesFolder: string,
): Promise<Answer> {
  // Batches of different services never have the same id.
  const note = join(notesFolder, createHash('sha256').update(`${batch} ${file.sha256} ${file.fileName}`).digest('hex'))
  const noted = await readNote(note)
  const offset = noted === null ? null : await offsetOf(exchange, noted)
  const name = noted !== null && offset !== null ? noted : await create(exchange, batch, file)
  if (typeof name !== 'string') return name
  await writeNote(notesFolder, note, name)
  const answer = await sendFrom(exchange, name, file, offset ?? 0)
  await rm(note, { force: true })
  return answer
}

/** → the name of the upload, or why there is none. */
async function create(exchange: Exchange, batch: string, file: OutgoingFile): Promise<string | Answer> {
  const answer = await exchange.try({
    method: 'POST',
    path: PATH,
    headers: {
      ...TUS,
      'upload-length': String(file.byteLength),
      'upload-metadata': `batch ${base64(batch)},filename ${base64(file.fileName)}`,
      'content-length': '0',
    },
  })
  // Of the location only the name is believed: the key goes to the service that was given and nowhere else.
  const name = answer.header('location')?.split('/').at(-1)
  return answer.status === 201 && name !== undefined ? name : answer
}

/** null: it is no longer there. */
async function offsetOf(exchange: Exchange, name: string): Promise<number | null> {
  const { status, header } = await exchange.try({ method: 'HEAD', path: `${PATH}/${name}`, headers: TUS })
  const offset = header('upload-offset')
  return status < 300 && offset !== null ? Number(offset) : null
}

async function sendFrom(exchange: Exchange, name: string, file: OutgoingFile, offset: number): Promise<Answer> {
  const answer = await exchange.try({
    method: 'PATCH',
    path: `${PATH}/${name}`,
    headers: { ...TUS, 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' },
    body: piecesOf(file, offset),
  })
  // An earlier try is still at work on it, or it is gone: both are found out at the next one.
  if ([404, 409, 410, 423].includes(answer.status)) throw new Unreachable(`上传须重新接上（${answer.status}）`)
  return answer
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64')
}

async function readNote(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (isSystemError(error)) return null
    throw error
  }
}

async function writeNote(folder: string, path: string, name: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true })
    await writeFile(path, name)
  } catch (error) {
    // A user without a home: a killed command then sends the file anew.
    if (!isSystemError(error)) throw error
  }
}
