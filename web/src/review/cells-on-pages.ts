/** Which cells lie on which page, and which of them is under a point. */
import type { Box, Fact, Location } from '../../../src/record.js'

export interface CellOnPage {
  readonly fact: string
  readonly box: Box
}

export type CellsOnPages = ReadonlyMap<number, readonly CellOnPage[]>

export function cellsOnPages(
  facts: readonly { readonly key: Fact['key']; readonly location: Location | null }[],
): CellsOnPages {
  const pages = new Map<number, CellOnPage[]>()
  for (const { key, location } of facts) {
    if (location?.kind !== 'page') continue
    const cells = pages.get(location.page) ?? []
    pages.set(location.page, cells)
    cells.push({ fact: key, box: location.box })
  }
  return pages
}

/** In points of the page. Of cells within one another, the smallest. */
export function cellAt(cells: readonly CellOnPage[], x: number, y: number): string | null {
  let found: CellOnPage | null = null
  for (const cell of cells) {
    const [left, top, right, bottom] = cell.box
    if (x < left || x > right || y < top || y > bottom) continue
    if (found === null || areaOf(cell.box) < areaOf(found.box)) found = cell
  }
  return found?.fact ?? null
}

function areaOf([left, top, right, bottom]: Box): number {
  return (right - left) * (bottom - top)
}
