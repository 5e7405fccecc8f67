/**
 * Lines of prose that follow each other without a blank line → paragraphs.
 *
 * As a rule each line is a paragraph: that is how exported text is written. Lines are joined where it is evident that a program has
 * wrapped them: most long lines of the document end at the same width, and a line that long goes on in the next one, unless that
 * begins with an indent or an ordinal.
 */
import { widthOf } from './source.js'

export interface ProseLine {
  /** As in the source, indent and all. */
  readonly source: string
  readonly text: string
  readonly line: number
  /** A blank line, a table or a heading stands before it. */
  readonly first: boolean
}

/** No text is wrapped at fewer columns: 20 Chinese characters. */
const NARROWEST = 40
/** A line ends this much early when the next character may not begin a line. */
const SLACK = 4
const LEAST_FULL = 3
const SHARE_FULL = 0.6
const INDENT = /^(?:[ \t]*\u3000|\t| {2})/
const ORDINAL =
  /^\s*(?:[一二三四五六七八九十]{1,3}[、．.]|[（(][一二三四五六七八九十\d]{1,3}[）)]|第[一二三四五六七八九十]{1,3}[部章节条]|\d{1,2}[、．.](?!\d)|[①-⑳])/

export function joinWrapped<Line extends ProseLine>(lines: readonly Line[]): Line[][] {
  const width = wrapWidth(lines)
  const paragraphs: Line[][] = []
  let previous: Line | undefined
  for (const line of lines) {
    const open = paragraphs.at(-1)
    const goesOn =
      width !== null &&
      previous !== undefined &&
      !line.first &&
      isFull(previous, width) &&
      !INDENT.test(line.source) &&
      !ORDINAL.test(line.source)
    if (goesOn && open !== undefined) open.push(line)
    else paragraphs.push([line])
    previous = line
  }
  return paragraphs
}

/** Chinese is joined as it stands, words of Latin letters by a space. */
export function joinTexts(lines: readonly ProseLine[]): string {
  return lines.reduce((text, line) => {
    const space = /[\w,.;:]$/.test(text) && /^\w/.test(line.text) ? ' ' : ''
    return text === '' ? line.text : text + space + line.text
  }, '')
}

/** The width at which the document is wrapped; null where nothing shows that it is. */
function wrapWidth(lines: readonly ProseLine[]): number | null {
  const widths = lines.map(({ source }) => widthOf(source.trimEnd()))
  const widest = widths.reduce((most, width) => Math.max(most, width), 0)
  if (widest < NARROWEST) return null
  const followed = widths.filter((width, index) => width >= widest / 2 && lines[index + 1]?.first === false)
  const full = followed.filter((width) => width >= widest - SLACK)
  return full.length >= LEAST_FULL && full.length >= SHARE_FULL * followed.length ? widest : null
}

function isFull({ source }: ProseLine, width: number): boolean {
  return widthOf(source.trimEnd()) >= width - SLACK
}
