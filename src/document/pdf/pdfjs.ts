/**
 * pdf.js as a PDF engine: the second reader, slower, with code of its own all the way down to the fonts.
 *
 * Asked to stop at errors, so that a damaged page is reported and not cut short without a word. It knows nothing of /ActualText and reads glyphs as drawn. Its memory is not capped: a hostile file is for the worker around it to end.
 */
import type * as Pdfjs from 'pdfjs-dist'
import { fail } from '../failure.js'
import { LIMITS } from '../limits.js'
import type { Result } from '../model.js'
import { pdfjsFolders, pdfjsWorkerUrl } from './assets.js'
import { display } from './display.js'
import { decodeFontName, isBoldName } from './font-name.js'
import type { PageContent, PdfEngine, PdfFile } from './page.js'
import { documentWithoutFonts } from './pdfjs-no-fonts.js'
import { readOperators } from './pdfjs-operators.js'
import type { OperatorList } from './pdfjs-reading.js'
import { readOperatorList } from './pdfjs-reading.js'
import type { PdfjsFont } from './pdfjs-state.js'

type Library = Pick<typeof Pdfjs, 'AnnotationMode' | 'getDocument' | 'GlobalWorkerOptions' | 'OPS' | 'VerbosityLevel'>

export async function loadPdfjs(): Promise<PdfEngine> {
  const library = await import('pdfjs-dist/legacy/build/pdf.mjs')
  library.GlobalWorkerOptions.workerSrc = pdfjsWorkerUrl()
  return { open: (bytes) => openFile(library, bytes) }
}

async function openFile(library: Library, bytes: Uint8Array): Promise<Result<PdfFile>> {
  const folders = pdfjsFolders()
  const task = library.getDocument({
    // pdf.js takes the array it is given for itself.
    data: new Uint8Array(bytes),
    cMapUrl: folders.cMaps,
    standardFontDataUrl: folders.standardFonts,
    wasmUrl: folders.wasm,
    verbosity: library.VerbosityLevel.ERRORS,
    stopAtErrors: true,
    isEvalSupported: false,
    disableFontFace: false,
    ownerDocument: documentWithoutFonts(),
    useSystemFonts: false,
    isOffscreenCanvasSupported: false,
    enableXfa: false,
  })
  try {
    const document = await task.promise
    const { numPages } = document
    if (numPages === 0 || numPages > LIMITS.pages) {
      await task.destroy()
      return fail(numPages === 0 ? 'corrupt' : 'too_large')
    }
    return { ok: true, value: new PdfjsFile(library, task, document, await readTitle(document)) }
  } catch (error) {
    await task.destroy()
    return fail(codeOf(error))
  }
}

/** pdf.js throws on whatever it cannot read, and its errors are known by name only. */
function codeOf(error: unknown): 'encrypted' | 'out_of_memory' | 'corrupt' {
  if (error instanceof Error && error.name === 'PasswordException') return 'encrypted'
  return error instanceof RangeError && /allocation|array length/i.test(error.message) ? 'out_of_memory' : 'corrupt'
}

async function readTitle(document: Pdfjs.PDFDocumentProxy): Promise<string | null> {
  const { info } = await document.getMetadata()
  const title = (info as { readonly Title?: unknown }).Title
  return typeof title === 'string' && title.trim() !== '' ? title.trim() : null
}

class PdfjsFile implements PdfFile {
  readonly pageCount: number
  private readonly fonts = new Map<string, PdfjsFont>()

  constructor(
    private readonly library: Library,
    private readonly task: Pdfjs.PDFDocumentLoadingTask,
    private readonly document: Pdfjs.PDFDocumentProxy,
    readonly declaredTitle: string | null,
  ) {
    this.pageCount = document.numPages
  }

  async page(index: number): Promise<Result<PageContent>> {
    const read = await this.readPage(index)
    if (!read.ok) return read
    const { page, list, fonts } = read.value
    const [left = 0, bottom = 0, right = 0, top = 0] = page.view
    const shown = display([left, bottom, right, top], page.rotate, page.userUnit)
    const content = readOperators(list, this.library.OPS, shown, fonts)
    page.cleanup()
    return content === null ? fail('too_large') : { ok: true, value: content }
  }

  private async readPage(index: number) {
    try {
      const page = await this.document.getPage(index + 1)
      const list = await readOperatorList(page, this.library.AnnotationMode.DISABLE)
      const fonts = await this.fontsOf(page, list)
      // Of a font that it cannot make sense of, pdf.js drops the text.
      return fonts === null ? fail('corrupt') : { ok: true as const, value: { page, list, fonts } }
    } catch (error) {
      return fail(codeOf(error))
    }
  }

  private async fontsOf(page: Pdfjs.PDFPageProxy, list: OperatorList): Promise<ReadonlyMap<string, PdfjsFont> | null> {
    for (const name of fontNames(list, this.library.OPS)) {
      if (this.fonts.has(name)) continue
      const font = await new Promise<unknown>((resolve) => page.commonObjs.get(name, resolve))
      if (typeof font !== 'object' || font === null) return null
      this.fonts.set(name, describeFont(font))
    }
    return this.fonts
  }

  close(): void {
    void this.task.destroy()
  }
}

function fontNames({ fnArray, argsArray }: OperatorList, operators: Library['OPS']): Set<string> {
  const names = new Set<string>()
  for (const [index, operator] of fnArray.entries()) {
    if (operator === operators.setFont) names.add(String((argsArray[index] as readonly unknown[])[0]))
    if (operator !== operators.setGState) continue
    const [entries] = argsArray[index] as readonly [readonly (readonly [string, unknown])[]]
    for (const [key, value] of entries) if (key === 'Font') names.add(String((value as readonly unknown[])[0]))
  }
  return names
}

function describeFont(font: object): PdfjsFont {
  const { name, isType3Font, vertical, fontMatrix, defaultVMetrics } = font as {
    readonly name?: string
    readonly isType3Font?: boolean
    readonly vertical?: boolean
    readonly fontMatrix?: readonly number[]
    readonly defaultVMetrics?: readonly number[]
  }
  const [down = -1000, x = 500, y = 880] = defaultVMetrics ?? []
  // PDFium does not tell the names of Type 3 fonts, and the two must agree. Others come as bytes, one a character.
  const bold = name !== undefined && isType3Font !== true && isBoldName(decodeFontName(Buffer.from(name, 'latin1')))
  return {
    bold,
    vertical: vertical === true,
    unit: fontMatrix?.[0] ?? 0.001,
    verticalMetrics: [down, x, y],
  }
}
