/**
 * Lines and grids of all pages in reading order → the same, with the parts of a table that follow each other over a page break put
 * together.
 *
 * Between two parts may stand only what the break itself leaves there: a caption that says that the table goes on, which is set
 * apart, and letters of the last row that the borders were not long enough for, which go back into their cells. Boxes that
 * joined no table give their lines back to the text.
 */
import { type JoinedGrid, joinGrids, startJoined, withOverflow } from '../grid/continuation.js'
import type { PageGrid } from '../grid/page-grid.js'
import type { PageSize } from '../model.js'
import type { Line } from './lines.js'
import type { PageLayout } from './page-layout.js'

export interface PlacedText {
  readonly kind: 'line'
  readonly line: Line
  readonly page: number
}

export type Item = PlacedText | PageGrid

export type JoinedItem = PlacedText | { readonly kind: 'joined'; readonly grid: JoinedGrid }

/** More lines than these are text between two tables. */
const MOST_BETWEEN = 4
const LONGEST_CAPTION = 40
const GOES_ON = /^[（(]?[续接]\s*[上前]?\s*[表页]|[（(]续表?[一二三四\d]*[）)]|续表\s*[一二三四\d]*$|[转接]下页|下页续/
const UNIT = /^[（(]?(?:计量)?单位\s*[：:]/

export function joinOverPages(
  items: readonly Item[],
  pages: readonly PageLayout[],
): { readonly items: readonly JoinedItem[]; readonly apart: readonly PlacedText[] } {
  const joined: JoinedItem[] = []
  const apart: PlacedText[] = []
  for (const item of items) {
    if (item.kind === 'line') {
      joined.push(item)
      continue
    }
    const between = textAtEnd(joined)
    const last = joined.at(-1 - between.length)
    const whole = last?.kind === 'joined' ? continueGrid(last.grid, between, item, pages) : null
    if (whole === null) joined.push({ kind: 'joined', grid: startJoined(item) })
    else {
      joined.splice(-1 - between.length, between.length + 1, { kind: 'joined', grid: whole.grid })
      for (const caption of whole.captions) apart.push(caption)
    }
  }
  const given = joined.flatMap((item) => (item.kind === 'line' ? [item] : giveBack(item)))
  return { items: given, apart }
}

/** The lines since the last grid, or none where they are many. */
function textAtEnd(items: readonly JoinedItem[]): PlacedText[] {
  const text: PlacedText[] = []
  for (let at = items.length - 1; at >= 0; at--) {
    const item = items[at]
    if (item === undefined || item.kind !== 'line') return text
    if (text.length === MOST_BETWEEN) return []
    text.unshift(item)
  }
  return []
}

function continueGrid(
  above: JoinedGrid,
  between: readonly PlacedText[],
  below: PageGrid,
  pages: readonly PageLayout[],
): { readonly grid: JoinedGrid; readonly captions: readonly PlacedText[] } | null {
  const last = above.pieces.at(-1)
  if (last === undefined || last.page >= below.page) return null
  const saysSo = between.some(({ line }) => isShort(line) && GOES_ON.test(line.text))
  const isCaption = ({ line }: PlacedText) => isShort(line) && (GOES_ON.test(line.text) || UNIT.test(line.text))
  const captions = saysSo ? between.filter(isCaption) : []
  const overflow = between.filter((text) => !captions.includes(text))
  if (overflow.some(({ page }) => page !== last.page)) return null
  const upper = withOverflow(
    above,
    overflow.map(({ line }) => line),
  )
  const grid = upper === null ? null : joinGrids(upper, below, sizeOf(pages, last.page))
  return grid === null ? null : { grid, captions }
}

function isShort(line: Line): boolean {
  return line.direction === 0 && line.text.length <= LONGEST_CAPTION
}

function giveBack(item: Extract<JoinedItem, { kind: 'joined' }>): JoinedItem[] {
  const [first] = item.grid.pieces
  if (item.grid.pieces.length > 1 || first === undefined || !isNoTable(first)) return [item]
  return first.lines.map((line): JoinedItem => ({ kind: 'line', line, page: first.page }))
}

/** A frame around text, or lines that hold nothing: what a table on the next page might still have used. */
function isNoTable(grid: PageGrid): boolean {
  return grid.origin === 'frame' || grid.cells.every((cell) => cell.text === '' && !cell.hasImage)
}

export function sizeOf(pages: readonly PageLayout[], page: number): PageSize {
  return pages[page - 1] ?? { width: 0, height: 0 }
}
