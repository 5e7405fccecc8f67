/**
 * Several lanes as one: a task waits until one of them is free, and comes back with how it ended and what it took.
 *
 * First come, first served. The lane freed last is used next, as it is the warmest. Once closed, what is running or waiting fails here: the
 * lanes are ended and nobody would ever hear of it.
 */
import type { Ending, Lane } from './lane.js'
import type { Task } from './task.js'

export interface TimedEnding {
  readonly ending: Ending
  /** Without the wait for a lane. */
  readonly milliseconds: number
}

export interface Lanes {
  run(task: Task): Promise<TimedEnding>
  close(): void
}

export class LanesClosed extends Error {
  override readonly name = 'LanesClosed'
  constructor() {
    super('the lanes were closed before the task ended')
  }
}

export function joinLanes(lanes: readonly Lane[]): Lanes {
  const free = [...lanes].reverse()
  const waiting: ((lane: Lane) => void)[] = []
  const unfinished = new Set<(error: Error) => void>()
  let isClosed = false

  const seize = (): Promise<Lane> => {
    const lane = free.pop()
    return lane === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(lane)
  }
  const release = (lane: Lane) => {
    const next = waiting.shift()
    if (next === undefined) free.push(lane)
    else next(lane)
  }

  const run = async (task: Task): Promise<TimedEnding> => {
    const lane = await seize()
    if (isClosed) throw new LanesClosed()
    const begun = performance.now()
    try {
      const ending = await lane.run(task)
      return { ending, milliseconds: Math.round(performance.now() - begun) }
    } finally {
      release(lane)
    }
  }

  return {
    run: (task) =>
      new Promise((resolve, reject) => {
        if (isClosed) return reject(new LanesClosed())
        unfinished.add(reject)
        run(task)
          .then(resolve, reject)
          .finally(() => unfinished.delete(reject))
      }),
    close: () => {
      isClosed = true
      for (const fail of unfinished) fail(new LanesClosed())
      for (const lane of lanes) lane.close()
    },
  }
}
