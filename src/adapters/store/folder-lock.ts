/**
 * A folder that one process at a time may use: a file beside it says which.
 *
 * The lock of a process that is gone is taken over. A process on another host, such as another container with the same volume, cannot be
 * seen: it counts as living as long as it touches the file, which it does every few seconds.
 */
import { closeSync, futimesSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { ownMark, type ProcessMark, whetherLiving } from '../living-process.js'
import { isSystemError } from '../system-error.js'
import { StoreRefused } from './refused.js'

const TOUCH_MILLISECONDS = 5_000
const SILENT_MILLISECONDS = 30_000
/** For what is the work of a moment: who has not finished it by then died. */
const MOMENT_MILLISECONDS = 5_000

export interface FolderLock {
  release(): void
}

/** Throws StoreRefused while another process, or another part of this one, has it. */
export async function lockFolder(path: string): Promise<FolderLock> {
  const mine = JSON.stringify(ownMark())
  let file = make(path, mine)
  while (file === null) {
    const holder = read(path)
    if (holder !== null && isInUse(path, holder)) throw inUse(path, holder)
    await takeAway(path)
    file = make(path, mine)
  }
  return hold(path, mine, file)
}

function hold(path: string, mine: string, file: number): FolderLock {
  const touch = setInterval(() => futimesSync(file, new Date(), new Date()), TOUCH_MILLISECONDS)
  touch.unref()
  let held = true
  const release = () => {
    if (!held) return
    held = false
    clearInterval(touch)
    process.off('exit', release)
    closeSync(file)
    if (textOf(path) === mine) rmSync(path, { force: true })
  }
  process.once('exit', release)
  return { release }
}

/** Two that find the lock of a dead process at once must not remove each other's new one: one of them looks again and removes it. */
async function takeAway(path: string): Promise<void> {
  const guard = `${path}.removing`
  const file = make(guard, '')
  if (file === null) {
    if (ageOf(guard) > MOMENT_MILLISECONDS) rmSync(guard, { force: true })
    await wait(50)
    return
  }
  try {
    const holder = read(path)
    // Nothing in it: it was made this very moment, or its process died then.
    const isLeft = holder === null ? ageOf(path) > MOMENT_MILLISECONDS : !isInUse(path, holder)
    if (isLeft) rmSync(path, { force: true })
  } finally {
    closeSync(file)
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

/** null: there is one. */
function make(path: string, text: string): number | null {
  try {
    const file = openSync(path, 'wx')
    writeSync(file, text)
    return file
  } catch (error) {
    if (isSystemError(error) && error.code === 'EEXIST') return null
    throw error
  }
}

/** null: nobody's, or not written yet. */
function read(path: string): ProcessMark | null {
  try {
    return JSON.parse(textOf(path))
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return ''
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
