/**
 * One page → its drawn grids, filled, and the lines of text outside them.
 *
 * What only the whole document can tell (furniture, tables without lines, continuation) is left to what comes after; the glyphs
 * are not kept, so that a long document costs no more than its lines.
 */
import { findComponents } from '../grid/components.js'
import { type Edges, findEdges, longEdges } from '../grid/edges.js'
import { fillLattices, MOST_POSITIONS } from '../grid/fill.js'
import { findLattice, type Lattice } from '../grid/lattice.js'
import type { PageGrid } from '../grid/page-grid.js'
import type { PageSize } from '../model.js'
import { assembleLines, type Line } from './lines.js'
import { findStrikes } from './overlaid.js'
import type { Glyph, PageContent } from './page.js'
import { type Turn, turnUpright } from './sideways.js'
import { selectVisible } from './visible.js'

export interface PageLayout extends PageSize {
  /** From 1. */
  readonly page: number
  /** Free text, from top to bottom. */
  readonly lines: readonly Line[]
  /** Text laid over the page. */
  readonly watermark: readonly Line[]
  readonly grids: readonly PageGrid[]
  /** Lines that take part in no lattice: rules of tables without sides, underlines, rules under headings. */
  readonly looseEdges: Edges
  readonly recognised: boolean
  readonly picture: boolean
  /** More lines than a page of text can have: a drawing or a map, whose tables were not looked for. */
  readonly tooManyEdges: boolean
  /** Set where the page was turned to be read: everything else here is in the frame of the turned page. */
  readonly turn: Turn | null
}

/** A page of 60 rows by 20 columns, each border by itself, has some 2,500 before they are merged. */
const MOST_EDGES = 20_000

export function layOutPage(displayed: PageContent, page: number): PageLayout {
  const { content, turn } = turnUpright(displayed)
  const { width, height } = content
  const visible = selectVisible(content)
  const found = findEdges(content.rulings)
  const tooManyEdges = found.horizontal.length + found.vertical.length > MOST_EDGES
  const drawn: Edges = tooManyEdges ? { horizontal: [], vertical: [] } : found
  const { struck, strokes } = findStrikes(visible.glyphs, drawn)
  const isBorder = (edge: Edges['horizontal'][number]) => !strokes.has(edge)
  const edges = longEdges({ horizontal: drawn.horizontal.filter(isBorder), vertical: drawn.vertical.filter(isBorder) })
  const glyphs = visible.glyphs.map((glyph): Glyph => (struck.has(glyph) ? { ...glyph, overlaid: true } : glyph))
  const lattices = new Map<Lattice, Edges>()
  const looseEdges: { horizontal: Edges['horizontal'][number][]; vertical: Edges['vertical'][number][] } = {
    horizontal: [],
    vertical: [],
  }
  const loosen = ({ horizontal, vertical }: Edges) => {
    for (const edge of horizontal) looseEdges.horizontal.push(edge)
    for (const edge of vertical) looseEdges.vertical.push(edge)
  }
  for (const component of findComponents(edges)) {
    const lattice = findLattice(component, MOST_POSITIONS)
    if (lattice === null) loosen(component)
    else lattices.set(lattice, component)
  }
  const { grids, free, given, undivided } = fillLattices([...lattices.keys()], glyphs, content.images, page)
  for (const [lattice, component] of lattices) if (undivided.has(lattice)) loosen(component)
  return {
    page,
    width,
    height,
    lines: [...assembleLines(free), ...given].sort((a, b) => a.box[1] - b.box[1] || a.box[0] - b.box[0]),
    watermark: assembleLines(visible.watermark),
    grids,
    looseEdges,
    recognised: visible.recognised,
    picture: visible.picture,
    tooManyEdges,
    turn,
  }
}
