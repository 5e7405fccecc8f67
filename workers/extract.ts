/**
 * Tasks in, answers out, over and over: the reading end of src/adapters/vessel.ts, as a forked process or as a thread.
 *
 * A process among several also ends itself when its parent is gone: at once when it is idle, through its watch when it is busy.
 */
import { setFlagsFromString } from 'node:v8'
import { isMainThread, parentPort, Worker } from 'node:worker_threads'
import type { Answer, Task } from '../src/adapters/task.js'
import { loadAnswer } from './compiled.js'

/** The source is run by tsx. It has no watch, as tsx does not reach into threads. */
const IS_SOURCE = import.meta.url.endsWith('.ts')
const WATCH = IS_SOURCE ? null : new URL('./orphan-watch.cjs', import.meta.url)

/**
 * V8 optimises what has run over so many bytes of its code. By its own measure (135,168) it optimises on a report of five pages what then
 * hardly runs again, which is a tenth of that report's time, and of the first hundreds of files a process reads; at this one, 50 pages are no slower.
 */
const PATIENCE = 500_000
/**
 * Of what it optimises it takes at most so many bytes from the functions called. With its own measure (920) compiling costs twice as much, on a
 * core that another worker needs, and what comes of it is no faster.
 */
const MOST_INLINED = 100

const bundle = IS_SOURCE ? import('./answer.js') : loadAnswer()

// Only now: what is compiled already is refused under other flags than it was made with.
setFlagsFromString(`--interrupt-budget=${PATIENCE}`)
setFlagsFromString(`--max-inlined-bytecode-size-cumulative=${MOST_INLINED}`)

async function answer(task: Task): Promise<Answer> {
  return (await bundle).answer(task)
}

if (isMainThread) {
  if (WATCH !== null) new Worker(WATCH, { workerData: { residentLimit: Number(process.argv[2]) } }).unref()
  process.on('disconnect', () => process.exit())
  // Ctrl-C reaches every process of the terminal; the parent decides, so that a file in hand is not taken for a crash.
  process.on('SIGINT', () => undefined)
  process.on('message', async (task: Task) => {
    const answered = await answer(task)
    if (process.connected) process.send?.(answered)
  })
} else {
  parentPort?.on('message', async (task: Task) => parentPort?.postMessage(await answer(task)))
}
