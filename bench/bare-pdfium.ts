/**
 * What PDFium alone costs: the file opened, every glyph with what there is to know of it and every path with its points
 * fetched into objects by raw exports, nothing made of them. The yardstick for everything gouji adds.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { init } from '@embedpdf/pdfium'

type Call = (...operands: number[]) => number
type Calls = Readonly<Record<string, Call>> & { readonly memory: { readonly buffer: ArrayBuffer } }

export interface BarePdfium {
  /** How many glyphs and path points there were. */
  read(bytes: Uint8Array): number
}

const TEXT = 1
const PATH = 2
const FORM = 5

export async function startBarePdfium(): Promise<BarePdfium> {
  const file = readFileSync(createRequire(import.meta.url).resolve('@embedpdf/pdfium/pdfium.wasm'))
  const library = await init({
    wasmBinary: file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength) as ArrayBuffer,
  })
  library.PDFiumExt_Init()
  const calls = library.pdfium.wasmExports as unknown as Calls
  return { read: (bytes) => readAll(calls, bytes) }
}

function call(calls: Calls, name: string): Call {
  const found = calls[name]
  if (found === undefined) throw new Error(`PDFium no longer exports ${name}`)
  return found
}

function readAll(calls: Calls, bytes: Uint8Array): number {
  const [malloc, free] = [call(calls, 'malloc'), call(calls, 'free')]
  const address = malloc(bytes.length)
  new Uint8Array(calls.memory.buffer).set(bytes, address)
  const scratch = malloc(256)
  const file = call(calls, 'FPDF_LoadMemDocument')(address, bytes.length, 0)
  const pageCount = call(calls, 'FPDF_GetPageCount')(file)
  let count = 0
  for (let index = 0; index < pageCount; index += 1) {
    const page = call(calls, 'FPDF_LoadPage')(file, index)
    const text = call(calls, 'FPDFText_LoadPage')(page)
    count += readGlyphs(calls, text, scratch).length
    const paths: object[] = []
    const objects = call(calls, 'FPDFPage_CountObjects')(page)
    const get = call(calls, 'FPDFPage_GetObject')
    for (let object = 0; object < objects; object += 1) readPaths(calls, get(page, object), scratch, paths)
    count += paths.length
    call(calls, 'FPDFText_ClosePage')(text)
    call(calls, 'FPDF_ClosePage')(page)
  }
  call(calls, 'FPDF_CloseDocument')(file)
  free(scratch)
  free(address)
  return count
}

function readGlyphs(calls: Calls, text: number, scratch: number): object[] {
  const getUnicode = call(calls, 'FPDFText_GetUnicode')
  const isGenerated = call(calls, 'FPDFText_IsGenerated')
  const isHyphen = call(calls, 'FPDFText_IsHyphen')
  const hasMapError = call(calls, 'FPDFText_HasUnicodeMapError')
  const getOrigin = call(calls, 'FPDFText_GetCharOrigin')
  const getCharBox = call(calls, 'FPDFText_GetCharBox')
  const getLooseBox = call(calls, 'FPDFText_GetLooseCharBox')
  const getMatrix = call(calls, 'FPDFText_GetMatrix')
  const getFontSize = call(calls, 'FPDFText_GetFontSize')
  const getTextObject = call(calls, 'FPDFText_GetTextObject')
  const getMode = call(calls, 'FPDFTextObj_GetTextRenderMode')
  const count = call(calls, 'FPDFText_CountChars')(text)
  let doubles = new Float64Array(calls.memory.buffer)
  let floats = new Float32Array(calls.memory.buffer)
  const at = scratch >> 3
  const glyphs: object[] = []
  for (let index = 0; index < count; index += 1) {
    getOrigin(text, index, scratch, scratch + 8)
    getCharBox(text, index, scratch + 16, scratch + 24, scratch + 32, scratch + 40)
    getLooseBox(text, index, scratch + 48)
    getMatrix(text, index, scratch + 64)
    const object = getTextObject(text, index)
    if (doubles.length === 0) {
      doubles = new Float64Array(calls.memory.buffer)
      floats = new Float32Array(calls.memory.buffer)
    }
    glyphs.push({
      unicode: getUnicode(text, index),
      generated: isGenerated(text, index),
      hyphen: isHyphen(text, index),
      mapError: hasMapError(text, index),
      size: getFontSize(text, index),
      mode: getMode(object),
      object,
      x: doubles[at],
      y: doubles[at + 1],
      left: doubles[at + 2],
      right: doubles[at + 3],
      looseLeft: floats[2 * at + 12],
      looseRight: floats[2 * at + 14],
      a: floats[2 * at + 16],
      b: floats[2 * at + 17],
      d: floats[2 * at + 19],
    })
  }
  return glyphs
}

function readPaths(calls: Calls, object: number, scratch: number, into: object[]): void {
  const type = call(calls, 'FPDFPageObj_GetType')(object)
  if (type === TEXT) return
  if (type === FORM) {
    const count = call(calls, 'FPDFFormObj_CountObjects')(object)
    for (let index = 0; index < count; index += 1) {
      readPaths(calls, call(calls, 'FPDFFormObj_GetObject')(object, index), scratch, into)
    }
  }
  if (type !== PATH) return
  const getSegment = call(calls, 'FPDFPath_GetPathSegment')
  const getPoint = call(calls, 'FPDFPathSegment_GetPoint')
  const getSegmentType = call(calls, 'FPDFPathSegment_GetType')
  const getClose = call(calls, 'FPDFPathSegment_GetClose')
  call(calls, 'FPDFPageObj_GetMatrix')(object, scratch)
  call(calls, 'FPDFPageObj_GetStrokeWidth')(object, scratch + 24)
  call(calls, 'FPDFPath_GetDrawMode')(object, scratch + 28, scratch + 32)
  call(calls, 'FPDFPageObj_GetFillColor')(object, scratch + 36, scratch + 40, scratch + 44, scratch + 48)
  call(calls, 'FPDFPageObj_GetStrokeColor')(object, scratch + 52, scratch + 56, scratch + 60, scratch + 64)
  const floats = new Float32Array(calls.memory.buffer)
  const count = call(calls, 'FPDFPath_CountSegments')(object)
  for (let index = 0; index < count; index += 1) {
    const segment = getSegment(object, index)
    getPoint(segment, scratch + 72, scratch + 76)
    const at = scratch >> 2
    into.push({ type: getSegmentType(segment), close: getClose(segment), x: floats[at + 18], y: floats[at + 19] })
  }
}
