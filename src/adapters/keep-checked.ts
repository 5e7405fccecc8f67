/**
 * The checks between reports are made again as reports arrive and change, for as long as the process runs.
 *
 * What is to be done stands in the store, so that nothing is lost with a process, and any number of them may do this at once.
 */
import type { Service } from './service.js'
import { checkNext } from './store/neighbours.js'

export interface KeepingChecked {
  /** Lets the report in hand finish. */
  close(): Promise<void>
}

export function keepChecked({ db, log }: Pick<Service, 'db' | 'log'>, everyMilliseconds: number): KeepingChecked {
  let isClosed = false
  let timer: NodeJS.Timeout | undefined
  let current = Promise.resolve()

  const sweep = async () => {
    try {
      while (!isClosed && (await checkNext(db))) await new Promise((resolve) => setImmediate(resolve))
    } catch (error) {
      log.warn({ err: error }, 'a report was not checked against others, to be tried again')
    }
    if (!isClosed) timer = setTimeout(begin, everyMilliseconds)
  }
  const begin = () => {
    current = sweep()
  }
  begin()
  return {
    close: () => {
      isClosed = true
      clearTimeout(timer)
      return current
    },
  }
}
