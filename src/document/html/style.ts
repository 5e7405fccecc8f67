/**
 * The style of an element, as far as it says what is shown and how text is meant: hidden, struck out, raised, bold, centred, size.
 *
 * Reads style attributes, presentational attributes and tags, and of the page's own style sheets the rules with one simple
 * selector (p, .MsoTitle, p.MsoTitle, #zoom), which is what Word and WPS write. Everything else of CSS is left out on purpose:
 * conditional rules (@media …) and rules for a place in the tree say more about the site than about the text, and linked
 * sheets are not in the file.
 */
import type { Element } from './tree.js'

export interface Style {
  readonly hidden: boolean
  /** null: as the tag has it. */
  readonly display: 'block' | 'inline' | null
  readonly struck: boolean
  readonly raised: 'super' | 'sub' | null
  readonly bold: boolean
  /** Set in a face that headings are set in. */
  readonly headingFace: boolean
  readonly centred: boolean
  /** In points; null where nothing says. 0 on the parent of inline blocks is a trick against gaps, and hides only text. */
  readonly size: number | null
  readonly preformatted: boolean
}

export const PLAIN: Style = {
  hidden: false,
  display: null,
  struck: false,
  raised: null,
  bold: false,
  headingFace: false,
  centred: false,
  size: null,
  preformatted: false,
}

type Declared = { -readonly [Key in keyof Style]?: Style[Key] }

const HEADING_FACE = /黑体|小标宋|大标宋|SimHei|STHeiti|FZXBSJW/i
const FONT_SIZES = [7.5, 10, 12, 13.5, 18, 24, 36]

const TAGS: Readonly<Record<string, Declared>> = {
  b: { bold: true },
  strong: { bold: true },
  th: { bold: true, centred: true },
  h1: { bold: true, size: null },
  h2: { bold: true, size: null },
  h3: { bold: true, size: null },
  h4: { bold: true, size: null },
  h5: { bold: true, size: null },
  h6: { bold: true, size: null },
  center: { centred: true },
  del: { struck: true },
  s: { struck: true },
  strike: { struck: true },
  sup: { raised: 'super' },
  sub: { raised: 'sub' },
  pre: { preformatted: true },
}

/** The style sheets of one page, and what its style attributes were found to say: the same few dozen repeat thousands of times. */
export class StyleSheet {
  readonly #rules: ReadonlyMap<string, Declared>
  readonly #attributes = new Map<string, Declared>()

  constructor(css: readonly string[]) {
    this.#rules = readRules(css)
  }

  /** What is inherited, and over it what the tag, the attributes, the style sheet and the style attribute say. */
  styleOf(element: Element, inherited: Style): Style {
    const style = { ...inherited, display: null }
    const byTag = TAGS[element.tagName]
    if (byTag !== undefined) Object.assign(style, byTag)
    let inline: string | null = null
    let id = ''
    let classes = ''
    for (const { name, value } of element.attrs) {
      if (name === 'style') inline = value
      else if (name === 'id') id = value
      else if (name === 'class') classes = value
      else if (name === 'align') style.centred = /^(center|middle)$/i.test(value)
      else if (name === 'hidden') style.hidden = true
      else if (name === 'size' && element.tagName === 'font') style.size = FONT_SIZES[Number(value) - 1] ?? style.size
      else if (name === 'face' && HEADING_FACE.test(value)) style.headingFace = true
    }
    if (this.#rules.size > 0) this.#applyRules(style, element.tagName, id, classes)
    if (inline !== null) Object.assign(style, this.#declared(inline))
    return style
  }

  #applyRules(style: Style, tagName: string, id: string, classes: string): void {
    Object.assign(style, this.#rules.get(tagName))
    if (classes !== '') {
      const names = classes.split(/\s+/)
      for (const name of names) Object.assign(style, this.#rules.get(`.${name}`))
      for (const name of names) Object.assign(style, this.#rules.get(`${tagName}.${name}`))
    }
    if (id !== '') Object.assign(style, this.#rules.get(`#${id}`), this.#rules.get(`${tagName}#${id}`))
  }

  #declared(text: string): Declared {
    let declared = this.#attributes.get(text)
    if (declared === undefined) {
      declared = readDeclarations(text)
      this.#attributes.set(text, declared)
    }
    return declared
  }
}

function readDeclarations(text: string): Declared {
  const declared: Declared = {}
  for (const declaration of text.split(';')) {
    const colon = declaration.indexOf(':')
    if (colon === -1) continue
    const value = declaration.slice(colon + 1).trim()
    PROPERTIES[declaration.slice(0, colon).trim().toLowerCase()]?.(declared, value.toLowerCase())
  }
  return declared
}

const PROPERTIES: Readonly<Record<string, (declared: Declared, value: string) => void>> = {
  display(declared, value) {
    if (value.startsWith('none')) declared.hidden = true
    else if (/^(block|flex|grid|list-item|table)/.test(value)) declared.display = 'block'
    else if (value.startsWith('inline')) declared.display = 'inline'
  },
  visibility(declared, value) {
    declared.hidden = /^(hidden|collapse)/.test(value)
  },
  'mso-hide'(declared, value) {
    if (value.startsWith('all')) declared.hidden = true
  },
  'text-decoration': strike,
  'text-decoration-line': strike,
  'vertical-align'(declared, value) {
    declared.raised = value.startsWith('super') ? 'super' : /^sub\b/.test(value) ? 'sub' : null
  },
  'font-weight'(declared, value) {
    declared.bold = /^(bold|[6-9]00)/.test(value)
  },
  'font-family'(declared, value) {
    declared.headingFace = HEADING_FACE.test(value)
  },
  'text-align'(declared, value) {
    declared.centred = value.startsWith('center') || value.startsWith('-webkit-center')
  },
  'font-size'(declared, value) {
    const [, number = '', unit = ''] = /^([\d.]+)(pt|px)?/.exec(value) ?? []
    const points = Number(number) * (unit === 'px' ? 0.75 : 1)
    // Relative to a size that the page need not say.
    declared.size = number !== '' && (unit !== '' || points === 0) && Number.isFinite(points) ? points : null
  },
  'white-space'(declared, value) {
    declared.preformatted = /^(pre|break-spaces)/.test(value)
  },
}

function strike(declared: Declared, value: string): void {
  if (value.includes('line-through')) declared.struck = true
}

const SIMPLE_SELECTOR = /^(?:[a-z][\w-]*)?(?:[.#][\w-]+)?$/i
const MOST_CSS = 500_000

function readRules(css: readonly string[]): Map<string, Declared> {
  const rules = new Map<string, Declared>()
  for (const { selectors, body } of rulesIn(css.join('\n').slice(0, MOST_CSS))) {
    const declared = readDeclarations(body)
    if (Object.keys(declared).length === 0) continue
    for (const selector of selectors.split(',')) {
      const name = selector.trim()
      if (!SIMPLE_SELECTOR.test(name)) continue
      const at = name.search(/[.#]|$/)
      const key = name.slice(0, at).toLowerCase() + name.slice(at)
      rules.set(key, { ...rules.get(key), ...declared })
    }
  }
  return rules
}

/** Rules at the top level; what stands within @media and the like is passed over. */
function* rulesIn(css: string): Generator<{ selectors: string; body: string }> {
  const text = withoutComments(css)
  let from = 0
  let depth = 0
  let selectors = ''
  for (const { 0: mark, index } of text.matchAll(/[{};]/g)) {
    if (mark === '{') {
      if (depth === 0) selectors = text.slice(from, index).trim()
      depth++
    } else if (mark === '}') {
      depth = Math.max(0, depth - 1)
      if (depth === 0 && !selectors.startsWith('@')) yield { selectors, body: text.slice(from, index) }
    } else if (depth > 0) {
      continue
    }
    from = index + 1
  }
}

function withoutComments(css: string): string {
  return css
    .split('/*')
    .map((part, index) => (index === 0 ? part : part.includes('*/') ? part.slice(part.indexOf('*/') + 2) : ''))
    .join(' ')
    .replace(/<!--|-->/g, ' ')
}
