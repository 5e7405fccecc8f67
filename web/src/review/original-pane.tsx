/**
 * The left half of the review screen: the original beside the figures. A PDF is shown as it is printed, with boxes on it; a DOCX, HTML or
 * text as our own structure of it.
 */
import type { ReactNode, Ref } from 'react'
import type { Fact, Location } from '../../../src/record.js'

export type Look = 'operand' | 'failing' | 'suspect' | 'corrected' | 'as_published' | 'plain'

export interface Marked {
  readonly fact: string
  readonly location: Location
  readonly look: Look
  /** +, ≠, 疑 … */
  readonly mark?: string
}

export type Zoom = 'page' | 'table' | 'cell'
export type BoxesShown = 'none' | 'related' | 'all'

/** What keys and the table do to the pane without drawing it anew. */
export interface OriginalHandle {
  /** One step nearer (1) or farther (-1). */
  zoomBy(step: number): void
  turnPage(step: number): void
  hover(fact: string | null): void
}

export interface OriginalPaneProps {
  readonly sha256: string
  readonly mediaType: string
  readonly pageCount: number | null
  /** All cells with their places: what is under the pointer. */
  readonly facts: readonly Fact[]
  /** The boxes to draw. */
  readonly marked: readonly Marked[]
  /** Framed, and brought into view when it is out of view. */
  readonly current: string | null
  /** A place that is no cell, such as a sentence of the prose: shown as the current cell is. */
  readonly place: Location | null
  /** The table that 适表 fits into the width. */
  readonly table: Location | null
  readonly zoom: Zoom
  onZoom(zoom: Zoom): void
  readonly boxes: BoxesShown
  onBoxes(boxes: BoxesShown): void
  /** Page → errors on it. */
  readonly badges: ReadonlyMap<number, number>
  onSelect(fact: string): void
  onHover(fact: string | null): void
  readonly caption: ReactNode
  readonly ref?: Ref<OriginalHandle>
}

export function OriginalPane({ caption }: OriginalPaneProps) {
  return <section>{caption}</section>
}
