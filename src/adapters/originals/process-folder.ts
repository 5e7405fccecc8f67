/**
 * A folder of this process within a folder that several processes share: for files that are not finished yet.
 *
 * Its name says whose it is, HOST-PID-START, so that what a killed process left can be told from what a living one is writing. A
 * number of a process is given again, in a container nearly always the same one, hence the time of its start. The processes of
 * another host cannot be seen from here: what they left is taken away once nothing has been written there for a day.
 */
import { readFileSync } from 'node:fs'
import { readdir, rm, stat } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { isSystemError } from '../system-error.js'

const NAME = /^(?<host>.*)-(?<pid>\d+)-(?<start>\d+)$/
const ABANDONED_MILLISECONDS = 24 * 3_600_000

const own = `${hostname()}-${process.pid}-${startOf(process.pid) ?? 0}`

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

async function isDead(name: string, path: string): Promise<boolean> {
  const { host, pid, start } = NAME.exec(name)?.groups ?? {}
  if (host === undefined) return false
  if (host !== hostname()) return isAbandoned(path)
  if (!isRunning(Number(pid))) return true
  const startNow = startOf(Number(pid))
  return startNow === null ? isAbandoned(path) : startNow !== Number(start)
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // It may also run, and belong to somebody else.
    return isSystemError(error) && error.code === 'EPERM'
  }
}

/** In clock ticks since the machine started; null where the system does not tell. */
function startOf(pid: number): number | null {
  try {
    // The second field, the name of the program, may hold blanks and parentheses.
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').replace(/^.*\)/s, '').trim().split(' ')
    return Number(fields[19])
  } catch (error) {
    if (isSystemError(error)) return null
    throw error
  }
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
