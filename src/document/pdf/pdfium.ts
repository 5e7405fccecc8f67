/**
 * PDFium in WebAssembly as a PDF engine: the first reader.
 *
 * PDFium repairs what it can and says nothing about it: a damaged content stream gives fewer glyphs, without a warning. What it
 * does say is passed on: a file that it cannot open, a page that it cannot load, and no pages at all, which is how it treats
 * filters it does not know. Whether a page is complete is for the reader of its tables to notice.
 */
import { fail } from '../failure.js'
import { LIMITS } from '../limits.js'
import type { Result } from '../model.js'
import type { PageContent, PdfEngine, PdfFile } from './page.js'
import { readPage } from './pdfium-page.js'
import type { PdfiumRuntime } from './pdfium-runtime.js'
import { startPdfium } from './pdfium-runtime.js'

export { adoptPdfium } from './pdfium-runtime.js'

import { findUserUnits } from './user-unit.js'

/** FPDF_ERR_PASSWORD, and a security handler that PDFium does not know. */
const LOCKED = [4, 5]

let current: Promise<PdfiumRuntime> | null = null

/** One instance serves the process until it is worn out; files that are still open then keep theirs. */
export async function loadPdfium(): Promise<PdfEngine> {
  await runtime()
  return { open: async (bytes) => openFile(await runtime(), bytes) }
}

async function runtime(): Promise<PdfiumRuntime> {
  current ??= startPdfium()
  const running = await current
  if (!running.isWornOut) return running
  current = startPdfium()
  return current
}

function openFile(pdfium: PdfiumRuntime, bytes: Uint8Array): Result<PdfFile> {
  const opened = openDocument(pdfium, bytes)
  return opened.ok
    ? pdfium.guard(() => ({ ok: true, value: new PdfiumFile(pdfium, opened.value, findUserUnits(bytes)) }))
    : opened
}

export interface PdfiumDocument {
  /** For calls. */
  readonly handle: number
  readonly pageCount: number
  close(): void
}

export function openDocument(pdfium: PdfiumRuntime, bytes: Uint8Array): Result<PdfiumDocument> {
  return pdfium.guard(() => {
    const { calls } = pdfium
    const buffer = pdfium.hold(bytes)
    if (buffer === null) return fail('out_of_memory')
    const handle = calls.FPDF_LoadMemDocument64(buffer, bytes.length, 0)
    if (handle === 0) {
      const error = calls.FPDF_GetLastError()
      pdfium.release(buffer, bytes.length)
      return fail(LOCKED.includes(error) ? 'encrypted' : 'corrupt')
    }
    const close = () => {
      pdfium.tidy(() => calls.FPDF_CloseDocument(handle))
      pdfium.release(buffer, bytes.length)
    }
    const pageCount = countPages(pdfium, handle)
    if (pageCount === 0 || pageCount > LIMITS.pages) {
      close()
      return fail(pageCount === 0 ? 'corrupt' : 'too_large')
    }
    return { ok: true, value: { handle, pageCount, close } }
  })
}

/** A file may claim any number of pages; of a claim beyond the limit, those count that are there. */
function countPages({ calls, scratch }: PdfiumRuntime, document: number): number {
  const claimed = calls.FPDF_GetPageCount(document)
  if (claimed <= LIMITS.pages) return claimed
  let found = 0
  while (found <= LIMITS.pages && calls.FPDF_GetPageSizeByIndexF(document, found, scratch) !== 0) found++
  return found
}

class PdfiumFile implements PdfFile {
  readonly declaredTitle: string | null
  readonly pageCount: number
  private isOpen = true

  constructor(
    private readonly pdfium: PdfiumRuntime,
    private readonly document: PdfiumDocument,
    private readonly userUnits: ReadonlyMap<number, number>,
  ) {
    this.pageCount = document.pageCount
    this.declaredTitle = readTitle(pdfium, document.handle)
  }

  async page(index: number): Promise<Result<PageContent>> {
    if (!this.isOpen) throw new Error('the file is closed')
    const { pdfium, document, userUnits } = this
    return pdfium.guard(() => {
      const page = pdfium.calls.FPDF_LoadPage(document.handle, index)
      if (page === 0) return fail('corrupt')
      const content = readPage(pdfium, page, userUnits.get(pdfium.calls.EPDFPage_GetObjectNumber(page)) ?? 1)
      pdfium.calls.FPDF_ClosePage(page)
      return content
    })
  }

  close(): void {
    if (!this.isOpen) return
    this.isOpen = false
    this.document.close()
  }
}

function readTitle(pdfium: PdfiumRuntime, document: number): string | null {
  const { scratch, room } = pdfium
  const length = pdfium.calls.FPDF_GetMetaText(document, pdfium.name('Title'), scratch, room)
  const title = length > room ? '' : pdfium.utf16(scratch, length).trim()
  return title === '' ? null : title
}
