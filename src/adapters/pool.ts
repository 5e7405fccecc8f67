/**
 * Things to do → what came of them, in the order of the things, whatever order the work finished in.
 *
 * An outcome is handed out as soon as the head of the line is done. A thing is asked for only when a lane is free, so that the
 * bytes of an archive's members do not pile up; and nothing new is begun while AHEAD outcomes a lane wait for the head, so
 * that one slow file does not fill the memory with finished ones. The lane freed last is used next: it is the warmest, and
 * where the work is slow to come in, the others are never started.
 */
const AHEAD = 16

interface Place<Outcome> {
  readonly promise: Promise<unknown>
  outcome: { readonly value: Outcome } | null
}

export async function* inOrder<Thing, Outcome>(
  things: AsyncIterable<Thing>,
  laneCount: number,
  work: (thing: Thing, lane: number) => Promise<Outcome>,
): AsyncGenerator<Outcome, void, undefined> {
  const iterator = things[Symbol.asyncIterator]()
  const free = Array.from({ length: laneCount }, (_, index) => laneCount - 1 - index)
  const line: Place<Outcome>[] = []
  let isExhausted = false

  const begin = (thing: Thing, lane: number): Place<Outcome> => {
    const promise = work(thing, lane).then((value) => {
      place.outcome = { value }
      free.push(lane)
    })
    const place: Place<Outcome> = { promise, outcome: null }
    return place
  }

  try {
    for (;;) {
      while (!isExhausted && free.length > 0 && line.length < laneCount * AHEAD) {
        const next = await iterator.next()
        const lane = next.done === true ? undefined : free.pop()
        if (next.done === true || lane === undefined) isExhausted = true
        else line.push(begin(next.value, lane))
      }
      while (line[0]?.outcome) {
        const { value } = line[0].outcome
        line.shift()
        yield value
      }
      const working = line.filter((place) => place.outcome === null)
      if (working.length > 0) await Promise.race(working.map((place) => place.promise))
      else if (isExhausted) return
    }
  } finally {
    await iterator.return?.()
  }
}
