/**
 * A task's file → bytes, and a failed record for a file that was not read to its end.
 *
 * A file over the limit never comes into memory: its hash is made by streaming, its kind told from its first bytes.
 */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, readFile, stat } from 'node:fs/promises'
import { LIMITS } from '../document/limits.js'
import type { Failure } from '../document/model.js'
import type { ReportRecord } from '../record.js'
import type { Source } from './task.js'

export const HEAD_BYTES = 64 * 2 ** 10

/** null: over the limit for one file. Throws what the file system throws. */
export async function readSource(source: Source): Promise<Uint8Array | null> {
  if (source.kind === 'bytes') return source.bytes.byteLength > LIMITS.fileBytes ? null : source.bytes
  return (await stat(source.path)).size > LIMITS.fileBytes ? null : readFile(source.path)
}

export async function failedRecordOf(source: Source, fileName: string, reason: Failure): Promise<ReportRecord> {
  const [{ failedRecord }, bytes] = await Promise.all([import('../extract.js'), readSource(source)])
  if (bytes !== null) return failedRecord(bytes, fileName, reason)
  if (source.kind === 'bytes') return failedRecord(source.bytes, fileName, reason)
  return failedRecordOfHead(await readHead(source.path), await hashFile(source.path), fileName, reason)
}

/** Of a file whose hash is known: its first bytes tell what it is. */
export async function failedRecordOfHead(
  head: Uint8Array,
  known: { readonly sha256: string; readonly byteLength: number },
  fileName: string,
  reason: Failure,
): Promise<ReportRecord> {
  const { failedRecord } = await import('../extract.js')
  const record = failedRecord(head, fileName, reason)
  return { ...record, document: { ...record.document, ...known } }
}

async function readHead(path: string): Promise<Uint8Array> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(HEAD_BYTES), 0, HEAD_BYTES, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

async function hashFile(path: string): Promise<{ sha256: string; byteLength: number }> {
  const hash = createHash('sha256')
  let byteLength = 0
  for await (const chunk of createReadStream(path)) {
    hash.update(chunk)
    byteLength += chunk.length
  }
  return { sha256: hash.digest('hex'), byteLength }
}
