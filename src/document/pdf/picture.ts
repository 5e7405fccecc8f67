/**
 * One page of a PDF → a picture of it, drawn by PDFium.
 *
 * It shows the page as displayed, in the frame of the boxes in a record: a point of the record is `width` of the picture divided by
 * the width of the page. Drawn by an instance of its own, because one that was given a font also measures with it, and what is read
 * must not depend on which fonts a machine has.
 *
 * What does not fit the limits is drawn smaller. How long a page may take is for the caller to limit, by ending the process.
 */
import { fail } from '../failure.js'
import { LIMITS } from '../limits.js'
import type { Result } from '../model.js'
import { encodePng } from '../png.js'
import { type Asked, type ChineseFont, offerChineseFont } from './chinese-font.js'
import { openDocument } from './pdfium.js'
import { displayOf } from './pdfium-page.js'
import { type PdfiumRuntime, startPdfium } from './pdfium-runtime.js'
import { findUserUnits } from './user-unit.js'

export interface Picture {
  readonly png: Uint8Array
  /** In pixels. */
  readonly width: number
  readonly height: number
  /** There was no font for some of the text: it is blank, or wrong. */
  readonly missingFonts: boolean
}

const POINTS_PER_INCH = 72
const WHITE = 0xffffffff
const WITH_ANNOTATIONS = 0x01
const RED_FIRST = 0x10

/** `index` from 0; null: there is no such page. */
export async function drawPage(
  bytes: Uint8Array,
  index: number,
  dpi: number,
  font: ChineseFont | null,
): Promise<Result<Picture | null>> {
  const { pdfium, asked } = await openStudio(font)
  asked.inVain = false
  const opened = openDocument(pdfium, bytes)
  if (!opened.ok) return opened
  const { handle, pageCount, close } = opened.value
  try {
    if (!(index >= 0 && index < pageCount)) return { ok: true, value: null }
    return pdfium.guard(() => {
      const page = pdfium.calls.FPDF_LoadPage(handle, index)
      if (page === 0) return fail('corrupt')
      const userUnit = findUserUnits(bytes).get(pdfium.calls.EPDFPage_GetObjectNumber(page)) ?? 1
      const drawn = draw(pdfium, page, userUnit, dpi)
      pdfium.calls.FPDF_ClosePage(page)
      return drawn.ok ? { ok: true, value: { ...drawn.value, missingFonts: asked.inVain } } : drawn
    })
  } finally {
    close()
  }
}

function draw(
  pdfium: PdfiumRuntime,
  page: number,
  userUnit: number,
  dpi: number,
): Result<Omit<Picture, 'missingFonts'>> {
  const { calls } = pdfium
  const { width, height } = sizeInPixels(displayOf(pdfium, page, userUnit), dpi)
  const bitmap = calls.FPDFBitmap_Create(width, height, 0)
  if (bitmap === 0) return fail('out_of_memory')
  calls.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, WHITE)
  calls.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, WITH_ANNOTATIONS | RED_FIRST)
  const stride = calls.FPDFBitmap_GetStride(bitmap)
  const start = calls.FPDFBitmap_GetBuffer(bitmap) >>> 0
  const png = encodePng(pdfium.bytes.subarray(start, start + stride * height), width, height, stride)
  calls.FPDFBitmap_Destroy(bitmap)
  return { ok: true, value: { png, width, height } }
}

function sizeInPixels(page: { readonly width: number; readonly height: number }, dpi: number) {
  const most = LIMITS.picturePixels
  const scale = Math.min(dpi / POINTS_PER_INCH, Math.sqrt(most / (page.width * page.height)))
  const pixels = (points: number, atMost: number) => Math.min(Math.max(Math.floor(points * scale), 1), atMost)
  const width = pixels(page.width, most)
  // Only a page that is a mere line loses its proportions.
  return { width, height: pixels(page.height, Math.floor(most / width)) }
}

interface Studio {
  readonly font: ChineseFont | null
  readonly pdfium: PdfiumRuntime
  readonly asked: Asked
}

let current: Promise<Studio> | null = null

async function openStudio(font: ChineseFont | null): Promise<Studio> {
  const open = await current
  if (open !== null && open.font === font && !open.pdfium.isWornOut) return open
  current = equip(font)
  return current
}

async function equip(font: ChineseFont | null): Promise<Studio> {
  const pdfium = await startPdfium()
  return { font, pdfium, asked: offerChineseFont(pdfium, font) }
}
