/**
 * styles.xml → what a paragraph style and a character style come to, after inheritance and the document's defaults.
 *
 * A style without a definition counts as the default one, as in Word; styles based on each other in a circle end where the circle
 * closes. A heading is told by its outline level or by its name: `heading 1`, which WPS shows as 标题 1.
 */
import type { Result } from '../model.js'
import {
  noParagraphProperties,
  noRunProperties,
  type ParagraphProperties,
  paragraphProperties,
  type RunProperties,
  runProperties,
} from './properties.js'
import { type ElementReader, type ElementTable, walkXml } from './xml.js'

export interface ResolvedStyle {
  /** The styles that were looked through, from the named one down to its base. */
  readonly ids: readonly string[]
  readonly level: number | null
  readonly centred: boolean
  readonly list: string | null
  readonly listLevel: number | null
  readonly bold: boolean
  readonly hidden: boolean
  readonly heading: boolean | null
  readonly size: number | null
}

interface Style {
  readonly id: string
  readonly kind: string
  name: string
  base: string | null
  readonly paragraph: ParagraphProperties
  readonly run: RunProperties
}

/** No sane style is based on more; a chain beyond it is cut rather than followed. */
const LONGEST_CHAIN = 40

export class Styles {
  private readonly resolved = new Map<string, ResolvedStyle>()

  constructor(
    private readonly styles: ReadonlyMap<string, Style>,
    private readonly defaults: Style,
    private readonly defaultParagraph: string,
  ) {}

  paragraph(id: string | null): ResolvedStyle {
    return this.resolve(id !== null && this.styles.get(id)?.kind === 'paragraph' ? id : this.defaultParagraph)
  }

  /** `null` when none is named, so that the common run costs nothing. */
  character(id: string | null): ResolvedStyle | null {
    return id !== null && this.styles.get(id)?.kind === 'character' ? this.resolve(id) : null
  }

  /** The list that a list style stands for. */
  listOf(id: string): string | null {
    return this.styles.get(id)?.paragraph.list ?? null
  }

  private resolve(id: string): ResolvedStyle {
    const known = this.resolved.get(id)
    if (known !== undefined) return known
    const chain = this.chain(id)
    const beneath = chain[0]?.kind === 'character' ? chain : [...chain, this.defaults]
    const first = <T>(value: (style: Style) => T | null): T | null => {
      for (const style of beneath) {
        const found = value(style)
        if (found !== null) return found
      }
      return null
    }
    const resolved: ResolvedStyle = {
      ids: chain.map((style) => style.id),
      level: first((style) => style.paragraph.level ?? levelByName(style)) || null,
      centred: first((style) => style.paragraph.centred) ?? false,
      list: first((style) => style.paragraph.list),
      listLevel: first((style) => style.paragraph.listLevel),
      bold: first((style) => style.run.bold) ?? false,
      hidden: first((style) => style.run.hidden) ?? false,
      heading: first((style) => style.run.heading),
      size: first((style) => style.run.size),
    }
    this.resolved.set(id, resolved)
    return resolved
  }

  private chain(id: string): Style[] {
    const chain: Style[] = []
    let style = this.styles.get(id)
    while (style !== undefined && !chain.includes(style) && chain.length < LONGEST_CHAIN) {
      chain.push(style)
      style = style.base === null ? undefined : this.styles.get(style.base)
    }
    return chain
  }
}

function levelByName({ name, id }: Style): number | null {
  const level = (/^(?:heading|标题)\s*([1-9])$/i.exec(name) ?? /^heading([1-9])$/i.exec(id))?.[1]
  return level === undefined ? null : Number(level)
}

export const NO_STYLES = new Styles(new Map(), newStyle('', ''), '')

export function readStyles(part: Uint8Array): Result<Styles> {
  const defaults = newStyle('', '')
  const reading: Reading = { styles: new Map(), defaults, style: defaults, defaultParagraph: '' }
  const failure = walkXml(part, STYLES, reading)
  if (failure !== null) return { ok: false, failure }
  return { ok: true, value: new Styles(reading.styles, defaults, reading.defaultParagraph) }
}

interface Reading {
  readonly styles: Map<string, Style>
  readonly defaults: Style
  /** The style that properties are set on: the open one, or the defaults. */
  style: Style
  defaultParagraph: string
}

function newStyle(id: string, kind: string): Style {
  return { id, kind, name: '', base: null, paragraph: noParagraphProperties(), run: noRunProperties() }
}

const PARAGRAPH: ElementReader<Reading> = { inside: paragraphProperties(({ style }) => style.paragraph) }
const RUN: ElementReader<Reading> = { inside: runProperties(({ style }) => style.run) }

const STYLE: ElementReader<Reading> = {
  open: (reading, attributes) => {
    const id = attributes['w:styleId'] ?? ''
    const kind = attributes['w:type'] ?? 'paragraph'
    const isDefault = attributes['w:default'] === '1' || attributes['w:default'] === 'true'
    reading.style = newStyle(id, kind)
    reading.styles.set(id, reading.style)
    if (isDefault && kind === 'paragraph') reading.defaultParagraph = id
  },
  inside: new Map<string, ElementReader<Reading>>([
    [
      'w:name',
      {
        open: ({ style }, attributes) => {
          style.name = attributes['w:val'] ?? ''
        },
      },
    ],
    [
      'w:basedOn',
      {
        open: ({ style }, attributes) => {
          style.base = attributes['w:val'] ?? null
        },
      },
    ],
    ['w:pPr', PARAGRAPH],
    ['w:rPr', RUN],
  ]),
}

const DEFAULTS: ElementReader<Reading> = {
  open: (reading) => {
    reading.style = reading.defaults
  },
  inside: new Map<string, ElementReader<Reading>>([
    ['w:rPrDefault', { inside: new Map([['w:rPr', RUN]]) }],
    ['w:pPrDefault', { inside: new Map([['w:pPr', PARAGRAPH]]) }],
  ]),
}

const STYLES: ElementTable<Reading> = new Map([
  [
    'w:styles',
    {
      inside: new Map([
        ['w:docDefaults', DEFAULTS],
        ['w:style', STYLE],
      ]),
    },
  ],
])
