/**
 * Work that takes turns: one piece at a time, the most urgent first. All pages are drawn where the page reacts to people, so that two at
 * once would make both later.
 */

/** What is drawn first: what a person looks at, a cell cut from its page, the page that comes next, the small pictures at the side. */
export const URGENCIES = ['seen', 'cut', 'next', 'small'] as const
export type Urgency = (typeof URGENCIES)[number]

/** Milliseconds that what is not looked at waits for something that is: when a report opens, both are asked for at almost the same time. */
const AFTER = 30

interface Waiting {
  readonly rank: number
  start(): void
}

/** One piece of work at a time, the most urgent first, those of equal urgency as they came. */
export function oneAtATime() {
  const waiting: Waiting[] = []
  let isBusy = false

  const next = () => {
    if (isBusy) return
    const best = waiting.reduce<Waiting | null>(
      (best, one) => (best === null || one.rank < best.rank ? one : best),
      null,
    )
    if (best === null) return
    waiting.splice(waiting.indexOf(best), 1)
    isBusy = true
    best.start()
  }

  return <Value>(urgency: Urgency, signal: AbortSignal, work: () => Promise<Value>): Promise<Value> =>
    new Promise<Value>((resolve, reject) => {
      const leave = () => {
        const at = waiting.indexOf(one)
        if (at >= 0) waiting.splice(at, 1)
        reject(signal.reason)
      }
      const one: Waiting = {
        rank: URGENCIES.indexOf(urgency),
        start: () => {
          signal.removeEventListener('abort', leave)
          work()
            .then(resolve, reject)
            .finally(() => {
              isBusy = false
              next()
            })
        },
      }
      if (signal.aborted) {
        reject(signal.reason)
        return
      }
      signal.addEventListener('abort', leave, { once: true })
      waiting.push(one)
      if (urgency === 'seen') next()
      else setTimeout(next, AFTER)
    })
}
