/**
 * Reports that an earlier version has read get their row in the review queue, one after the other while the server already serves; then it is
 * done. What is read from now on brings its row along.
 */
import { setImmediate as breathe } from 'node:timers/promises'
import type { Service } from './service.js'
import { fillQueue } from './store/standing.js'

export interface FillingQueue {
  /** Settled when all have theirs, or it was closed. */
  readonly done: Promise<void>
  /** Lets the report in hand finish. */
  close(): Promise<void>
}

export function keepQueueFilled({ db, log }: Pick<Service, 'db' | 'log'>): FillingQueue {
  let isClosed = false
  const fill = async () => {
    try {
      for (let last: number | null = 0; last !== null && !isClosed; last = await fillQueue(db, last)) await breathe()
    } catch (error) {
      log.warn(
        { err: error },
        'the review queue was not filled with what was read before, to be tried at the next start',
      )
    }
  }
  const done = fill()
  return {
    done,
    close: () => {
      isClosed = true
      return done
    },
  }
}
