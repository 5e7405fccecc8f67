/**
 * An element and what it inherits → its style: from the tag, presentational attributes, the page's own style sheets and the style
 * attribute, each overriding the one before. Linked sheets are not in the file and are not known.
 */
import { type Declared, HEADING_FACE, NOTHING, readDeclarations, type Style } from './declarations.js'
import { readRules } from './style-rules.js'
import type { Element } from './tree.js'

const BOLD_BLOCK: Declared = { bold: true, size: null }
const TAGS: ReadonlyMap<string, Declared> = new Map<string, Declared>([
  ['b', { bold: true }],
  ['strong', { bold: true }],
  ['th', { bold: true, centred: true }],
  ['h1', BOLD_BLOCK],
  ['h2', BOLD_BLOCK],
  ['h3', BOLD_BLOCK],
  ['h4', BOLD_BLOCK],
  ['h5', BOLD_BLOCK],
  ['h6', BOLD_BLOCK],
  ['center', { centred: true }],
  ['del', { struck: true }],
  ['s', { struck: true }],
  ['strike', { struck: true }],
  ['sup', { raised: 'super' }],
  ['sub', { raised: 'sub' }],
  ['pre', { preformatted: true }],
])

const CENTRED: Declared = { centred: true }
const NOT_CENTRED: Declared = { centred: false }
const HIDDEN: Declared = { hidden: true }
const HEADING_FACED: Declared = { headingFace: true }
const AS_THE_TAG: Declared = { display: null }
const FONT_SIZES: readonly Declared[] = [7.5, 10, 12, 13.5, 18, 24, 36].map((size) => ({ size }))

/**
 * The style sheets of one page. A page repeats a few dozen declarations thousands of times, so each is read once, and each
 * combination of them is one object.
 */
export class StyleSheet {
  readonly #rules: ReadonlyMap<string, string>
  readonly #declared = new Map<string, Declared>()
  readonly #classed = new Map<string, Map<string, readonly Declared[]>>()
  readonly #combined = new Map<Style, Map<Declared, Style>>()

  constructor(css: readonly string[]) {
    this.#rules = readRules(css)
  }

  /** What is inherited, and over it what the tag, the attributes, the style sheet and the style attribute say. */
  styleOf(element: Element, inherited: Style): Style {
    const { tagName } = element
    let style = inherited.display === null ? inherited : this.#with(inherited, AS_THE_TAG)
    style = this.#with(style, TAGS.get(tagName))
    let inline: string | undefined
    let id = ''
    let classes = ''
    for (const { name, value } of element.attrs) {
      if (name === 'style') inline = value
      else if (name === 'id') id = value
      else if (name === 'class') classes = value
      else if (name === 'align') style = this.#with(style, /^(center|middle)$/i.test(value) ? CENTRED : NOT_CENTRED)
      else if (name === 'hidden') style = this.#with(style, HIDDEN)
      else if (name === 'size' && tagName === 'font') style = this.#with(style, FONT_SIZES[Number(value) - 1])
      else if (name === 'face' && HEADING_FACE.test(value)) style = this.#with(style, HEADING_FACED)
    }
    if (this.#rules.size > 0) {
      for (const declared of this.#declaredFor(tagName, classes)) style = this.#with(style, declared)
      if (id !== '') style = this.#with(style, this.#ruleOf(`#${id}`))
    }
    return inline === undefined ? style : this.#with(style, this.#read(inline))
  }

  /** The rules for a tag and its classes, in the order in which they override each other. */
  #declaredFor(tagName: string, classes: string): readonly Declared[] {
    let byClasses = this.#classed.get(tagName)
    if (byClasses === undefined) {
      byClasses = new Map()
      this.#classed.set(tagName, byClasses)
    }
    let declared = byClasses.get(classes)
    if (declared === undefined) {
      const names = classes.split(/\s+/).filter((name) => name !== '')
      const selectors = [tagName, ...names.map((name) => `.${name}`), ...names.map((name) => `${tagName}.${name}`)]
      declared = selectors.map((selector) => this.#ruleOf(selector)).filter((each) => each !== NOTHING)
      byClasses.set(classes, declared)
    }
    return declared
  }

  #ruleOf(selector: string): Declared {
    const body = this.#rules.get(selector)
    return body === undefined ? NOTHING : this.#read(body)
  }

  #with(style: Style, declared: Declared | undefined): Style {
    if (declared === undefined || declared === NOTHING) return style
    let combinations = this.#combined.get(style)
    if (combinations === undefined) {
      combinations = new Map()
      this.#combined.set(style, combinations)
    }
    let combined = combinations.get(declared)
    if (combined === undefined) {
      combined = { ...style, ...declared }
      combinations.set(declared, combined)
    }
    return combined
  }

  #read(text: string): Declared {
    let declared = this.#declared.get(text)
    if (declared === undefined) {
      declared = readDeclarations(text)
      this.#declared.set(text, declared)
    }
    return declared
  }
}
