/**
 * Text and boxes on pages → a PDF as word processors write one: fonts embedded, each glyph placed by itself, each table cell
 * clipped, labels painted white, borders stroked cell by cell, every stream compressed. Positions are in points from the top-left corner.
 */
import { deflateSync } from 'node:zlib'
import { advance, embeddedFont, glyphNumber } from './embedded-font.js'

/** The faces of a report set by the rules for official documents, and of its page numbers, each embedded as a font of its own. */
const FACES = {
  title: 'FZXBSJW',
  hei: 'SimHei',
  kai: 'KaiTi',
  fang: 'FangSong',
  song: 'SimSun',
  times: 'TimesNewRoman',
  calibri: 'Calibri',
} as const
export type Face = keyof typeof FACES

const WIDTH = 595
const HEIGHT = 842

export class PdfFileWriter {
  private readonly pages: string[][] = []
  private readonly characters = new Map<Face, Set<string>>()

  addPage(): void {
    this.pages.push([])
  }

  /** `y` is the baseline. */
  text(x: number, y: number, text: string, face: Face, size: number): void {
    const used = this.characters.get(face) ?? new Set()
    this.characters.set(face, used)
    const shown = [...text].map((character) => {
      used.add(character)
      return `<${hex(glyphNumber(character))}> Tj ${((advance(character) / 1000) * size).toFixed(2)} 0 Td`
    })
    this.draw(
      `q BT /${face} ${size} Tf 0 g 1 0 0 1 ${x.toFixed(2)} ${(HEIGHT - y).toFixed(2)} Tm ${shown.join(' ')} ET Q`,
    )
  }

  /** Draws the sides that no neighbour to the left or above has drawn; `last` says which sides end the table. */
  cell(left: number, top: number, right: number, bottom: number, last: { column: boolean; row: boolean }): void {
    const [x1, x2, y1, y2] = [left, right, HEIGHT - bottom, HEIGHT - top].map((value) => value.toFixed(2))
    this.draw(`q ${x1} ${y1} ${(right - left).toFixed(2)} ${(bottom - top).toFixed(2)} re W* n Q`)
    const sides = [`${x1} ${y2} m ${x2} ${y2} l`, `${x1} ${y1} m ${x1} ${y2} l`]
    if (last.row) sides.push(`${x1} ${y1} m ${x2} ${y1} l`)
    if (last.column) sides.push(`${x2} ${y1} m ${x2} ${y2} l`)
    for (const side of sides) this.draw(`q 0.48 w 0 G 0 J 0 j 10 M ${side} S Q`)
  }

  whiten(left: number, top: number, right: number, bottom: number): void {
    const box = [left, HEIGHT - bottom, right - left, bottom - top].map((value) => value.toFixed(2)).join(' ')
    this.draw(`q 1 1 1 rg ${box} re f* Q`)
  }

  toBytes(): Uint8Array {
    const objects: Buffer[] = []
    const add = (body: string | Buffer) => objects.push(Buffer.from(body))
    const catalog = add('<< /Type /Catalog /Pages 2 0 R >>')
    const tree = add('')
    const fonts = [...this.characters].map(
      ([face, characters]) => `/${face} ${addFont(add, FACES[face], [...characters])} 0 R`,
    )
    const resources = add(`<< /Font << ${fonts.join(' ')} >> >>`)
    const kids = this.pages.map((operators) => {
      const content = add(stream(Buffer.from(operators.join('\n'), 'latin1')))
      const page = `/Parent ${tree} 0 R /MediaBox [0 0 ${WIDTH} ${HEIGHT}] /Resources ${resources} 0 R /Contents ${content} 0 R`
      return `${add(`<< /Type /Page ${page} >>`)} 0 R`
    })
    objects[tree - 1] = Buffer.from(`<< /Type /Pages /Count ${kids.length} /Kids [${kids.join(' ')}] >>`)
    return assemble(objects, catalog)
  }

  private draw(operators: string): void {
    this.pages.at(-1)?.push(operators)
  }
}

const hex = (value: number) => value.toString(16).padStart(4, '0')

function addFont(add: (body: string | Buffer) => number, name: string, characters: readonly string[]): number {
  const file = add(stream(embeddedFont(characters)))
  const descriptor = add(
    `<< /Type /FontDescriptor /FontName /ABCDEF+${name} /Flags 4 /FontBBox [0 -140 1000 860] /ItalicAngle 0 /Ascent 860 /Descent -140 ` +
      `/CapHeight 860 /StemV 80 /FontFile2 ${file} 0 R >>`,
  )
  const widths = characters.map((character) => `${glyphNumber(character)} [${advance(character)}]`).join(' ')
  const descendant = add(
    `<< /Type /Font /Subtype /CIDFontType2 /BaseFont /ABCDEF+${name} /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) ` +
      `/Supplement 0 >> /FontDescriptor ${descriptor} 0 R /DW 1000 /W [${widths}] /CIDToGIDMap /Identity >>`,
  )
  const pairs = characters.map((character) => `<${hex(glyphNumber(character))}> <${hex(character.charCodeAt(0))}>`)
  const blocks: string[] = []
  for (let from = 0; from < pairs.length; from += 100) {
    const block = pairs.slice(from, from + 100)
    blocks.push(`${block.length} beginbfchar\n${block.join('\n')}\nendbfchar`)
  }
  const toUnicode = add(
    stream(
      Buffer.from(
        '/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Own def /CMapType 2 def\n' +
          `1 begincodespacerange <0000> <ffff> endcodespacerange\n${blocks.join('\n')}\nendcmap end end`,
      ),
    ),
  )
  return add(
    `<< /Type /Font /Subtype /Type0 /BaseFont /ABCDEF+${name} /Encoding /Identity-H /DescendantFonts [${descendant} 0 R] ` +
      `/ToUnicode ${toUnicode} 0 R >>`,
  )
}

function stream(plain: Uint8Array): Buffer {
  const packed = deflateSync(plain)
  const dictionary = `<< /Filter /FlateDecode /Length ${packed.length} /Length1 ${plain.length} >>\nstream\n`
  return Buffer.concat([Buffer.from(dictionary), packed, Buffer.from('\nendstream')])
}

function assemble(objects: readonly Buffer[], catalog: number): Uint8Array {
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n')]
  const offsets: number[] = []
  let length = parts[0]?.length ?? 0
  const put = (part: Buffer) => {
    parts.push(part)
    length += part.length
  }
  objects.forEach((body, index) => {
    offsets.push(length)
    put(Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), body, Buffer.from('\nendobj\n')]))
  })
  const start = length
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  put(
    Buffer.from(
      `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}` +
        `trailer\n<< /Size ${objects.length + 1} /Root ${catalog} 0 R >>\nstartxref\n${start}\n%%EOF\n`,
    ),
  )
  return Buffer.concat(parts)
}
