/**
 * A cell's picture, cut from the picture of its page. All cells of a page are cut from one picture, which the browser decodes once; a
 * document without pages has none.
 */
import { type CSSProperties, useEffect, useState } from 'react'
import type { Box, Location } from '../../../src/record.js'
import { boxOn, type Look, type Marked } from './marks.js'
import { type Cutting, holdOriginal } from './opened-originals.js'
import './boxes.css'
import './crop.css'

export interface CropProps {
  readonly sha256: string
  readonly location: Location | null
  /** Points of the page to show around the cell, at each side; 0 by default. */
  readonly around?: number
  /** CSS pixels; by default the cell's own shape, as high as the line it stands in. */
  readonly width?: number
  readonly height?: number
  /** Draws the cell's box, where there is something around it. */
  readonly look?: Look
  /** Other cells that are drawn where they are in view: what belongs to it. */
  readonly beside?: readonly Marked[]
}

interface Size {
  readonly width: number
  readonly height: number
}

const HEIGHT = 24
const NOTHING: readonly Marked[] = []

export function Crop({ sha256, location, around = 0, width, height, look, beside = NOTHING }: CropProps) {
  const page = location?.kind === 'page' ? location.page : null
  const cutting = useCutting(sha256, page)
  if (location?.kind !== 'page') return null
  const seen = widened(location.box, around)
  const shape = { width: seen[2] - seen[0], height: seen[3] - seen[1] }
  const scale =
    width === undefined
      ? (height ?? HEIGHT) / shape.height
      : Math.min(width / shape.width, (height ?? Number.POSITIVE_INFINITY) / shape.height)
  const size = { width: width ?? shape.width * scale, height: height ?? shape.height * scale }
  return (
    <span
      className="crop"
      aria-hidden="true"
      style={cutting === null ? size : { ...size, ...cut(cutting, seen, scale, size) }}
    >
      {cutting !== null && look !== undefined && (
        <>
          {beside.map((cell) => {
            const box = boxOn(location.page, cell.location)
            return (
              box !== null && (
                <i key={cell.fact} className={`op-box look-${cell.look}`} style={boxOf(box, seen, scale, size)} />
              )
            )
          })}
          <i className={`op-box look-${look}`} style={boxOf(location.box, seen, scale, size)} />
        </>
      )}
    </span>
  )
}

function cut({ url, width, height }: Cutting, seen: Box, scale: number, size: Size): CSSProperties {
  const { x, y } = originOf(seen, scale, size)
  return {
    backgroundColor: '#fff',
    backgroundImage: `url("${url}")`,
    backgroundSize: `${width * scale}px ${height * scale}px`,
    backgroundPosition: `${x}px ${y}px`,
  }
}

function boxOf([left, top, right, bottom]: Box, seen: Box, scale: number, size: Size): CSSProperties {
  const { x, y } = originOf(seen, scale, size)
  return { left: x + left * scale, top: y + top * scale, width: (right - left) * scale, height: (bottom - top) * scale }
}

/** Where the corner of the page comes to lie: what is cut lies in the middle, where there is room. */
function originOf(
  [left, top, right, bottom]: Box,
  scale: number,
  size: Size,
): { readonly x: number; readonly y: number } {
  return {
    x: (size.width - (right - left) * scale) / 2 - left * scale,
    y: (size.height - (bottom - top) * scale) / 2 - top * scale,
  }
}

function widened([left, top, right, bottom]: Box, around: number): Box {
  return [left - around, top - around, right + around, bottom + around]
}

function useCutting(sha256: string, page: number | null): Cutting | null {
  const [cutting, setCutting] = useState<Cutting | null>(null)
  useEffect(() => {
    if (page === null) return
    const { opening, release } = holdOriginal(sha256, page)
    let isLeft = false
    opening
      .then((opened) => opened.cutting(page))
      .then(
        (made) => {
          if (!isLeft) setCutting(made)
        },
        (error: unknown) => {
          // The page beside says what is wrong with it.
          if (!isLeft) console.warn(`no cells can be cut from page ${page}`, error)
        },
      )
    return () => {
      isLeft = true
      release()
    }
  }, [sha256, page])
  return cutting
}
