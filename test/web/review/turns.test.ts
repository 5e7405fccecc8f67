import { expect, test } from '@jest/globals'
import { oneAtATime, type Urgency } from '../../../web/src/review/turns.js'

function gate() {
  let open = () => {}
  const passed = new Promise<void>((resolve) => {
    open = resolve
  })
  return { open, passed }
}

test('the most urgent goes first, and one at a time', async () => {
  const inTurn = oneAtATime()
  const { signal } = new AbortController()
  const { open, passed } = gate()
  const order: string[] = []
  let running = 0
  const work =
    (name: string, until: Promise<void> = Promise.resolve()) =>
    async () => {
      running += 1
      expect(running).toBe(1)
      await until
      order.push(name)
      running -= 1
    }
  const all = [inTurn('seen', signal, work('first', passed))]
  const later: readonly (readonly [Urgency, string])[] = [
    ['small', 'small'],
    ['next', 'next'],
    ['cut', 'cut'],
    ['seen', 'seen'],
    ['cut', 'second cut'],
  ]
  for (const [urgency, name] of later) all.push(inTurn(urgency, signal, work(name)))
  open()
  await Promise.all(all)
  expect(order).toEqual(['first', 'seen', 'cut', 'second cut', 'next', 'small'])
})

test('what is not wanted any more does not take its turn', async () => {
  const inTurn = oneAtATime()
  const leaving = new AbortController()
  const { open, passed } = gate()
  let hasRun = false
  const first = inTurn('seen', new AbortController().signal, () => passed)
  const second = inTurn('seen', leaving.signal, async () => {
    hasRun = true
  })
  leaving.abort(new Error('left'))
  await expect(second).rejects.toThrow('left')
  open()
  await first
  await inTurn('seen', new AbortController().signal, async () => undefined)
  expect(hasRun).toBe(false)
})

test('work that fails lets the next one go on', async () => {
  const inTurn = oneAtATime()
  const { signal } = new AbortController()
  const failing = inTurn('seen', signal, () => Promise.reject(new Error('torn')))
  const next = inTurn('seen', signal, async () => 'drawn')
  await expect(failing).rejects.toThrow('torn')
  await expect(next).resolves.toBe('drawn')
})
