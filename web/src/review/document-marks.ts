/**
 * Which cell of a document without pages a fact was read from.
 *
 * In a DOCX or HTML its place says so. In a text it says the line only: the facts of a line stand side by side in its cells, and are found
 * by what was read there. A row of zeros with a zero too many fits in two ways: then the rows beside it say in which columns the figures
 * stand, and if none does, the line as a whole is shown. A wrong cell would be worse than none.
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
    const lines: Line[] = []
    for (const cells of byLocation(block.cells).values()) {
      const [first] = cells
      if (first === undefined) continue
      const there = byPlace.get(placeKey(first.location)) ?? []
      if (first.location.kind !== 'cell') lines.push({ cells, facts: there, starts: startsOf(cells, there) })
      else if (there[0] !== undefined) found.set(first, there[0].key)
    }
    placeLines(lines, found)
  }
  return found
}

interface Line {
  readonly cells: readonly ShownCell[]
  readonly facts: readonly Pick<Fact, 'key' | 'raw'>[]
  /** Cells at which the facts may begin. */
  readonly starts: readonly number[]
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

function startsOf(cells: readonly ShownCell[], facts: readonly Pick<Fact, 'raw'>[]): number[] {
  if (facts.length === 0) return []
  const starts: number[] = []
  for (let start = 0; start + facts.length <= cells.length; start += 1) {
    if (facts.every(({ raw }, at) => cells[start + at]?.text.trim() === (raw ?? '').trim())) starts.push(start)
  }
  return starts
}

function placeLines(lines: readonly Line[], found: Map<ShownCell, string>): void {
  // Columns that lines with one way to fit begin at, by how many facts they have.
  const known = new Map<number, Set<number>>()
  for (const { facts, starts } of lines) {
    const [start, other] = starts
    if (start === undefined || other !== undefined) continue
    known.set(facts.length, (known.get(facts.length) ?? new Set()).add(start))
  }
  for (const { cells, facts, starts } of lines) {
    const fitting = starts.length === 1 ? starts : starts.filter((start) => known.get(facts.length)?.has(start))
    const [start, other] = fitting
    if (start === undefined || other !== undefined) continue
    for (const [at, { key }] of facts.entries()) {
      const cell = cells[start + at]
      if (cell !== undefined) found.set(cell, key)
    }
  }
}
