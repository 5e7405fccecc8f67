/**
 * Rules that close no cell, with the lines of text between them → blocks that may be tables.
 *
 * Horizontal rules of equal length with columns of text between them are a table without sides; verticals of equal height are one
 * without rows. A rule under a heading stands alone; the rules of a header and a footer have running text between them.
 */
import { DOUBLE_LINE } from './components.js'
import type { Edge } from './edges.js'
import { crosses } from './gutters.js'
import type { Block, BlockLine } from './text-block.js'
import { hasFigures, startsItem } from './text-rows.js'

/** Rules of one table end within this many points of each other. */
const SAME_END = 6.2
/** Shorter rules are underlines, or part the header of a table. */
const SHORTEST_RULE = 90
/** Running text fills the room between the rules; a line over this share of it in one piece is taken for that. */
const PROSE_WIDTH = 0.75
/** A band this much higher than the others has room for a heading and the space around it. */
const HEADING_BAND = 1.6

export function findRuledBlocks(lines: readonly BlockLine[], rules: readonly Edge[]): Block[] {
  const groups: Edge[][] = []
  const byLength = [...rules].sort((a, b) => b.to - b.from - (a.to - a.from))
  for (const rule of byLength) {
    if (rule.to - rule.from < SHORTEST_RULE) break
    const group = groups.find(([first]) => first !== undefined && hasEnds(rule, first))
    if (group !== undefined) group.push(rule)
    else if (groups.length < MOST_GROUPS) groups.push([rule])
  }
  return groups.flatMap((group) => (group.length < 2 ? [] : blocksOf(group, lines, rules)))
}

const MOST_GROUPS = 50

function hasEnds(rule: Edge, other: Edge): boolean {
  return Math.abs(rule.from - other.from) < SAME_END && Math.abs(rule.to - other.to) < SAME_END
}

interface Band {
  readonly top: number
  readonly bottom: number
  readonly lines: readonly BlockLine[]
}

function blocksOf(group: readonly Edge[], lines: readonly BlockLine[], rules: readonly Edge[]): Block[] {
  const [first] = group
  if (first === undefined) return []
  const { from, to } = first
  const ys = group.map((rule) => rule.at).sort((a, b) => a - b)
  const bands: Band[] = []
  for (const [index, top] of ys.slice(0, -1).entries()) {
    const bottom = ys[index + 1] ?? top
    if (bottom - top <= DOUBLE_LINE) continue
    const inBand = lines.filter((line) => {
      const y = (line.top + line.bottom) / 2
      const x = (line.line.box[0] + line.line.box[2]) / 2
      return y > top && y < bottom && x > from && x < to
    })
    bands.push({ top, bottom, lines: inBand })
  }
  const heights = bands.map((band) => band.bottom - band.top).sort((a, b) => a - b)
  const usual = heights[heights.length >> 1] ?? 0
  const blocks: Block[] = []
  let run: Band[] = []
  const close = () => {
    const inRun = run.flatMap((band) => band.lines)
    const top = run[0]?.top ?? 0
    const bottom = run.at(-1)?.bottom ?? 0
    run = []
    const isTable = inRun.some(hasFigures) || inRun.filter((line) => line.segments.length > 1).length >= 3
    if (!isTable) return
    const within = rules.filter(
      (rule) => rule.at >= top - 1 && rule.at <= bottom + 1 && rule.from > from - SAME_END && rule.to < to + SAME_END,
    )
    blocks.push({
      lines: inRun,
      rules: within.sort((a, b) => a.at - b.at),
      drawn: [],
      left: from,
      right: to,
      evidence: 'drawn',
    })
  }
  for (const band of bands) {
    if (!isTabular(band, to - from, usual)) close()
    else run.push(band)
  }
  close()
  return blocks
}

/** Columns of text, or one short line such as a label without figures or a banner. */
function isTabular({ top, bottom, lines }: Band, width: number, usual: number): boolean {
  if (lines.length === 0) return bottom - top < HEADING_BAND * usual
  const prose = lines.filter(
    (line) => line.segments.length === 1 && line.line.box[2] - line.line.box[0] > PROSE_WIDTH * width,
  )
  if (prose.length * 2 > lines.length) return false
  if (lines.some((line) => line.segments.length > 1)) return true
  const isHeading = bottom - top > HEADING_BAND * usual && lines.some(startsItem)
  return lines.length <= 3 && !isHeading
}

/** Verticals from the same height to the same depth, with the lines of text beside them. */
export function findSidedBlocks(lines: readonly BlockLine[], verticals: readonly Edge[]): Block[] {
  const groups: Edge[][] = []
  for (const edge of verticals) {
    if (edge.to - edge.from < SHORTEST_SIDE) continue
    const group = groups.find(([first]) => first !== undefined && hasHeight(edge, first))
    if (group !== undefined) group.push(edge)
    else if (groups.length < MOST_GROUPS) groups.push([edge])
  }
  return groups.flatMap((group) => {
    const [first] = group
    if (first === undefined) return []
    const inside = lines.filter((line) => {
      const y = (line.top + line.bottom) / 2
      return y > first.from - SAME_END && y < first.to + SAME_END
    })
    const drawn = mergeNear(group.map((edge) => edge.at).sort((a, b) => a - b))
    const crossing = inside.filter((line) => drawn.some((x) => crosses(line, x))).length
    const rows = inside.filter((line) => line.segments.length > 1)
    if (rows.length < 2 || crossing * 3 > inside.length) return []
    const left = Math.min(...inside.map((line) => line.line.box[0]))
    const right = Math.max(...inside.map((line) => line.line.box[2]))
    return [
      {
        lines: inside,
        rules: [],
        drawn,
        left: Math.min(left, drawn[0] ?? left),
        right: Math.max(right, drawn.at(-1) ?? right),
        evidence: 'drawn',
      },
    ]
  })
}

const SHORTEST_SIDE = 24

function hasHeight(edge: Edge, other: Edge): boolean {
  return Math.abs(edge.from - other.from) < SAME_END && Math.abs(edge.to - other.to) < SAME_END
}

function mergeNear(sorted: readonly number[]): number[] {
  return sorted.filter((x, index) => index === 0 || x - (sorted[index - 1] ?? 0) > DOUBLE_LINE)
}
