/**
 * Bytes that arrive → a file on disk and its sha256: where every upload waits until it is known what it is.
 *
 * Written as it arrives and no faster, never held in memory, and on the disk before it is reported. Whatever goes wrong (the
 * sender gone, the disk full) is thrown as it is, and the file is gone. Whoever has staged a file hands it to Originals.keep or
 * removes it; what a killed process left is cleared at the next start.
 */
import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Settings } from '../settings.js'
import { clearDeadProcesses, processFolder } from './process-folder.js'

export interface Staged {
  readonly kind: 'staged'
  readonly path: string
  readonly sha256: string
  readonly byteLength: number
}

/** There is more than was allowed; how much more is not known, as the rest was not taken. */
export interface TooLarge {
  readonly kind: 'too_large'
}

/** Beside the originals of the embedded set-up, so that keeping one is a rename. */
export function stagingFolder({ dataFolder }: Pick<Settings, 'dataFolder'>): string {
  return join(dataFolder, 'staging')
}

/** A Readable is an async iterable too. A source that is not taken to its end is closed. */
export async function stage(
  folder: string,
  source: AsyncIterable<Uint8Array>,
  mostBytes: number,
): Promise<Staged | TooLarge> {
  const ownFolder = processFolder(folder)
  await mkdir(ownFolder, { recursive: true })
  const path = join(ownFolder, randomUUID())
  let isWhole = false
  try {
    const file = await open(path, 'wx')
    try {
      const hash = createHash('sha256')
      let byteLength = 0
      for await (const chunk of source) {
        byteLength += chunk.byteLength
        if (byteLength > mostBytes) return { kind: 'too_large' }
        hash.update(chunk)
        await file.writeFile(chunk)
      }
      await file.sync()
      isWhole = true
      return { kind: 'staged', path, sha256: hash.digest('hex'), byteLength }
    } finally {
      await file.close()
    }
  } finally {
    if (!isWhole) await rm(path, { force: true })
  }
}

/** To be called once, before anything is staged. */
export async function clearStaging(folder: string): Promise<void> {
  await clearDeadProcesses(folder)
}
