/**
 * Lines of text → paragraphs, re-joined over lines and pages.
 *
 * A line goes on with the paragraph when the line before it was full: when the first word of this one had no room there. It starts
 * a new one at an indent, at a change of type, after a larger gap, or with an ordinal after a finished sentence. Lines of a title
 * that are centred one below the other are one paragraph and keep their break.
 */
import type { Box, Paragraph } from '../model.js'
import { pageLocation } from '../model.js'
import { isNarrow, type Line, union } from './lines.js'

/** A line with the page it stands on and the edges of that page's text. */
export interface PlacedLine {
  readonly line: Line
  readonly page: number
  readonly width: number
  readonly height: number
  readonly left: number
  readonly right: number
  /** Set in larger type than the text of its page. */
  readonly large: boolean
}

/** In em of the line. First lines are set in by 2; less than this is a mark that hangs or a letter's own side. */
const INDENT = 0.8
/** What a full line may leave at its end, in em, before the width of the next word counts: marks may not start a line. */
const SLACK = 1.3
/** Sizes that differ by more are different type. */
const SAME_SIZE = 0.08
/** A distance between lines this much larger than the one before starts a paragraph. */
const LARGER_GAP = 1.35
/** The first gap of a paragraph has nothing to be compared with: lines of one are at most this far apart, in em. */
const WIDEST_LEADING = 2.6
/** In em: how far the middle of a centred line may be off, and what it must leave on both sides. */
const CENTRE = 0.75
const CENTRE_MARGIN = 1.6

const ORDINAL =
  /^(?:第[一二三四五六七八九十百]+[章节条部分]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|\d{1,2}[.．、](?!\d)|[（(]\d{1,2}[）)])/
const FINISHED = /[。；：！？;:!?][”’」』）)]?$/
const FINISHED_SENTENCE = /[。！？!?][”’」』）)]?$/

export class ParagraphBuilder {
  private readonly lines: PlacedLine[] = []
  private text = ''
  private pitch: number | null = null
  private readonly finished: Paragraph[] = []

  constructor(private readonly indents: boolean) {}

  add(next: PlacedLine): void {
    const previous = this.lines.at(-1)
    if (previous === undefined) this.start(next)
    else {
      const joint = this.jointOf(previous, next)
      if (joint === null) {
        this.close()
        this.start(next)
      } else {
        if (previous.page === next.page) this.pitch = pitchOf(previous, next)
        this.lines.push(next)
        this.text += joint + next.line.text
      }
    }
  }

  /** Ends the paragraph at hand, as a table after it does, and gives all paragraphs since the last call. */
  take(): Paragraph[] {
    this.close()
    return this.finished.splice(0)
  }

  private start(line: PlacedLine): void {
    this.lines.push(line)
    this.text = line.line.text
    this.pitch = null
  }

  private close(): void {
    const lines = this.lines.splice(0)
    const first = lines[0]
    if (first === undefined) return
    const box = lines
      .filter(({ page }) => page === first.page)
      .map(({ line }) => line.box)
      .reduce(union)
    this.finished.push({
      kind: 'paragraph',
      text: this.text,
      location: pageLocation(first.page, boxWithin(box, first.width, first.height)),
      cue: {
        level: null,
        bold: lines.every(({ line }) => line.bold),
        centred: isTitle(lines),
        size: first.line.size,
      },
    })
  }

  /** What stands between two lines of one paragraph, or null when the second starts another. */
  private jointOf(previous: PlacedLine, next: PlacedLine): string | null {
    const [a, b] = [previous.line, next.line]
    if (a.direction !== b.direction) return null
    if (a.direction !== 0) return previous.page === next.page && a.size === b.size ? '' : null
    if (Math.abs(a.size - b.size) > SAME_SIZE * Math.max(a.size, b.size)) return null
    if (previous.page === next.page && this.isLargerGap(previous, next)) return null
    if (isCentred(next)) {
      const oneTitle =
        previous.page === next.page && a.bold === b.bold && !ORDINAL.test(b.text) && !FINISHED.test(a.text)
      if (oneTitle && isTitle(this.lines)) return isCentred(previous) ? '\n' : ''
      if (isCentred(previous)) return null
    }
    if (b.box[0] - next.left > INDENT * b.size && !this.hangsLike(next)) return null
    if (!isFull(previous, next)) return null
    if (a.bold && !b.bold && this.lines.every(({ line }) => line.bold) && ORDINAL.test(this.text)) return null
    if (ORDINAL.test(b.text) && FINISHED.test(a.text)) return null
    if (!this.indents && FINISHED_SENTENCE.test(a.text) && previous.page !== next.page) return null
    return isNarrowAt(a.text, -1) && isNarrowAt(b.text, 0) ? ' ' : ''
  }

  /** Under a paragraph set in as a whole, where the line before starts at the same place. */
  private hangsLike(next: PlacedLine): boolean {
    const previous = this.lines.at(-1)
    if (previous === undefined || this.lines.length < 2) return false
    return Math.abs(previous.line.box[0] - previous.left - (next.line.box[0] - next.left)) < 0.3 * next.line.size
  }

  private isLargerGap(previous: PlacedLine, next: PlacedLine): boolean {
    const pitch = pitchOf(previous, next)
    if (pitch < 0) return true
    return pitch > (this.pitch === null ? WIDEST_LEADING * next.line.size : LARGER_GAP * this.pitch)
  }
}

function pitchOf(previous: PlacedLine, next: PlacedLine): number {
  return next.line.box[3] - previous.line.box[3]
}

/** The first word of the next line had no room at the end of this one. */
function isFull(previous: PlacedLine, next: PlacedLine): boolean {
  const room = previous.right - previous.line.box[2]
  const size = next.line.size
  const word = /^(?:[\p{Ps}\p{Pi}]*(?:[!-~]+|.)[\p{Pe}\p{Pf}\p{Po}]*)/u.exec(next.line.text)?.[0] ?? ''
  let width = 0
  for (const character of word) width += isNarrow(character) ? size / 2 : size
  return room < Math.max(SLACK * size, width + 0.3 * size)
}

/** Centred, or as wide as the text where only the last line leaves room: a long title. Its first line is not set in. */
function isTitle(lines: readonly PlacedLine[]): boolean {
  return lines.every((line, index) => isCentred(line) || (isEven(line) && (index + 1 < lines.length || line.large)))
}

/** As much room on the left as on the right. */
function isEven({ line, left, right }: PlacedLine): boolean {
  return Math.abs(line.box[0] - left - (right - line.box[2])) < 2 * CENTRE * line.size
}

function isCentred({ line, left, right }: PlacedLine): boolean {
  const before = line.box[0] - left
  const after = right - line.box[2]
  return Math.min(before, after) > CENTRE_MARGIN * line.size && Math.abs(before - after) < 2 * CENTRE * line.size
}

function isNarrowAt(text: string, index: number): boolean {
  const character = text.at(index)
  return character !== undefined && isNarrow(character) && /[\p{L}\p{N}]/u.test(character)
}

/** Rounded to a tenth of a point, within its page. */
export function boxWithin(box: Box, width: number, height: number): Box {
  const clamp = (value: number, most: number) =>
    Math.min(Math.round(Math.max(value, 0) * 10), Math.floor(most * 10)) / 10
  return [clamp(box[0], width), clamp(box[1], height), clamp(box[2], width), clamp(box[3], height)]
}
