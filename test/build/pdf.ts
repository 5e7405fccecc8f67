/**
 * Turns hand-written pages into the bytes of a PDF file, without any font file: Latin letters in Helvetica, Chinese in fonts that
 * every reader must know by their character collection (Adobe-GB1) alone.
 *
 * Drawing is in points from the top-left corner of an unrotated page; `content` takes raw operators, in PDF's own user space
 * (y upwards), for what only they can say. Digits and Latin letters of the Chinese fonts are half an em wide, all else one em.
 */
import type { Encryption } from './pdf-encryption.js'
import { encryption } from './pdf-encryption.js'

export type FontName = keyof typeof FONTS

export interface TextStyle {
  readonly font?: FontName
  readonly size?: number
  /** 0 fill, 1 stroke, 2 both, 3 invisible. */
  readonly mode?: number
  readonly gray?: number
}

export interface PageAttributes {
  readonly width?: number
  readonly height?: number
  readonly cropBox?: readonly [number, number, number, number]
  readonly rotate?: number
  readonly userUnit?: number
  /** Further fonts by resource name: dictionary entries without << >>. */
  readonly fonts?: Readonly<Record<string, string>>
  /** Form XObjects or pictures by resource name: dictionary entries without << >>, and the stream. */
  readonly xObjects?: Readonly<Record<string, { readonly dictionary: string; readonly stream: string }>>
}

export interface FileAttributes {
  readonly title?: string
  /** What /Count claims, when it lies. */
  readonly count?: number
  /** Encrypts the streams; '' means that the file opens without a password. */
  readonly userPassword?: string
}

const FONTS = {
  helvetica: ['/Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding'],
  helveticaBold: ['/Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding'],
  song: chinese('STSong-Light', 'UniGB-UCS2-H'),
  hei: chinese('SimHei', 'UniGB-UCS2-H'),
  songVertical: chinese('STSong-Light', 'UniGB-UCS2-V'),
  /** Strings are GBK bytes: use it through `content`. */
  songGbk: chinese('SimSun', 'GBK-EUC-H'),
} as const satisfies Record<string, readonly string[]>

/** A composite font and its descendant, as two objects; `%DESCENDANT%` becomes the second one's number. */
function chinese(name: string, encoding: string): readonly string[] {
  return [
    `/Type /Font /Subtype /Type0 /BaseFont /${name} /Encoding /${encoding} /DescendantFonts [%DESCENDANT% 0 R]`,
    `/Type /Font /Subtype /CIDFontType0 /BaseFont /${name} /DW 1000 /W [1 95 500 814 939 500] ` +
      '/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> ' +
      `/FontDescriptor << /Type /FontDescriptor /FontName /${name} /Flags 4 /FontBBox [-25 -254 1000 880] ` +
      '/ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>',
  ]
}

export class PdfPage {
  readonly width: number
  readonly height: number
  readonly attributes: PageAttributes
  private readonly operators: string[] = []

  constructor(attributes: PageAttributes = {}) {
    this.width = attributes.width ?? 595
    this.height = attributes.height ?? 842
    this.attributes = attributes
  }

  get stream(): string {
    return this.operators.join('\n')
  }

  /** One run of text; `y` is the baseline (the top middle of the first letter for a vertical font). */
  text(x: number, y: number, text: string, style: TextStyle = {}): this {
    const { font = 'song', size = 12, mode = 0, gray = 0 } = style
    return this.content(
      `q BT /${font} ${size} Tf ${mode} Tr ${gray} g ${gray} G ${x} ${this.up(y)} Td ${pdfString(text, font)} Tj ET Q`,
    )
  }

  line(x1: number, y1: number, x2: number, y2: number, width = 0.5): this {
    return this.content(`${width} w ${x1} ${this.up(y1)} m ${x2} ${this.up(y2)} l S`)
  }

  /** A stroked rectangle. */
  frame(left: number, top: number, right: number, bottom: number, width = 0.5): this {
    return this.content(`${width} w ${left} ${this.up(bottom)} ${right - left} ${bottom - top} re S`)
  }

  fill(left: number, top: number, right: number, bottom: number, gray = 0): this {
    return this.content(`q ${gray} g ${left} ${this.up(bottom)} ${right - left} ${bottom - top} re f Q`)
  }

  /** Raw operators. */
  content(operators: string): this {
    this.operators.push(operators)
    return this
  }

  private up(y: number): number {
    return Number((this.height - y).toFixed(4))
  }
}

/** A string operand in the encoding that the font asks for. */
export function pdfString(text: string, font: FontName): string {
  const codes = [...Array(text.length).keys()].map((index) => text.charCodeAt(index))
  const digits = font.startsWith('helvetica') ? 2 : 4
  return `<${codes.map((code) => code.toString(16).padStart(digits, '0')).join('')}>`
}

export function buildPdf(pages: readonly PdfPage[], attributes: FileAttributes = {}): Uint8Array {
  const objects: string[] = []
  const reserve = () => objects.push('')
  const add = (body: string) => objects.push(body)
  const set = (number: number, body: string) => {
    objects[number - 1] = body
  }

  const catalog = reserve()
  const tree = reserve()
  const fonts = Object.entries(FONTS).map(([name, [font, descendant]]) => {
    const inner = descendant === undefined ? 0 : add(`<< ${descendant} >>`)
    return `/${name} ${add(`<< ${font.replace('%DESCENDANT%', String(inner))} >>`)} 0 R`
  })
  const kids = pages.map((page) => addPage(page, tree, fonts, { reserve, add, set }))
  set(catalog, `<< /Type /Catalog /Pages ${tree} 0 R >>`)
  set(
    tree,
    `<< /Type /Pages /Count ${attributes.count ?? pages.length} /Kids [${kids.map((kid) => `${kid} 0 R`).join(' ')}] >>`,
  )
  const { title, userPassword } = attributes
  const info = title === undefined ? null : add(`<< /Title <feff${pdfString(title, 'song').slice(1)} >>`)
  const trailer = `/Root ${catalog} 0 R${info === null ? '' : ` /Info ${info} 0 R`}`
  return writeFile(objects, trailer, userPassword === undefined ? null : encryption(userPassword))
}

interface Objects {
  reserve(): number
  add(body: string): number
  set(number: number, body: string): void
}

function addPage(
  { attributes, width, height, stream }: PdfPage,
  tree: number,
  fonts: readonly string[],
  objects: Objects,
): number {
  const { cropBox, rotate, userUnit, fonts: own = {}, xObjects = {} } = attributes
  const numbers = new Map(Object.keys(xObjects).map((name) => [name, objects.reserve()]))
  const references = [...numbers].map(([name, number]) => `/${name} ${number} 0 R`).join(' ')
  const ownFonts = Object.entries(own).map(([name, dictionary]) => `/${name} << ${dictionary} >>`)
  const resources = `/Resources << /Font << ${[...fonts, ...ownFonts].join(' ')} >> /XObject << ${references} >> >>`
  for (const [name, number] of numbers) {
    const xObject = xObjects[name]
    if (xObject === undefined) continue
    // A form without resources of its own uses those of its page, its own name among them: that is how one calls itself.
    const shared = xObject.dictionary.includes('/Form') ? resources : ''
    objects.set(number, streamObject(`/Type /XObject ${xObject.dictionary} ${shared}`, xObject.stream))
  }
  const content = objects.add(streamObject('', stream))
  const optional = [
    cropBox === undefined ? '' : `/CropBox [${cropBox.join(' ')}]`,
    rotate === undefined ? '' : `/Rotate ${rotate}`,
    userUnit === undefined ? '' : `/UserUnit ${userUnit}`,
  ].join(' ')
  return objects.add(
    `<< /Type /Page /Parent ${tree} 0 R /MediaBox [0 0 ${width} ${height}] ${optional} ${resources} /Contents ${content} 0 R >>`,
  )
}

function streamObject(dictionary: string, stream: string): string {
  return `<< ${dictionary} /Length ${stream.length} >>\nstream\n${stream}\nendstream`
}

const STREAM = /(?<=\nstream\n).*(?=\nendstream)/s

function writeFile(objects: readonly string[], trailer: string, secret: Encryption | null): Uint8Array {
  let file = '%PDF-1.7\n'
  const offsets = objects.map((body, index) => {
    const offset = file.length
    const stored = secret === null ? body : body.replace(STREAM, (stream) => secret.encrypt(index + 1, stream))
    file += `${index + 1} 0 obj\n${stored}\nendobj\n`
    return offset
  })
  const start = file.length
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`
  file += offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  file += `trailer\n<< /Size ${objects.length + 1} ${trailer} ${secret?.trailer ?? ''} >>\nstartxref\n${start}\n%%EOF\n`
  return Uint8Array.from(Buffer.from(file, 'latin1'))
}
