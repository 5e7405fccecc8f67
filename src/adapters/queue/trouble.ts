/**
 * Trouble with a connection → the log, once and not with every attempt to mend it. Connections mend themselves: none of it is fatal.
 */
import type { Logger } from 'pino'

const QUIET_MILLISECONDS = 30_000

export type Trouble = (error: Error) => void

/** The same trouble is told again after half a minute. */
export function logTrouble(log: Logger): Trouble {
  const told = new Map<string, number>()
  return (error) => {
    const now = Date.now()
    for (const [message, at] of told) if (now - at > QUIET_MILLISECONDS) told.delete(message)
    const { message } = error
    if (told.has(message)) return
    told.set(message, now)
    log.warn({ err: error }, 'queue connection in trouble')
  }
}
