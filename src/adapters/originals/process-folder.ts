/**
 * A folder of this process within a folder that several processes share: for files that are not finished yet.
 *
 * Its name says whose it is, HOST-PID-START, so that what a killed process left can be told from what a living one is writing. Where
 * that cannot be seen from here (another host, such as another container), it is taken away once nothing has been written for a day.
 */
import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { ownMark, type ProcessMark, whetherLiving } from '../living-process.js'
import { isSystemError } from '../system-error.js'

const NAME = /^(?<host>.*)-(?<pid>\d+)-(?<start>\d*)$/
const ABANDONED_MILLISECONDS = 24 * 3_600_000

const own = nameOf(ownMark())

export function processFolder(shared: string): string {
  return join(shared, own)
}

/** Removes the folders of processes that are gone. Anything else that lies there is left alone. */
export async function clearDeadProcesses(shared: string): Promise<void> {
  for (const name of await namesIn(shared)) {
    const path = join(shared, name)
    if (name !== own && (await isDead(name, path))) await rm(path, { recursive: true, force: true })
  }
}

function nameOf({ host, pid, start }: ProcessMark): string {
  return `${host}-${pid}-${start ?? ''}`
}

async function isDead(name: string, path: string): Promise<boolean> {
  const { host, pid, start } = NAME.exec(name)?.groups ?? {}
  if (host === undefined) return false
  const living = whetherLiving({ host, pid: Number(pid), start: start === '' ? null : Number(start) })
  return living === 'dead' || (living === 'unknown' && (await isAbandoned(path)))
}

async function isAbandoned(path: string): Promise<boolean> {
  let latest = 0
  for (const inside of ['', ...(await namesIn(path))]) {
    const info = await stat(join(path, inside)).catch(() => null)
    latest = Math.max(latest, info?.mtimeMs ?? 0)
  }
  return latest < Date.now() - ABANDONED_MILLISECONDS
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    // Not made yet, gone meanwhile, or a file.
    if (isSystemError(error) && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return []
    throw error
  }
}
