import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { ownMark } from '../../../src/adapters/living-process.js'
import { lockFolder } from '../../../src/adapters/store/folder-lock.js'
import { StoreRefused } from '../../../src/adapters/store/refused.js'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gouji-lock-'))
  path = join(folder, 'store.lock')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const left = (mark: object) => writeFileSync(path, JSON.stringify({ ...ownMark(), ...mark }))
const touched = (file: string, millisecondsAgo: number) => {
  const then = new Date(Date.now() - millisecondsAgo)
  utimesSync(file, then, then)
}

test('is had by one at a time', async () => {
  const lock = await lockFolder(path)
  await expect(lockFolder(path)).rejects.toThrow(StoreRefused)
  lock.release()
  expect(existsSync(path)).toBe(false)
  const next = await lockFolder(path)
  // Released before: it is another's now.
  lock.release()
  expect(existsSync(path)).toBe(true)
  next.release()
})

test('of a process that is gone is taken over', async () => {
  left({ pid: 2 ** 22 + 1 })
  const lock = await lockFolder(path)
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(ownMark())
  lock.release()
})

test('of an earlier process with the number of a living one is taken over', async () => {
  const { start } = ownMark()
  if (start === null) return // The system does not tell when a process started.
  left({ start: start - 1 })
  const lock = await lockFolder(path)
  lock.release()
})

test('of another host counts as long as it is touched', async () => {
  left({ host: `not-${hostname()}`, pid: 1 })
  touched(path, 10_000)
  await expect(lockFolder(path)).rejects.toThrow(`not-${hostname()}`)
  touched(path, 60_000)
  const lock = await lockFolder(path)
  lock.release()
})

test('of a dead process is taken over by one of those who try at once', async () => {
  left({ pid: 2 ** 22 + 1 })
  const attempts = await Promise.allSettled([lockFolder(path), lockFolder(path), lockFolder(path)])
  expect(attempts.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected'])
  for (const attempt of attempts) if (attempt.status === 'fulfilled') attempt.value.release()
})

test('what a process left that died while it took over is no obstacle for long', async () => {
  left({ pid: 2 ** 22 + 1 })
  writeFileSync(`${path}.removing`, '')
  touched(`${path}.removing`, 60_000)
  const lock = await lockFolder(path)
  lock.release()
})

test('what a process left that died before it wrote its mark is taken over', async () => {
  writeFileSync(path, '')
  touched(path, 60_000)
  const lock = await lockFolder(path)
  lock.release()
})
