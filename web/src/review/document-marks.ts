/**
 * Which cell of a document without pages a fact was read from.
 *
 * In a DOCX or HTML its place says so. In a text it says the line only: the facts of a line are found in its cells from left to right, by
 * what was read there; where that does not fit, the line as a whole is shown.
 */
import type { Fact, Location } from '../../../src/record.js'

export interface ShownCell {
  readonly row: number
  readonly column: number
  readonly rowSpan: number
  readonly columnSpan: number
  readonly text: string
  readonly location: Location
}

export type ShownBlock =
  | {
      readonly kind: 'paragraph'
      readonly text: string
      readonly location: Location
      readonly cue?: { readonly level: number | null; readonly bold: boolean; readonly centred: boolean }
    }
  | {
      readonly kind: 'grid'
      readonly rowCount: number
      readonly columnCount: number
      readonly cells: readonly ShownCell[]
      readonly locations: readonly Location[]
    }

export function placeKey(location: Location): string {
  switch (location.kind) {
    case 'cell':
      return `${location.table}/${location.row}/${location.column}`
    case 'line':
      return `${location.line}`
    case 'page':
      return ''
  }
}

/** Cell → the fact that was read from it. */
export function factsInCells(
  blocks: readonly ShownBlock[],
  facts: readonly Pick<Fact, 'key' | 'raw' | 'location'>[],
): ReadonlyMap<ShownCell, string> {
  const byPlace = new Map<string, Pick<Fact, 'key' | 'raw'>[]>()
  for (const { key, raw, location } of facts) {
    if (location === null || location.kind === 'page') continue
    const place = placeKey(location)
    const there = byPlace.get(place)
    if (there === undefined) byPlace.set(place, [{ key, raw }])
    else there.push({ key, raw })
  }
  const found = new Map<ShownCell, string>()
  for (const block of blocks) {
    if (block.kind === 'paragraph') continue
    for (const cells of byLocation(block.cells).values()) {
      const [first] = cells
      if (first === undefined) continue
      const there = byPlace.get(placeKey(first.location)) ?? []
      if (first.location.kind === 'cell') {
        if (there[0] !== undefined) found.set(first, there[0].key)
      } else alongLine(cells, there, found)
    }
  }
  return found
}

function byLocation(cells: readonly ShownCell[]): ReadonlyMap<string, ShownCell[]> {
  const lines = new Map<string, ShownCell[]>()
  for (const cell of cells) {
    const place = placeKey(cell.location)
    const there = lines.get(place)
    if (there === undefined) lines.set(place, [cell])
    else there.push(cell)
  }
  return lines
}

/** From the right, because labels stand at the left. */
function alongLine(
  cells: readonly ShownCell[],
  facts: readonly Pick<Fact, 'key' | 'raw'>[],
  found: Map<ShownCell, string>,
): void {
  let at = cells.length - 1
  const matched: [ShownCell, string][] = []
  for (const { key, raw } of facts.toReversed()) {
    while (at >= 0 && cells[at]?.text.trim() !== (raw ?? '').trim()) at -= 1
    const cell = cells[at]
    if (cell === undefined) return
    matched.push([cell, key])
    at -= 1
  }
  for (const [cell, key] of matched) found.set(cell, key)
}
