/** The paint of a PDFium object. */
import type { Colour } from './paint.js'
import { PATTERN } from './paint.js'
import type { PdfiumRuntime } from './pdfium-runtime.js'

export function fillColour(pdfium: PdfiumRuntime, object: number): Colour {
  const at = pdfium.scratch
  return pdfium.calls.FPDFPageObj_GetFillColor(object, at, at + 4, at + 8, at + 12) === 0 ? PATTERN : colourAt(pdfium)
}

export function strokeColour(pdfium: PdfiumRuntime, object: number): Colour {
  const at = pdfium.scratch
  return pdfium.calls.FPDFPageObj_GetStrokeColor(object, at, at + 4, at + 8, at + 12) === 0 ? PATTERN : colourAt(pdfium)
}

function colourAt({ words, scratch }: PdfiumRuntime): Colour {
  const at = scratch >> 2
  return { red: words[at] ?? 0, green: words[at + 1] ?? 0, blue: words[at + 2] ?? 0, alpha: words[at + 3] ?? 0 }
}
