/**
 * A font for what a file wants drawn in a Chinese font that it does not bring: PDFium has none of its own and draws nothing then.
 *
 * PDFium asks through a table of functions (FPDF_SYSFONTINFO). It is told of the one font whenever it looks for a font of an East Asian
 * character set, or for one by a Chinese name: where the file gives no character set, the name is all there is. All other fonts
 * it has, or finds a likeness of, by itself.
 */
import type { PdfiumRuntime } from './pdfium-runtime.js'

export interface ChineseFont {
  /** A TrueType or OpenType font, or a collection of such. */
  readonly bytes: Uint8Array
  /** Which of a collection, from 0. */
  readonly face: number
}

/** What PDFium asked for since it was last told to forget. */
export interface Asked {
  /** A Chinese font was wanted and there is none. */
  inVain: boolean
}

/** Shift-JIS, Hangul, GB2312, Big5, as Windows numbers character sets. */
const EAST_ASIAN = [128, 129, 134, 136]
/** What the names of Chinese fonts have in them: 宋, 黑, 楷, 仿宋, 明, their makers, or letters that are not Latin. */
const CHINESE_NAME =
  /[^\x20-\x7e]|song|hei|kai|fang|ming|^sim|^fz|^hy[a-z]|^st[a-z]|deng|lisu|youyuan|gbk?\d*$|gb2312|cjk|sourcehan|wenquan/i
/** The only handle given out. */
const THE_FONT = 1
const COLLECTION = 0x74746366
const WHOLE = 0
const VERSION = 1

/** To be called before a document is opened; the instance has the font from then on. */
export function offerChineseFont(pdfium: PdfiumRuntime, font: ChineseFont | null): Asked {
  const asked: Asked = { inVain: false }
  const isCollection = font !== null && uint32(font.bytes, 0) === COLLECTION
  // A face of a collection is asked for by how far from the end of the file it begins, as Windows does.
  const start = isCollection ? uint32(font.bytes, 12 + 4 * font.face) : 0

  const mapFont = (_self = 0, _weight = 0, _italic = 0, characterSet = 0, _pitch = 0, name = 0) => {
    if (!EAST_ASIAN.includes(characterSet) && !CHINESE_NAME.test(nameAt(pdfium, name))) return 0
    asked.inVain ||= font === null
    return font === null ? 0 : THE_FONT
  }
  const getFontData = (_self = 0, _font = 0, table = 0, buffer = 0, room = 0) => {
    if (font === null || (table !== WHOLE && !(table === COLLECTION && isCollection))) return 0
    const data = table === WHOLE ? font.bytes.subarray(start) : font.bytes
    if (buffer !== 0) pdfium.bytes.set(data.subarray(0, room >>> 0), buffer >>> 0)
    return data.length
  }
  const functions = [
    pdfium.callback(nothing, 'vi'), // Release
    pdfium.callback(nothing, 'vii'), // EnumFonts
    pdfium.callback(mapFont, 'iiiiiiii'),
    pdfium.callback(none, 'iii'), // GetFont
    pdfium.callback(getFontData, 'iiiiii'),
    pdfium.callback(none, 'iiiii'), // GetFaceName
    pdfium.callback(none, 'iii'), // GetFontCharset
    pdfium.callback(nothing, 'vii'), // DeleteFont
  ]
  const table = pdfium.calls.malloc(4 * (1 + functions.length))
  pdfium.words.set([VERSION, ...functions], table >> 2)
  pdfium.calls.FPDF_SetSystemFontInfo(table)
  return asked
}

function nothing(): undefined {}

function none(): number {
  return 0
}

/** In whatever character set the file has it. */
function nameAt({ bytes }: PdfiumRuntime, address: number): string {
  return Buffer.from(bytes.subarray(address, bytes.indexOf(0, address))).toString('latin1')
}

function uint32(bytes: Uint8Array, at: number): number {
  return bytes.length < at + 4 ? 0 : new DataView(bytes.buffer, bytes.byteOffset).getUint32(at)
}
