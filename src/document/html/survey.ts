/**
 * One pass over the tree → what must be known of the page before its text is read: the style sheets, what it is called, and for
 * each element that is more than a run of text, how much it holds (characters, links, cells).
 *
 * Hidden elements count too: whether one is believed to be hidden depends on how much of the page it holds.
 */
import { attribute, type Element, isElement, isText, type Root } from './tree.js'
import { type Visitor, walk } from './walk.js'

export interface Measure {
  readonly element: Element
  readonly parent: Measure | null
  readonly children: Measure[]
  /** Printed characters; among them those of links to elsewhere, and digits. */
  chars: number
  linkChars: number
  digits: number
  /** Links to elsewhere. */
  links: number
  /** Table cells below this element, at any depth. */
  cells: number
  /** h1 to h3. */
  headings: number
  images: number
}

export interface Survey {
  readonly body: Element | null
  readonly measures: ReadonlyMap<Element, Measure>
  readonly css: readonly string[]
  readonly declaredTitle: string | null
}

/** What is never text of the page. `xml` is the data island of Word, `textarea` and `select` are controls. */
export const NOT_TEXT: ReadonlySet<string> = new Set(
  'script style template noscript noframes head xml svg math title meta link textarea select option datalist rt rp audio video'.split(
    ' ',
  ),
)

const RUNS: ReadonlySet<string> = new Set(
  `span font b strong i em u a br img o:p sup sub small big s del ins strike label tbody thead tfoot tr colgroup col
   input button wbr hr param html`.split(/\s+/),
)

export function surveyPage(root: Root): Survey {
  const surveyor = new Surveyor()
  for (const child of root.childNodes) {
    if (!isElement(child)) continue
    const place = surveyor.enter(child, NOWHERE)
    if (place !== null) walk(child, place, surveyor)
  }
  const { body, measures, css, titles, named } = surveyor
  const declaredTitle = [...named, ...titles]
    .map((title) => title.replace(/\s+/g, ' ').trim())
    .find((title) => title !== '')
  return { body, measures, css, declaredTitle: declaredTitle ?? null }
}

/** The nearest element around that is measured, and whether this is in a link. */
interface Place {
  readonly measure: Measure | null
  readonly inLink: boolean
}

const NOWHERE: Place = { measure: null, inLink: false }

class Surveyor implements Visitor<Place> {
  readonly measures = new Map<Element, Measure>()
  readonly css: string[] = []
  readonly titles: string[] = []
  readonly named: string[] = []
  body: Element | null = null

  enter(element: Element, outer: Place): Place | null {
    const { tagName } = element
    if (NOT_TEXT.has(tagName)) return tagName === 'head' ? NOWHERE : this.#note(element)
    if (tagName === 'body') this.body ??= element
    if (RUNS.has(tagName)) return this.#run(element, outer)
    const measure = newMeasure(element, outer.measure)
    outer.measure?.children.push(measure)
    this.measures.set(element, measure)
    return { measure, inLink: outer.inLink }
  }

  leave(element: Element, { measure }: Place): void {
    if (measure?.element === element) addToParent(measure)
  }

  text(text: string, { measure, inLink }: Place): void {
    if (measure !== null) count(text, measure, inLink)
  }

  #run(element: Element, outer: Place): Place {
    const { measure } = outer
    if (measure === null) return outer
    if (element.tagName === 'img') measure.images++
    if (element.tagName !== 'a' || !leadsElsewhere(element)) return outer
    measure.links++
    return { measure, inLink: true }
  }

  #note(element: Element): null {
    if (element.tagName === 'style') this.css.push(rawText(element))
    if (element.tagName === 'title') this.titles.push(rawText(element))
    if (element.tagName === 'meta' && /^article_?title$/i.test(attribute(element, 'name') ?? '')) {
      this.named.push(attribute(element, 'content') ?? '')
    }
    return null
  }
}

function newMeasure(element: Element, parent: Measure | null): Measure {
  const headings = /^h[1-3]$/.test(element.tagName) ? 1 : 0
  return { element, parent, children: [], chars: 0, linkChars: 0, digits: 0, links: 0, cells: 0, headings, images: 0 }
}

function addToParent(measure: Measure): void {
  const { parent, element } = measure
  if (parent === null) return
  parent.chars += measure.chars
  parent.linkChars += measure.linkChars
  parent.digits += measure.digits
  parent.links += measure.links
  parent.cells += measure.cells + (element.tagName === 'td' || element.tagName === 'th' ? 1 : 0)
  parent.headings += measure.headings
  parent.images += measure.images
}

function count(text: string, measure: Measure, inLink: boolean): void {
  let chars = 0
  let digits = 0
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code <= 0x20 || code === 0xa0 || code === 0x3000) continue
    chars++
    if ((code >= 0x30 && code <= 0x39) || (code >= 0xff10 && code <= 0xff19)) digits++
  }
  measure.chars += chars
  measure.digits += digits
  if (inLink) measure.linkChars += chars
}

/** Not a target within the page: tables of contents and footnotes are text. */
function leadsElsewhere(element: Element): boolean {
  const href = attribute(element, 'href')
  return href !== null && !/^#./.test(href.trim())
}

function rawText(element: Element): string {
  return element.childNodes.map((node) => (isText(node) ? node.value : '')).join('')
}
