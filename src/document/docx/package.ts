/**
 * A DOCX file as what it is: a zip of parts, related to each other by relationship parts (ECMA-376 part 2).
 *
 * Promises: nothing is inflated beyond the limits, whatever the headers claim, and every part that is handed out has the size
 * and the checksum that the directory states; a flipped bit is a failure and never a different figure. Only the parts asked
 * for are inflated, so pictures cost nothing. Leaves the meaning of a part to the caller.
 *
 * The directory is read by yauzl, the data is inflated by zlib in one call: parts are small, and streams cost more than they
 * save. Bytes behind the end of the archive are cut off first: some office systems append them, and Word opens such files.
 */
import { constants, crc32, inflateRawSync } from 'node:zlib'
import { type Entry, fromBuffer, type ZipFile } from 'yauzl'
import { fail } from '../failure.js'
import { LIMITS } from '../limits.js'
import type { Failure, Result } from '../model.js'

export interface Package {
  has(name: string): boolean
  read(name: string): Promise<Result<Uint8Array>>
}

const STORED = 0
const DEFLATED = 8

export async function openPackage(bytes: Uint8Array): Promise<Result<Package>> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, archiveEnd(bytes))
  const directory = await readDirectory(file)
  if (!directory.ok) return directory
  const { zip, entries } = directory.value

  let inflated = 0
  const read = async (name: string): Promise<Result<Uint8Array>> => {
    const entry = entries.get(partKey(name))
    if (entry === undefined) return fail('corrupt', `文件缺少组成部分 ${name}`)
    if (entry === 'ambiguous') return fail('corrupt', `组成部分 ${name} 有重名`)
    const trouble = refuse(entry, inflated)
    if (trouble !== null) return { ok: false, failure: trouble }
    const start = await dataStart(zip, entry)
    if (start === null) return fail('corrupt', `组成部分 ${name} 的位置不对`)
    const part = inflate(file.subarray(start, start + entry.compressedSize), entry)
    if (part === null) return fail('corrupt', `组成部分 ${name} 与压缩目录所记不符`)
    inflated += part.length
    return { ok: true, value: part }
  }
  return { ok: true, value: { has: (name) => entries.has(partKey(name)), read } }
}

/** Part names are compared without regard to case, and stand in relationships with a slash in front (OPC 6.2.2). */
function partKey(name: string): string {
  return (name.startsWith('/') ? name.slice(1) : name).toLowerCase()
}

/** The length of the archive proper: up to the end of the last end-of-directory record. */
function archiveEnd(bytes: Uint8Array): number {
  const furthest = Math.max(0, bytes.length - 0x1_0000 - 22)
  for (let at = bytes.length - 22; at >= furthest; at -= 1) {
    if (bytes[at] !== 0x50 || bytes[at + 1] !== 0x4b || bytes[at + 2] !== 5 || bytes[at + 3] !== 6) continue
    const comment = (bytes[at + 20] ?? 0) | ((bytes[at + 21] ?? 0) << 8)
    return Math.min(bytes.length, at + 22 + comment)
  }
  return bytes.length
}

interface Directory {
  readonly zip: ZipFile
  /** Two parts of one name are ambiguous: readers differ in which of them they show, so neither can be trusted. */
  readonly entries: ReadonlyMap<string, Entry | 'ambiguous'>
}

function readDirectory(file: Buffer): Promise<Result<Directory>> {
  return new Promise((resolve) => {
    fromBuffer(file, { lazyEntries: true }, (error, zip) => {
      if (error) return resolve(fail('corrupt', '压缩目录无法读取'))
      if (zip.entryCount > LIMITS.archiveMembers) return resolve(fail('too_large', '压缩目录中的条目过多'))
      const entries = new Map<string, Entry | 'ambiguous'>()
      zip.on('error', () => resolve(fail('corrupt', '压缩目录无法读取')))
      zip.on('end', () => resolve({ ok: true, value: { zip, entries } }))
      zip.on('entry', (entry: Entry) => {
        const key = partKey(entry.fileName)
        entries.set(key, entries.has(key) ? 'ambiguous' : entry)
        zip.readEntry()
      })
      zip.readEntry()
    })
  })
}

function refuse(entry: Entry, inflatedBefore: number): Failure | null {
  const { compressedSize, uncompressedSize, compressionMethod } = entry
  if (entry.isEncrypted()) return fail('encrypted').failure
  if (compressionMethod !== STORED && compressionMethod !== DEFLATED) return fail('corrupt', '压缩方法不能识别').failure
  if (inflatedBefore + uncompressedSize > LIMITS.inflatedBytes) return fail('too_large', '展开后的内容过大').failure
  if (uncompressedSize > LIMITS.inflationFloor && uncompressedSize > compressedSize * LIMITS.inflationRatio) {
    return fail('too_large', '内容的压缩比异常').failure
  }
  return null
}

function dataStart(zip: ZipFile, entry: Entry): Promise<number | null> {
  return new Promise((resolve) => {
    zip.readLocalFileHeader(entry, { minimal: true }, (error, header) => resolve(error ? null : header.fileDataStart))
  })
}

/** `null` when the data is damaged or is not what the directory says, whichever of the two lies. */
function inflate(data: Buffer, { compressionMethod, uncompressedSize, crc32: checksum }: Entry): Uint8Array | null {
  let part: Buffer
  try {
    part =
      compressionMethod === STORED
        ? data
        : inflateRawSync(data, { maxOutputLength: Math.max(1, uncompressedSize), finishFlush: constants.Z_FINISH })
  } catch {
    return null
  }
  return part.length === uncompressedSize && crc32(part) === checksum ? part : null
}
