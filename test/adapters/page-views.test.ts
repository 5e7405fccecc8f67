import { describe, expect, test } from '@jest/globals'
import { openPageViews, type PageViewLimits } from '../../src/adapters/page-views.js'
import type { OfPage, PageText, Picture } from '../../src/adapters/pictures.js'
import type { Source } from '../../src/adapters/task.js'

/** Pages that are drawn when the test says so. */
function studio(limits: Partial<PageViewLimits> = {}) {
  const drawn: string[] = []
  const read: string[] = []
  const waiting: (() => void)[] = []
  const draw = (source: { kind: string }, page: number, dpi: number) =>
    new Promise<OfPage<Picture>>((resolve) => {
      drawn.push(`${page}@${dpi}`)
      waiting.push(() => {
        const refusal = { code: 'page_not_found', message: `这份文件没有第 ${page} 页。` } as const
        const png = new Uint8Array(10).fill(page)
        if (page > 90) resolve({ ok: false, refusal })
        else resolve({ ok: true, value: { png, width: 1, height: 1, missingFonts: source.kind !== 'bytes' } })
      })
    })
  const text = async (_source: unknown, page: number): Promise<OfPage<PageText>> => ({
    ok: true,
    value: { width: 1, height: 1, runs: [{ text: `第${page}页`, box: [0, 0, 1, 1] }] },
  })
  const blocks = async (source: Source): Promise<OfPage<Uint8Array>> => ({
    ok: true,
    value: source.kind === 'bytes' ? source.bytes : new Uint8Array(),
  })
  const originals = {
    read: async (sha256: string) => {
      read.push(sha256)
      return Buffer.from(sha256)
    },
  }
  const views = openPageViews({ draw, text, blocks }, originals, { atOnce: 1, waiting: 2, bytes: 25, ...limits })
  const settle = () => new Promise((resolve) => setImmediate(resolve))
  return {
    views,
    drawn,
    read,
    /** Ends the drawing in hand. */
    finish: async () => {
      await settle()
      waiting.shift()?.()
      await settle()
    },
  }
}

describe('views of pages', () => {
  test('are made once for all who ask at once, and not again for who asks later', async () => {
    const { views, drawn, read, finish } = studio()
    const both = [views.picture('a', 1, 72), views.picture('a', 1, 72)]
    await finish()
    const [first, second] = await Promise.all(both)
    expect(first).toEqual({ kind: 'made', view: { body: new Uint8Array(10).fill(1), missingFonts: false } })
    expect(second).toBe(first)
    expect(await views.picture('a', 1, 72)).toEqual(first)
    expect([drawn, read]).toEqual([['1@72'], ['a']])
  })

  test('are made one by one, and an original is read when its turn has come', async () => {
    const { views, drawn, read, finish } = studio()
    const all = [views.picture('a', 1, 72), views.picture('b', 1, 72), views.picture('b', 1, 144)]
    await finish()
    expect([drawn, read]).toEqual([
      ['1@72', '1@72'],
      ['a', 'b'],
    ])
    await finish()
    await finish()
    expect((await Promise.all(all)).map(({ kind }) => kind)).toEqual(['made', 'made', 'made'])
  })

  test('are refused at once when too many wait, and made again when they do not', async () => {
    const { views, finish } = studio({ waiting: 1 })
    const all = [views.picture('a', 1, 72), views.picture('a', 2, 72)]
    expect(await views.picture('a', 3, 72)).toEqual({ kind: 'busy' })
    await finish()
    await finish()
    await Promise.all(all)
    const late = views.picture('a', 3, 72)
    await finish()
    expect((await late).kind).toBe('made')
  })

  test('give way when there are too many, the one that nobody asked for longest first', async () => {
    const { views, drawn, finish } = studio()
    const see = async (page: number) => {
      const seen = views.picture('a', page, 72)
      await finish()
      return seen
    }
    await see(1)
    await see(2)
    await see(1)
    await see(3)
    await see(1)
    await see(2)
    expect(drawn).toEqual(['1@72', '2@72', '3@72', '2@72'])
  })

  test('that a file refuses are not kept', async () => {
    const { views, drawn, finish } = studio()
    for (let time = 0; time < 2; time += 1) {
      const seen = views.picture('a', 99, 72)
      await finish()
      expect(await seen).toMatchObject({ kind: 'refused', refusal: { code: 'page_not_found' } })
    }
    expect(drawn).toHaveLength(2)
  })

  test('that throw leave the turn to the next', async () => {
    const views = openPageViews(
      {
        draw: () => Promise.reject(new Error('the worker threw')),
        text: async () => ({ ok: true, value: { width: 1, height: 1, runs: [] } }),
        blocks: () => Promise.reject(new Error('not part of this test')),
      },
      { read: async () => Buffer.alloc(0) },
    )
    const [drawn, told] = await Promise.allSettled([views.picture('a', 1, 72), views.text('a', 1)])
    expect(drawn).toMatchObject({ status: 'rejected', reason: { message: 'the worker threw' } })
    expect(told).toMatchObject({ status: 'fulfilled', value: { kind: 'made' } })
  })

  test('are texts too, as JSON', async () => {
    const { views } = studio({ bytes: 1_000 })
    const seen = await views.text('a', 2)
    if (seen.kind !== 'made') throw new Error('no text was made')
    expect(JSON.parse(Buffer.from(seen.view.body).toString())).toMatchObject({ runs: [{ text: '第2页' }] })
  })

  test('are the blocks of a file without pages, read once', async () => {
    const { views, read } = studio({ bytes: 1_000 })
    for (let time = 0; time < 2; time += 1) {
      const seen = await views.blocks('a')
      if (seen.kind !== 'made') throw new Error('no blocks were made')
      expect(Buffer.from(seen.view.body).toString()).toBe('a')
    }
    expect(read).toEqual(['a'])
  })
})
