/**
 * Pages as the server draws them: for what this browser cannot draw. Slower and not as sharp when one comes near, but made by the program
 * that read the report.
 */
import { get } from '../api/call.js'
import type { PageSize } from './page-layout.js'
import { type Drawn, KeptPictures, type Pages, scaleWithin } from './pages.js'
import { oneAtATime } from './turns.js'

const DPI = { least: 36, most: 300 } as const
const POINTS_PER_INCH = 72
/** A4: until the server has said otherwise. */
const USUAL: PageSize = { width: 595.3, height: 841.9 }
const TRIES = 4
const PAUSE = 700

/** `countPages`: asked whenever the sizes are, because not everybody who opens an original knows how long it is. */
export function serverPages(sha256: string, countPages: () => number): Pages {
  let usual = USUAL
  const known = new Map<number, PageSize>()
  const listeners = new Set<() => void>()
  const kept = new KeptPictures()
  const inTurn = oneAtATime()

  async function learnSize(page: number, signal: AbortSignal): Promise<PageSize> {
    const learnt = known.get(page)
    if (learnt !== undefined) return learnt
    const { width, height } = await get<PageSize>(`/documents/${sha256}/pages/${page}/text`, signal)
    const size = { width, height }
    if (known.size === 0) usual = size
    known.set(page, size)
    for (const tell of listeners) tell()
    return size
  }

  return {
    sizes: () => Array.from({ length: countPages() }, (_, at) => known.get(at + 1) ?? usual),
    onSizes(listen) {
      listeners.add(listen)
      return () => listeners.delete(listen)
    },
    draw: (page, scale, urgency, signal): Promise<Drawn> =>
      inTurn(urgency, signal, async () => {
        const size = await learnSize(page, signal)
        const dots = Math.round(scaleWithin(size, scale) * POINTS_PER_INCH)
        const dpi = Math.min(DPI.most, Math.max(DPI.least, dots))
        const key = `${page}@${dpi}`
        const before = kept.get(key)
        if (before !== null) return { canvas: before, by: 'server' }
        const canvas = await fetchPicture(sha256, page, dpi, signal)
        kept.keep(key, canvas)
        return { canvas, by: 'server' }
      }),
    close() {
      kept.clear()
      listeners.clear()
    },
  }
}

async function fetchPicture(
  sha256: string,
  page: number,
  dpi: number,
  signal: AbortSignal,
): Promise<HTMLCanvasElement> {
  for (let tries = 1; ; tries += 1) {
    const answer = await fetch(`/api/v1/documents/${sha256}/pages/${page}.png?dpi=${dpi}`, { signal })
    if (answer.ok) return drawOn(await createImageBitmap(await answer.blob()))
    // Many pages wait at the server: it says so, and has time soon.
    if (answer.status !== 503 || tries === TRIES) throw new Error(`the server cannot draw the page: ${answer.status}`)
    await new Promise((resolve) => setTimeout(resolve, PAUSE * tries))
    signal.throwIfAborted()
  }
}

function drawOn(picture: ImageBitmap): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.width = picture.width
  canvas.height = picture.height
  canvas.getContext('2d')?.drawImage(picture, 0, 0)
  picture.close()
  return canvas
}
