/**
 * Originals in a folder, each as FOLDER/ab/cd/abcd…, its sha256.
 *
 * A file comes into its place by a link to what was staged, which the file system makes wholly or not at all and never over another
 * file. Where staging lies on another file system it is copied beside the originals first. Either way the bytes are on the disk
 * before the name is, and the name is before `keep` returns. The staged file was synced by whoever staged it.
 */

import { randomUUID } from 'node:crypto'
import { constants, type Dirent } from 'node:fs'
import { copyFile, link, mkdir, open, opendir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { pipeline, type Readable } from 'node:stream'
import type { Originals, StoredObject } from '../service.js'
import { isSystemError } from '../system-error.js'
import { placeOf, sha256At } from './content-address.js'
import { OriginalMissing } from './errors.js'
import { clearDeadProcesses, processFolder } from './process-folder.js'
import { verified, verifying, wrongSize } from './verify.js'

/** Where copies from another file system are written; nothing in it is an original. */
const INCOMING = 'incoming'
/** File systems without links, such as exFAT and some shares. */
const NO_LINKS = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']
/** Of this many bytes there must be room for anything to be kept. */
const PROBE_BYTES = 4096

export class FolderOriginals implements Originals {
  private readonly incoming: string
  private cleared: Promise<void> | null = null

  constructor(private readonly folder: string) {
    this.incoming = join(folder, INCOMING)
  }

  async keep(sha256: string, stagedPath: string): Promise<void> {
    const path = this.pathOf(sha256)
    const { size } = await stat(stagedPath)
    await makeFolder(dirname(path))
    if (!(await place(stagedPath, path))) {
      const copy = await this.copyIn(stagedPath)
      try {
        await place(copy, path)
      } finally {
        await rm(copy, { force: true })
      }
    }
    // One that another process has just placed may not be on the disk yet either.
    await syncFolder(dirname(path))
    const kept = await stat(path)
    if (kept.size !== size) throw wrongSize(sha256, size, kept.size)
    await rm(stagedPath, { force: true })
  }

  async has(sha256: string): Promise<boolean> {
    try {
      return (await stat(this.pathOf(sha256))).isFile()
    } catch (error) {
      if (isAbsent(error)) return false
      throw error
    }
  }

  async read(sha256: string): Promise<Buffer> {
    try {
      return verified(sha256, await readFile(this.pathOf(sha256)))
    } catch (error) {
      throw isAbsent(error) ? new OriginalMissing(sha256) : error
    }
  }

  async stream(sha256: string): Promise<Readable> {
    const file = await open(this.pathOf(sha256)).catch((error: unknown) => {
      throw isAbsent(error) ? new OriginalMissing(sha256) : error
    })
    // Whoever reads the stream is told of trouble by the stream itself.
    return pipeline(file.createReadStream(), verifying(sha256), () => undefined)
  }

  async *list(): AsyncGenerator<StoredObject, void, undefined> {
    for await (const path of filesIn(this.folder, [INCOMING])) {
      const name = relative(this.folder, path).replaceAll('\\', '/')
      const info = await stat(path).catch((error: unknown) => {
        if (isAbsent(error)) return null
        throw error
      })
      if (info !== null) yield { name, sha256: sha256At(name), byteLength: info.size }
    }
  }

  async check(): Promise<void> {
    const probe = join(await this.openIncoming(), `check-${randomUUID()}`)
    try {
      await writeFile(probe, Buffer.alloc(PROBE_BYTES), { flag: 'wx' })
    } finally {
      await rm(probe, { force: true })
    }
  }

  private pathOf(sha256: string): string {
    return join(this.folder, placeOf(sha256))
  }

  private async copyIn(stagedPath: string): Promise<string> {
    const copy = join(await this.openIncoming(), randomUUID())
    try {
      await copyFile(stagedPath, copy, constants.COPYFILE_EXCL)
      const file = await open(copy, 'r+')
      await file.sync().finally(() => file.close())
      return copy
    } catch (error) {
      await rm(copy, { force: true })
      throw error
    }
  }

  private async openIncoming(): Promise<string> {
    this.cleared ??= clearDeadProcesses(this.incoming)
    await this.cleared
    const own = processFolder(this.incoming)
    await mkdir(own, { recursive: true })
    return own
  }
}

/** Gives the file its name, unless the name is there already. False: it lies on another file system. */
async function place(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to)
    return true
  } catch (error) {
    if (!isSystemError(error)) throw error
    if (error.code === 'EEXIST') return true
    if (error.code === 'EXDEV') return false
    if (!NO_LINKS.includes(error.code ?? '')) throw error
  }
  return placeByName(from, to)
}

/** Two at once may both get here: the one replaces the other's file by the same bytes. */
async function placeByName(from: string, to: string): Promise<boolean> {
  if ((await stat(to).catch(() => null)) !== null) return true
  try {
    await rename(from, to)
    return true
  } catch (error) {
    if (isSystemError(error) && error.code === 'EXDEV') return false
    throw error
  }
}

/** With all folders above it that were not there, each written into its parent on the disk. */
async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true })
  if (first === undefined) return
  for (let made = folder; made.length >= first.length; made = dirname(made)) await syncFolder(dirname(made))
}

async function syncFolder(folder: string): Promise<void> {
  // Windows has no such thing, and keeps names safe by itself.
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  await handle.sync().finally(() => handle.close())
}

async function* filesIn(folder: string, except: readonly string[]): AsyncGenerator<string, void, undefined> {
  for await (const entry of entriesOf(folder)) {
    const path = join(folder, entry.name)
    if (entry.isDirectory() && !except.includes(entry.name)) yield* filesIn(path, [])
    else if (!entry.isDirectory()) yield path
  }
}

async function* entriesOf(folder: string): AsyncGenerator<Dirent, void, undefined> {
  try {
    yield* await opendir(folder)
  } catch (error) {
    // Nothing has been kept yet.
    if (!isAbsent(error)) throw error
  }
}

function isAbsent(error: unknown): boolean {
  return isSystemError(error) && error.code === 'ENOENT'
}
