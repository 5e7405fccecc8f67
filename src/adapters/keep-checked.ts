/**
 * The checks between reports are made again as reports arrive and change, for as long as the process runs.
 *
 * What is to be done stands in the store, so that nothing is lost with a process, and any number of them may do this at once.
 */
import { againAndAgain, type Repeating } from './again-and-again.js'
import type { Service } from './service.js'
import { checkNext } from './store/neighbours.js'

export function keepChecked({ db, log }: Pick<Service, 'db' | 'log'>, everyMilliseconds: number): Repeating {
  return againAndAgain(
    async (isClosed) => {
      while (!isClosed() && (await checkNext(db))) await new Promise((resolve) => setImmediate(resolve))
    },
    everyMilliseconds,
    (error) => log.warn({ err: error }, 'a report was not checked against others, to be tried again'),
  )
}
