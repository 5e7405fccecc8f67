/**
 * A PDF → its pages, drawn by pdf.js in this browser. Both are loaded when a first PDF is opened, and work in one worker of their own.
 *
 * What a PDF holds is hostile until proven otherwise: no script of it is run, forms are drawn as they are filled in, and a page that takes
 * too long ends the worker it takes so long in. Whoever asked is told by a rejection, and may ask the server for a picture instead.
 *
 * One page is drawn at a time, because all of the drawing happens where the page reacts to people; what is not wanted any more is given up.
 */
import type { PDFDocumentProxy, PDFPageProxy, PDFWorker } from 'pdfjs-dist'
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url'
import type { PageSize } from './page-layout.js'
import { type Drawn, KeptPictures, type Pages, scaleWithin } from './pages.js'
import { oneAtATime } from './turns.js'

/** Milliseconds, to open a file or to draw a page. */
const PATIENCE = 15_000
/** Of so many pages, sizes are asked for before anything is shown; of the others, so many at once. */
const SIZES_AT_ONCE = 24
/** Pages of which pdf.js keeps what it parsed. */
const PAGES_PARSED = 6

type Pdfjs = typeof import('pdfjs-dist')

let loading: Promise<Pdfjs> | null = null
let worker: PDFWorker | null = null

/** Begins to load what PDFs need, before one is there. */
export async function loadPdfjs(): Promise<Pdfjs> {
  loading ??= import('pdfjs-dist').then((pdfjs) => {
    pdfjs.GlobalWorkerOptions.workerSrc = workerUrl
    return pdfjs
  })
  const pdfjs = await loading
  worker ??= new pdfjs.PDFWorker()
  return pdfjs
}

/** The one that every file is parsed in: what hangs in it hangs for all, so that it is ended then. */
function giveUpWorker(hanging: PDFWorker): void {
  hanging.destroy()
  if (worker === hanging) worker = null
}

export async function openPdf(bytes: Uint8Array): Promise<Pages> {
  const pdfjs = await loadPdfjs()
  const parsing = worker ?? new pdfjs.PDFWorker()
  const files = new URL(`/assets/pdfjs-${pdfjs.version}/`, location.origin).href
  const task = pdfjs.getDocument({
    data: bytes,
    worker: parsing,
    cMapUrl: `${files}cmaps/`,
    standardFontDataUrl: `${files}standard_fonts/`,
    wasmUrl: `${files}wasm/`,
    isEvalSupported: false,
    enableXfa: false,
    verbosity: pdfjs.VerbosityLevel.ERRORS,
  })
  const patient = <Value>(work: Promise<Value>) => withPatience(work, () => giveUpWorker(parsing))
  try {
    const file = await patient(task.promise)
    const sizes = await patient(firstSizes(file))
    return pagesOf(file, sizes, patient, () => task.destroy())
  } catch (error) {
    void task.destroy()
    throw error
  }
}

function pagesOf(
  file: PDFDocumentProxy,
  sizes: PageSize[],
  patient: <Value>(work: Promise<Value>) => Promise<Value>,
  destroy: () => Promise<void>,
): Pages {
  const listeners = new Set<() => void>()
  const inTurn = oneAtATime()
  const kept = new KeptPictures()
  const parsed: PDFPageProxy[] = []
  let isClosed = false

  void learnSizes().catch((error: unknown) => {
    // The pages are shown all the same, each as large as the first.
    if (!isClosed) console.warn('sizes of pages are not known', error)
  })

  async function learnSizes(): Promise<void> {
    for (let from = SIZES_AT_ONCE; from < file.numPages && !isClosed; from += SIZES_AT_ONCE) {
      const learnt = await sizesOf(file, from, Math.min(from + SIZES_AT_ONCE, file.numPages))
      if (learnt.every((size, at) => isSame(size, sizes[from + at]))) continue
      sizes.splice(from, learnt.length, ...learnt)
      for (const tell of listeners) tell()
    }
  }

  async function drawPage(number: number, wanted: number, signal: AbortSignal): Promise<HTMLCanvasElement> {
    signal.throwIfAborted()
    const page = await file.getPage(number)
    const scale = scaleWithin(sizeOf(page), wanted)
    const key = `${number}@${scale.toFixed(3)}`
    const known = kept.get(key)
    if (known !== null) return known
    remember(page)
    const viewport = page.getViewport({ scale })
    const canvas = document.createElement('canvas')
    canvas.width = Math.max(1, Math.round(viewport.width))
    canvas.height = Math.max(1, Math.round(viewport.height))
    signal.throwIfAborted()
    const drawing = page.render({ canvas, viewport })
    const giveUp = () => drawing.cancel()
    signal.addEventListener('abort', giveUp, { once: true })
    try {
      await drawing.promise
    } finally {
      signal.removeEventListener('abort', giveUp)
    }
    kept.keep(key, canvas)
    return canvas
  }

  function remember(page: PDFPageProxy): void {
    const at = parsed.indexOf(page)
    if (at >= 0) parsed.splice(at, 1)
    parsed.push(page)
    while (parsed.length > PAGES_PARSED) parsed.shift()?.cleanup()
  }

  return {
    sizes: () => sizes.slice(),
    onSizes(listen) {
      listeners.add(listen)
      return () => listeners.delete(listen)
    },
    draw: (page, scale, urgency, signal): Promise<Drawn> =>
      inTurn(urgency, signal, async () => {
        try {
          return { canvas: await patient(drawPage(page, scale, signal)), by: 'browser' as const }
        } catch (error) {
          // What pdf.js says of work that was given up is of no interest.
          signal.throwIfAborted()
          throw error
        }
      }),
    close() {
      isClosed = true
      listeners.clear()
      kept.clear()
      void destroy()
    },
  }
}

async function firstSizes(file: PDFDocumentProxy): Promise<PageSize[]> {
  const sizes = await sizesOf(file, 0, Math.min(SIZES_AT_ONCE, file.numPages))
  const first = sizes[0] ?? { width: 1, height: 1 }
  return [...sizes, ...Array.from({ length: file.numPages - sizes.length }, () => first)]
}

/** Of pages from an index to before another. */
function sizesOf(file: PDFDocumentProxy, from: number, to: number): Promise<PageSize[]> {
  return Promise.all(Array.from({ length: to - from }, async (_, at) => sizeOf(await file.getPage(from + at + 1))))
}

function sizeOf(page: PDFPageProxy): PageSize {
  const { width, height } = page.getViewport({ scale: 1 })
  return { width, height }
}

function isSame(one: PageSize, other: PageSize | undefined): boolean {
  return one.width === other?.width && one.height === other.height
}

/** While the page is out of sight pdf.js draws nothing, so that no time passes then. */
async function withPatience<Value>(work: Promise<Value>, giveUp: () => void): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined
  let wasHidden = document.hidden
  const hide = () => {
    wasHidden = true
  }
  const late = new Promise<never>((_, reject) => {
    const wait = () => {
      timer = setTimeout(() => {
        if (wasHidden) {
          wasHidden = document.hidden
          wait()
          return
        }
        giveUp()
        reject(new Error(`pdf.js was not done in ${PATIENCE} ms`))
      }, PATIENCE)
    }
    wait()
  })
  document.addEventListener('visibilitychange', hide)
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', hide)
  }
}
