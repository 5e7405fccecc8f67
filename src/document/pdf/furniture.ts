/**
 * Pages → for each page the lines that are furniture: headers, footers, page numbers, what a browser prints around a page.
 *
 * Looked for only at the edges, from the edge inwards, and only for as long as each line is furniture: by its shape (a page
 * number, an address with the time of printing) or because other pages have the same text at the same place. Figures count as
 * equal there, so that "第 1 页" repeats. The title, a signature and the first row of a table are never at fault for standing first or last.
 */
import type { Line } from './lines.js'
import type { PageLayout } from './page-layout.js'

/** Share of the page, from its edge: 公文 set their page number 28 mm from the foot of A4, with the line above it 35 mm. */
const NUMBER_ZONE = 0.135
const REPEAT_ZONE = 0.12
/** Browsers print within half an inch. */
const BROWSER_ZONE = 0.06
/** Headers of one document are at one height, give or take a mixed font. */
const SAME_HEIGHT = 4.3
/** A bare figure is a page number when this much room (in its own size) parts it from the text. */
const APART = 1.2
/** Lines looked at on each edge. */
const DEEPEST = 5

const DECORATED = /^[-—–―－~·.•\s]+\d{1,4}[-—–―－~·.•\s]+$/
const COUNTED =
  /^(?:第?\s*\d{1,4}\s*页?\s*[/／,，、\s共]+\s*\d{1,4}\s*页?|第\s*[\d一二三四五六七八九十百]{1,5}\s*页|page\s*\d{1,4}(?:\s*(?:of|\/)\s*\d{1,4})?)$/iu
const BARE = /^\d{1,4}$/
const ADDRESS = /(?:https?:\/\/|www\.)\S+|^file:\/\//i
const PRINTED_AT = /\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?[\s,，]*(?:[上下]午\s*)?\d{1,2}[:：]\d{2}/

export function findFurniture(pages: readonly PageLayout[]): ReadonlySet<Line>[] {
  const bands = pages.map((page) => ({ page, top: edgeLines(page, 'top'), bottom: edgeLines(page, 'bottom') }))
  const repeats = new Repeats()
  for (const { page, top, bottom } of bands) {
    for (const line of top) repeats.note(line, page, 'top')
    for (const line of bottom) repeats.note(line, page, 'bottom')
  }
  const numbering = countNumbering(bands)
  return bands.map(({ page, top, bottom }) => {
    const furniture = new Set<Line>()
    for (const [side, lines] of [
      ['top', top],
      ['bottom', bottom],
    ] as const) {
      lines.some((line, index) => {
        const isFurniture =
          isPageNumber(line, lines[index + 1], page, side, numbering) ||
          isBrowserPrint(line, page, side) ||
          (distanceFromEdge(line, page, side) < REPEAT_ZONE * page.height && repeats.has(line, page, side))
        if (isFurniture) furniture.add(line)
        return !isFurniture
      })
    }
    for (const line of page.lines) {
      const inMargin = line.box[2] < NUMBER_ZONE * page.width || line.box[0] > (1 - NUMBER_ZONE) * page.width
      if (line.direction !== 0 && inMargin && (DECORATED.test(line.text) || COUNTED.test(line.text)))
        furniture.add(line)
    }
    return furniture
  })
}

type Side = 'top' | 'bottom'

/** The outermost upright lines outside grids, from the edge inwards, as far as the first grid. */
function edgeLines(page: PageLayout, side: Side): Line[] {
  const upright = page.lines.filter((line) => line.direction === 0)
  const ordered = side === 'top' ? upright : upright.reverse()
  const nearest = Math.min(
    ...page.grids
      .filter((grid) => grid.cells.some((cell) => cell.text !== ''))
      .map((grid) => (side === 'top' ? grid.box[1] : page.height - grid.box[3])),
    page.height / 2,
  )
  return ordered.slice(0, DEEPEST).filter((line) => distanceFromEdge(line, page, side) <= nearest)
}

/** Of the line's middle. */
function distanceFromEdge(line: Line, page: PageLayout, side: Side): number {
  const middle = (line.box[1] + line.box[3]) / 2
  return side === 'top' ? middle : page.height - middle
}

function isBrowserPrint(line: Line, page: PageLayout, side: Side): boolean {
  if (distanceFromEdge(line, page, side) > BROWSER_ZONE * page.height) return false
  return ADDRESS.test(line.text) || PRINTED_AT.test(line.text)
}

function isPageNumber(
  line: Line,
  inner: Line | undefined,
  page: PageLayout,
  side: Side,
  numbering: ReadonlyMap<number, number>,
): boolean {
  if (distanceFromEdge(line, page, side) > NUMBER_ZONE * page.height) return false
  const text = line.text.trim()
  if (DECORATED.test(text) || COUNTED.test(text)) return true
  if (!BARE.test(text)) return false
  const offset = Number(text) - page.page
  if ((numbering.get(offset) ?? 0) > 1) return true
  const gap =
    inner === undefined ? Number.POSITIVE_INFINITY : Math.max(inner.box[1] - line.box[3], line.box[1] - inner.box[3])
  return offset === 0 && gap > APART * line.size
}

/** How many pages have a bare figure at an edge that is the page's number plus a certain offset. */
function countNumbering(bands: readonly { page: PageLayout; top: Line[]; bottom: Line[] }[]): Map<number, number> {
  const counts = new Map<number, number>()
  for (const { page, top, bottom } of bands) {
    const offsets = new Set<number>()
    for (const line of [top[0], bottom[0]]) {
      if (line !== undefined && BARE.test(line.text)) offsets.add(Number(line.text) - page.page)
    }
    for (const offset of offsets) counts.set(offset, (counts.get(offset) ?? 0) + 1)
  }
  return counts
}

/** Text by its wording with figures made equal, with the heights and pages where it stands at an edge. */
class Repeats {
  private readonly heights = new Map<string, { distance: number; page: number }[]>()

  note(line: Line, page: PageLayout, side: Side): void {
    const key = wording(line, side)
    const known = this.heights.get(key)
    const entry = { distance: distanceFromEdge(line, page, side), page: page.page }
    // A few pages with a text prove it as well as all of them: the list stays short in long documents.
    if (known === undefined) this.heights.set(key, [entry])
    else if (known.length < MOST_ENTRIES) known.push(entry)
  }

  has(line: Line, page: PageLayout, side: Side): boolean {
    // Figures alone repeat in tables too.
    if (!LETTER.test(line.text)) return false
    const distance = distanceFromEdge(line, page, side)
    const entries = this.heights.get(wording(line, side)) ?? []
    return entries.some((entry) => entry.page !== page.page && Math.abs(entry.distance - distance) < SAME_HEIGHT)
  }
}

const MOST_ENTRIES = 40
const LETTER = /\p{L}/u

function wording(line: Line, side: Side): string {
  return `${side}:${line.text.replace(/\d+/g, '0').replace(/\s+/g, '')}`
}
