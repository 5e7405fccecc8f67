/**
 * Pages of originals, as pictures and as text, and the blocks of those that have no pages, for as many people as ask for them: what was made stays for a while, and what several ask
 * for at once is made once.
 *
 * Few pages are made at a time, and few wait: a person who looks has gone on before a long queue is worked off, so who would have to wait
 * too long is told so at once. An original is read when its turn has come, so that none lies in memory to wait.
 */
import type { OfPage, Pictures, Refusal } from './pictures.js'
import type { Originals } from './service.js'

export interface PageView {
  /** A PNG, or JSON. */
  readonly body: Uint8Array
  /** There was no font for some of the text in the picture. */
  readonly missingFonts: boolean
}

export type Viewed =
  | { readonly kind: 'made'; readonly view: PageView }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** Too many wait already. */
  | { readonly kind: 'busy' }

/** Pages count from 1. Both throw what reading the original throws. */
export interface PageViews {
  picture(sha256: string, page: number, dpi: number): Promise<Viewed>
  text(sha256: string, page: number): Promise<Viewed>
  blocks(sha256: string): Promise<Viewed>
}

export interface PageViewLimits {
  readonly atOnce: number
  readonly waiting: number
  /** Of all that stays. */
  readonly bytes: number
}

const LIMITS: PageViewLimits = { atOnce: 1, waiting: 24, bytes: 64 * 2 ** 20 }

export function openPageViews(
  pictures: Pick<Pictures, 'draw' | 'text' | 'blocks'>,
  originals: Pick<Originals, 'read'>,
  limits: PageViewLimits = LIMITS,
): PageViews {
  const kept = new Kept(limits.bytes)
  const underway = new Map<string, Promise<Viewed>>()
  const waiting: (() => void)[] = []
  let running = 0

  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    if (running < limits.atOnce) running += 1
    // Whoever is done hands on the turn, so that `running` stays.
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next === undefined) running -= 1
      else next()
    }
  }

  const view = (name: string, make: () => Promise<OfPage<PageView>>): Promise<Viewed> => {
    const known = kept.find(name)
    if (known !== null) return Promise.resolve({ kind: 'made', view: known })
    const same = underway.get(name)
    if (same !== undefined) return same
    if (waiting.length >= limits.waiting) return Promise.resolve({ kind: 'busy' })
    const making = inTurn(make)
      .then((made): Viewed => {
        if (!made.ok) return { kind: 'refused', refusal: made.refusal }
        kept.keep(name, made.value)
        return { kind: 'made', view: made.value }
      })
      .finally(() => underway.delete(name))
    underway.set(name, making)
    return making
  }

  return {
    picture: (sha256, page, dpi) =>
      view(`${sha256} ${page} ${dpi}`, async () => {
        const drawn = await pictures.draw({ kind: 'bytes', bytes: await originals.read(sha256) }, page, dpi)
        return drawn.ok ? { ok: true, value: { body: drawn.value.png, missingFonts: drawn.value.missingFonts } } : drawn
      }),
    text: (sha256, page) =>
      view(`${sha256} ${page} text`, async () => {
        const told = await pictures.text({ kind: 'bytes', bytes: await originals.read(sha256) }, page)
        return told.ok
          ? { ok: true, value: { body: Buffer.from(JSON.stringify(told.value)), missingFonts: false } }
          : told
      }),
    blocks: (sha256) =>
      view(`${sha256} blocks`, async () => {
        const read = await pictures.blocks({ kind: 'bytes', bytes: await originals.read(sha256) })
        return read.ok ? { ok: true, value: { body: read.value, missingFonts: false } } : read
      }),
  }
}

/** So many bytes; what was not used for longest gives way. */
class Kept {
  /** What was used last comes last. */
  readonly #views = new Map<string, PageView>()
  #bytes = 0

  constructor(private readonly most: number) {}

  find(name: string): PageView | null {
    const view = this.#views.get(name)
    if (view === undefined) return null
    this.#views.delete(name)
    this.#views.set(name, view)
    return view
  }

  keep(name: string, view: PageView): void {
    this.#views.set(name, view)
    this.#bytes += view.body.byteLength
    for (const [oldest, { body }] of this.#views) {
      if (this.#bytes <= this.most) return
      this.#views.delete(oldest)
      this.#bytes -= body.byteLength
    }
  }
}
