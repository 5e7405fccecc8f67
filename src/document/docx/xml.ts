/**
 * The XML of a part → calls on a table of element readers, in one pass and without a tree.
 *
 * Promises: names arrive with the customary prefixes (`w:`, `r:`, `wp:` …) whatever prefixes the file declares and whether it is
 * strict or transitional; mark-up that is not well-formed, cut off, or declares a document type ends in a failure (OPC forbids
 * document types, and with them go entity bombs). Leaves to the caller what an element means.
 *
 * An element that no table names is passed over with all it contains. If text lay in it, the watch is told its name: what is
 * skipped knowingly is in the table with nothing inside, so that only what surprises us is told.
 */
import { TextDecoder } from 'node:util'
import { SaxesParser, type SaxesTagPlain } from 'saxes'
import { fail } from '../failure.js'
import { LIMITS } from '../limits.js'
import type { Failure } from '../model.js'

export type Attributes = Readonly<Record<string, string>>

export interface ElementReader<State> {
  /** Asked first: `false` passes the element over. */
  readonly when?: (state: State, attributes: Attributes) => boolean
  readonly open?: (state: State, attributes: Attributes) => void
  readonly text?: (state: State, text: string) => void
  readonly close?: (state: State) => void
  /** What may stand within it; nothing when absent. */
  readonly inside?: ElementTable<State>
}
export type ElementTable<State> = ReadonlyMap<string, ElementReader<State>>

/** Told of what no table names, and asked whether to go on. */
export interface Watch {
  readonly failure: Failure | null
  unread?(name: string): void
  /** Called before a reader opens or closes: how many characters of the part lie before the end of the tag. */
  at?(position: number): void
}

const PREFIXES: ReadonlyMap<string, string> = new Map([
  ['http://schemas.openxmlformats.org/wordprocessingml/2006/main', 'w'],
  ['http://purl.oclc.org/ooxml/wordprocessingml/main', 'w'],
  ['http://schemas.openxmlformats.org/officeDocument/2006/relationships', 'r'],
  ['http://purl.oclc.org/ooxml/officeDocument/relationships', 'r'],
  ['http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing', 'wp'],
  ['http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing', 'wp'],
  ['http://schemas.openxmlformats.org/drawingml/2006/main', 'a'],
  ['http://purl.oclc.org/ooxml/drawingml/main', 'a'],
  ['http://schemas.openxmlformats.org/drawingml/2006/picture', 'pic'],
  ['http://purl.oclc.org/ooxml/drawingml/picture', 'pic'],
  ['http://schemas.openxmlformats.org/drawingml/2006/chart', 'c'],
  ['http://purl.oclc.org/ooxml/drawingml/chart', 'c'],
  ['http://schemas.openxmlformats.org/drawingml/2006/diagram', 'dgm'],
  ['http://purl.oclc.org/ooxml/drawingml/diagram', 'dgm'],
  ['http://schemas.openxmlformats.org/officeDocument/2006/math', 'm'],
  ['http://purl.oclc.org/ooxml/officeDocument/math', 'm'],
  ['http://schemas.microsoft.com/office/word/2010/wordprocessingShape', 'wps'],
  ['http://schemas.microsoft.com/office/word/2010/wordprocessingGroup', 'wpg'],
  ['http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas', 'wpc'],
  ['http://schemas.openxmlformats.org/markup-compatibility/2006', 'mc'],
  ['urn:schemas-microsoft-com:vml', 'v'],
  ['urn:schemas-microsoft-com:office:office', 'o'],
  ['http://schemas.openxmlformats.org/package/2006/content-types', 'ct'],
  ['http://schemas.openxmlformats.org/package/2006/relationships', 'rel'],
  ['http://purl.org/dc/elements/1.1/', 'dc'],
  ['http://schemas.openxmlformats.org/package/2006/metadata/core-properties', 'cp'],
])
const CUSTOMARY: ReadonlySet<string> = new Set(PREFIXES.values())

/** Larger pieces are not faster, and after a failure at most one piece is parsed in vain. */
const PIECE_BYTES = 0x1_0000

export function walkXml<State>(
  part: Uint8Array,
  table: ElementTable<State>,
  state: State,
  watch: Watch | null = null,
): Failure | null {
  const decoder = decoderOf(part)
  if (decoder === null) return fail('corrupt', '文件内部的文字编码不能识别').failure
  const walk = new Walk(table, state, watch)
  for (let at = 0; at < part.length && walk.failure === null; at += PIECE_BYTES) {
    const last = at + PIECE_BYTES >= part.length
    const text = decode(decoder, part.subarray(at, at + PIECE_BYTES), last)
    if (text === null) return fail('corrupt', '文件内部的文字编码有误').failure
    walk.write(text)
  }
  walk.end()
  return walk.failure
}

/** The next piece of a text as characters; null when the bytes are not of the encoding. */
function decode(decoder: InstanceType<typeof TextDecoder>, bytes: Uint8Array, last: boolean): string | null {
  try {
    return decoder.decode(bytes, { stream: !last })
  } catch {
    return null
  }
}

/** The part as text; empty when its encoding is not known, or the bytes are not of it. */
export function decodePart(part: Uint8Array): string {
  const decoder = decoderOf(part)
  return decoder === null ? '' : (decode(decoder, part, true) ?? '')
}

/**
 * OPC allows UTF-8 and UTF-16; another declared encoding is taken at its word. UTF-16 is told by the bytes alone: some writers
 * declare it on what they then store as UTF-8.
 */
function decoderOf(part: Uint8Array): InstanceType<typeof TextDecoder> | null {
  const [first, second] = part
  let label = 'utf-8'
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)) label = 'utf-16le'
  else if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c)) label = 'utf-16be'
  else if (first === 0x3c) {
    const declaration = String.fromCharCode(...part.subarray(0, 100))
    const declared = /^<\?xml[^>]*\bencoding\s*=\s*["']([\w.-]+)["']/.exec(declaration)?.[1] ?? 'utf-8'
    label = /^(?:utf-?16|ucs-?2)/i.test(declared) ? 'utf-8' : declared
  }
  try {
    return new TextDecoder(label, { fatal: true })
  } catch {
    return null
  }
}

class Walk<State> {
  failure: Failure | null = null
  private readonly parser = new SaxesParser({ xmlns: false, position: false })
  private readonly names = new Names()
  private readonly readers: ElementReader<State>[] = []
  private table: ElementTable<State> | undefined
  /** How deep we are in an element that is passed over, and its name when nobody expected it. */
  private passed = 0
  private surprise: string | null = null

  constructor(
    private readonly root: ElementTable<State>,
    private readonly state: State,
    private readonly watch: Watch | null,
  ) {
    this.table = root
    const { parser } = this
    parser.on('error', () => this.fail('corrupt', '文件内部的标记不完整或有误'))
    parser.on('doctype', () => this.fail('corrupt', '文件内部含有不允许的文档类型声明'))
    parser.on('attribute', ({ name, value }) => this.names.declare(name, value))
    parser.on('opentag', (tag) => this.open(tag))
    parser.on('closetag', () => this.close())
    parser.on('text', (text) => this.text(text))
    parser.on('cdata', (text) => this.text(text))
  }

  write(text: string): void {
    this.parser.write(text)
    this.failure ??= this.watch?.failure ?? null
  }

  end(): void {
    if (this.failure === null) this.parser.close()
  }

  private fail(code: 'corrupt' | 'too_large', detail: string): void {
    this.failure ??= fail(code, detail).failure
  }

  private open(tag: SaxesTagPlain): void {
    if (this.names.depth + this.passed > LIMITS.markupDepth) this.fail('too_large', '文件内部的标记嵌套过深')
    if (this.failure !== null) return
    if (this.passed > 0) {
      this.passed += 1
      this.names.forget()
      return
    }
    const name = this.names.enter(tag)
    const reader = this.table?.get(name)
    const attributes = this.names.attributes(tag)
    if (reader === undefined || reader.when?.(this.state, attributes) === false) {
      this.passed = 1
      this.surprise = this.table !== undefined && reader === undefined ? name : null
      return
    }
    this.watch?.at?.(this.parser.position)
    reader.open?.(this.state, attributes)
    this.readers.push(reader)
    this.table = reader.inside
  }

  private close(): void {
    if (this.failure !== null) return
    if (this.passed > 1) {
      this.passed -= 1
      return
    }
    this.names.leave()
    if (this.passed === 1) {
      this.passed = 0
      return
    }
    this.watch?.at?.(this.parser.position)
    this.readers.pop()?.close?.(this.state)
    const outer = this.readers.at(-1)
    this.table = outer === undefined ? this.root : outer.inside
  }

  private text(text: string): void {
    if (this.failure !== null) return
    if (this.passed === 0) {
      this.readers.at(-1)?.text?.(this.state, text)
    } else if (this.surprise !== null && /\S/.test(text)) {
      this.watch?.unread?.(this.surprise)
      this.surprise = null
    }
  }
}

interface Scope {
  readonly depth: number
  /** What each prefix declared here meant outside. */
  readonly outside: readonly (readonly [prefix: string, meaning: string])[]
}

/** Element and attribute names under the customary prefixes, through the scopes of the declarations. */
class Names {
  depth = 0
  private declared: (readonly [prefix: string, uri: string])[] = []
  private readonly scopes: Scope[] = []
  /** Prefix in the file → customary prefix, where the two differ. An undeclared prefix is taken for the customary one. */
  private readonly meanings = new Map<string, string>()

  declare(name: string, value: string): void {
    if (!name.startsWith('xmlns')) return
    if (name.length === 5) this.declared.push(['', value])
    else if (name[5] === ':') this.declared.push([name.slice(6), value])
  }

  /** The declarations of an element that is passed over concern nobody. */
  forget(): void {
    if (this.declared.length > 0) this.declared = []
  }

  enter(tag: SaxesTagPlain): string {
    this.depth += 1
    if (this.declared.length > 0) {
      const outside = this.declared.map(([prefix]) => [prefix, this.meanings.get(prefix) ?? prefix] as const)
      this.scopes.push({ depth: this.depth, outside })
      for (const [prefix, uri] of this.declared) {
        this.mean(prefix, PREFIXES.get(uri) ?? (CUSTOMARY.has(prefix) ? `{${uri}}` : prefix))
      }
      this.declared = []
    }
    if (this.meanings.size === 0) return tag.name
    return this.name(tag.name, this.meanings.get('') ?? '')
  }

  leave(): void {
    if (this.scopes.at(-1)?.depth === this.depth) {
      for (const [prefix, meaning] of this.scopes.pop()?.outside ?? []) this.mean(prefix, meaning)
    }
    this.depth -= 1
  }

  /** An attribute without a prefix is in no namespace, whatever the default one. */
  attributes(tag: SaxesTagPlain): Attributes {
    if (this.meanings.size === 0) return tag.attributes
    return Object.fromEntries(Object.entries(tag.attributes).map(([name, value]) => [this.name(name, ''), value]))
  }

  private mean(prefix: string, meaning: string): void {
    if ((this.meanings.get(prefix) ?? prefix) === meaning) return
    if (prefix === meaning) this.meanings.delete(prefix)
    else this.meanings.set(prefix, meaning)
  }

  private name(raw: string, unprefixed: string): string {
    const colon = raw.indexOf(':')
    const prefix = raw.slice(0, Math.max(0, colon))
    const meaning = colon < 0 ? unprefixed : (this.meanings.get(prefix) ?? prefix)
    return meaning === '' ? raw : `${meaning}:${raw.slice(colon + 1)}`
  }
}
