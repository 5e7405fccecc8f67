/**
 * Originals by their SHA-256, opened once for all that show them: the page, the cells cut from it, and the report that comes next. One that
 * nobody holds stays open for a while, for who goes back.
 *
 * A PDF is drawn here; a page that cannot be drawn here, or a file that is too large to be brought here, is drawn by the server.
 */
import { problemOf } from '../api/call.js'
import type { Drawn, Pages } from './pages.js'
import { loadPdfjs, openPdf } from './pdf-file.js'
import { serverPages } from './server-pages.js'

const PDF = 'application/pdf'
/** Of the original: what is larger is not sent to the browser as a whole. */
const MOST_BYTES = 64 * 2 ** 20
/** Opened, and held by nobody. */
const STAYING = 2
/** Pictures from which cells are cut: pixels a point, and how many stay. */
const CUT_SCALE = 3
const PRELOAD_SCALE = 0.1
const CUTS_STAYING = 4

export interface Opened {
  readonly pages: Pages
  /** The picture of a page from which cells are cut, as an address that lives as long as the original is open. */
  cutting(page: number): Promise<Cutting>
}

export interface Cutting {
  readonly url: string
  /** Points. */
  readonly width: number
  readonly height: number
}

interface Entry {
  readonly opening: Promise<Opened>
  holders: number
  pageCount: number
  close(): void
}

const entries = new Map<string, Entry>()

/** `pageCount`: as far as is known. `release` when it is not shown any more. */
export function holdOriginal(
  sha256: string,
  pageCount: number,
): { readonly opening: Promise<Opened>; release(): void } {
  const entry = entries.get(sha256) ?? open(sha256)
  entry.holders += 1
  entry.pageCount = Math.max(entry.pageCount, pageCount)
  // The latest stands last.
  entries.delete(sha256)
  entries.set(sha256, entry)
  let isHeld = true
  return {
    opening: entry.opening,
    release() {
      if (!isHeld) return
      isHeld = false
      entry.holders -= 1
      closeOldest()
    },
  }
}

/**
 * Opens what will probably be shown next, and draws the page it will be opened at, small: most of the time goes into reading fonts.
 * What comes of it will be seen when it is shown. It stays open while few others are opened.
 */
export function preloadOriginal(sha256: string, page = 1): void {
  const { opening, release } = holdOriginal(sha256, page)
  opening
    .then(({ pages }) => pages.draw(page, PRELOAD_SCALE, 'small', new AbortController().signal))
    .catch(() => undefined)
    .finally(release)
}

function open(sha256: string): Entry {
  const closing = new AbortController()
  const opening = openPages(sha256, () => entry.pageCount, closing.signal).then(withCuttings)
  const entry: Entry = {
    opening,
    holders: 0,
    pageCount: 1,
    close() {
      closing.abort()
      opening.then(
        ({ close }) => close(),
        () => undefined,
      )
    },
  }
  // What failed is tried anew by whoever asks next.
  opening.catch(() => {
    if (entries.get(sha256) === entry) entries.delete(sha256)
  })
  return entry
}

function closeOldest(): void {
  const free = [...entries].filter(([, { holders }]) => holders === 0)
  for (const [sha256, entry] of free.slice(0, Math.max(0, free.length - STAYING))) {
    entries.delete(sha256)
    entry.close()
  }
}

async function openPages(sha256: string, countPages: () => number, signal: AbortSignal): Promise<Pages> {
  const server = serverPages(sha256, countPages)
  // Both are on their way at once. What becomes of pdf.js, opening the PDF will tell.
  loadPdfjs().catch(() => undefined)
  const bytes = await fetchOriginal(sha256, signal)
  if (bytes === null) return server
  try {
    return withServer(await openPdf(bytes), server)
  } catch (error) {
    signal.throwIfAborted()
    console.warn('this browser cannot open the PDF', error)
    return server
  }
}

/** null: too large, or no PDF. */
async function fetchOriginal(sha256: string, signal: AbortSignal): Promise<Uint8Array | null> {
  const answer = await fetch(`/api/v1/documents/${sha256}/original`, { signal })
  if (!answer.ok) throw problemOf(answer.status, await answer.json().catch(() => null))
  const { headers } = answer
  if (headers.get('content-type') !== PDF || Number(headers.get('content-length') ?? 0) > MOST_BYTES) {
    await answer.body?.cancel()
    return null
  }
  return new Uint8Array(await answer.arrayBuffer())
}

function withServer(browser: Pages, server: Pages): Pages {
  return {
    ...browser,
    async draw(page, scale, urgency, signal): Promise<Drawn> {
      try {
        return await browser.draw(page, scale, urgency, signal)
      } catch (error) {
        signal.throwIfAborted()
        console.warn(`this browser cannot draw page ${page}`, error)
        return server.draw(page, scale, urgency, signal)
      }
    },
    close() {
      browser.close()
      server.close()
    },
  }
}

function withCuttings(pages: Pages): Opened & { close(): void } {
  const made = new Map<number, Promise<Cutting>>()
  const never = new AbortController().signal
  const forget = (cutting: Promise<Cutting>) => {
    cutting.then(
      ({ url }) => URL.revokeObjectURL(url),
      () => undefined,
    )
  }

  async function make(page: number): Promise<Cutting> {
    const { canvas } = await pages.draw(page, CUT_SCALE, 'cut', never)
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve))
    if (blob === null) throw new Error('the picture of the page could not be made')
    const { width, height } = pages.sizes()[page - 1] ?? { width: 1, height: 1 }
    return { url: URL.createObjectURL(blob), width, height }
  }

  return {
    pages,
    cutting(page) {
      const known = made.get(page)
      const cutting = known ?? make(page)
      made.delete(page)
      made.set(page, cutting)
      if (known === undefined) cutting.catch(() => made.delete(page))
      for (const [old, picture] of made) {
        if (made.size <= CUTS_STAYING) break
        made.delete(old)
        forget(picture)
      }
      return cutting
    },
    close() {
      for (const cutting of made.values()) forget(cutting)
      made.clear()
      pages.close()
    },
  }
}
