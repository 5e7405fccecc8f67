import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from '@jest/globals'
import { type Ending, type Lane, type LaneLimits, openLane } from '../../src/adapters/lane.js'
import type { Task } from '../../src/adapters/task.js'
import { inProcess, inThread } from '../../src/adapters/vessel.js'

const WORKER = new URL('./workers/misbehaving.mjs', import.meta.url)
const ROOMY: LaneLimits = { fileMilliseconds: 30_000, workerBytes: 600 * 2 ** 20 }
const BRIEF: LaneLimits = { ...ROOMY, fileMilliseconds: 2_500 }

const open: Lane[] = []
afterEach(() => {
  for (const lane of open.splice(0)) lane.close()
})

/** A thread's memory is that of the tests' own process, which may be any size. */
function lane(kind: 'process' | 'thread', limits: LaneLimits): Lane {
  const opened =
    kind === 'process'
      ? openLane(inProcess(WORKER, limits.workerBytes), limits)
      : openLane(inThread(WORKER, null), { ...limits, workerBytes: 3 * process.memoryUsage.rss() + limits.workerBytes })
  open.push(opened)
  return opened
}

function task(fileName: string, path = ''): Task {
  return {
    work: 'extract',
    fileName,
    source: { kind: 'path', path },
    options: { engine: 'pdfium', secondReading: 'doubt' },
  }
}

function said(ending: Ending): { fileName: string; pid: number; answered: number } {
  if (ending.kind !== 'answer' || ending.answer.kind !== 'record') throw new Error(`no answer: ${ending.kind}`)
  return JSON.parse(Buffer.from(ending.answer.line).toString())
}

describe.each(['process', 'thread'] as const)('a worker in a %s', (kind) => {
  test('answers one task after the other without being started anew', async () => {
    const steady = lane(kind, ROOMY)
    expect(said(await steady.run(task('a.pdf')))).toMatchObject({ fileName: 'a.pdf', answered: 1 })
    expect(said(await steady.run(task('b.pdf')))).toMatchObject({ fileName: 'b.pdf', answered: 2 })
  })

  test('that hangs is ended at its deadline, and the next task is answered', async () => {
    const brief = lane(kind, BRIEF)
    expect(await brief.run(task('hang'))).toEqual({ kind: 'timeout' })
    expect(said(await brief.run(task('after.pdf')))).toMatchObject({ fileName: 'after.pdf', answered: 1 })
  })

  test('that says something else than an answer counts as crashed', async () => {
    expect(await lane(kind, ROOMY).run(task('babble'))).toMatchObject({ kind: 'crash' })
  })
})

describe('a worker in a process', () => {
  test('that eats memory is ended, and the next task is answered', async () => {
    const greedy = lane('process', ROOMY)
    expect(await greedy.run(task('eat'))).toEqual({ kind: 'out_of_memory' })
    expect(said(await greedy.run(task('after.pdf')))).toMatchObject({ fileName: 'after.pdf' })
  })

  test('that owes its memory to earlier files gives the file a fresh start', async () => {
    const lane1 = lane('process', ROOMY)
    await lane1.run(task('first.pdf'))
    expect(said(await lane1.run(task('eat-unless-fresh')))).toMatchObject({ answered: 1 })
  })

  test('that dies is tried once more, and then the crash is the answer', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gouji-lane-'))
    try {
      const frail = lane('process', ROOMY)
      expect(said(await frail.run(task('crash-once', join(folder, 'seen'))))).toMatchObject({ fileName: 'crash-once' })
      expect(await frail.run(task('crash'))).toEqual({ kind: 'crash', detail: 'exit SIGSEGV' })
      expect(said(await frail.run(task('after.pdf')))).toMatchObject({ fileName: 'after.pdf' })
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  test('is gone after its lane has been closed', async () => {
    const brief = lane('process', ROOMY)
    const { pid } = said(await brief.run(task('a.pdf')))
    brief.close()
    await expect(gone(pid)).resolves.toBe(true)
  })
})

test('a worker in a thread that outgrows the process limit ends as out of memory', async () => {
  const limits = { ...ROOMY, workerBytes: process.memoryUsage.rss() + 200 * 2 ** 20 }
  const greedy = openLane(inThread(WORKER, null), limits)
  open.push(greedy)
  expect(await greedy.run(task('eat'))).toEqual({ kind: 'out_of_memory' })
})

async function gone(pid: number): Promise<boolean> {
  for (let look = 0; look < 100; look += 1) {
    try {
      process.kill(pid, 0)
    } catch {
      return true
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return false
}
