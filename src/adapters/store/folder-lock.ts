/**
 * A folder that one process at a time may use: a file beside it says which.
 *
 * The lock of a process that is gone is taken over. A process on another host, such as another container with the same volume, cannot be
 * seen: it counts as living as long as it touches the file, which it does every few seconds.
 */
import { closeSync, openSync, readFileSync, rmSync, statSync, utimesSync, writeSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { ownMark, type ProcessMark, whetherLiving } from '../living-process.js'
import { isSystemError } from '../system-error.js'
import { StoreRefused } from './refused.js'

const TOUCH_MILLISECONDS = 5_000
const SILENT_MILLISECONDS = 30_000
/** Taking over is the work of a moment: who does not finish it died. */
const TAKE_OVER_MILLISECONDS = 5_000

export interface FolderLock {
  release(): void
}

/** Throws StoreRefused while another process, or another part of this one, has it. */
export async function lockFolder(path: string): Promise<FolderLock> {
  const mine = JSON.stringify(ownMark())
  while (!write(path, mine)) {
    const holder = read(path)
    if (holder !== null && isInUse(path, holder)) throw inUse(path, holder)
    await takeAway(path)
  }
  const touch = setInterval(() => utimesSync(path, new Date(), new Date()), TOUCH_MILLISECONDS)
  touch.unref()
  let held = true
  const release = () => {
    if (!held) return
    held = false
    clearInterval(touch)
    process.off('exit', release)
    rmSync(path, { force: true })
  }
  process.once('exit', release)
  return { release }
}

/** Two that find the lock of a dead process at once must not remove each other's new one: one of them looks again and removes it. */
async function takeAway(path: string): Promise<void> {
  const guard = `${path}.removing`
  if (!write(guard, '')) {
    if (ageOf(guard) > TAKE_OVER_MILLISECONDS) rmSync(guard, { force: true })
    await wait(50)
    return
  }
  try {
    const holder = read(path)
    if (holder === null || !isInUse(path, holder)) rmSync(path, { force: true })
  } finally {
    rmSync(guard, { force: true })
  }
}

function isInUse(path: string, holder: ProcessMark): boolean {
  const living = whetherLiving(holder)
  return living === 'living' || (living === 'unknown' && ageOf(path) < SILENT_MILLISECONDS)
}

function inUse(path: string, { host, pid }: ProcessMark): StoreRefused {
  return new StoreRefused(
    `数据文件夹正由另一个 gouji 进程使用（主机 ${host}，进程 ${pid}），请先停止它，或设置 DATABASE_URL 改用 PostgreSQL。` +
      `\nThe data folder is in use by another gouji (host ${host}, process ${pid}): stop it, or use PostgreSQL by DATABASE_URL. Lock: ${path}`,
  )
}

function write(path: string, text: string): boolean {
  try {
    const file = openSync(path, 'wx')
    writeSync(file, text)
    closeSync(file)
    return true
  } catch (error) {
    if (isSystemError(error) && error.code === 'EEXIST') return false
    throw error
  }
}

/** null: gone meanwhile, or its process died before it had written it. */
function read(path: string): ProcessMark | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    if (error instanceof SyntaxError || (isSystemError(error) && error.code === 'ENOENT')) return null
    throw error
  }
}

function ageOf(path: string): number {
  try {
    return Date.now() - statSync(path).mtimeMs
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return 0
    throw error
  }
}
