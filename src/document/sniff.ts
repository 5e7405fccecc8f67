/**
 * Bytes → what kind of file they are, never by its name.
 *
 * Looks at signatures, at the names inside a zip or an OLE2 container, and at the first 64 kB of a text. It validates nothing:
 * a damaged DOCX is still a DOCX, and its reader says what is wrong with it. `mediaType` is for the record and may be finer than
 * `kind`; a kind that no reader takes (a spreadsheet, a web archive) is `unknown` with the media type it is known by.
 */
import { decodeText } from './charset.js'
import { memberNames } from './zip-names.js'

export type FileKind =
  | 'pdf'
  | 'docx'
  | 'html'
  | 'text'
  | 'zip'
  | 'doc'
  | 'encrypted_office'
  | 'wps'
  | 'ofd'
  | 'image'
  | 'rtf'
  | 'empty'
  | 'unknown'

export interface Sniffed {
  readonly kind: FileKind
  readonly mediaType: string
}

const HEAD_BYTES = 65_536

export function sniff(bytes: Uint8Array): Sniffed {
  const head = latin1(bytes.subarray(0, 1024))
  for (const [pattern, kind, mediaType] of SIGNATURES) {
    if (pattern.test(head)) return { kind, mediaType }
  }
  // Before PDF: what a zip holds may be stored as it is, and begin within its first bytes.
  if (/^(PK\x07\x08|PK00)?PK(\x03\x04|\x05\x06)/.test(head)) return sniffZip(bytes)
  if (isPdf(head, bytes)) return { kind: 'pdf', mediaType: 'application/pdf' }
  if (head.startsWith('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) return sniffOle(bytes)
  return sniffText(bytes)
}

const SIGNATURES: readonly (readonly [RegExp, FileKind, string])[] = [
  [/^\{\\rtf/, 'rtf', 'application/rtf'],
  [/^\xff\xd8\xff/, 'image', 'image/jpeg'],
  [/^\x89PNG\r\n\x1a\n/, 'image', 'image/png'],
  [/^GIF8[79]a/, 'image', 'image/gif'],
  [/^(II\*\0|II\+\0|MM\0\*|MM\0\+)/, 'image', 'image/tiff'],
  [/^BM.{4}\0{4}/s, 'image', 'image/bmp'],
  [/^RIFF.{4}WEBP/s, 'image', 'image/webp'],
  [/^.{4}ftyp(heic|heix|mif1|msf1|avif)/s, 'image', 'image/heic'],
  [/^\0\0\0\x0cjP {2}/, 'image', 'image/jp2'],
  [/^7z\xbc\xaf\x27\x1c/, 'unknown', 'application/x-7z-compressed'],
  [/^Rar!\x1a\x07/, 'unknown', 'application/vnd.rar'],
  [/^\x1f\x8b\x08/, 'unknown', 'application/gzip'],
]

/** The header may stand within the first 1024 bytes (ISO 32000-1, annex H.3.4.1); a text that only speaks of PDF has no objects. */
function isPdf(head: string, bytes: Uint8Array): boolean {
  const at = head.search(/%PDF-\d/)
  if (at <= 0) return at === 0
  if (head.slice(0, at).trim() === '') return true
  return latin1(bytes.subarray(at, at + HEAD_BYTES)).includes(' obj')
}

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

function sniffZip(bytes: Uint8Array): Sniffed {
  const names = memberNames(bytes)
  const has = (name: string) => names.includes(name)
  const hasFolder = (folder: string) => names.some((name) => name.startsWith(folder))
  if (has('word/document.xml')) return { kind: 'docx', mediaType: DOCX }
  if (has('[content_types].xml')) {
    if (hasFolder('word/')) return { kind: 'docx', mediaType: DOCX }
    if (hasFolder('xl/')) return unknown('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
    if (hasFolder('ppt/')) return unknown('application/vnd.openxmlformats-officedocument.presentationml.presentation')
  }
  if (has('ofd.xml')) return { kind: 'ofd', mediaType: 'application/ofd' }
  if (has('mimetype') && has('meta-inf/container.xml')) return unknown('application/epub+zip')
  if (has('mimetype') && has('content.xml')) return unknown('application/vnd.oasis.opendocument')
  return { kind: 'zip', mediaType: 'application/zip' }
}

function sniffOle(bytes: Uint8Array): Sniffed {
  if (hasStream(bytes, 'EncryptedPackage')) return { kind: 'encrypted_office', mediaType: 'application/encrypted' }
  if (hasStream(bytes, 'WordDocument')) return { kind: 'doc', mediaType: 'application/msword' }
  if (hasStream(bytes, 'MatOST')) return { kind: 'wps', mediaType: 'application/vnd.ms-works' }
  if (hasStream(bytes, 'Workbook') || hasStream(bytes, 'Book')) return unknown('application/vnd.ms-excel')
  if (hasStream(bytes, 'PowerPoint Document')) return unknown('application/vnd.ms-powerpoint')
  return unknown('application/x-ole-storage')
}

/** Whether the directory of an OLE2 file (entries of 128 bytes: a name in UTF-16, its length at 64) names this stream. */
function hasStream(bytes: Uint8Array, name: string): boolean {
  const needle = Buffer.from(`${name}\0`, 'utf16le')
  const haystack = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = haystack.indexOf(needle); at !== -1; at = haystack.indexOf(needle, at + 2)) {
    if (at % 128 === 0 && bytes[at + 64] === needle.length) return true
  }
  return false
}

function sniffText(bytes: Uint8Array): Sniffed {
  const { text } = decodeText(bytes.subarray(0, HEAD_BYTES))
  const head = text.replace(/^[\s\0\ufeff]+/, '')
  if (head === '') {
    const rest = bytes.length > HEAD_BYTES ? decodeText(bytes).text.replace(/[\s\0\ufeff]+/g, '') : ''
    return rest === '' ? { kind: 'empty', mediaType: 'application/x-empty' } : plain(rest.slice(0, HEAD_BYTES))
  }
  if (isMessage(head)) return unknown('multipart/related')
  return markup(head) ?? plain(head)
}

/** A saved web page as one message (MHTML), or a mail. */
function isMessage(head: string): boolean {
  return /^(MIME-Version|From|Date|Subject|Content-Type|Snapshot-Content-Location): /i.test(head)
    ? /^Content-Type: *(multipart\/|message\/)/im.test(head)
    : false
}

const HTML_TAGS = new Set(
  `html head body title meta link script style base div p span font center table caption thead tbody tfoot tr td th colgroup
   h1 h2 h3 h4 h5 h6 b strong i em u a img br hr ul ol li dl dt dd form section article main header footer nav aside
   blockquote pre figure label input iframe object noscript o:p xml big small sub sup address fieldset`.split(/\s+/),
)
const PROLOGUE = /^(?:<!--.*?-->|<!\[[^\]]*\]>|<\?[^>]*>|\s)+/s
const MARKDOWN = /^(?:#{1,6} \S|\|.*\|[ \t]*$)/gm
const CLOSED = /<\/(?:p|div|td|tr|table|h[1-6]|li|span|font)\s*>|<br\s*\/?>/gi

/** null: no mark-up, or too little of it for a text to be more than a text. */
function markup(head: string): Sniffed | null {
  const declaredXml = head.startsWith('<?xml')
  const start = head.replace(PROLOGUE, '')
  const first = /^<!?\/?([a-z][\w:-]*)\s*([\w:-]*)/i.exec(start)
  const [tag = '', named = ''] = first === null ? [] : [first[1]?.toLowerCase(), first[2]?.toLowerCase()]
  const html: Sniffed = { kind: 'html', mediaType: 'text/html' }

  if (tag === 'doctype' && named === 'html') return html
  if (tag === 'svg') return { kind: 'image', mediaType: 'image/svg+xml' }
  if (/<(?:html|body)[\s>]/i.test(head)) return html
  const isMarkdown = (head.match(MARKDOWN)?.length ?? 0) >= 2
  if (HTML_TAGS.has(tag)) return isMarkdown ? null : html
  if (declaredXml || tag === 'doctype') return unknown('application/xml')
  return !isMarkdown && (head.match(CLOSED)?.length ?? 0) >= 3 ? html : null
}

/** Text is told from binary data by what text does not hold: control characters, and bytes that no character set explains. */
function plain(head: string): Sniffed {
  const controls = head.match(/[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]/g)?.length ?? 0
  const lost = head.match(/\ufffd/g)?.length ?? 0
  return controls > head.length / 100 || lost > head.length / 10
    ? unknown('application/octet-stream')
    : { kind: 'text', mediaType: 'text/plain' }
}

function unknown(mediaType: string): Sniffed {
  return { kind: 'unknown', mediaType }
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
}
