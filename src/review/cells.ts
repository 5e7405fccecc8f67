/**
 * A report with its decisions → which cells a person has spoken of, and what of each.
 *
 * A correction speaks of its cell, an assignment of those that could be read. That a sum is as published speaks of the cells at fault: those of the proposal that was not taken, else
 * all that may be at fault, else all that take part.
 */
import type { OverlaidItem, Overlay } from './overlay.js'

export type DecidedCell =
  /** null: the page shows a blank. */
  { readonly state: 'corrected' | 'assigned'; readonly value: number | null } | { readonly state: 'as_published' }

export function decidedCells({ items, corrections, assigned }: Overlay): ReadonlyMap<string, DecidedCell> {
  const cells = new Map<string, DecidedCell>()
  for (const [key, { cell }] of assigned) {
    if (cell.state !== 'unreadable') cells.set(key, { state: 'assigned', value: cell.value })
  }
  for (const key of items.flatMap(cellsAsPublished)) cells.set(key, { state: 'as_published' })
  for (const [key, { decision }] of corrections) cells.set(key, { state: 'corrected', value: decision.value })
  return cells
}

function cellsAsPublished({ item, made }: OverlaidItem): readonly string[] {
  const { discrepancy, facts } = item
  if (made?.decision.kind !== 'as_published') return []
  const changed = discrepancy?.proposal?.changes.map(({ fact }) => fact) ?? []
  if (changed.length > 0) return changed
  return discrepancy !== null && discrepancy.suspects.length > 0 ? discrepancy.suspects : facts
}
