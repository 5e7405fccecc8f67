/**
 * The left half of the review screen: the original beside the figures. A PDF is shown as it is printed, with boxes on it; a DOCX, HTML or
 * text as our own structure of it.
 */
import type { ReactNode, Ref } from 'react'
import type { Fact, Location } from '../../../src/record.js'
import { DocumentPane } from './document-pane.js'
import type { BoxesShown, Marked } from './marks.js'
import { type OriginalHandle, PagedPane } from './paged-pane.js'
import type { Zoom } from './stage.js'
import './original-pane.css'

export type { BoxesShown, Look, Marked } from './marks.js'
export type { OriginalHandle } from './paged-pane.js'
export type { Zoom } from './stage.js'

const PDF = 'application/pdf'

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

/** Another report is another pane: how near one was to the one before says nothing of it. */
export function OriginalPane({ ref, mediaType, pageCount, ...props }: OriginalPaneProps) {
  return mediaType === PDF || pageCount !== null ? (
    <PagedPane key={props.sha256} {...props} pageCount={pageCount ?? 1} handle={ref} />
  ) : (
    <DocumentPane key={props.sha256} {...props} handle={ref} />
  )
}
