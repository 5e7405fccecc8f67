/** Runs the bundled watch, which `npm test` builds first: a thread needs JavaScript. */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'

test('a worker that is too busy to listen ends when its parent has been killed', async () => {
  const script = fileURLToPath(new URL('./workers/orphaned.mjs', import.meta.url))
  const parent = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'ignore'] })
  const busy = await new Promise<number>((resolve, reject) => {
    parent.stdout.once('data', (line) => resolve(Number(line)))
    parent.stdout.once('end', () => reject(new Error('the worker did not start: is dist/ built?')))
  })
  expect(isAlive(busy)).toBe(true)
  parent.kill('SIGKILL')
  for (let look = 0; look < 200 && isAlive(busy); look += 1) await new Promise((resolve) => setTimeout(resolve, 50))
  expect(isAlive(busy)).toBe(false)
})

/** A process that has ended and that nobody has waited for yet is not alive. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  return process.platform !== 'linux' || !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
}
