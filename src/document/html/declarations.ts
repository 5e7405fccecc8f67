/**
 * The text of CSS declarations → what they say of how a text is shown and meant: hidden, struck out, raised, bold, centred, size.
 * Everything else of CSS is left out on purpose.
 */
export interface Style {
  /** Takes no room. */
  readonly hidden: boolean
  /** Takes its room, but shows nothing. */
  readonly invisible: boolean
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
  invisible: false,
  display: null,
  struck: false,
  raised: null,
  bold: false,
  headingFace: false,
  centred: false,
  size: null,
  preformatted: false,
}

export type Declared = { -readonly [Key in keyof Style]?: Style[Key] }

/** Declarations that say nothing of what concerns us. */
export const NOTHING: Declared = {}

export const HEADING_FACE = /黑体|小标宋|大标宋|SimHei|STHeiti|FZXBSJW/i

export function readDeclarations(text: string): Declared {
  const declared: Declared = {}
  for (const declaration of text.split(';')) {
    const colon = declaration.indexOf(':')
    if (colon === -1) continue
    const value = declaration.slice(colon + 1).trim()
    PROPERTIES.get(declaration.slice(0, colon).trim().toLowerCase())?.(declared, value.toLowerCase())
  }
  return Object.keys(declared).length === 0 ? NOTHING : declared
}

const PROPERTIES: ReadonlyMap<string, (declared: Declared, value: string) => void> = new Map(
  Object.entries({
    display(declared: Declared, value: string) {
      declared.hidden = value.startsWith('none')
      if (/^(block|flex|grid|list-item|table)/.test(value)) declared.display = 'block'
      else if (value.startsWith('inline')) declared.display = 'inline'
    },
    visibility(declared: Declared, value: string) {
      declared.invisible = /^(hidden|collapse)/.test(value)
    },
    'mso-hide'(declared: Declared, value: string) {
      if (value.startsWith('all')) declared.hidden = true
    },
    'text-decoration': strike,
    'text-decoration-line': strike,
    'vertical-align'(declared: Declared, value: string) {
      declared.raised = value.startsWith('super') ? 'super' : /^sub\b/.test(value) ? 'sub' : null
    },
    'font-weight'(declared: Declared, value: string) {
      declared.bold = /^(bold|[6-9]00)/.test(value)
    },
    'font-family'(declared: Declared, value: string) {
      declared.headingFace = HEADING_FACE.test(value)
    },
    'text-align'(declared: Declared, value: string) {
      declared.centred = value.startsWith('center') || value.startsWith('-webkit-center')
    },
    'font-size'(declared: Declared, value: string) {
      const [, number = '', unit = ''] = /^([\d.]+)(pt|px)?/.exec(value) ?? []
      const points = Number(number) * (unit === 'px' ? 0.75 : 1)
      // Relative to a size that the page need not say.
      declared.size = number !== '' && (unit !== '' || points === 0) && Number.isFinite(points) ? points : null
    },
    'white-space'(declared: Declared, value: string) {
      declared.preformatted = /^(pre|break-spaces)/.test(value)
    },
  }),
)

function strike(declared: Declared, value: string): void {
  if (value.includes('line-through')) declared.struck = true
}
