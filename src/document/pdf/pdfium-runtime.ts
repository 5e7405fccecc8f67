/**
 * One running instance of PDFium in WebAssembly: its raw functions, its memory, and its end.
 *
 * Its memory is capped: WebAssembly reserves what a hostile file asks for, up to 2 GiB, and only the import that grows the
 * memory can refuse. PDFium then aborts, and the instance is of no use to any file any more: `guard` notices. The raw exports
 * are called, never the wrapped ones, which cost ten times as much a call.
 */

import { fail } from '../failure.js'
import { LIMITS } from '../limits.js'
import type { Result } from '../model.js'
import { compilePdfium } from './assets.js'

/** Pointers, handles and booleans are numbers alike. */
type Raw<Names extends string> = Readonly<Record<Names, (...operands: number[]) => number>>

export type PdfiumFunctions = Raw<
  | 'malloc'
  | 'free'
  | 'FPDF_LoadMemDocument64'
  | 'FPDF_CloseDocument'
  | 'FPDF_GetLastError'
  | 'FPDF_GetPageCount'
  | 'FPDF_GetMetaText'
  | 'FPDF_GetPageSizeByIndexF'
  | 'FPDF_LoadPage'
  | 'FPDF_ClosePage'
  | 'FPDF_GetPageBoundingBox'
  | 'FPDFPage_GetRotation'
  | 'FPDFPage_CountObjects'
  | 'FPDFPage_GetObject'
  | 'EPDFPage_GetObjectNumber'
  | 'FPDFFormObj_CountObjects'
  | 'FPDFFormObj_GetObject'
  | 'FPDFPageObj_GetType'
  | 'FPDFPageObj_GetMatrix'
  | 'FPDFPageObj_GetFillColor'
  | 'FPDFPageObj_GetStrokeColor'
  | 'FPDFPageObj_GetStrokeWidth'
  | 'FPDFPageObj_SetIsActive'
  | 'FPDFPageObj_CountMarks'
  | 'FPDFPageObj_GetMark'
  | 'FPDFPageObjMark_GetParamBlobValue'
  | 'FPDFPageObjMark_RemoveParam'
  | 'FPDFPath_CountSegments'
  | 'FPDFPath_GetPathSegment'
  | 'FPDFPath_GetDrawMode'
  | 'FPDFPathSegment_GetPoint'
  | 'FPDFPathSegment_GetType'
  | 'FPDFPathSegment_GetClose'
  | 'FPDFText_LoadPage'
  | 'FPDFText_ClosePage'
  | 'FPDFText_CountChars'
  | 'FPDFText_GetUnicode'
  | 'FPDFText_GetTextObject'
  | 'FPDFText_IsGenerated'
  | 'FPDFText_IsHyphen'
  | 'FPDFText_HasUnicodeMapError'
  | 'FPDFText_GetCharOrigin'
  | 'FPDFText_GetLooseCharBox'
  | 'FPDFText_GetMatrix'
  | 'FPDFText_GetFontSize'
  | 'FPDFTextObj_GetFont'
  | 'FPDFTextObj_GetTextRenderMode'
  | 'FPDFFont_GetBaseFontName'
  | 'FPDFFont_GetAscent'
  | 'FPDFFont_GetDescent'
  | 'FPDFFont_GetGlyphWidth'
  | 'FPDF_SetSystemFontInfo'
  | 'FPDFBitmap_Create'
  | 'FPDFBitmap_FillRect'
  | 'FPDFBitmap_GetBuffer'
  | 'FPDFBitmap_GetStride'
  | 'FPDFBitmap_Destroy'
  | 'FPDF_RenderPageBitmap'
>

type PdfiumExports = PdfiumFunctions & { readonly memory: WebAssembly.Memory }

/** Bytes of scratch memory that the calls write their results to. */
const SCRATCH = 16384
/** An instance is replaced after so many documents, or once its memory, which never shrinks, has grown this far. */
const DOCUMENTS = 500
const GROWN = 128 * 2 ** 20

/** What an instance may still take; `files` is what the bytes of its open documents come to. */
interface Allowance {
  files: number
  wasRefused: boolean
}

export class PdfiumRuntime {
  /** Address and size of the scratch memory; the address is a multiple of 8. */
  readonly scratch: number
  readonly room = SCRATCH
  private readonly names = new Map<string, number>()
  private opened = 0
  private isDead = false
  private views: Views

  constructor(
    readonly calls: PdfiumExports,
    private readonly allowance: Allowance,
    /** Makes a function of ours one that PDFium can call; `signature` has a letter for the result and one for each operand: v or i. */
    readonly callback: (work: (...operands: number[]) => number | undefined, signature: string) => number,
  ) {
    this.scratch = calls.malloc(SCRATCH)
    this.views = viewsOf(calls.memory)
  }

  get isWornOut(): boolean {
    return this.isDead || this.opened >= DOCUMENTS || this.calls.memory.buffer.byteLength > GROWN
  }

  /** Address of a constant name, ended by a 0, for calls that look something up. */
  name(text: string): number {
    const known = this.names.get(text)
    if (known !== undefined) return known
    const bytes = new TextEncoder().encode(`${text}\0`)
    const address = this.calls.malloc(bytes.length)
    this.bytes.set(bytes, address)
    this.names.set(text, address)
    return address
  }

  /** Text that a call wrote as UTF-16, ended by a 0, which counts in `length`. */
  utf16(address: number, length: number): string {
    const bytes = this.bytes.slice(address, address + Math.max(0, length - 2))
    return new TextDecoder('utf-16le').decode(bytes)
  }

  /** Copies the bytes in, to stay until `release`; null when there is no room for them. */
  hold(bytes: Uint8Array): number | null {
    this.opened++
    this.allowance.files += bytes.length
    const address = this.calls.malloc(Math.max(bytes.length, 1))
    if (address === 0) {
      this.allowance.files -= bytes.length
      return null
    }
    this.bytes.set(bytes, address)
    return address
  }

  release(address: number, length: number): void {
    this.allowance.files -= length
    if (!this.isDead) this.calls.free(address)
  }

  /** Runs calls that read a document. An instance that broke off in one of them answers out_of_memory from then on. */
  guard<T>(work: () => Result<T>): Result<T> {
    if (this.isDead) return fail('out_of_memory')
    this.allowance.wasRefused = false
    try {
      return work()
    } catch (error) {
      // A trap, or too deep a recursion, leaves the instance in the middle of something. Anything else is our own mistake.
      if (!(error instanceof WebAssembly.RuntimeError || error instanceof RangeError)) throw error
      this.isDead = true
      return fail(this.allowance.wasRefused ? 'out_of_memory' : 'corrupt')
    }
  }

  /** Runs calls that only tidy up; there is nothing to tidy up in a dead instance. */
  tidy(work: () => void): void {
    this.guard(() => {
      work()
      return { ok: true, value: undefined }
    })
  }

  // Typed arrays end when the memory grows, which any call may make it do: ask for them after the call, not before.
  get bytes(): Uint8Array {
    return this.current().bytes
  }
  get doubles(): Float64Array {
    return this.current().doubles
  }
  get floats(): Float32Array {
    return this.current().floats
  }
  get words(): Uint32Array {
    return this.current().words
  }

  private current(): Views {
    // A detached array has no length.
    if (this.views.bytes.length === 0) this.views = viewsOf(this.calls.memory)
    return this.views
  }
}

type Views = ReturnType<typeof viewsOf>

function viewsOf({ buffer }: WebAssembly.Memory) {
  return {
    bytes: new Uint8Array(buffer),
    doubles: new Float64Array(buffer),
    floats: new Float32Array(buffer),
    words: new Uint32Array(buffer),
  }
}

let compiled: Promise<WebAssembly.Module> | null = null

/** Machine code that another thread made, to be used by this one. */
export function adoptPdfium(module: WebAssembly.Module): void {
  compiled ??= Promise.resolve(module)
}

/** The machine code is made once a process; an instance of it takes some 10 ms. */
export async function startPdfium(): Promise<PdfiumRuntime> {
  compiled ??= compilePdfium()
  const [{ init }, module] = await Promise.all([import('@embedpdf/pdfium'), compiled])
  const allowance: Allowance = { files: 0, wasRefused: false }
  const library = await init({
    instantiateWasm: (imports: WebAssembly.Imports, receive: (instance: WebAssembly.Instance) => void) => {
      const instance = new WebAssembly.Instance(module, capMemory(imports, allowance))
      receive(instance)
      return instance.exports
    },
    print: ignore,
    printErr: ignore,
  })
  library.PDFiumExt_Init()
  const { wasmExports, addFunction } = library.pdfium
  // The library knows a function that it was given before, and leaves it the signature that it had then.
  const callback: PdfiumRuntime['callback'] = (work, signature) =>
    addFunction((...operands: number[]) => work(...operands), signature)
  return new PdfiumRuntime(wasmExports as unknown as PdfiumExports, allowance, callback)
}

/** What PDFium prints is for its developers; what matters comes back from the calls. */
function ignore(): void {}

function capMemory(imports: WebAssembly.Imports, allowance: Allowance): WebAssembly.Imports {
  const { env } = imports
  const grow = env?.emscripten_resize_heap
  if (typeof grow !== 'function') throw new Error('PDFium no longer asks emscripten_resize_heap for memory')
  return {
    ...imports,
    env: {
      ...env,
      emscripten_resize_heap: (requested: number) => {
        const size = requested >>> 0
        if (size <= LIMITS.pdfEngineBytes + allowance.files) return grow(size)
        allowance.wasRefused = true
        return 0
      },
    },
  }
}
