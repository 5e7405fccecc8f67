/**
 * Where the pages of an original stand on the screen, and how near: one below the other, each in the middle.
 *
 * Pure. Places of the record are in points of their page; places of the screen are in CSS pixels of the scrolled area, rounded to
 * whole pixels, because a picture that starts between two of them is drawn blurred. A scale is CSS pixels a point.
 */
import type { Box } from '../../../src/record.js'

export interface PageSize {
  readonly width: number
  readonly height: number
}

export interface Rect {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

export interface Layout {
  readonly pages: readonly Rect[]
  readonly width: number
  readonly height: number
}

/** What of the scrolled area is seen. */
export type View = Rect

/** CSS pixels around and between pages. */
export const GAP = 12
export const SCALES = { least: 0.1, most: 8 } as const
/** At 适格, where the cell is not too wide for it. */
const CELL_SCALE = 3
/** Of the height of the view: where the row of the current cell is put. */
const ROW_AT = 0.4
/** Of the width of the view: how much a cell may take at 适格, so that its neighbours are seen, too. */
const CELL_SHARE = 0.6
/** CSS pixels that must be free around what counts as seen. */
const MARGIN = 20

export function layOut(sizes: readonly PageSize[], scale: number, viewWidth: number): Layout {
  const widest = sizes.reduce((most, { width }) => Math.max(most, Math.round(width * scale)), 0)
  const width = Math.max(Math.floor(viewWidth), widest + 2 * GAP)
  const pages: Rect[] = []
  let top = GAP
  for (const size of sizes) {
    const rect = { width: Math.round(size.width * scale), height: Math.round(size.height * scale) }
    pages.push({ left: Math.round((width - rect.width) / 2), top, ...rect })
    top += rect.height + GAP
  }
  return { pages, width, height: top }
}

/** Indices of the first and the last page that are seen; of the nearest one where the view lies in a gap. */
export function pagesIn(
  layout: Layout,
  top: number,
  bottom: number,
): { readonly first: number; readonly last: number } {
  const first = Math.min(firstEndingBelow(layout.pages, top), layout.pages.length - 1)
  let last = first
  while (last + 1 < layout.pages.length && (layout.pages[last + 1]?.top ?? bottom) < bottom) last += 1
  return { first, last }
}

/** The index of the page that has the line at which one reads. */
export function pageRead(layout: Layout, view: View): number {
  return pagesIn(layout, view.top + view.height * ROW_AT, view.top + view.height * ROW_AT + 1).first
}

function firstEndingBelow(pages: readonly Rect[], top: number): number {
  let from = 0
  let to = pages.length
  while (from < to) {
    const middle = (from + to) >> 1
    const page = pages[middle]
    if (page !== undefined && page.top + page.height > top) to = middle
    else from = middle + 1
  }
  return from
}

/** A box of a page, in the scrolled area. */
export function onScreen(page: Rect, scale: number, [left, top, right, bottom]: Box): Rect {
  return {
    left: page.left + left * scale,
    top: page.top + top * scale,
    width: (right - left) * scale,
    height: (bottom - top) * scale,
  }
}

export function isSeen(place: Rect, view: View): boolean {
  return (
    place.top >= view.top + Math.min(MARGIN, view.height / 4) &&
    place.top + place.height <= view.top + view.height - Math.min(MARGIN, view.height / 4) &&
    place.left >= view.left &&
    place.left + place.width <= view.left + view.width
  )
}

/** Where to scroll so that the row of `place` is where one reads; sideways only as far as it takes, and by `beside` where that fits. */
export function bringIn(
  place: Rect,
  view: View,
  beside: Rect | null = null,
): { readonly left: number; readonly top: number } {
  const top = Math.round(place.top + place.height / 2 - view.height * ROW_AT)
  if (beside !== null && beside.width <= view.width) return { left: middleOf(beside, view), top }
  const isBeside = place.left < view.left || place.left + place.width > view.left + view.width
  return { left: isBeside ? middleOf(place, view) : view.left, top }
}

function middleOf(place: Rect, view: View): number {
  return Math.round(place.left + place.width / 2 - view.width / 2)
}

export function scaleForPage(size: PageSize, view: PageSize): number {
  return within(Math.min((view.width - 2 * GAP) / size.width, (view.height - 2 * GAP) / size.height))
}

/** A table, or what else has a left and a right side, over the whole width. */
export function scaleForWidth(width: number, view: PageSize): number {
  return within((view.width - 2 * GAP) / Math.max(width, 1))
}

export function scaleForCell([left, top, right, bottom]: Box, view: PageSize): number {
  const { width, height } = { width: Math.max(right - left, 1), height: Math.max(bottom - top, 1) }
  return within(Math.min(CELL_SCALE, (view.width * CELL_SHARE) / width, (view.height * CELL_SHARE) / height))
}

export function within(scale: number): number {
  return Math.min(SCALES.most, Math.max(SCALES.least, scale))
}
