import { describe, expect, test } from '@jest/globals'
import { openGate } from '../../src/adapters/gate.js'

/** Work whose end the test decides, and who is at it. */
function held() {
  const present: string[] = []
  const ends = new Map<string, () => void>()
  const work = (name: string) => async () => {
    present.push(name)
    await new Promise<void>((resolve) => ends.set(name, resolve))
    present.splice(present.indexOf(name), 1)
    return name
  }
  const end = async (name: string) => {
    ends.get(name)?.()
    await settle()
  }
  return { present, work, end }
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 5))

describe('work at the gate', () => {
  test('is done side by side', async () => {
    const { present, work, end } = held()
    const gate = openGate()
    const both = Promise.all([gate.together(work('a')), gate.together(work('b'))])
    await settle()
    expect(present).toEqual(['a', 'b'])
    await end('a')
    await end('b')
    expect(await both).toEqual(['a', 'b'])
  })

  test('that must be alone waits for all before it, and all after it wait', async () => {
    const { present, work, end } = held()
    const gate = openGate()
    const all = [gate.together(work('a')), gate.together(work('b')), gate.alone(work('c')), gate.together(work('d'))]
    await settle()
    expect(present).toEqual(['a', 'b'])
    await end('a')
    expect(present).toEqual(['b'])
    await end('b')
    expect(present).toEqual(['c'])
    await end('c')
    expect(present).toEqual(['d'])
    await end('d')
    expect(await Promise.all(all)).toEqual(['a', 'b', 'c', 'd'])
  })

  test('that must be alone waits for others that must be', async () => {
    const { present, work, end } = held()
    const gate = openGate()
    const both = Promise.all([gate.alone(work('a')), gate.alone(work('b'))])
    await settle()
    expect(present).toEqual(['a'])
    await end('a')
    expect(present).toEqual(['b'])
    await end('b')
    await both
  })

  test('lets the next in when it fails, and says so to its own caller alone', async () => {
    const gate = openGate()
    const fails = gate.alone(() => Promise.reject(new Error('no')))
    const next = gate.together(async () => 'yes')
    await expect(fails).rejects.toThrow('no')
    expect(await next).toBe('yes')
    expect(await gate.alone(async () => 'alone')).toBe('alone')
  })
})
