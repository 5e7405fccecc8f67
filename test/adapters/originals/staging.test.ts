import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { clearStaging, stage } from '../../../src/adapters/originals/staging.js'
import { sha256Of } from '../../build/originals.js'

const ROOMY = 2 ** 30

let folder: string
const children: ChildProcess[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gouji-staging-'))
})
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  rmSync(folder, { recursive: true })
})

function staged(): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

describe('staging', () => {
  test('writes what arrives, and says what it was', async () => {
    const result = await stage(folder, Readable.from([Buffer.from('年度'), Buffer.from('报告')]), ROOMY)
    expect(result).toMatchObject({ kind: 'staged', sha256: sha256Of('年度报告'), byteLength: 12 })
    expect(staged()).toHaveLength(1)
    expect(readFileSync(staged()[0] ?? '').toString()).toBe('年度报告')
  })

  test('takes nothing at all for an empty file', async () => {
    expect(await stage(folder, Readable.from([]), ROOMY)).toMatchObject({ byteLength: 0, sha256: sha256Of('') })
  })

  test('asks for more only when what it has is written', async () => {
    const chunk = Buffer.alloc(10_000)
    async function* source() {
      for (let number = 0; number < 20; number += 1) {
        const written = staged().reduce((sum, path) => sum + statSync(path).size, 0)
        expect(written).toBe(number * chunk.length)
        yield chunk
      }
    }
    expect(await stage(folder, source(), ROOMY)).toMatchObject({ byteLength: 200_000 })
  })

  test('takes as much as is allowed; one byte more is too large, leaves nothing and ends the source', async () => {
    expect(await stage(folder, Readable.from([Buffer.alloc(6), Buffer.alloc(4)]), 10)).toMatchObject({ byteLength: 10 })
    for (const path of staged()) rmSync(path)
    const source = Readable.from([Buffer.alloc(6), Buffer.alloc(5), Buffer.alloc(1_000)])
    expect(await stage(folder, source, 10)).toEqual({ kind: 'too_large' })
    expect(staged()).toEqual([])
    expect(source.destroyed).toBe(true)
  })

  test('throws what ends the source, and leaves nothing', async () => {
    const gone = new Error('the client went away')
    async function* source() {
      yield Buffer.alloc(1_000)
      throw gone
    }
    await expect(stage(folder, source(), ROOMY)).rejects.toBe(gone)
    const broken = new Readable({ read: () => undefined })
    broken.push(Buffer.alloc(1_000))
    setTimeout(() => broken.destroy(), 20)
    await expect(stage(folder, broken, ROOMY)).rejects.toThrow('Premature close')
    expect(staged()).toEqual([])
  })

  test('keeps what arrives at once apart', async () => {
    const results = await Promise.all(
      ['一', '二', '三'].map((text) => stage(folder, Readable.from([Buffer.from(text)]), 9)),
    )
    expect(new Set(results.map((result) => (result.kind === 'staged' ? result.path : ''))).size).toBe(3)
    expect(
      staged()
        .map((path) => readFileSync(path).toString())
        .sort(),
    ).toEqual(['一', '三', '二'].sort())
  })
})

describe('clearing the staging folder', () => {
  test('is no trouble before there is one', async () => {
    await clearStaging(join(folder, 'not', 'yet'))
  })

  test('takes away what a killed process left, and nothing of a living one', async () => {
    const [dead, living] = [await stagingProcess(), await stagingProcess()]
    await stage(folder, Readable.from([Buffer.from('own')]), 9)
    dead.kill('SIGKILL')
    await once(dead, 'close')
    expect(staged()).toHaveLength(3)
    await clearStaging(folder)
    expect(
      staged()
        .map((path) => readFileSync(path).toString())
        .sort(),
    ).toEqual(['half', 'own'])
    living.kill('SIGKILL')
    await once(living, 'close')
    await clearStaging(folder)
    expect(staged().map((path) => readFileSync(path).toString())).toEqual(['own'])
  })

  test('knows a process from an earlier one with its number', async () => {
    const earlier = join(folder, `${hostname()}-${process.pid}-1`)
    mkdirSync(earlier)
    await clearStaging(folder)
    expect(existsSync(earlier)).toBe(process.platform !== 'linux')
  })

  test('leaves what another host wrote today, and what nobody of us made', async () => {
    const [today, lastWeek, foreign] = ['elsewhere-1-1', 'elsewhere-1-2', 'lost+found'].map((name) =>
      join(folder, name),
    )
    for (const path of [today, lastWeek, foreign]) mkdirSync(path ?? '')
    utimesSync(lastWeek ?? '', new Date(Date.now() - 7 * 86_400_000), new Date(Date.now() - 7 * 86_400_000))
    await clearStaging(folder)
    expect(readdirSync(folder).sort()).toEqual(['elsewhere-1-1', 'lost+found'])
  })
})

/** A process in the middle of staging a file of which it has written `half`. */
async function stagingProcess(): Promise<ChildProcess> {
  const script = fileURLToPath(new URL('./processes/half-staged.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', script, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  await once(child.stdout ?? child, 'data')
  return child
}
