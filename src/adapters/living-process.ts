/**
 * Which process wrote something down, and whether it still lives.
 *
 * Numbers of processes are given again, in a container nearly always the same one: the time of the start tells them apart, where the
 * system says it. The processes of another host, such as another container, cannot be seen from here.
 */
import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { isSystemError } from './system-error.js'

export interface ProcessMark {
  readonly host: string
  readonly pid: number
  /** In clock ticks since the machine started; null where the system does not tell. */
  readonly start: number | null
}

export function ownMark(): ProcessMark {
  return { host: hostname(), pid: process.pid, start: startOf(process.pid) }
}

export function whetherLiving(mark: ProcessMark): 'living' | 'dead' | 'unknown' {
  if (mark.host !== hostname()) return 'unknown'
  if (!isRunning(mark.pid)) return 'dead'
  const start = startOf(mark.pid)
  return start === null || mark.start === null || start === mark.start ? 'living' : 'dead'
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

function startOf(pid: number): number | null {
  try {
    // The second field, the name of the program, may hold blanks and parentheses; a zombie (Z) holds nothing any more.
    const [state, ...fields] = readFileSync(`/proc/${pid}/stat`, 'latin1')
      .replace(/^.*\) /s, '')
      .split(' ')
    return state === 'Z' ? -1 : Number(fields[18])
  } catch (error) {
    if (isSystemError(error)) return null
    throw error
  }
}
