/** One loaded page of PDFium into its content: the objects on it first, then the text that they carry. */
import { fail } from '../failure.js'
import { LIMITS } from '../limits.js'
import type { Result } from '../model.js'
import type { Display, Matrix } from './display.js'
import { compose, display, scaleOf } from './display.js'
import { GlyphCollector } from './glyphs.js'
import type { PageContent } from './page.js'
import { PathPen } from './path-pen.js'
import { fillColour, strokeColour } from './pdfium-colour.js'
import type { PdfiumRuntime } from './pdfium-runtime.js'
import { readText } from './pdfium-text.js'
import { DrawingCollector } from './rulings.js'

const TEXT = 1
const PATH = 2
const IMAGE = 3
const FORM = 5
/** Kinds of path segments. */
const LINE = 0
const MOVE = 2
/** Fill modes: 0 none, 1 even-odd, 2 non-zero winding. */
const EVEN_ODD = 1

export function readPage(pdfium: PdfiumRuntime, page: number, userUnit: number): Result<PageContent> {
  const shown = displayOf(pdfium, page, userUnit)
  const objects = new ObjectReader(pdfium, shown)
  if (!objects.readAll(page)) return fail('too_large')
  const glyphs = new GlyphCollector(shown.width, shown.height)
  const text = readText(pdfium, page, shown.matrix, objects.texts, glyphs)
  if (!text.ok) return text
  const { grounds, images } = objects.drawing
  return {
    ok: true,
    value: {
      width: shown.width,
      height: shown.height,
      glyphs: glyphs.finish([...grounds, ...images]),
      rulings: objects.drawing.rulings(),
      images,
    },
  }
}

export function displayOf(pdfium: PdfiumRuntime, page: number, userUnit: number): Display {
  const { calls, scratch } = pdfium
  calls.FPDF_GetPageBoundingBox(page, scratch)
  const [left = 0, top = 0, right = 0, bottom = 0] = pdfium.floats.subarray(scratch >> 2, (scratch >> 2) + 4)
  return display([left, bottom, right, top], calls.FPDFPage_GetRotation(page) * 90, userUnit)
}

class ObjectReader {
  readonly texts: number[] = []
  readonly drawing: DrawingCollector
  private readonly pen = new PathPen()
  private paths = 0
  private objects = 0

  constructor(
    private readonly pdfium: PdfiumRuntime,
    private readonly shown: Display,
  ) {
    this.drawing = new DrawingCollector(shown.width, shown.height)
  }

  /** Whether the page kept within the limits. */
  readAll(page: number): boolean {
    const { calls } = this.pdfium
    const count = calls.FPDFPage_CountObjects(page)
    for (let index = 0; index < count; index++) {
      if (!this.read(calls.FPDFPage_GetObject(page, index), this.shown.matrix)) return false
    }
    return true
  }

  /** `outer` takes the space that the object is placed in to displayed points. */
  private read(object: number, outer: Matrix): boolean {
    const { calls } = this.pdfium
    if (++this.objects > LIMITS.glyphsPerPage + LIMITS.pathsPerPage) return false
    switch (calls.FPDFPageObj_GetType(object)) {
      case TEXT:
        this.texts.push(object)
        return true
      case PATH:
        this.readPath(object, outer)
        return ++this.paths <= LIMITS.pathsPerPage && this.drawing.count <= LIMITS.pathsPerPage
      case IMAGE:
        this.drawing.addImage(compose(outer, this.matrixOf(object)))
        return true
      case FORM: {
        const inner = compose(outer, this.matrixOf(object))
        const count = calls.FPDFFormObj_CountObjects(object)
        for (let index = 0; index < count; index++) {
          if (!this.read(calls.FPDFFormObj_GetObject(object, index), inner)) return false
        }
        return true
      }
      default:
        return true
    }
  }

  private matrixOf(object: number): Matrix {
    const { calls, scratch } = this.pdfium
    calls.FPDFPageObj_GetMatrix(object, scratch)
    const at = scratch >> 2
    const { floats } = this.pdfium
    return {
      a: floats[at] ?? 1,
      b: floats[at + 1] ?? 0,
      c: floats[at + 2] ?? 0,
      d: floats[at + 3] ?? 1,
      e: floats[at + 4] ?? 0,
      f: floats[at + 5] ?? 0,
    }
  }

  private readPath(path: number, outer: Matrix): void {
    const { calls, scratch } = this.pdfium
    calls.FPDFPath_GetDrawMode(path, scratch, scratch + 4)
    const { words } = this.pdfium
    const fillMode = words[scratch >> 2] ?? 0
    const strokes = words[(scratch >> 2) + 1] ?? 0
    if (fillMode === 0 && strokes === 0) return
    const fill = fillMode === 0 ? null : fillColour(this.pdfium, path)
    const stroke = strokes === 0 ? null : strokeColour(this.pdfium, path)
    const matrix = compose(outer, this.matrixOf(path))
    calls.FPDFPageObj_GetStrokeWidth(path, scratch)
    const lineWidth = (this.pdfium.floats[scratch >> 2] ?? 0) * scaleOf(matrix)
    this.drawing.add(this.trace(path, matrix), { fill, evenOdd: fillMode === EVEN_ODD, stroke, lineWidth })
  }

  private trace(path: number, matrix: Matrix) {
    const { calls, scratch } = this.pdfium
    const { pen } = this
    pen.begin(matrix)
    const count = calls.FPDFPath_CountSegments(path)
    const at = scratch >> 2
    for (let index = 0; index < count; index++) {
      const segment = calls.FPDFPath_GetPathSegment(path, index)
      calls.FPDFPathSegment_GetPoint(segment, scratch, scratch + 4)
      const { floats } = this.pdfium
      const x = floats[at] ?? 0
      const y = floats[at + 1] ?? 0
      const kind = calls.FPDFPathSegment_GetType(segment)
      if (kind === MOVE) pen.moveTo(x, y)
      else if (kind === LINE) pen.lineTo(x, y)
      else pen.curveTo(x, y)
      if (calls.FPDFPathSegment_GetClose(segment) !== 0) pen.close()
    }
    return pen.subpaths
  }
}
