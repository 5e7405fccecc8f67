/** What is left when a process is killed in the middle of keeping, and when the disk is full. */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterEach, describe, expect, test } from '@jest/globals'
import { openOriginals } from '../../../src/adapters/originals/open.js'
import { clearStaging, stage } from '../../../src/adapters/originals/staging.js'
import type { Originals } from '../../../src/adapters/service.js'
import { originalsPlace, sha256Of } from '../../build/originals.js'

const KILLS = 3
/** A file system in memory that Linux always has: another one than that of /tmp. */
const OTHER_FILE_SYSTEM = '/dev/shm'

const undo: (() => void)[] = []
afterEach(() => {
  for (const step of undo.splice(0).reverse()) step()
})

describe('a process killed in the middle of keeping', () => {
  test('leaves every original of a folder whole, and all that it reported', async () => {
    const place = originalsPlace('folder')
    undo.push(place.remove)
    await killKeepers(place.settings, join(place.folder, 'staging'), place.originals)
  })

  const isThere = existsSync(OTHER_FILE_SYSTEM) && statSync(OTHER_FILE_SYSTEM).dev !== statSync(tmpdir()).dev
  if (!isThere) console.info('Not tested here: staging on another file system than the originals; there is only one.')
  const testIfThere = isThere ? test : test.skip
  testIfThere('does so too when files come from another file system', async () => {
    const place = originalsPlace('folder')
    const staging = mkdtempSync(join(OTHER_FILE_SYSTEM, 'gouji-staging-'))
    undo.push(place.remove, () => rmSync(staging, { recursive: true }))
    await killKeepers(place.settings, staging, place.originals)
    const incoming = join(place.folder, 'kept', 'incoming')
    expect(readdirSync(incoming).length).toBeLessThanOrEqual(2)
    await openOriginals(place.settings).check()
    expect(readdirSync(incoming, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())).toEqual(
      [],
    )
  })

  test('leaves every original of a bucket whole, and all that it reported', async () => {
    const place = originalsPlace('bucket')
    undo.push(place.remove)
    await killKeepers(place.settings, join(place.folder, 'staging'), place.originals)
  })
})

/** What was in hand at a kill is sent again afterwards, as a sender who got no answer does. */
async function killKeepers(settings: unknown, staging: string, originals: Originals): Promise<void> {
  const reported = new Set<string>()
  for (let run = 0; run < KILLS; run += 1) {
    const before = reported.size
    // At a different moment each time: in the middle of staging, of copying, of sending.
    await runKeeper([settings, staging, `run ${run}`, 1_000], reported, (count) => (count === 3 ? run * 6 : null))
    expect(reported.size).toBeGreaterThanOrEqual(before + 3)
    expect(reported.size).toBeLessThan(before + 1_000)
    await runKeeper([settings, staging, `run ${run}`, reported.size - before + 1], reported, () => null)
  }
  const listed = new Set<string | null>()
  for await (const { sha256 } of originals.list()) {
    listed.add(sha256)
    await expect(originals.read(sha256 ?? '')).resolves.toHaveLength(32 * 32_768)
  }
  expect(listed).toEqual(reported)
  await clearStaging(staging)
  expect(readdirSync(staging)).toEqual([])
}

/** `killAfter` says of each file kept in how many milliseconds the keeper is to be killed, if at all. */
async function runKeeper(
  parameters: readonly unknown[],
  reported: Set<string>,
  killAfter: (count: number) => number | null,
): Promise<void> {
  const script = fileURLToPath(new URL('./processes/keeper.ts', import.meta.url))
  const words = parameters.map((word) => (typeof word === 'string' ? word : JSON.stringify(word)))
  const keeper = spawn(process.execPath, ['--import', 'tsx', script, ...words], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: process.env,
  })
  undo.push(() => keeper.kill('SIGKILL'))
  const closed = once(keeper, 'close')
  let count = 0
  for await (const line of createInterface({ input: keeper.stdout })) {
    reported.add(line)
    const milliseconds = killAfter(++count)
    if (milliseconds !== null) wait(milliseconds).then(() => keeper.kill('SIGKILL'))
  }
  await closed
}

describe('a full disk', () => {
  test('refuses what has no room, leaves nothing of it, and takes it once there is room', async () => {
    const folder = mountSmallDisk()
    if (folder === null) {
      console.info('Not tested here: a full disk; mounting one is not permitted.')
      return
    }
    const elsewhere = mkdtempSync(join(tmpdir(), 'gouji-staging-'))
    undo.push(() => rmSync(elsewhere, { recursive: true }))
    const originals = openOriginals({
      originalsUrl: pathToFileURL(join(folder, 'kept')).href,
      dataFolder: '',
      s3Endpoint: null,
    })
    const staging = join(folder, 'staging')
    const report = Buffer.alloc(600_000, '报告')
    const filler = join(folder, 'filler')

    await keepAll(originals, staging, Buffer.alloc(300_000, 'first'))
    await originals.check()
    writeFileSync(filler, Buffer.alloc(1_300_000))

    await expect(
      stage(staging, Readable.from([report.subarray(0, 300_000), report.subarray(300_000)]), 2 ** 30),
    ).rejects.toMatchObject({
      code: 'ENOSPC',
    })
    expect(filesIn(staging)).toEqual([])

    const staged = await stage(elsewhere, Readable.from([report]), 2 ** 30)
    if (staged.kind !== 'staged') throw new Error('not staged')
    await expect(originals.keep(staged.sha256, staged.path)).rejects.toMatchObject({ code: 'ENOSPC' })
    expect(await originals.has(staged.sha256)).toBe(false)
    expect(filesIn(join(folder, 'kept'))).toHaveLength(1)
    expect(existsSync(staged.path)).toBe(true)

    writeFileSync(join(folder, 'rest'), Buffer.alloc(1))
    expect(() => writeFileSync(join(folder, 'rest'), Buffer.alloc(2_000_000))).toThrow('ENOSPC')
    await expect(originals.check()).rejects.toMatchObject({ code: 'ENOSPC' })

    rmSync(filler)
    rmSync(join(folder, 'rest'))
    await originals.check()
    await originals.keep(staged.sha256, staged.path)
    expect(sha256Of(await originals.read(staged.sha256))).toBe(sha256Of(report))
    await keepAll(originals, staging, Buffer.alloc(300_000, 'last'))
    expect(filesIn(join(folder, 'kept'))).toHaveLength(3)
  })
})

/** null: not permitted, or not Linux. */
function mountSmallDisk(): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'gouji-disk-'))
  undo.push(() => rmSync(folder, { recursive: true }))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', folder], { stdio: 'ignore' })
  } catch {
    return null
  }
  undo.push(() => execFileSync('umount', [folder]))
  return folder
}

async function keepAll(originals: Originals, staging: string, content: Uint8Array): Promise<void> {
  const staged = await stage(staging, Readable.from([content]), 2 ** 30)
  if (staged.kind !== 'staged') throw new Error('not staged')
  await originals.keep(staged.sha256, staged.path)
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
}
