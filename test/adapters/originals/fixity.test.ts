import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { runFixity } from '../../../src/adapters/fixity-check.js'
import { checkFixity, type KnownOriginal, reportFixity } from '../../../src/adapters/originals/fixity.js'
import { openDatabase } from '../../../src/adapters/store/database.js'
import { migrate } from '../../../src/adapters/store/migrate.js'
import { type OriginalsPlace, originalsPlace, sha256Of } from '../../build/originals.js'
import { freshDatabase } from '../../build/services.js'

let place: OriginalsPlace
afterEach(() => place.remove())

async function kept(content: string): Promise<KnownOriginal> {
  const { path, sha256 } = place.stagedFile(content)
  await place.originals.keep(sha256, path)
  return { sha256, byteLength: Buffer.byteLength(content), fileName: `${content}.pdf` }
}

async function* each(known: readonly KnownOriginal[]) {
  yield* known
}

async function report(known: readonly KnownOriginal[]): Promise<{ isSound: boolean; lines: string[] }> {
  const lines: string[] = []
  const isSound = await reportFixity(checkFixity(place.originals, each(known)), (line) => lines.push(line))
  return { isSound, lines }
}

function placed(sha256: string): string {
  return `${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`
}

describe.each(['folder', 'bucket'] as const)('the fixity of originals in a %s', (make) => {
  beforeEach(() => {
    place = originalsPlace(make)
  })

  test('is sound when all are as they were received', async () => {
    const { isSound, lines } = await report([await kept('一'), await kept('二')])
    expect(isSound).toBe(true)
    expect(lines).toHaveLength(1)
    expect(lines[0]).toContain('完好 2')
    expect(lines[0]).toContain('全部相符')
  })

  test('tells each that has changed, is missing, or lies there untracked', async () => {
    const [sound, flipped, cut] = [await kept('收到 12 件'), await kept('收到 14 件'), await kept('收到 16 件')]
    await place.overwrite(placed(flipped.sha256), '收到 15 件')
    await place.overwrite(placed(cut.sha256), '收到')
    const missing = { sha256: sha256Of('gone'), byteLength: 4, fileName: 'gone.pdf' }
    const orphan = await kept('没有登记')
    await place.overwrite('notes.txt', 'who put this here?')
    const { isSound, lines } = await report([sound, flipped, cut, missing])
    expect(isSound).toBe(false)
    expect(lines).toHaveLength(6)
    expect(lines.filter((line) => line.startsWith('已改变')).map((line) => line.split('　')[1])).toEqual([
      flipped.sha256,
      cut.sha256,
    ])
    expect(lines.find((line) => line.startsWith('缺失'))).toContain('gone.pdf')
    expect(lines.filter((line) => line.startsWith('未登记')).join()).toContain(orphan.sha256)
    expect(lines.filter((line) => line.startsWith('未登记')).join()).toContain('notes.txt')
    expect(lines.at(-1)).toContain('sound 1, changed 2, unreadable 0, missing 1, untracked 2')
  })

  test('tells bytes that are right but not those that were registered', async () => {
    const { lines } = await report([{ ...(await kept('一')), byteLength: 99 }])
    expect(lines[0]).toContain('登记为 99 字节，实为 3 字节')
  })

  test('does not take what is received meanwhile for untracked', async () => {
    const early = await kept('早')
    async function* known() {
      yield early
      yield await kept('晚')
    }
    const lines: string[] = []
    expect(await reportFixity(checkFixity(place.originals, known()), (line) => lines.push(line))).toBe(true)
  })
})

test('names that came from outside do nothing to the terminal', async () => {
  place = originalsPlace('folder')
  const { lines } = await report([{ sha256: sha256Of('x'), byteLength: 1, fileName: 'a\u001b[2Jb\u202e.pdf' }])
  expect(lines[0]).toContain('a_[2Jb_.pdf')
})

test('the command looks at all documents of the store, page by page, also at those that were deleted', async () => {
  place = originalsPlace('folder')
  const server = await freshDatabase()
  const { db, close } = await openDatabase({ databaseUrl: server.url, dataFolder: place.folder })
  try {
    await migrate(db)
    const deleted = await kept('已删除')
    await db
      .insertInto('documents')
      .values([
        ...Array.from({ length: 1001 }, (_, number) => ({
          sha256: sha256Of(String(number)),
          byte_length: 1,
          file_name: `${number}.pdf`,
        })),
        {
          sha256: deleted.sha256,
          byte_length: deleted.byteLength,
          file_name: deleted.fileName,
          deleted_at: new Date(0),
          deleted_reason: '重复',
        },
      ])
      .execute()
    const lines: string[] = []
    const service = { db, originals: place.originals }
    expect(await runFixity(service, (line) => lines.push(line))).toBe(false)
    expect(lines).toHaveLength(1002)
    expect(lines.at(-1)).toContain('sound 1, changed 0, unreadable 0, missing 1001, untracked 0')
  } finally {
    await close()
    await server.drop()
  }
})
