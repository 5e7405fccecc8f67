/**
 * All glyphs of a page → those a reader takes for its text, and those laid over it (watermarks, seals).
 *
 * Invisible glyphs are the text layer of a scan and count only where nothing else can be read. A watermark is told by its size:
 * letters much larger than the text that lies under them; large letters over nothing are a title. Letters set aslant are one
 * too, whatever their size, unless the whole page is.
 */
import { findCovered } from './overlaid.js'
import type { Glyph, PageContent } from './page.js'

export interface VisibleText {
  readonly glyphs: readonly Glyph[]
  readonly watermark: readonly Glyph[]
  /** The glyphs are a scan's invisible text layer. */
  readonly recognised: boolean
  /** Pictures cover much of the page and there is little or no text. */
  readonly picture: boolean
}

/** Times the size of most text. Titles reach three times it, but nothing lies under them. */
const WATERMARK_SIZE = 1.9
/** Middles of smaller letters under one large letter; one may be a stray mark, two are text. */
const LETTERS_UNDER = 2
/** Of the large letters of one size, so many lie over text if they are a watermark. */
const OVER_TEXT = 0.3
/** The share of the page that pictures cover on a scanned page or a page that is one pasted table. */
const PICTURE_SHARE = 0.3
/** A page with fewer letters than two lines beside a big picture says what it has to say in the picture. */
const LITTLE_TEXT = 60

export function selectVisible(page: PageContent): VisibleText {
  const onPage = page.glyphs.filter(({ box }) => {
    const x = (box[0] + box[2]) / 2
    const y = (box[1] + box[3]) / 2
    return x >= 0 && y >= 0 && x <= page.width && y <= page.height
  })
  const shown = onPage.filter((glyph) => !glyph.invisible)
  const covered = page.images.reduce((sum, [left, top, right, bottom]) => sum + (right - left) * (bottom - top), 0)
  const hasPicture = covered > PICTURE_SHARE * page.width * page.height
  const recognised = shown.length === 0 && onPage.length > 0 && page.images.length > 0
  const text = recognised ? onPage : shown
  return { ...setApart(text, page), recognised, picture: hasPicture && shown.length < LITTLE_TEXT }
}

type Apart = Pick<VisibleText, 'glyphs' | 'watermark'>

function setApart(text: readonly Glyph[], page: PageContent): Apart {
  const tilted = text.filter((glyph) => glyph.tilted)
  // A page that was scanned askew has no other text.
  if (tilted.length === 0 || tilted.length * 2 > text.length) return setLargeApart(text, page)
  const { glyphs, watermark } = setLargeApart(
    text.filter((glyph) => !glyph.tilted),
    page,
  )
  const limit = WATERMARK_SIZE * commonSize(glyphs)
  const covered = findCovered(
    glyphs,
    tilted.filter((glyph) => glyph.size <= limit),
  )
  return {
    glyphs: glyphs.map((glyph): Glyph => (covered.has(glyph) ? { ...glyph, overlaid: true } : glyph)),
    watermark: [...watermark, ...tilted],
  }
}

function setLargeApart(glyphs: readonly Glyph[], page: PageContent): Apart {
  const limit = WATERMARK_SIZE * commonSize(glyphs)
  const large = glyphs.filter((glyph) => glyph.size > limit)
  if (large.length === 0) return { glyphs, watermark: [] }
  const small = new PointCount(
    page,
    glyphs.filter((glyph) => glyph.size <= limit),
  )
  const overText = countSizes(large.filter((glyph) => small.within(glyph) >= LETTERS_UNDER))
  const bySize = countSizes(large)
  // The letters of a watermark that happen to lie beside the text belong to those that lie on it.
  const isOver = (size: number) => (overText.get(size) ?? 0) >= OVER_TEXT * (bySize.get(size) ?? 0)
  const watermark = new Set(
    large.filter((glyph) => overText.has(Math.round(glyph.size)) && isOver(Math.round(glyph.size))),
  )
  if (watermark.size === 0) return { glyphs, watermark: [] }
  return { glyphs: glyphs.filter((glyph) => !watermark.has(glyph)), watermark: [...watermark] }
}

function countSizes(glyphs: readonly Glyph[]): Map<number, number> {
  const counts = new Map<number, number>()
  for (const { size } of glyphs) counts.set(Math.round(size), (counts.get(Math.round(size)) ?? 0) + 1)
  return counts
}

function commonSize(glyphs: readonly Glyph[]): number {
  let common = 0
  let most = 0
  for (const [size, count] of countSizes(glyphs)) {
    if (count > most || (count === most && size > common)) {
      common = size
      most = count
    }
  }
  return common
}

/** Squares along the longer side of the page: some 8 pt each on A4, about a letter. */
const SQUARES = 100

/** How many letters have their middle in a box, in constant time whatever the box: sums over squares of the page. */
class PointCount {
  private readonly sums: Int32Array
  private readonly columns: number
  private readonly rows: number
  private readonly side: number

  constructor(page: PageContent, glyphs: readonly Glyph[]) {
    this.side = Math.max(page.width, page.height) / SQUARES
    this.columns = Math.ceil(page.width / this.side) + 1
    this.rows = Math.ceil(page.height / this.side) + 1
    this.sums = new Int32Array((this.columns + 1) * (this.rows + 1))
    for (const { box } of glyphs) {
      const column = Math.floor((box[0] + box[2]) / 2 / this.side)
      const row = Math.floor((box[1] + box[3]) / 2 / this.side)
      const at = (row + 1) * (this.columns + 1) + column + 1
      this.sums[at] = (this.sums[at] ?? 0) + 1
    }
    for (let row = 1; row <= this.rows; row++) {
      for (let column = 1; column <= this.columns; column++) {
        const at = row * (this.columns + 1) + column
        this.sums[at] =
          (this.sums[at] ?? 0) + this.sum(row - 1, column) + this.sum(row, column - 1) - this.sum(row - 1, column - 1)
      }
    }
  }

  within({ box: [left, top, right, bottom] }: Glyph): number {
    const clamp = (value: number, most: number) => Math.min(Math.max(Math.round(value / this.side), 0), most)
    const [l, r] = [clamp(left, this.columns), clamp(right, this.columns)]
    const [t, b] = [clamp(top, this.rows), clamp(bottom, this.rows)]
    return this.sum(b, r) - this.sum(t, r) - this.sum(b, l) + this.sum(t, l)
  }

  private sum(row: number, column: number): number {
    return this.sums[row * (this.columns + 1) + column] ?? 0
  }
}
