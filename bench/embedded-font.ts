/**
 * Characters → a TrueType font that has a glyph for each, made to cost what the fonts of published reports cost, as parsing fonts
 * is most of what PDFium and pdf.js do. Word processors leave out the outlines that a report does not use, but let all glyphs
 * keep their numbers: so the tables of positions and widths are those of a whole Chinese font. Outlines have some five
 * contours of sixteen points; what they draw means nothing. Holds the tables that PDF asks of an embedded CIDFontType2.
 */
const UNITS_PER_EM = 1000
const GLYPHS = 28_000
const CONTOURS = 5
const POINTS = 16
const FIRST_IDEOGRAPH = 0x4e00

export function embeddedFont(characters: readonly string[]): Uint8Array {
  const random = pseudoRandom(characters.length)
  const outlines = new Map(characters.map((character) => [glyphNumber(character), outline(random)]))
  const glyf: Buffer[] = []
  const loca = Buffer.alloc((GLYPHS + 1) * 4)
  const hmtx = Buffer.alloc(GLYPHS * 4)
  let end = 0
  for (let glyph = 0; glyph < GLYPHS; glyph += 1) {
    const drawn = outlines.get(glyph)
    if (drawn !== undefined) glyf.push(drawn)
    end += drawn?.length ?? 0
    loca.writeUInt32BE(end, (glyph + 1) * 4)
    hmtx.writeUInt16BE(UNITS_PER_EM, glyph * 4)
  }
  for (const character of characters) hmtx.writeUInt16BE(advance(character), glyphNumber(character) * 4)
  return sfnt({ glyf: Buffer.concat(glyf), head: head(), hhea: hhea(), hmtx, loca, maxp: maxp() })
}

/** Ideographs by their code, punctuation and the rest before them. */
export function glyphNumber(character: string): number {
  const code = character.charCodeAt(0)
  return code >= FIRST_IDEOGRAPH && code < 0xa000 ? 5_000 + code - FIRST_IDEOGRAPH : code % 4_999
}

/** Digits and Latin letters are half as wide as all else. */
export function advance(character: string): number {
  return character < '\u0100' ? UNITS_PER_EM / 2 : UNITS_PER_EM
}

function outline(random: () => number): Buffer {
  const count = CONTOURS * POINTS
  const glyph = Buffer.alloc(10 + CONTOURS * 2 + 2 + count * 5)
  glyph.writeInt16BE(CONTOURS, 0)
  for (const [index, side] of [0, -100, 950, 850].entries()) glyph.writeInt16BE(side, 2 + index * 2)
  for (let contour = 0; contour < CONTOURS; contour += 1)
    glyph.writeUInt16BE((contour + 1) * POINTS - 1, 10 + contour * 2)
  const flags = 10 + CONTOURS * 2 + 2
  let [x, y] = [0, 0]
  for (let point = 0; point < count; point += 1) {
    const turn = ((point % POINTS) / POINTS) * 2 * Math.PI
    const radius = 40 + 80 * random()
    const nextX = Math.round(150 + (Math.floor(point / POINTS) % 3) * 300 + radius * Math.cos(turn))
    const nextY = Math.round(150 + Math.floor(point / POINTS / 2) * 250 + radius * Math.sin(turn))
    glyph.writeUInt8(point % 3 === 1 ? 0 : 1, flags + point)
    glyph.writeInt16BE(nextX - x, flags + count + point * 2)
    glyph.writeInt16BE(nextY - y, flags + count * 3 + point * 2)
    x = nextX
    y = nextY
  }
  return glyph.length % 4 === 0 ? glyph : Buffer.concat([glyph, Buffer.alloc(4 - (glyph.length % 4))])
}

/** The same fonts on every machine and in every run. */
function pseudoRandom(seed: number): () => number {
  let state = seed + 1
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

function head(): Buffer {
  const table = Buffer.alloc(54)
  table.writeUInt32BE(0x00010000, 0)
  table.writeUInt32BE(0x5f0f3cf5, 12)
  table.writeUInt16BE(UNITS_PER_EM, 18)
  for (const [index, side] of [0, -140, 1000, 860].entries()) table.writeInt16BE(side, 36 + index * 2)
  table.writeInt16BE(2, 48)
  // Offsets in loca are long.
  table.writeInt16BE(1, 50)
  return table
}

function hhea(): Buffer {
  const table = Buffer.alloc(36)
  table.writeUInt32BE(0x00010000, 0)
  table.writeInt16BE(860, 4)
  table.writeInt16BE(-140, 6)
  table.writeUInt16BE(UNITS_PER_EM, 10)
  table.writeInt16BE(1, 18)
  table.writeUInt16BE(GLYPHS, 34)
  return table
}

function maxp(): Buffer {
  const table = Buffer.alloc(32)
  table.writeUInt32BE(0x00010000, 0)
  table.writeUInt16BE(GLYPHS, 4)
  table.writeUInt16BE(CONTOURS * POINTS, 6)
  table.writeUInt16BE(CONTOURS, 8)
  table.writeUInt16BE(2, 14)
  return table
}

function sfnt(tables: Readonly<Record<string, Buffer>>): Uint8Array {
  const entries = Object.entries(tables)
  const directory = Buffer.alloc(12 + entries.length * 16)
  const power = Math.floor(Math.log2(entries.length))
  directory.writeUInt32BE(0x00010000, 0)
  directory.writeUInt16BE(entries.length, 4)
  directory.writeUInt16BE(2 ** power * 16, 6)
  directory.writeUInt16BE(power, 8)
  directory.writeUInt16BE((entries.length - 2 ** power) * 16, 10)
  const bodies: Buffer[] = []
  let offset = directory.length
  for (const [index, [tag, body]] of entries.entries()) {
    const padded = Buffer.concat([body, Buffer.alloc(-body.length & 3)])
    const at = 12 + index * 16
    directory.write(tag, at, 'latin1')
    directory.writeUInt32BE(checksum(padded), at + 4)
    directory.writeUInt32BE(offset, at + 8)
    directory.writeUInt32BE(body.length, at + 12)
    bodies.push(padded)
    offset += padded.length
  }
  return Buffer.concat([directory, ...bodies])
}

function checksum(padded: Buffer): number {
  let sum = 0
  for (let at = 0; at < padded.length; at += 4) sum = (sum + padded.readUInt32BE(at)) >>> 0
  return sum
}
