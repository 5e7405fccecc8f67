/**
 * The lines of one block of mark-up → paragraphs.
 *
 * A <br> may break a line within a paragraph (a title set over two lines) or stand for the end of one (whole reports are written
 * that way). It ends one where typography says so: an empty line, an indent, a sentence that is over, an ordinal at the head of
 * a line, a line of prose. Elsewhere the break is kept as the author's.
 */
import type { FlowLine } from './text-flow.js'

/** No line of a title is that long: a paragraph is. */
const LONGEST_TITLE_LINE = 60
const SENTENCE_END = /[。！？；：:;]$/
const ORDINAL =
  /^(?:[一二三四五六七八九十]{1,3}[、．.]|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十]{1,3}[部章节]|\d{1,2}[、．.](?!\d))/

export function splitParagraphs(lines: readonly FlowLine[]): FlowLine[] {
  const paragraphs: FlowLine[] = []
  let previous: FlowLine | null = null
  for (const line of lines) {
    const open = paragraphs.at(-1)
    if (line.text !== '') {
      if (open === undefined || previous === null || begins(line, previous)) paragraphs.push(line)
      else paragraphs[paragraphs.length - 1] = joined(open, line)
    }
    previous = line.text === '' ? null : line
  }
  return paragraphs
}

function begins(line: FlowLine, previous: FlowLine): boolean {
  return (
    line.indented ||
    SENTENCE_END.test(previous.text) ||
    ORDINAL.test(line.text) ||
    ORDINAL.test(previous.text) ||
    Math.max(line.text.length, previous.text.length) > LONGEST_TITLE_LINE
  )
}

function joined(first: FlowLine, second: FlowLine): FlowLine {
  return {
    text: `${first.text}\n${second.text}`,
    bold: first.bold && second.bold,
    centred: first.centred && second.centred,
    size: first.size,
    indented: first.indented,
  }
}
