/**
 * Bytes of a text → its characters.
 *
 * What the bytes can be is believed before what the file claims: pages declared as utf-8 and saved as GBK, and the reverse, are
 * common, and Chinese text in one is almost never well-formed in the other. A byte order mark decides; then UTF-16 told by its
 * zero bytes; then well-formed UTF-8; then the declared set; then GB18030, which contains GBK and GB2312.
 *
 * Promises: never throws; a character that could not be decoded is U+FFFD and `undecodable` is set, also when the file itself
 * holds U+FFFD (somebody lost a character before us). Left to the caller: finding the declared label, and what to doubt.
 */

export interface DecodedText {
  readonly text: string
  readonly encoding: string
  readonly undecodable: boolean
}

/** Labels that templates carry without meaning them. */
const WESTERN = new Set(['windows-1252', 'iso-8859-1'])

const CJK = /[\u3000-\u9fff\uff00-\uffef]/
const EACH_CJK = new RegExp(CJK, 'g')
const REPLACEMENT = /\ufffd/g

export function decodeText(bytes: Uint8Array, declared: string | null = null): DecodedText {
  const unicode = byteOrderMark(bytes) ?? utf16WithoutMark(bytes)
  if (unicode !== null) return decodeAs(unicode, bytes)

  const label = normaliseLabel(declared)
  const utf8 = strictly('utf-8', bytes)
  if (utf8 !== null) {
    // A handful of GBK characters can be well-formed UTF-8, but never the three-byte sequences of Chinese.
    const chinese = label === 'gb18030' && !isAscii(utf8) && !CJK.test(utf8) ? strictly(label, bytes) : null
    return chinese === null ? decoded(utf8, 'utf-8') : decoded(chinese, 'gb18030')
  }

  const damaged = loosely('utf-8', bytes)
  if (count(damaged, REPLACEMENT) * 20 <= count(damaged, EACH_CJK)) return decoded(damaged, 'utf-8')

  const named = label === null || label === 'utf-8' ? [] : [label]
  for (const encoding of WESTERN.has(label ?? '') ? ['gb18030', ...named] : [...named, 'gb18030']) {
    const text = strictly(encoding, bytes)
    if (text !== null) return decoded(text, encoding)
  }
  const candidates = [...new Set([...named, 'gb18030'])].map((encoding) => decoded(loosely(encoding, bytes), encoding))
  const lost = ({ text }: DecodedText) => count(text, REPLACEMENT)
  return candidates.reduce((best, next) => (lost(next) < lost(best) ? next : best), decoded(damaged, 'utf-8'))
}

function decoded(text: string, encoding: string): DecodedText {
  return { text, encoding, undecodable: text.includes('\ufffd') }
}

function decodeAs(encoding: string, bytes: Uint8Array): DecodedText {
  return decoded(loosely(encoding, bytes), encoding)
}

function strictly(encoding: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

function loosely(encoding: string, bytes: Uint8Array): string {
  return new TextDecoder(encoding).decode(bytes)
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0
}

function isAscii(text: string): boolean {
  return !/[^\x00-\x7f]/.test(text)
}

/** null for no label, or one nobody knows. */
function normaliseLabel(declared: string | null): string | null {
  if (declared === null) return null
  let name: string
  try {
    name = new TextDecoder(declared.trim()).encoding
  } catch {
    return null
  }
  // Whoever claims UTF-16 in bytes that could be searched for the claim does not have it.
  if (name.startsWith('utf-16')) return null
  return name === 'gbk' ? 'gb18030' : name
}

function byteOrderMark([first, second, third]: Uint8Array): string | null {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8'
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  return null
}

const UTF16_SAMPLE = 8192
const USUAL = /[\t\n\r -~\u00a0\u2010-\u2030\u3000-\u9fff\uff00-\uffef]/g

/** Text holds no zero bytes, except the half of each ASCII character and of 一 (U+4E00) in UTF-16. */
function utf16WithoutMark(bytes: Uint8Array): string | null {
  const sample = bytes.subarray(0, UTF16_SAMPLE)
  if (bytes.length < 4 || bytes.length % 2 !== 0 || !sample.includes(0)) return null
  for (const encoding of ['utf-16le', 'utf-16be']) {
    const text = loosely(encoding, sample)
    if (count(text, USUAL) >= 0.95 * text.length) return encoding
  }
  return null
}
