import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { fixityRoutes } from '../../../src/adapters/http/fixity.js'
import { beginCheck } from '../../../src/adapters/store/fixity-checks.js'
import { type ArchiveService, openArchiveService } from '../../build/archive-service.js'
import { eventually } from '../../build/eventually.js'
import { STORES } from '../../build/store.js'

describe.each(STORES)('the check of the originals, on %s', (make) => {
  let service: ArchiveService
  beforeEach(async () => {
    service = await openArchiveService(make, [fixityRoutes])
  })
  afterEach(() => service.close())

  const standing = async () => (await service.ask('/api/v1/fixity', {}, ['read'])).json()
  const begin = () => service.ask('/api/v1/fixity', { method: 'POST' }, ['administer'])

  async function receive(content: string): Promise<string> {
    const sha256 = createHash('sha256').update(content).digest('hex')
    await service.db
      .insertInto('documents')
      .values({ sha256, byte_length: Buffer.byteLength(content), file_name: `${content}.pdf` })
      .execute()
    return sha256
  }

  test('has never been made in a new archive', async () => {
    expect(await standing()).toEqual({ running: null, last: null, cutShort: null })
  })

  test('goes on after it was asked for, and tells what differs, when, and who asked', async () => {
    await service.keepOriginal(await receive('在'), Buffer.from('在'))
    const gone = await receive('不在')
    const { status } = await begin()
    expect(status).toBe(202)
    await eventually(async () => (await standing()).last !== null)
    const { running, last, cutShort } = await standing()
    expect([running, cutShort]).toEqual([null, null])
    expect(last).toMatchObject({ originals: 2, sound: 1, changed: 0, unreadable: 0, missing: 1, untracked: 0 })
    expect(last.findings).toEqual([{ kind: 'missing', name: '不在.pdf', sha256: gone, detail: null }])
    expect(last.askedBy).toMatch(/^key:/)
    expect(Date.parse(last.endedAt)).toBeGreaterThanOrEqual(Date.parse(last.startedAt))
  })

  test('is made once at a time', async () => {
    await beginCheck(service.db, 'user:沈')
    expect((await begin()).json().running.askedBy).toBe('user:沈')
    const { count } = await service.db
      .selectFrom('fixity_checks')
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .executeTakeFirstOrThrow()
    expect(Number(count)).toBe(1)
  })

  test('that fell silent was cut short, and may be made again', async () => {
    const check = await beginCheck(service.db, 'system')
    await service.db
      .updateTable('fixity_checks')
      .set({ touched_at: new Date(Date.now() - 3_600_000) })
      .where('id', '=', check)
      .execute()
    expect(await standing()).toMatchObject({ running: null, last: null, cutShort: { askedBy: 'system' } })
    await begin()
    await eventually(async () => (await standing()).last !== null)
    expect((await standing()).cutShort).toBe(null)
  })
})
