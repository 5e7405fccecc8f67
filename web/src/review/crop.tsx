/** A cell's picture, cut from the picture of its page. */
import type { Location } from '../../../src/record.js'

export interface CropProps {
  readonly sha256: string
  readonly location: Location | null
  /** Points of the page to show around the cell, at each side; 0 by default. */
  readonly around?: number
  /** CSS pixels; by default the cell's own shape, as high as the line it stands in. */
  readonly width?: number
  readonly height?: number
}

export function Crop({ location }: CropProps) {
  return location?.kind === 'page' ? <span className="crop" aria-hidden="true" /> : null
}
