import { describe, expect, test } from '@jest/globals'
import { inOrder } from '../../src/adapters/pool.js'

async function* things<T>(...values: T[]): AsyncGenerator<T> {
  yield* values
}

async function collect<T>(outcomes: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const outcome of outcomes) all.push(outcome)
  return all
}

/** Work whose end the test decides. */
function held() {
  const gates = new Map<string, () => void>()
  const begun: string[] = []
  const work = async (name: string) => {
    begun.push(name)
    await new Promise<void>((resolve) => gates.set(name, resolve))
    return name
  }
  return { work, begun, finish: (name: string) => gates.get(name)?.() }
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 5))

describe('work spread over lanes', () => {
  test('comes out in the order it went in, whatever order it finished in', async () => {
    const { work, finish } = held()
    const all = collect(inOrder(things('a', 'b', 'c'), 3, work))
    await settle()
    for (const name of ['c', 'b', 'a']) finish(name)
    expect(await all).toEqual(['a', 'b', 'c'])
  })

  test('hands out the head of the line while the rest is still at work', async () => {
    const { work, finish } = held()
    const outcomes = inOrder(things('a', 'b'), 2, work)
    const first = outcomes.next()
    await settle()
    finish('a')
    expect(await first).toEqual({ done: false, value: 'a' })
    const second = outcomes.next()
    finish('b')
    expect(await second).toEqual({ done: false, value: 'b' })
  })

  test('never runs two things in one lane', async () => {
    const busy = new Set<number>()
    const clashes: number[] = []
    await collect(
      inOrder(things(...Array.from({ length: 40 }, (_, index) => index)), 3, async (_, lane) => {
        if (busy.has(lane)) clashes.push(lane)
        busy.add(lane)
        await settle()
        busy.delete(lane)
      }),
    )
    expect(clashes).toEqual([])
  })

  test('asks for no more things than there are free lanes', async () => {
    let asked = 0
    async function* counted() {
      for (const name of ['a', 'b', 'c', 'd']) {
        asked += 1
        yield name
      }
    }
    const { work, finish } = held()
    const all = collect(inOrder(counted(), 2, work))
    await settle()
    expect(asked).toBe(2)
    for (const name of ['a', 'b']) finish(name)
    await settle()
    for (const name of ['c', 'd']) finish(name)
    expect(await all).toHaveLength(4)
  })

  test('stops running ahead while the head of the line is slow', async () => {
    const { work, begun, finish } = held()
    const all = collect(
      inOrder(things('slow', ...Array.from({ length: 200 }, (_, index) => String(index))), 2, async (name) =>
        name === 'slow' ? work(name) : begun.push(name),
      ),
    )
    await settle()
    const ahead = begun.length
    expect(ahead).toBeGreaterThan(1)
    expect(ahead).toBeLessThan(100)
    finish('slow')
    expect(await all).toHaveLength(201)
  })

  test('gives the first lane alone to things that come one after the other', async () => {
    const lanes = new Set<number>()
    async function* slow() {
      for (let count = 0; count < 5; count += 1) {
        await settle()
        yield count
      }
    }
    await collect(inOrder(slow(), 4, async (_, lane) => lanes.add(lane)))
    expect([...lanes]).toEqual([0])
  })

  test('of nothing is nothing', async () => {
    expect(await collect(inOrder(things<string>(), 2, async (name) => name))).toEqual([])
  })
})
