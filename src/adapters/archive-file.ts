/**
 * A .zip on disk → its files, each staged on disk: document/archive.ts for archives that are larger than memory.
 *
 * What holds there holds here (names, limits, nested archives, one result a member). Two things differ. The bytes that all members
 * may inflate to grow with the archive, since memory does not: a delivery of scans is some gigabytes. And an archive that declares
 * more than that is refused as a whole before anything of it is taken: it is a bomb, whichever member would have been the last.
 *
 * Whoever takes a member has it: hand it to Originals.keep or remove it. Nothing else is left in the staging folder, also when the
 * taker stops half-way.
 */
import { createReadStream } from 'node:fs'
import { type FileHandle, open, rm } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { types } from 'node:util'
import { crc32, createInflateRaw } from 'node:zlib'
import type { Entry, ZipFile } from 'yauzl'
import { RandomAccessReader } from 'yauzl'
import {
  type ArchiveMedium,
  type ArchiveMember,
  isStored,
  membersOf,
  refusalOf,
  ZIP_OPTIONS,
} from '../document/archive.js'
import { fail } from '../document/failure.js'
import { LIMITS } from '../document/limits.js'
import { sniff } from '../document/sniff.js'
import { endRecord } from '../document/zip-names.js'
import { checkRoom } from './disk-room.js'
import { type Staged, stage } from './originals/staging.js'
import { isSystemError } from './system-error.js'

/** PDF and DOCX are packed already and hardly inflate, web pages some tenfold. */
const MOST_INFLATION = 20
const LONGEST_END = 22 + 0xffff
/** A document is a package of some dozens of files; what lists more than this is no document. */
const LONGEST_DIRECTORY = 2 ** 20
const HEAD_BYTES = 64 * 2 ** 10
const ZIP_START = /^(PK\x07\x08|PK00)?PK/

/** Throws NoRoom. */
export async function* openArchiveFile(
  archive: Staged,
  stagingFolder: string,
): AsyncGenerator<ArchiveMember<Staged>, void, undefined> {
  const budget = {
    members: LIMITS.archiveMembers,
    bytes: Math.max(LIMITS.inflatedBytes, archive.byteLength * MOST_INFLATION),
  }
  const bytes = await declaredBytes(archive.path)
  if (bytes > budget.bytes) return yield { name: '', result: fail('too_large', '压缩包解压后的总大小超过上限') }
  await checkRoom(stagingFolder, bytes)
  yield* membersOf(archive, onDisk(stagingFolder), budget)
}

/** By its bytes; a DOCX or an OFD is packed like an archive and is none. */
export async function isArchiveFile(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const head = await readAt(file, 0, HEAD_BYTES)
    if (!ZIP_START.test(head.subarray(0, 8).toString('latin1'))) return false
    const directory = await directoryOf(file)
    return directory === 'long' || sniff(Buffer.concat([head, directory])).kind === 'zip'
  } finally {
    await file.close()
  }
}

/** Directory and end of a zip, which tell its kind without what lies between; empty where there is none. */
async function directoryOf(file: FileHandle): Promise<Buffer | 'long'> {
  const { size } = await file.stat()
  const from = Math.max(0, size - LONGEST_END)
  const tail = await readAt(file, from, LONGEST_END)
  const end = endRecord(tail)
  if (end === null) return Buffer.alloc(0)
  const length = tail.readUInt32LE(end + 12)
  if (length > LONGEST_DIRECTORY) return 'long'
  return length > from + end ? Buffer.alloc(0) : readAt(file, from + end - length, length + tail.length - end)
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position)
  return buffer.subarray(0, bytesRead)
}

/** What the members of the outermost archive that are inflated at all say they inflate to; a wrong size fails its member later. */
async function declaredBytes(path: string): Promise<number> {
  const zipFile = await openZipFile(path)
  if (zipFile === null) return 0
  let bytes = 0
  try {
    if (zipFile.entryCount > LIMITS.archiveMembers) return 0
    for await (const entry of zipFile.eachEntry()) {
      if (refusalOf(entry, LIMITS.fileBytes) === null) bytes += entry.uncompressedSize
    }
  } catch {
    // A broken directory: the reader of the members comes to the same place and says so.
  } finally {
    zipFile.close()
  }
  return bytes
}

function onDisk(stagingFolder: string): ArchiveMedium<Staged> {
  return {
    open: ({ path }) => openZipFile(path),
    inflate: async ({ path }, zipFile, entry) => {
      const start = await dataStart(zipFile, entry)
      if (start === null) return null
      const checked = checkedData(path, start, entry)
      try {
        const staged = await stage(stagingFolder, checked, entry.uncompressedSize)
        return staged.kind === 'staged' ? staged : null
      } catch (error) {
        if (error instanceof NotAsDeclared) return null
        throw error
      }
    },
    isArchive: ({ path }) => isArchiveFile(path),
    discard: ({ path }) => rm(path, { force: true }),
  }
}

async function dataStart(zipFile: ZipFile, entry: Entry): Promise<number | null> {
  try {
    const { fileDataStart } = await zipFile.readLocalFileHeaderPromise(entry, { minimal: true })
    return fileDataStart + entry.compressedSize > zipFile.fileSize ? null : fileDataStart
  } catch {
    return null
  }
}

/** Thrown into the staging of a member, so that nothing of it stays. */
class NotAsDeclared extends Error {
  override readonly name = 'NotAsDeclared'
}

async function* checkedData(path: string, start: number, entry: Entry): AsyncGenerator<Uint8Array, void, undefined> {
  let byteLength = 0
  let checksum = 0
  for await (const chunk of memberData(path, start, entry)) {
    byteLength += chunk.byteLength
    if (byteLength > entry.uncompressedSize) throw new NotAsDeclared()
    checksum = crc32(chunk, checksum)
    yield chunk
  }
  if (byteLength !== entry.uncompressedSize || checksum !== entry.crc32) throw new NotAsDeclared()
}

async function* memberData(path: string, start: number, entry: Entry): AsyncGenerator<Uint8Array, void, undefined> {
  if (entry.compressedSize === 0) return
  const source = createReadStream(path, { start, end: start + entry.compressedSize - 1 })
  if (isStored(entry)) return yield* source
  const inflate = createInflateRaw()
  source.on('error', (error) => inflate.destroy(error))
  try {
    yield* source.pipe(inflate)
  } catch (error) {
    // Codes of zlib (Z_DATA_ERROR, Z_BUF_ERROR …) are the member's fault; others are the disk's.
    const isMembersFault = types.isNativeError(error) && 'code' in error && String(error.code).startsWith('Z_')
    throw isMembersFault ? new NotAsDeclared() : error
  } finally {
    source.destroy()
  }
}

/** null: no zip, or one without its end. */
async function openZipFile(path: string): Promise<ZipFile | null> {
  const { fromRandomAccessReaderPromise } = await import('yauzl')
  const file = await open(path)
  try {
    return await fromRandomAccessReaderPromise(new FileReader(file), await lengthOfZip(file), {
      ...ZIP_OPTIONS,
      autoClose: false,
    })
  } catch (error) {
    await file.close()
    if (isSystemError(error)) throw error
    return null
  }
}

/** Without what was appended to it. */
async function lengthOfZip(file: FileHandle): Promise<number> {
  const { size } = await file.stat()
  const from = Math.max(0, size - LONGEST_END)
  const tail = await readAt(file, from, LONGEST_END)
  const end = endRecord(tail)
  return end === null ? size : Math.min(size, from + end + 22 + tail.readUInt16LE(end + 20))
}

/** yauzl's own reader of files takes the whole file for the archive. */
class FileReader extends RandomAccessReader {
  constructor(private readonly file: FileHandle) {
    super()
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null, bytesRead?: number) => void,
  ): void {
    this.file.read(buffer, offset, length, position).then(
      ({ bytesRead }) => callback(null, bytesRead),
      (error) => callback(error),
    )
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return this.file.createReadStream({ start, end: end - 1, autoClose: false })
  }

  override close(callback: (error: Error | null) => void): void {
    this.file.close().then(() => callback(null), callback)
  }
}
