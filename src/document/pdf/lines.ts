/**
 * Glyphs → lines of text, by geometry alone: the engine's order of glyphs is not used, so that both engines give the same lines.
 *
 * Glyphs of one direction whose bands overlap make a line; along the line a clear gap becomes a space, and any gap starts a new
 * word (what may be the next column). The same letter printed twice at nearly one place (fake bold) counts once; other
 * letters printed over each other are said to be overprinted, and both are kept.
 */
import type { Box } from '../model.js'
import type { Glyph } from './page.js'

/** Letters without a gap between them: a whole line of 汉字 is one word unless it is stretched. */
export interface Word {
  readonly text: string
  readonly box: Box
  /** The gap before it is wide enough to be read as a space. */
  readonly spaced: boolean
  /** A figure right behind one of another size or height: a footnote mark or a power, and no digit of the figure before it. */
  readonly annotates?: true
}

export interface Line {
  readonly text: string
  readonly box: Box
  /** Type size of most glyphs. */
  readonly size: number
  /** All glyphs are bold. */
  readonly bold: boolean
  readonly direction: Glyph['direction']
  readonly vertical: boolean
  readonly glyphCount: number
  readonly words: readonly Word[]
  readonly distrusted: boolean
  readonly overprinted: boolean
}

/** In em. A Latin word space is 0.25 (squeezed 0.2); letters of one word stand closer than half of that. */
const WORD_GAP = 0.18
/** Beside a full-width letter: typesetters put 0.25 between 汉字 and figures, and stretch lines by up to as much again. */
const WIDE_WORD_GAP = 0.62
/** A smaller gap beside a full-width letter is a letter's own side or a squeezed mark. */
const WIDE_LETTER_GAP = 0.35
/** Stretched lines stay below this; columns of a table mostly do not. */
const SEGMENT_GAP = 1.15
/** Bands whose middles are this near (of the larger size) are one line; set solid, lines are 1 em apart, raised letters 0.35. */
const SAME_BAND = 0.5
/** The copy that makes a letter look bold is shifted by less than this; two narrow letters (ll) stand 0.22 apart. */
const SAME_PLACE = 0.2
/** Two letters sharing this much of the narrower one cannot both be read. */
const OVERPRINT = 0.6

/** Digits of one number differ less in size (of the larger) and in height (in em) than marks raised, lowered or set smaller. */
const ONE_SIZE = 0.9
const ONE_HEIGHT = 0.12

/** A glyph in the frame of its line: `from`-`to` along it, `middle` across, all growing in reading order. */
interface Placed {
  readonly glyph: Glyph
  readonly from: number
  readonly to: number
  readonly middle: number
}

/** Upright lines come first from top to bottom, then the turned and the vertical ones, each kind in its own reading order. */
export function assembleLines(glyphs: readonly Glyph[]): Line[] {
  const kinds: Placed[][] = [[], [], [], [], []]
  for (const glyph of glyphs) kinds[glyph.vertical ? 4 : glyph.direction / 90]?.push(place(glyph))
  return kinds.flatMap((placed) => bands(placed).map(readLine))
}

function place(glyph: Glyph): Placed {
  const { box } = glyph
  switch (glyph.direction) {
    case 0:
      return { glyph, from: box[0], to: box[2], middle: (box[1] + box[3]) / 2 }
    case 90:
      return { glyph, from: box[1], to: box[3], middle: -(box[0] + box[2]) / 2 }
    case 180:
      return { glyph, from: -box[2], to: -box[0], middle: -(box[1] + box[3]) / 2 }
    case 270:
      return { glyph, from: -box[3], to: -box[1], middle: (box[0] + box[2]) / 2 }
  }
}

function bands(placed: Placed[]): Placed[][] {
  placed.sort((a, b) => a.middle - b.middle || a.from - b.from)
  const found: Placed[][] = []
  let band: Placed[] = []
  let middle = 0
  let size = 0
  for (const item of placed) {
    const near = SAME_BAND * Math.max(size, item.glyph.size)
    if (band.length > 0 && item.middle - middle < near) {
      band.push(item)
      // The largest letters say where the line is: raised and lowered ones hang on to it.
      if (item.glyph.size > size) {
        size = item.glyph.size
        middle = item.middle
      }
      continue
    }
    band = [item]
    found.push(band)
    middle = item.middle
    size = item.glyph.size
  }
  return found
}

function readLine(band: Placed[]): Line {
  band.sort((a, b) => a.from - b.from || a.middle - b.middle || (a.glyph.text < b.glyph.text ? -1 : 1))
  const pen = new WordPen()
  let kept: Placed | null = null
  let end = Number.NEGATIVE_INFINITY
  let glyphCount = 0
  let bold = true
  let distrusted = false
  let overprinted = false
  const sizes = new SizeCount()
  for (const item of band) {
    const { glyph } = item
    distrusted ||= glyph.distrusted
    overprinted ||= glyph.overlaid === true
    if (kept !== null) {
      if (isCopy(kept, item)) continue
      overprinted ||= isOverprint(kept, item)
      const gap = (item.from - end) / ((glyph.size + kept.glyph.size) / 2)
      if (gap < WIDE_LETTER_GAP && isMarkOn(kept, item)) pen.annotate()
      else if (gap > WORD_GAP) {
        const narrow = isNarrow(glyph.text) && isNarrow(kept.glyph.text)
        if (narrow || gap > WIDE_LETTER_GAP) pen.lift(narrow || gap > WIDE_WORD_GAP)
      }
    }
    pen.write(glyph)
    kept = item
    end = Math.max(end, item.to)
    glyphCount++
    bold &&= glyph.bold
    sizes.add(glyph.size)
  }
  const words = pen.finish()
  const { text, box } = joinWords(words)
  const first = band[0]?.glyph
  return {
    text,
    box,
    size: sizes.mostFrequent(),
    bold,
    direction: first?.direction ?? 0,
    vertical: first?.vertical ?? false,
    glyphCount,
    words,
    distrusted,
    overprinted,
  }
}

/** Puts the letters of a line together into words, and their boxes into the words' boxes. */
class WordPen {
  private readonly words: Word[] = []
  private text = ''
  private spaced = false
  private annotates = false
  private left = 0
  private top = 0
  private right = 0
  private bottom = 0

  write({ text, box }: Glyph): void {
    const begins = this.text === ''
    this.text += text
    if (begins || box[0] < this.left) this.left = box[0]
    if (begins || box[1] < this.top) this.top = box[1]
    if (begins || box[2] > this.right) this.right = box[2]
    if (begins || box[3] > this.bottom) this.bottom = box[3]
  }

  /** The next letter begins a word, after a space or without one. */
  lift(spaced: boolean): void {
    this.words.push({
      text: this.text,
      box: [this.left, this.top, this.right, this.bottom],
      spaced: this.spaced,
      ...(this.annotates ? { annotates: true as const } : {}),
    })
    this.text = ''
    this.spaced = spaced
    this.annotates = false
  }

  /** The next letter begins a word that annotates the one before it. */
  annotate(): void {
    this.lift(true)
    this.annotates = true
  }

  finish(): Word[] {
    if (this.text !== '') this.lift(false)
    return this.words
  }
}

/** Words of one line as one text; the first one's own space is left out. */
export function joinWords(words: readonly Word[]): { text: string; box: Box } {
  let text = ''
  let box: Box | null = null
  for (const word of words) {
    text += box !== null && word.spaced ? ` ${word.text}` : word.text
    box = box === null ? word.box : union(box, word.box)
  }
  return { text, box: box ?? [0, 0, 0, 0] }
}

/** The words of an upright line, parted where the gap is too wide for running text. */
export function segmentsOf(line: Line): Word[][] {
  const segments: Word[][] = []
  let last: Word | undefined
  for (const word of line.words) {
    const segment = segments.at(-1)
    if (segment === undefined || last === undefined || word.box[0] - last.box[2] > SEGMENT_GAP * line.size) {
      segments.push([word])
    } else segment.push(word)
    last = word
  }
  return segments
}

function isCopy(kept: Placed, next: Placed): boolean {
  const near = SAME_PLACE * next.glyph.size
  return (
    kept.glyph.text === next.glyph.text && next.from - kept.from < near && Math.abs(next.middle - kept.middle) < near
  )
}

/** Both are digits, but not of one number. */
function isMarkOn(kept: Placed, next: Placed): boolean {
  const [a, b] = [kept.glyph.size, next.glyph.size]
  const isOneType = Math.min(a, b) >= ONE_SIZE * Math.max(a, b)
  if (isOneType && Math.abs(baseline(kept) - baseline(next)) < ONE_HEIGHT * Math.max(a, b)) return false
  return DIGIT.test(kept.glyph.text) && DIGIT.test(next.glyph.text)
}

const DIGIT = /^[\d０-９]$/

/** Boxes reach as far below the baseline as above it less 0.76 of the size. */
function baseline({ middle, glyph }: Placed): number {
  return middle + 0.38 * glyph.size
}

/** Full stops, commas and brackets share space by design: typesetters squeeze them into half their width. */
function isOverprint(kept: Placed, next: Placed): boolean {
  const shared = Math.min(kept.to, next.to) - next.from
  if (shared <= OVERPRINT * Math.min(kept.to - kept.from, next.to - next.from)) return false
  return !isMark(kept.glyph.text) && !isMark(next.glyph.text)
}

const MARK = /^[\p{Po}\p{Ps}\p{Pe}\p{Pi}\p{Pf}\p{M}]/u

function isMark(text: string): boolean {
  return MARK.test(text)
}

/** Latin letters, figures and ASCII marks; everything from the CJK blocks on is full-width. */
export function isNarrow(text: string): boolean {
  return (text.codePointAt(0) ?? 0) < 0x2e80
}

/** The type size of most letters, to a quarter of a point; nearly all lines have only one. */
class SizeCount {
  private readonly counts = new Map<number, number>()
  private current = Number.NaN
  private run = 0

  add(size: number): void {
    if (size === this.current) {
      this.run++
      return
    }
    this.closeRun()
    this.current = size
    this.run = 1
  }

  mostFrequent(): number {
    this.closeRun()
    let best = 0
    let most = 0
    for (const [size, count] of this.counts) {
      if (count > most || (count === most && size > best)) {
        best = size
        most = count
      }
    }
    return best
  }

  private closeRun(): void {
    const size = Math.round(this.current * 4) / 4
    if (this.run > 0) this.counts.set(size, (this.counts.get(size) ?? 0) + this.run)
    this.run = 0
  }
}

export function union(a: Box, b: Box): Box {
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])]
}
