/**
 * Boxes over a page. Readers of the screen skip them: the table says it all. They are placed in shares of the page, so that zooming does
 * not touch them, and let the pointer through: what is under it is told by the places of the cells.
 */
import type { CSSProperties } from 'react'
import type { Box } from '../../../src/record.js'
import type { CellOnPage } from './cells-on-pages.js'
import type { Marked } from './marks.js'
import type { PageSize } from './page-layout.js'
import './boxes.css'

export interface BoxesProps {
  readonly size: PageSize
  readonly marked: readonly { readonly box: Box; readonly mark: Marked }[]
  /** All cells of the page, where they are to be seen. */
  readonly others: readonly CellOnPage[]
  readonly current: Box | null
}

export function Boxes({ size, marked, others, current }: BoxesProps) {
  const seen = new Set(marked.map(({ mark }) => mark.fact))
  return (
    <div className="op-overlay" aria-hidden="true">
      {others.map(({ fact, box }) =>
        seen.has(fact) ? null : <i key={fact} className="op-box look-plain" style={placeOf(box, size)} />,
      )}
      {marked.map(({ box, mark: { fact, look, mark } }) => (
        <i key={fact} className={`op-box look-${look}`} style={placeOf(box, size)}>
          {mark !== undefined && <em lang="zh-CN">{mark}</em>}
        </i>
      ))}
      {current !== null && <i className="op-box op-current" style={placeOf(current, size)} />}
    </div>
  )
}

export function placeOf([left, top, right, bottom]: Box, { width, height }: PageSize): CSSProperties {
  return {
    left: share(left, width),
    top: share(top, height),
    width: share(right - left, width),
    height: share(bottom - top, height),
  }
}

function share(part: number, whole: number): string {
  return `${((part / whole) * 100).toFixed(4)}%`
}
