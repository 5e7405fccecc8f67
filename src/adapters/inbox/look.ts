/**
 * A folder that others write to → the files in it that are whole.
 *
 * Nobody says when a file is finished. It is taken for whole when its size, its time of change and the file itself have stayed the
 * same for some seconds and no program has marked it as open. Watching for changes instead would be quicker, but the watches of
 * operating systems are silent on network shares. Links are not followed: what they lead to is not the inbox's to move away.
 */
import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'

export interface SeenFile {
  readonly path: string
  /** From the inbox on, with slashes. */
  readonly fileName: string
  readonly size: number
  readonly changedAt: number
  readonly inode: number
}

export interface Look {
  readonly files: readonly SeenFile[]
  /** What could not be looked at, and why. */
  readonly troubles: readonly { readonly path: string; readonly error: unknown }[]
}

const UNFINISHED = /\.(part|partial|tmp|temp|crdownload|download|filepart|!ut|swp)$|~$/i

/** Hidden, half downloaded, or the note that Word or LibreOffice leaves beside an open document. */
export function isPassedOver(name: string): boolean {
  return name.startsWith('.') || name.startsWith('~') || UNFINISHED.test(name)
}

/** Whether such a note lies beside it. Word shortens longer names by their first two letters. */
function isOpenInEditor(name: string, beside: ReadonlySet<string>): boolean {
  return [`~$${name}`, `~$${name.slice(2)}`, `.~lock.${name}#`].some((note) => beside.has(note))
}

export async function look(inbox: string): Promise<Look> {
  const files: SeenFile[] = []
  const troubles: { path: string; error: unknown }[] = []
  const walk = async (folder: string, prefix: string): Promise<void> => {
    const entries = await readdir(folder, { withFileTypes: true })
    const names = new Set(entries.map(({ name }) => name))
    entries.sort((a, b) => (a.name < b.name ? -1 : 1))
    for (const entry of entries) {
      const { name } = entry
      if (isPassedOver(name)) continue
      const path = join(folder, name)
      try {
        if (entry.isDirectory()) await walk(path, `${prefix}${name}/`)
        if (!entry.isFile() || isOpenInEditor(name, names)) continue
        files.push(await seen(path, `${prefix}${name}`))
      } catch (error) {
        troubles.push({ path, error })
      }
    }
  }
  await walk(inbox, '')
  return { files, troubles }
}

export async function seen(path: string, fileName: string): Promise<SeenFile> {
  const { size, mtimeMs, ino } = await lstat(path)
  return { path, fileName, size, changedAt: mtimeMs, inode: ino }
}

export function isSame(a: SeenFile, b: SeenFile): boolean {
  return a.size === b.size && a.changedAt === b.changedAt && a.inode === b.inode
}

/** Remembers since when each file is as it is. */
export class Settling {
  private seen = new Map<string, { readonly file: SeenFile; readonly since: number }>()

  constructor(private readonly settledAfter: number) {}

  /** Those that have settled by `now`, milliseconds of any clock that only goes forward. */
  whole(files: readonly SeenFile[], now: number): SeenFile[] {
    const before = this.seen
    this.seen = new Map()
    return files.filter((file) => {
      const last = before.get(file.path)
      const since = last !== undefined && isSame(last.file, file) ? last.since : now
      this.seen.set(file.path, { file, since })
      return now - since >= (file.size === 0 ? this.settledAfter * EMPTY_PATIENCE : this.settledAfter)
    })
  }
}

/** Scanners make the file first and then take their time. */
const EMPTY_PATIENCE = 12
