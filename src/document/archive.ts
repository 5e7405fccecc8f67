/**
 * The bytes of a .zip → its files, one at a time, in the archive's order; zips within it are opened in place.
 *
 * Every member comes with its own result, so that one that is encrypted, damaged or a bomb does not lose the others; trouble with
 * an archive itself comes under the archive's own name, '' for the outermost. There is always at least one result. A member's
 * bytes are checked against their declared size and checksum: a figure changed by a flipped bit must not be read as printed.
 *
 * Sizes are judged before inflating, by what the directory declares, and inflating stops where the declared size is passed; the
 * members and bytes of nested archives count towards the same limits. Names are only labels ('/' between folders, no '..'):
 * nothing is ever written. Left to the caller: what kind each file is.
 *
 * Data is inflated here rather than through yauzl's streams, so that one bad size fails its member and not the iteration. Where
 * the bytes lie is the medium's: here in memory; the service, which takes archives larger than that, has them on disk.
 */
import { crc32, inflateRawSync } from 'node:zlib'
import type { Entry, Options, ZipFile } from 'yauzl'
import { fail } from './failure.js'
import { LIMITS } from './limits.js'
import type { Result } from './model.js'
import { sniff } from './sniff.js'
import { withoutTrailer } from './zip-names.js'

export interface ArchiveMember<Content = Uint8Array> {
  /** Path within the archive, through nested archives; '' for the archive itself. */
  readonly name: string
  readonly result: Result<Content>
}

export function openArchive(bytes: Uint8Array): AsyncGenerator<ArchiveMember> {
  return membersOf(bytes, MEMORY, { members: LIMITS.archiveMembers, bytes: LIMITS.inflatedBytes })
}

/** What is left for the outermost archive and everything in it. */
export interface ArchiveBudget {
  members: number
  bytes: number
}

/** Where the bytes of archives and of their members lie. */
export interface ArchiveMedium<Content> {
  /** null: no zip, or one without its end. */
  open(archive: Content): Promise<ZipFile | null>
  /**
   * The data of a member, as long as its size and checksum are those declared. null: they are not, or it lies outside the archive,
   * or does not inflate.
   */
  inflate(archive: Content, zipFile: ZipFile, entry: Entry): Promise<Content | null>
  isArchive(member: Content): Promise<boolean>
  /** Called when the members of an archive within the archive are through. */
  discard(archive: Content): Promise<void>
}

/** Names stay bytes (most are GBK without saying so), and a wrong size is found out member by member. */
export const ZIP_OPTIONS: Options = { decodeStrings: false, validateEntrySizes: false }

export function membersOf<Content>(
  archive: Content,
  medium: ArchiveMedium<Content>,
  budget: ArchiveBudget,
): AsyncGenerator<ArchiveMember<Content>, void, undefined> {
  return readArchive(archive, medium, '', 1, budget)
}

async function* readArchive<Content>(
  archive: Content,
  medium: ArchiveMedium<Content>,
  path: string,
  depth: number,
  budget: ArchiveBudget,
): AsyncGenerator<ArchiveMember<Content>, void, undefined> {
  const zipFile = await medium.open(archive)
  if (zipFile === null) return yield { name: path, result: fail('corrupt', '压缩包不完整') }
  try {
    budget.members -= zipFile.entryCount
    if (budget.members < 0) {
      return yield { name: path, result: fail('too_large', `压缩包内的文件超过 ${LIMITS.archiveMembers} 个`) }
    }

    let files = 0
    let broken = false
    const entries = zipFile.eachEntry()
    while (true) {
      const next = await nextEntry(entries)
      if (next === 'broken') broken = true
      if (next === 'broken' || next === 'end') break
      const name = entryName(next)
      if (isIgnored(name)) continue
      files++
      const memberPath = path === '' ? name : `${path}/${name}`
      const result = await readMember(archive, medium, zipFile, next, budget)
      if (!result.ok || !(await medium.isArchive(result.value))) {
        yield { name: memberPath, result }
        continue
      }
      try {
        if (depth < LIMITS.archiveDepth) yield* readArchive(result.value, medium, memberPath, depth + 1, budget)
        else yield { name: memberPath, result: fail('too_large', `压缩包嵌套超过 ${LIMITS.archiveDepth} 层`) }
      } finally {
        await medium.discard(result.value)
      }
    }
    if (broken) yield { name: path, result: fail('corrupt', '压缩包的目录已损坏') }
    else if (files === 0) yield { name: path, result: fail('empty', '压缩包内没有文件') }
  } finally {
    if (zipFile.isOpen) zipFile.close()
  }
}

async function nextEntry(entries: AsyncIterator<Entry>): Promise<Entry | 'end' | 'broken'> {
  try {
    const next = await entries.next()
    return next.done ? 'end' : next.value
  } catch {
    return 'broken'
  }
}

type Refusal = ReturnType<typeof fail>

const STORED = 0
const DEFLATED = 8

export function isStored(entry: Entry): boolean {
  return entry.compressionMethod === STORED
}

async function readMember<Content>(
  archive: Content,
  medium: ArchiveMedium<Content>,
  zipFile: ZipFile,
  entry: Entry,
  budget: ArchiveBudget,
): Promise<Result<Content>> {
  const refusal = refusalOf(entry, budget.bytes)
  if (refusal !== null) return refusal
  const data = await medium.inflate(archive, zipFile, entry)
  if (data === null) return fail('corrupt', '压缩包中的这个文件已损坏')
  budget.bytes -= entry.uncompressedSize
  return { ok: true, value: data }
}

/** Why a member is not inflated at all, by what the directory says of it. */
export function refusalOf(entry: Entry, mostBytes: number): Refusal | null {
  const { uncompressedSize: size, compressedSize, compressionMethod: method } = entry
  if (entry.isEncrypted()) return fail('encrypted', '压缩包设有密码')
  if (method !== STORED && method !== DEFLATED) return fail('unsupported', `压缩方式 ${method} 不受支持`)
  if (size > LIMITS.fileBytes || size > mostBytes) return fail('too_large', '解压后的大小超过上限')
  return size > LIMITS.inflationFloor && size > compressedSize * LIMITS.inflationRatio
    ? fail('too_large', '压缩比异常')
    : null
}

const MEMORY: ArchiveMedium<Uint8Array> = {
  open: async (archive) => {
    const { fromBufferPromise } = await import('yauzl')
    const whole = withoutTrailer(archive)
    try {
      return await fromBufferPromise(Buffer.from(whole.buffer, whole.byteOffset, whole.byteLength), ZIP_OPTIONS)
    } catch {
      return null
    }
  },
  inflate: async (archive, zipFile, entry) => {
    const data = await inflateInMemory(archive, zipFile, entry)
    return data !== null && data.length === entry.uncompressedSize && crc32(data) === entry.crc32 ? data : null
  },
  isArchive: async (member) => sniff(member).kind === 'zip',
  discard: async () => undefined,
}

/** null: the data lies outside the archive, does not inflate, or inflates to more than its declared size. */
async function inflateInMemory(archive: Uint8Array, zipFile: ZipFile, entry: Entry): Promise<Uint8Array | null> {
  try {
    const { fileDataStart: start } = await zipFile.readLocalFileHeaderPromise(entry, { minimal: true })
    const data = archive.subarray(start, start + entry.compressedSize)
    if (data.length !== entry.compressedSize) return null
    if (isStored(entry)) return data
    const inflated = inflateRawSync(data, { maxOutputLength: Math.max(entry.uncompressedSize, 1) })
    return new Uint8Array(inflated.buffer, inflated.byteOffset, inflated.byteLength)
  } catch {
    return null
  }
}

const UTF8_FLAG = 0x800
const CJK = /[\u3000-\u9fff\uff00-\uffef]/

/** Folders end in '/'. */
function entryName(entry: Entry): string {
  const raw = entry.fileNameRaw
  const decoded = unicodePath(entry) ?? decodeName(raw, (entry.generalPurposeBitFlag & UTF8_FLAG) !== 0)
  const slashed = decoded.replaceAll('\\', '/').replace(/[\x00-\x1f\x7f]/g, '')
  const parts = slashed.split('/').filter((part) => !/^(\.{0,2}|[A-Za-z]:)$/.test(part))
  return slashed.endsWith('/') ? `${parts.join('/')}/` : parts.join('/')
}

/**
 * Windows writes names in GBK and no flag, macOS in UTF-8 and no flag, old Java in GBK under the UTF-8 flag: the flag alone
 * decides nothing.
 */
function decodeName(raw: Uint8Array, flagged: boolean): string {
  const utf8 = strictly('utf-8', raw)
  if (utf8 !== null && (flagged || CJK.test(utf8))) return utf8
  return strictly('gb18030', raw) ?? utf8 ?? new TextDecoder('gb18030').decode(raw)
}

/** The name that Info-ZIP adds in UTF-8 (APPNOTE 4.6.9), as long as it still belongs to the name in the header. */
function unicodePath(entry: Entry): string | null {
  const field = entry.extraFields.find(({ id }) => id === 0x7075)?.data
  if (field === undefined || field.length < 6 || field[0] !== 1) return null
  return field.readUInt32LE(1) === crc32(entry.fileNameRaw) ? strictly('utf-8', field.subarray(5)) : null
}

function strictly(encoding: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/** Folders, and what systems leave behind: resource forks, thumbnails, lock files of an open document. */
function isIgnored(name: string): boolean {
  if (name === '' || name.endsWith('/')) return true
  const parts = name.split('/')
  const file = parts.at(-1) ?? ''
  return parts.includes('__MACOSX') || /^(\._.*|~\$.*|\.DS_Store|Thumbs\.db|desktop\.ini)$/i.test(file)
}
