/**
 * The body of a page → blocks in document order, with the site's own parts set apart as furniture.
 *
 * Block elements end a paragraph, tables become grids unless they only lay out the page, and everything else is text on the way.
 * Paragraphs and grids are numbered over blocks and furniture together, so that a location means the same place whatever is
 * judged to be chrome.
 */
import { partTable } from '../grid/prose-rows.js'
import { type SpannedCell, spanGrid } from '../grid/spans.js'
import type { Block, Doubt, Failure, Location } from '../model.js'
import { isSpacer } from './cell.js'
import { type Chrome, chromeLine } from './chrome.js'
import { PLAIN, type Style } from './declarations.js'
import { isBlock } from './display.js'
import { isLayoutTable } from './layout-table.js'
import { itemMarker, type ListCounter, listCounter, ORDINAL_AHEAD } from './lists.js'
import { splitParagraphs } from './paragraphs.js'
import type { StyleSheet } from './style.js'
import { type Measure, NOT_TEXT } from './survey.js'
import { captions, readRows } from './table.js'
import { TextFlow } from './text-flow.js'
import { attribute, type Element } from './tree.js'
import { type Visitor, walk } from './walk.js'

/** What is known where the walk stands. */
interface Place {
  readonly style: Style
  /** Of the heading that this is in. */
  readonly level: number | null
  readonly inMain: boolean
  readonly furniture: boolean
  readonly inLink: boolean
  readonly list: ListCounter | null
}

export class PageReader implements Visitor<Place> {
  readonly blocks: Block[] = []
  readonly furniture: Block[] = []
  pictures: Location[] = []
  failure: Failure | null = null

  readonly #flow = new TextFlow()
  #marker = ''
  #paragraphs = 0
  #grids = 0
  /** The main part is over and a footer has begun. */
  #inFooter = false
  #mainIsOver = false

  constructor(
    readonly sheet: StyleSheet,
    readonly chrome: Chrome,
    readonly measures: ReadonlyMap<Element, Measure>,
  ) {}

  read(body: Element): void {
    const inMain = this.chrome.main === null
    const place: Place = {
      style: { ...this.sheet.styleOf(body, PLAIN), hidden: false, invisible: false },
      level: null,
      inMain,
      furniture: false,
      inLink: false,
      list: null,
    }
    walk(body, place, this)
    this.#endParagraph(place)
  }

  enter(element: Element, outer: Place): Place | null {
    const { tagName } = element
    if (this.failure !== null || NOT_TEXT.has(tagName)) return null
    if (tagName === 'br') this.#flow.break()
    if (tagName === 'img') this.#picture(element, outer)
    const declared = this.sheet.styleOf(element, outer.style)
    const believed = !(declared.hidden || declared.invisible) || this.chrome.mayHide(element)
    if (declared.hidden && believed) return null
    const style = believed ? declared : { ...declared, hidden: false, invisible: false }

    if (isBlock(tagName, style)) this.#endParagraph(outer)
    else if (tagName !== 'a' && !this.measures.has(element)) return style === outer.style ? outer : { ...outer, style }
    const isMain = element === this.chrome.main
    const place: Place = {
      style,
      level: headingLevel(tagName) ?? outer.level,
      inMain: outer.inMain || isMain,
      furniture: outer.furniture || this.chrome.isChrome(element, outer.inMain || isMain),
      inLink: outer.inLink || (tagName === 'a' && attribute(element, 'href') !== null),
      list: tagName === 'ol' ? listCounter(element) : tagName === 'ul' ? null : outer.list,
    }
    if (place.furniture && this.#mainIsOver) this.#inFooter = true
    if (tagName === 'li' && outer.list !== null) this.#marker = itemMarker(element, outer.list)
    if (tagName !== 'table') return place
    const measure = this.measures.get(element)
    if (measure === undefined || isLayoutTable(measure)) return place
    this.#table(element, place)
    return null
  }

  leave(element: Element, place: Place): void {
    if (isBlock(element.tagName, place.style)) this.#endParagraph(place)
    if (element === this.chrome.main) this.#mainIsOver = true
  }

  text(text: string, { style }: Place): void {
    if (style.struck || style.invisible) return
    if (this.#marker !== '' && text.trim() !== '') {
      if (!ORDINAL_AHEAD.test(text.trim())) this.#flow.add(this.#marker, style)
      this.#marker = ''
    }
    this.#flow.add(text, style)
  }

  #endParagraph({ level, furniture, inMain }: Place): void {
    for (const { text, bold, centred, size } of splitParagraphs(this.#flow.take())) {
      const line = chromeLine(text)
      if (line === 'footer' && this.#mainIsOver) this.#inFooter = true
      const aside = furniture || line !== null || (this.#inFooter && !inMain && text.length <= 200)
      this.#put(aside, {
        kind: 'paragraph',
        text,
        location: { kind: 'line', line: ++this.#paragraphs },
        cue: { level, bold, centred, size },
      })
    }
  }

  #table(table: Element, place: Place): void {
    for (const caption of captions(table)) {
      walk(caption, { ...place, style: this.sheet.styleOf(caption, place.style) }, this)
      this.#endParagraph(place)
    }
    for (const part of partTable(readRows(table, this.sheet))) {
      if (part.kind === 'rows') this.#grid(part.rows, place)
      else this.#textRow(part.text, place)
    }
  }

  #grid(rows: readonly (readonly SpannedCell[])[], place: Place): void {
    const grid = spanGrid(rows, this.#grids)
    if (!grid.ok) {
      this.failure = grid.failure
    } else if (grid.value.cells.some(({ text, hasImage }) => text !== '' || hasImage === true)) {
      this.#grids++
      this.#put(place.furniture, grid.value)
    }
  }

  #textRow(text: string, { furniture }: Place): void {
    const location: Location = { kind: 'line', line: ++this.#paragraphs }
    const cue = { level: null, bold: false, centred: false, size: null }
    this.#put(furniture, { kind: 'paragraph', text, location, cue })
  }

  #picture(image: Element, { inMain, furniture, inLink }: Place): void {
    if (inMain && !furniture && !inLink && isLarge(image)) {
      this.pictures.push({ kind: 'line', line: this.#paragraphs + 1 })
    }
  }

  #put(aside: boolean, block: Block): void {
    ;(aside ? this.furniture : this.blocks).push(block)
  }
}

export function pictureDoubt(pictures: readonly Location[]): Doubt[] {
  const [first] = pictures
  if (first === undefined) return []
  return [
    { code: 'picture_page', message: `正文中有 ${pictures.length} 幅图片，图片中的文字未能读出。`, location: first },
  ]
}

function headingLevel(tagName: string): number | null {
  return tagName.length === 2 && /^h[1-6]$/.test(tagName) ? Number(tagName[1]) : null
}

const ICON = /icon|logo|qr|ewm|wxm|weixin|button|btn|arrow|fileType|emot|face|space|blank|print|share|\.gif([?#]|$)/i
const SMALL_DATA = 4_000

/** Large enough to hold a table, by its declared size, or at least not said to be an icon. */
function isLarge(image: Element): boolean {
  if (isSpacer(image)) return false
  const width = sideOf(image, 'width')
  const height = sideOf(image, 'height')
  if (width !== null || height !== null) return (width ?? 300) >= 300 && (height ?? 150) >= 150
  const source = attribute(image, 'src') ?? ''
  return source.startsWith('data:') ? source.length > SMALL_DATA : source !== '' && !ICON.test(source)
}

function sideOf(image: Element, side: 'width' | 'height'): number | null {
  const style = new RegExp(`(?:^|[;\\s])${side}\\s*:\\s*([\\d.]+)(px|pt)`, 'i').exec(attribute(image, 'style') ?? '')
  if (style !== null) return Number(style[1]) * (style[2] === 'pt' ? 4 / 3 : 1)
  const value = attribute(image, side) ?? ''
  return /^\d+(px)?$/.test(value) ? Number.parseInt(value, 10) : null
}
