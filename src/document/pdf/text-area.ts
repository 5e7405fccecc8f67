/**
 * Lines of all pages → where the text of each page begins and ends on the left and on the right, and whether paragraphs are set in.
 *
 * Pages of one size share their margins: a last page with two short lines says nothing of its own. The right edge is where several
 * lines end; where no lines agree (ragged setting), the margins are taken to be alike on both sides.
 */
import { greatest, least } from '../grid/extremes.js'
import type { Line } from './lines.js'

export interface TextArea {
  readonly left: number
  readonly right: number
  /** Type size of most of the text. */
  readonly size: number
}

/** Lines whose ends differ by less than this many points end at one edge. */
const SAME_EDGE = 6.1
/** So many lines make an edge. */
const EDGE_LINES = 3
/** Shorter lines are headings, captions and signatures: they say nothing about the right edge. */
const LONG_LINE = 0.55

export interface AreaPage {
  readonly width: number
  readonly lines: readonly Line[]
}

export function findTextAreas(pages: readonly AreaPage[]): TextArea[] {
  const areas = new Map<number, TextArea>()
  const linesBySize = new Map<number, Line[]>()
  for (const page of pages) {
    const lines = linesBySize.get(Math.round(page.width)) ?? []
    linesBySize.set(Math.round(page.width), lines)
    for (const line of page.lines) if (line.direction === 0) lines.push(line)
  }
  for (const [width, lines] of linesBySize) areas.set(width, findArea(lines, width))
  return pages.map((page) => areas.get(Math.round(page.width)) ?? { left: 0, right: page.width, size: 0 })
}

function findArea(lines: readonly Line[], width: number): TextArea {
  const long = lines.filter((line) => line.box[2] - line.box[0] > LONG_LINE * width)
  const left = edge(long.map((line) => line.box[0])) ?? Math.min(width / 4, least(lines.map((line) => line.box[0])))
  const right = edge(long.map((line) => -line.box[2]))
  const widest = right === null ? Math.max(width - left, greatest(long.map((line) => line.box[2]))) : -right
  return { left, right: widest, size: mostFrequent(lines) }
}

function mostFrequent(lines: readonly Line[]): number {
  const counts = new Map<number, number>()
  for (const { size, glyphCount } of lines) counts.set(size, (counts.get(size) ?? 0) + glyphCount)
  const most = greatest(counts.values())
  return Math.max(0, greatest([...counts].filter(([, count]) => count === most).map(([size]) => size)))
}

/** The smallest value with enough others near it. */
function edge(values: number[]): number | null {
  values.sort((a, b) => a - b)
  const needed = Math.max(EDGE_LINES, Math.floor(values.length / 20))
  for (let index = 0; index + needed <= values.length; index++) {
    const value = values[index] ?? 0
    if ((values[index + needed - 1] ?? 0) - value < SAME_EDGE) return value
  }
  return null
}

/** Whether most paragraphs begin with an indent: then a line that starts at the edge after a full one goes on with it. */
export function usesIndents(pages: readonly AreaPage[], areas: readonly TextArea[]): boolean {
  let indented = 0
  let long = 0
  pages.forEach((page, index) => {
    const area = areas[index]
    if (area === undefined) return
    for (const { box, size, direction } of page.lines) {
      if (direction !== 0 || box[2] < area.right - 2 * size) continue
      long++
      const indent = (box[0] - area.left) / size
      if (indent > 1.5 && indent < 2.6) indented++
    }
  })
  return indented * 12 >= long && indented > 0
}
