/**
 * A page whose text runs down, up or upside down as it is displayed → the page turned so that it can be read, and places on it
 * turned back to where they are displayed.
 *
 * Only where nearly all of the text runs that one way: a turned table on an upright page is read where it stands.
 */
import type { Box, Location, PageSize } from '../model.js'
import type { Glyph, PageContent, Ruling } from './page.js'
import { boxWithin } from './paragraphs.js'

export interface Turn {
  /** The way the text runs as displayed. */
  readonly direction: 90 | 180 | 270
  /** The page as displayed. */
  readonly displayed: PageSize
}

/** Page numbers and headers may stand upright on a page turned sideways. */
const NEARLY_ALL = 0.9

export function turnUpright(page: PageContent): { readonly content: PageContent; readonly turn: Turn | null } {
  const direction = commonDirection(page.glyphs)
  if (direction === null || direction === 0) return { content: page, turn: null }
  const { width, height, glyphs, rulings, images } = page
  const turn: Turn = { direction, displayed: { width, height } }
  const isQuarter = direction !== 180
  const upright = (box: Box) => turnBox(box, page, direction)
  return {
    turn,
    content: {
      width: isQuarter ? height : width,
      height: isQuarter ? width : height,
      glyphs: glyphs.map((glyph) => ({
        ...glyph,
        box: upright(glyph.box),
        direction: lessBy(glyph.direction, direction),
      })),
      rulings: rulings.map((ruling): Ruling => {
        const [x1, y1, x2, y2] = upright([ruling.x1, ruling.y1, ruling.x2, ruling.y2])
        return { x1, y1, x2, y2, width: ruling.width }
      }),
      images: images.map(upright),
    },
  }
}

/** Where a place on the turned page is displayed. */
export function turnBack(location: Location, { direction, displayed: { width, height } }: Turn): Location {
  if (location.kind !== 'page') return location
  const turned = direction === 180 ? { width, height } : { width: height, height: width }
  const back = direction === 180 ? 180 : direction === 90 ? 270 : 90
  return { ...location, box: boxWithin(turnBox(location.box, turned, back), width, height) }
}

function commonDirection(glyphs: readonly Glyph[]): Glyph['direction'] | null {
  const counts = { 0: 0, 90: 0, 180: 0, 270: 0 }
  for (const { vertical, direction } of glyphs) counts[vertical ? 0 : direction]++
  const directions = [0, 90, 180, 270] as const
  return directions.find((direction) => counts[direction] > NEARLY_ALL * glyphs.length) ?? null
}

/** Turns the page so that what ran in the given direction runs to the right. */
function turnBox([left, top, right, bottom]: Box, { width, height }: PageSize, direction: Turn['direction']): Box {
  if (direction === 90) return [top, width - right, bottom, width - left]
  if (direction === 180) return [width - right, height - bottom, width - left, height - top]
  return [height - bottom, left, height - top, right]
}

function lessBy(direction: Glyph['direction'], turn: Turn['direction']): Glyph['direction'] {
  const turned = (direction + 360 - turn) % 360
  return turned === 90 || turned === 180 || turned === 270 ? turned : 0
}
