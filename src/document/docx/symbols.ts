/**
 * `w:sym`, a character of a symbol font by its code → the Unicode character that looks like it.
 *
 * Only what is found in reports is listed: ticks and boxes, list marks, circled figures, signs of arithmetic. Any other code
 * stays the private-use character that it is: something is printed there, and nobody will take it for a figure.
 */

const WINGDINGS: Readonly<Record<number, string>> = {
  108: '●',
  110: '■',
  111: '□',
  113: '□',
  117: '◆',
  118: '❖',
  167: '▪',
  168: '□',
  216: '➢',
  251: '✗',
  252: '✓',
  253: '☒',
  254: '☑',
}

const WINGDINGS_2: Readonly<Record<number, string>> = { 80: '✓', 81: '☒', 82: '☑', 83: '☒', 163: '□' }

const SYMBOL: Readonly<Record<number, string>> = {
  45: '-',
  163: '≤',
  176: '°',
  177: '±',
  179: '≥',
  180: '×',
  183: '•',
  184: '÷',
}

export function symbol(font: string, hexadecimal: string): string {
  const code = Number.parseInt(hexadecimal, 16)
  if (!(code > 0x1f && code <= 0xffff) || (code >= 0xd800 && code < 0xe000)) return ''
  // Symbol fonts are addressed both by their own codes and by those in the private-use area.
  const isPrivate = code >= 0xf000 && code <= 0xf0ff
  const own = isPrivate ? code - 0xf000 : code
  return fromFont(font.toLowerCase(), own) ?? String.fromCharCode(code)
}

function fromFont(font: string, code: number): string | undefined {
  if (font === 'wingdings 2') return WINGDINGS_2[code]
  if (font === 'wingdings') {
    if (code >= 0x81 && code <= 0x8a) return String.fromCharCode(0x2460 + code - 0x81)
    if (code >= 0x8c && code <= 0x95) return String.fromCharCode(0x2776 + code - 0x8c)
    return WINGDINGS[code] ?? (code < 0xf000 ? String.fromCharCode(0xf000 + code) : undefined)
  }
  if (font !== 'symbol') return undefined
  const isPlain = code >= 0x30 && code <= 0x39
  return SYMBOL[code] ?? String.fromCharCode(isPlain ? code : 0xf000 + (code & 0xff))
}
