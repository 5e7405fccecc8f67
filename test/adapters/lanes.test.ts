import { describe, expect, test } from '@jest/globals'
import type { Ending, Lane } from '../../src/adapters/lane.js'
import { joinLanes } from '../../src/adapters/lanes.js'
import type { Task } from '../../src/adapters/task.js'

const task = (fileName: string): Task => ({
  work: 'extract',
  fileName,
  source: { kind: 'path', path: '' },
  options: { engine: 'pdfium', secondReading: 'doubt' },
})

/** A lane whose tasks end when the test says so. */
function held() {
  const running: string[] = []
  const ends = new Map<string, (ending: Ending) => void>()
  let isClosed = false
  const lane: Lane = {
    start: () => undefined,
    run: (task) => {
      const fileName = 'fileName' in task ? task.fileName : ''
      running.push(fileName)
      return new Promise((resolve) => ends.set(fileName, resolve))
    },
    close: () => {
      isClosed = true
    },
  }
  const end = async (name: string) => {
    ends.get(name)?.({ kind: 'timeout' })
    await settle()
  }
  return { lane, running, end, isClosed: () => isClosed }
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 5))

describe('lanes as one', () => {
  test('run one task a lane, and the next when a lane is free', async () => {
    const [one, two] = [held(), held()]
    const lanes = joinLanes([one.lane, two.lane])
    const all = ['a', 'b', 'c'].map((name) => lanes.run(task(name)))
    await settle()
    expect([one.running, two.running]).toEqual([['a'], ['b']])
    await two.end('b')
    expect(two.running).toEqual(['b', 'c'])
    await one.end('a')
    await two.end('c')
    expect(await Promise.all(all)).toMatchObject(Array(3).fill({ ending: { kind: 'timeout' } }))
  })

  test('give one task after the other to the same lane', async () => {
    const [one, two] = [held(), held()]
    const lanes = joinLanes([one.lane, two.lane])
    for (const name of ['a', 'b', 'c']) {
      const done = lanes.run(task(name))
      await settle()
      await one.end(name)
      await done
    }
    expect([one.running, two.running]).toEqual([['a', 'b', 'c'], []])
  })

  test('fail what is running or waiting, and what comes later, when they are closed', async () => {
    const one = held()
    const lanes = joinLanes([one.lane])
    const all = Promise.allSettled([lanes.run(task('a')), lanes.run(task('b'))])
    await settle()
    lanes.close()
    expect(await all).toMatchObject([{ status: 'rejected' }, { status: 'rejected' }])
    await expect(lanes.run(task('c'))).rejects.toThrow('closed')
    expect(one.isClosed()).toBe(true)
    expect(one.running).toEqual(['a'])
  })
})
