/**
 * The paths of a command line → the files to read, in order, the members of archives among them.
 *
 * Promises an order that depends on the names alone. In folders, hidden files, the owner files that Word leaves beside an
 * open document (~$…) and everything that is neither file nor folder are skipped; a link is followed unless it leads to a
 * folder that it lies in. An archive is opened here and not in a worker, since each member is an input with limits of its own;
 * what it may inflate to is bounded by the archive reader, and one member at a time is held in memory.
 */
import { closeSync, openSync, readSync } from 'node:fs'
import { readdir, readFile, realpath, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { LIMITS } from '../document/limits.js'
import type { Failure } from '../document/model.js'
import { type UsageError, usage } from './arguments.js'
import { isSystemError } from './system-error.js'
import type { Source } from './task.js'

/** A file on disk, and how its record will name it: its base name, or its way from the folder that was given. */
export interface FoundFile {
  readonly path: string
  readonly fileName: string
}

export type Input =
  | { readonly kind: 'file'; readonly fileName: string; readonly source: Source }
  /** An archive, or a member of one, that does not open. The bytes are the archive's: they are what a person can look at. */
  | { readonly kind: 'refused'; readonly fileName: string; readonly source: Source; readonly failure: Failure }

/** What every archive starts with; for all other files, two bytes are all that is read of them here. */
const ZIP_SIGNATURE = 'PK'
const PDF_SIGNATURE = '%P'

export async function findFiles(paths: readonly string[]): Promise<FoundFile[] | UsageError> {
  const found: FoundFile[] = []
  for (const path of paths) {
    try {
      const info = await stat(path)
      if (info.isDirectory()) await walk(path, '', [], found)
      else if (info.isFile()) found.push({ path, fileName: basename(path) })
      else return usage(`既不是文件也不是文件夹：${path}`, `neither a file nor a folder: ${path}`)
    } catch (error) {
      if (!isSystemError(error)) throw error
      return error.code === 'ENOENT' || error.code === 'ENOTDIR'
        ? usage(`路径不存在：${error.path ?? path}`, `no such file or folder: ${error.path ?? path}`)
        : usage(`无法打开 ${error.path ?? path}（${error.code}）`, `cannot open ${error.path ?? path} (${error.code})`)
    }
  }
  return found
}

async function walk(folder: string, prefix: string, above: readonly string[], found: FoundFile[]): Promise<void> {
  const real = await realpath(folder)
  if (above.includes(real)) return
  const names = (await readdir(folder)).filter((name) => !name.startsWith('.') && !name.startsWith('~$')).sort()
  for (const name of names) {
    const path = join(folder, name)
    const fileName = `${prefix}${name}`
    // A link that leads nowhere, or a file that has just gone, is no input.
    const info = await stat(path).catch(() => null)
    if (info?.isDirectory()) await walk(path, `${fileName}/`, [...above, real], found)
    else if (info?.isFile()) found.push({ path, fileName })
  }
}

export async function isArchive(path: string): Promise<boolean> {
  return (await readArchive(path)) !== null
}

export async function* openInputs(files: readonly FoundFile[]): AsyncGenerator<Input, void, undefined> {
  for (const { path, fileName } of files) {
    const file: Input = { kind: 'file', fileName, source: { kind: 'path', path } }
    const archive = await readArchive(path)
    if (archive === null) yield file
    else yield* members(archive, fileName, file.source)
  }
}

/** null: not an archive, or one that a worker will refuse: too large, or out of reach. */
async function readArchive(path: string): Promise<Uint8Array | null> {
  try {
    if (signature(path) !== ZIP_SIGNATURE || (await stat(path)).size > LIMITS.fileBytes) return null
    const [{ sniff }, bytes] = await Promise.all([import('../document/sniff.js'), readFile(path)])
    return sniff(bytes).kind === 'zip' ? bytes : null
  } catch (error) {
    if (isSystemError(error)) return null
    throw error
  }
}

/** Whether it looks like one; to be found out by its reader. */
export function looksLikePdf(path: string): boolean {
  try {
    return signature(path) === PDF_SIGNATURE
  } catch (error) {
    if (isSystemError(error)) return false
    throw error
  }
}

/** The first two bytes: they tell an archive, or one of the formats that are packed like one. Not worth a promise. */
function signature(path: string): string {
  const file = openSync(path, 'r')
  try {
    const head = Buffer.alloc(2)
    readSync(file, head, 0, head.length, 0)
    return head.toString('latin1')
  } finally {
    closeSync(file)
  }
}

/** At least one, as trouble with the archive itself comes under its own name. */
async function* members(archive: Uint8Array, fileName: string, source: Source): AsyncGenerator<Input, void, undefined> {
  const { openArchive } = await import('../document/archive.js')
  for await (const { name, result } of openArchive(archive)) {
    const memberName = name === '' ? fileName : `${fileName}/${name}`
    if (result.ok) yield { kind: 'file', fileName: memberName, source: { kind: 'bytes', bytes: result.value } }
    else yield { kind: 'refused', fileName: memberName, source, failure: result.failure }
  }
}
