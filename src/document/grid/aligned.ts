import type { Line } from '../pdf/lines.js'
import type { PageLayout } from '../pdf/page-layout.js'
import type { PageGrid } from './page-grid.js'

export function findAlignedGrids(lines: readonly Line[], _page: PageLayout): { grids: PageGrid[]; rest: Line[] } {
  return { grids: [], rest: [...lines] }
}
