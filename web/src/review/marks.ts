/** What is drawn over the original beside its figures: which cells, and what they look like. */
import type { Box, Location } from '../../../src/record.js'

export type Look = 'operand' | 'failing' | 'suspect' | 'corrected' | 'as_published' | 'plain'

export interface Marked {
  readonly fact: string
  readonly location: Location
  readonly look: Look
  /** +, ≠, 疑 … */
  readonly mark?: string
}

export type BoxesShown = 'none' | 'related' | 'all'

/** A cell that is two things at once looks like the more urgent. */
const URGENT: readonly Look[] = ['failing', 'suspect', 'corrected', 'as_published', 'operand', 'plain']

/** One a cell. */
export function mostUrgent(marked: readonly Marked[]): readonly Marked[] {
  const chosen = new Map<string, Marked>()
  for (const one of marked) {
    const other = chosen.get(one.fact)
    if (other === undefined || URGENT.indexOf(one.look) < URGENT.indexOf(other.look)) chosen.set(one.fact, one)
  }
  return [...chosen.values()]
}

export function boxOn(page: number, location: Location | null): Box | null {
  return location?.kind === 'page' && location.page === page ? location.box : null
}
