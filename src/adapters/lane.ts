/**
 * One worker at a time, started when first needed and replaced when it had to be ended: task → how it ended, always.
 *
 * Promises that every task ends: by its answer, at its deadline, over its memory limit, or by the worker's death. Checks that
 * an answer has the shape of one; whether its record is sound is left to the caller. The deadline starts when the task is
 * sent, so a worker's start counts into the first one.
 *
 * A worker that has read other files before may owe them its memory or its damage. Such a task is given a fresh worker once;
 * a crash is tried once more in any case. So a file's record depends on the file, not on what was read before it.
 */
import { type Answer, isAnswer, type Task } from './task.js'
import type { Launch, Vessel } from './vessel.js'

export interface LaneLimits {
  readonly fileMilliseconds: number
  readonly workerBytes: number
}

export type Ending =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'out_of_memory' }
  | { readonly kind: 'crash'; readonly detail: string }

export interface Lane {
  /** Starts the worker before there is a task for it. */
  start(): void
  run(task: Task): Promise<Ending>
  close(): void
}

const WATCH_MILLISECONDS = 100
/** A worker is replaced after so many files, whatever its state: what leaks, leaks slowly, and a new one is slow for some thirty files. */
const FILES_PER_WORKER = 2_000

interface Crew {
  readonly vessel: Vessel
  filesRead: number
  /** The task in hand, told once how it ended. */
  settle: ((ending: Ending) => void) | null
}

export function openLane(launch: Launch, limits: LaneLimits): Lane {
  let crew: Crew | null = null

  const hire = (): Crew => {
    const started: Crew = {
      filesRead: 0,
      settle: null,
      vessel: launch({
        message: (value) => {
          started.settle?.(isAnswer(value) ? { kind: 'answer', answer: value } : { kind: 'crash', detail: 'no answer' })
        },
        death: ({ outOfMemory, detail }) => {
          if (crew === started) crew = null
          started.settle?.(outOfMemory ? { kind: 'out_of_memory' } : { kind: 'crash', detail })
        },
      }),
    }
    return started
  }

  const end = () => {
    crew?.vessel.kill()
    crew = null
  }

  const runOnce = (on: Crew, task: Task): Promise<Ending> =>
    new Promise((resolve) => {
      const deadline = setTimeout(() => on.settle?.({ kind: 'timeout' }), limits.fileMilliseconds)
      const watch = setInterval(() => {
        if ((on.vessel.residentBytes() ?? 0) > limits.workerBytes) on.settle?.({ kind: 'out_of_memory' })
      }, WATCH_MILLISECONDS)
      on.settle = (ending) => {
        on.settle = null
        clearTimeout(deadline)
        clearInterval(watch)
        on.filesRead += 1
        const isSpent = on.filesRead >= FILES_PER_WORKER || (on.vessel.residentBytes() ?? 0) > limits.workerBytes / 2
        if (crew === on && (ending.kind !== 'answer' || isSpent)) end()
        resolve(ending)
      }
      on.vessel.send(task)
    })

  return {
    start: () => {
      crew ??= hire()
    },
    run: async (task) => {
      crew ??= hire()
      const isFresh = crew.filesRead === 0
      const ending = await runOnce(crew, task)
      const deservesAnother = ending.kind === 'crash' || (ending.kind === 'out_of_memory' && !isFresh)
      if (!deservesAnother) return ending
      crew = hire()
      return runOnce(crew, task)
    },
    close: end,
  }
}
