/** Whole processes measured from outside: how long they take, and the most memory they were seen to hold. */
import { fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import type { Task } from '../src/adapters/task.js'

export async function run(script: string, ...words: string[]): Promise<void> {
  const child = spawn(process.execPath, [script, ...words], { stdio: 'ignore' })
  await once(child, 'exit')
}

/** The peak of a worker process that reads one file and nothing else, in bytes; null where the system does not tell. */
export async function peakOfWorker(script: string, path: string): Promise<number | null> {
  const child = fork(script, [String(2 ** 40)], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const options = { engine: 'pdfium', secondReading: 'doubt' } as const
  child.send({ work: 'extract', fileName: path, source: { kind: 'path', path }, options } satisfies Task)
  await once(child, 'message')
  const peak = child.pid === undefined ? null : peakOf(child.pid)
  child.kill('SIGKILL')
  return peak
}

function peakOf(pid: number): number | null {
  try {
    const kibibytes = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]
    return kibibytes === undefined ? null : Number(kibibytes) * 1024
  } catch {
    // Another system than Linux.
    return null
  }
}
