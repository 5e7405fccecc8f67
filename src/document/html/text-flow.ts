/**
 * Runs of styled text → lines, as a browser sets them, each with what its typesetting says.
 *
 * White space collapses; a line break in the source between two Chinese characters is nothing (CSS Text 3, 4.1.3), because
 * editors wrap Chinese mark-up anywhere. Spaces that are printed stay: &nbsp; and its kin become plain spaces, full-width
 * spaces are kept within a line and dropped at its ends, where they are indents. Characters without width are dropped.
 */
import type { Style } from './declarations.js'

export interface FlowLine {
  readonly text: string
  readonly bold: boolean
  readonly centred: boolean
  /** Type size of most of the line. */
  readonly size: number | null
  /** Set in by two characters or more: where lines are parted by <br>, a paragraph begins here. */
  readonly indented: boolean
}

export class TextFlow {
  #lines: FlowLine[] = []
  #text = ''
  #boldCount = 0
  #count = 0
  #centred = false
  #sizes: { size: number | null; count: number }[] = []

  /** Text as it stands in the source. */
  add(text: string, style: Style): void {
    const count = printed(text)
    if (count > 0) {
      this.#count += count
      if (style.bold || style.headingFace) this.#boldCount += count
      this.#centred = style.centred
      const sized = this.#sizes.find(({ size }) => size === style.size)
      if (sized === undefined) this.#sizes.push({ size: style.size, count })
      else sized.count += count
    }
    if (style.size === 0) return
    const shown = style.raised === null ? text : raise(text, style.raised)
    this.#text += style.preformatted ? keepSpaces(shown) : shown
  }

  break(): void {
    const collapsed = collapse(this.#text)
    for (const line of collapsed.split(KEPT_BREAK)) {
      const text = trimmed(line)
      this.#lines.push({
        text,
        bold: this.#count > 0 && this.#boldCount === this.#count,
        centred: this.#centred,
        size: this.#commonSize(),
        indented: INDENT.test(line),
      })
    }
    this.#text = ''
    this.#count = 0
    this.#boldCount = 0
    this.#sizes = []
  }

  /** Ends the paragraph and gives its lines, empty ones among them where breaks followed each other. */
  take(): readonly FlowLine[] {
    if (this.#text !== '') this.break()
    const lines = this.#lines
    if (lines.length > 0) this.#lines = []
    return lines
  }

  #commonSize(): number | null {
    let size: number | null = null
    let most = 0
    for (const each of this.#sizes) {
      if (each.count <= most) continue
      most = each.count
      size = each.size
    }
    return size
  }
}

/** The same for text without mark-up, which is one line. */
export function plainLine(text: string): string {
  return SPACED.test(text) ? trimmed(collapse(text)) : text
}

/** A line break that stays, where the text is preformatted. */
const KEPT_BREAK = '\u2028'
const WIDE = /[\u2e80-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\uffe0-\uffe6“”‘’…—]/
const SPACED = /[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064]/
const NO_WIDTH = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g
const INDENT = /^[ \u00a0\u2000-\u200a]*(?:\u3000{2}|[\u00a0\u2000-\u200a]{4}|\u2003{2})/

function collapse(text: string): string {
  return text.replace(/[ \t\n\r\f]+/g, (run, offset: number) => {
    if (!/[\n\r]/.test(run)) return ' '
    const joins = WIDE.test(text[offset - 1] ?? '') && WIDE.test(text[offset + run.length] ?? '')
    return joins ? '' : ' '
  })
}

function trimmed(line: string): string {
  if (!SPACED.test(line)) return line
  return line
    .replace(NO_WIDTH, '')
    .replace(/[\u00a0\u2000-\u200a\u202f\u205f]/g, ' ')
    .replace(/^[ \u3000]+/, '')
    .trimEnd()
}

function keepSpaces(text: string): string {
  return text.replace(/\r\n?|\n/g, KEPT_BREAK).replace(/[ \t]/g, '\u00a0')
}

const RAISED = { super: '⁰¹²³⁴⁵⁶⁷⁸⁹', sub: '₀₁₂₃₄₅₆₇₈₉' } as const

/** A raised digit must not become part of the figure before it. */
function raise(text: string, to: keyof typeof RAISED): string {
  return text.replace(/[0-9]/g, (digit) => RAISED[to][Number(digit)] ?? digit)
}

/** How many characters of the text are printed: anything but white space. */
function printed(text: string): number {
  let count = 0
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code > 0x20 && code !== 0xa0 && code !== 0x3000) count++
  }
  return count
}
