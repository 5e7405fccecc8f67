/**
 * A worker, as a process of its own or as a thread of this one: what a task is sent to and what can be ended from outside.
 *
 * Many files are read in forked processes: memory can be attributed to a process, and SIGKILL ends whatever it is doing. One
 * file is read in a thread. That is legitimate although nothing caps the memory of a thread (V8's limits see neither buffers
 * nor WebAssembly): with one file, the memory of this process is the memory of that file, the main thread stays free to watch
 * it, and ending the thread's work ends the run. It saves the start of a second Node, 50 of some 250 ms on a small file.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { setPriority } from 'node:os'
import { SHARE_ENV, Worker } from 'node:worker_threads'
import type { Task } from './task.js'

/** How a worker ended that nobody asked to end. */
export interface Death {
  readonly outOfMemory: boolean
  /** For the developer: exit code or signal, and the last words on stderr. */
  readonly detail: string
}

export interface Listener {
  message(value: unknown): void
  /** At most once, and never after `kill`. */
  death(death: Death): void
}

export interface Vessel {
  send(task: Task): void
  /** null where the system does not tell: the worker then watches itself (orphan-watch.ts). */
  residentBytes(): number | null
  kill(): void
}

export type Launch = (listener: Listener) => Vessel

const LAST_WORDS = 2_000
/** There are as many workers as cores: one that cleans up on several threads takes the time from the others. */
const ON_ONE_CORE = '--single-threaded-gc'

const living = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of living) child.kill('SIGKILL')
})

/** `priority` as the system counts it: 0 is usual, 19 the most patient. */
export function inProcess(script: URL, residentLimit: number, priority = 0): Launch {
  return (listener) => {
    const child = fork(script, [String(residentLimit)], {
      execArgv: [...process.execArgv, ON_ONE_CORE],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    })
    living.add(child)
    if (priority !== 0 && child.pid !== undefined) setPriority(child.pid, priority)
    let killed = false
    let lastWords = ''
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      lastWords = (lastWords + text).slice(-LAST_WORDS)
    })
    child.on('message', (value) => listener.message(value))
    let dead = false
    const die = (outOfMemory: boolean, detail: string) => {
      living.delete(child)
      if (killed || dead) return
      dead = true
      listener.death({ outOfMemory, detail: `${detail}\n${lastWords}`.trim() })
    }
    child.on('error', (error) => die(false, error.message))
    // SIGKILL that we did not send is the system, or the worker's own watch, ending it for its memory; V8 aborts when its heap is full.
    child.on('close', (code, signal) => die(signal === 'SIGKILL' || signal === 'SIGABRT', `exit ${signal ?? code}`))
    return {
      send: (task) => {
        // A child that is already gone is reported by 'close'.
        if (child.connected) child.send(task, () => undefined)
      },
      residentBytes: () => (child.pid === undefined ? null : residentBytesOf(child.pid)),
      kill: () => {
        killed = true
        child.kill('SIGKILL')
      },
    }
  }
}

/** `pdfium` is made while the thread starts, where the file at hand is a PDF. */
export function inThread(script: URL, pdfium: Promise<WebAssembly.Module> | null): Launch {
  return (listener) => {
    const thread = new Worker(script, { stdout: true, stderr: true, env: SHARE_ENV })
    // What a library prints is nobody's to read, and would otherwise be kept in memory.
    thread.stdout.resume()
    thread.stderr.resume()
    let killed = false
    thread.on('message', (value) => listener.message(value))
    thread.on('error', (error: Error & { code?: string }) => {
      if (!killed)
        listener.death({ outOfMemory: error.code === 'ERR_WORKER_OUT_OF_MEMORY', detail: String(error.stack) })
      killed = true
    })
    thread.on('exit', (code) => {
      if (!killed) listener.death({ outOfMemory: false, detail: `exit ${code}` })
    })
    return {
      send: async (task) => {
        const made = await pdfium
        thread.postMessage(made === null ? task : { ...task, pdfium: made })
      },
      residentBytes: () => process.memoryUsage.rss(),
      kill: () => {
        killed = true
        thread.terminate()
      },
    }
  }
}

function residentBytesOf(pid: number): number | null {
  try {
    const kibibytes = /^VmRSS:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]
    return kibibytes === undefined ? null : Number(kibibytes) * 1024
  } catch {
    // No such file: another system than Linux, or a process that has just ended.
    return null
  }
}
