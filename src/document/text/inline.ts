/**
 * A line of Markdown or plain text → the text it prints: marks for emphasis, links, escapes, entities and stray tags removed.
 *
 * Only marks in pairs are taken for marks, so that an asterisk beside a figure stays. Struck-out text is left out and said; a raised
 * digit does not become part of the figure before it; what a picture shows was not read, and is said.
 */

export interface Inline {
  readonly text: string
  readonly struck: boolean
  readonly pictures: number
}

const MARKED = /[\\*_`~<&![\u00a0\u00ad\u2000-\u200f\u202a-\u202f\u2060-\u2064\ufeff]/

export function readInline(source: string): Inline {
  if (!MARKED.test(source)) return { text: source.trim(), struck: false, pictures: 0 }
  let struck = false
  let pictures = 0
  const strike = () => {
    struck = true
    return ''
  }
  const picture = () => {
    pictures++
    return ''
  }
  const text = source
    .replace(/\\([!-/:-@[-`{-~])/g, (_, escaped: string) => String.fromCharCode(SHELTER + escaped.charCodeAt(0)))
    .replace(/!\[[^\]]{0,200}\]\([^)]{0,2000}\)|<img\b[^>]{0,2000}>/gi, picture)
    .replace(/\[([^[\]]{1,200})\]\([^)]{0,2000}\)/g, '$1')
    .replace(/<(del|s|strike)>.{0,200}?<\/\1>|~~[^~]{1,200}~~/gi, strike)
    .replace(/<(su[pb])>([^<]{0,50})<\/\1>/gi, (_, to: string, raised: string) => raise(raised, to.toLowerCase()))
    .replace(/`([^`]{1,500})`/g, '$1')
    .replace(/\*\*([^*]+)\*\*/g, '$1')
    .replace(/(^|[^\w*])\*([^\s*](?:[^*]*[^\s*])?)\*(?![\w*])/g, '$1$2')
    .replace(/^__([^_]+)__$/, '$1')
    .replace(/<br\s*\/?>/gi, '\n')
    .replace(TAG, '')
    .replace(/&(#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,8});/gi, (entity, name: string) => character(name) ?? entity)
    .replace(/[\ue021-\ue07e]/g, (sheltered) => String.fromCharCode(sheltered.charCodeAt(0) - SHELTER))
    .replace(/[\u00a0\u2000-\u200a\u202f]/g, ' ')
    .replace(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g, '')
  return { text: text.trim(), struck, pictures }
}

/** All of the line is set bold. */
export function isBold(source: string): boolean {
  return /^\s*(?:\*\*[^*]+\*\*|__[^_]+__|<(b|strong)>.*<\/\1>)\s*$/.test(source)
}

/** Escaped characters are kept out of the way here, in the private use area, until all marks are gone. */
const SHELTER = 0xe000

const TAG = /<\/?(?:b|strong|i|em|u|span|font|center|div|p|small|big|a|sup|sub|o:p)(?:\s[^<>]{0,500})?\/?>/gi

const ENTITIES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    nbsp: ' ',
    emsp: ' ',
    ensp: ' ',
    thinsp: ' ',
    amp: '&',
    lt: '<',
    gt: '>',
    quot: '"',
    apos: "'",
  }).concat(
    Object.entries({
      middot: '·',
      mdash: '—',
      ndash: '–',
      hellip: '…',
      ldquo: '“',
      rdquo: '”',
      lsquo: '‘',
      rsquo: '’',
    }),
  ),
)

function character(name: string): string | null {
  if (!name.startsWith('#')) return ENTITIES.get(name.toLowerCase()) ?? null
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10)
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : null
}

function raise(digits: string, to: string): string {
  const raised = to === 'sup' ? '⁰¹²³⁴⁵⁶⁷⁸⁹' : '₀₁₂₃₄₅₆₇₈₉'
  return digits.replace(/\d/g, (digit) => raised[Number(digit)] ?? digit)
}
