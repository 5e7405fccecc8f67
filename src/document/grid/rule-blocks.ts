/**
 * Rules that close no cell, with the lines of text between them → blocks that may be tables.
 *
 * Horizontal rules of equal length with columns of text between them are a table without sides; verticals of equal height are one
 * without rows. A rule under a heading stands alone; the rules of a header and a footer have running text between them.
 */

import { DOUBLE_LINE } from './components.js'
import type { Edge } from './edges.js'
import { greatest, least } from './extremes.js'
import { crosses } from './gutters.js'
import type { Block, BlockLine } from './text-block.js'
import { hasFigures, startsItem } from './text-rows.js'

/** Rules of one table end within this many points of each other. */
const SAME_END = 6.2
/** Shorter rules are underlines, or part the header of a table. */
const SHORTEST_RULE = 90
/** Running text fills the room between the rules; a line over this share of it in one piece is taken for that. */
const PROSE_WIDTH = 0.75
/** Type this much larger than in the rows with several parts is a heading between two tables. */
const HEADING_SIZE = 1.15
/** A band this much higher than the others has room for a heading and the space around it. */
const HEADING_BAND = 1.6

export function findRuledBlocks(lines: readonly BlockLine[], rules: readonly Edge[]): Block[] {
  const groups: { from: number; to: number; rules: Edge[] }[] = []
  for (const rule of [...rules].sort((a, b) => b.to - b.from - (a.to - a.from))) {
    const group = groups.find(({ from, to }) => rule.from > from - SAME_END && rule.to < to + SAME_END)
    if (group !== undefined) group.rules.push(rule)
    else if (rule.to - rule.from < SHORTEST_RULE || groups.length === MOST_GROUPS) break
    else groups.push({ from: rule.from, to: rule.to, rules: [rule] })
  }
  return groups.flatMap((group) => (group.rules.length < 2 ? [] : blocksOf(group, lines)))
}

const MOST_GROUPS = 50

interface Band {
  readonly top: number
  readonly bottom: number
  readonly lines: readonly BlockLine[]
}

function blocksOf(
  { from, to, rules }: { from: number; to: number; rules: readonly Edge[] },
  lines: readonly BlockLine[],
): Block[] {
  const ends = rules.filter((rule) => Math.abs(rule.from - from) < SAME_END || Math.abs(rule.to - to) < SAME_END)
  const ys = mergeNear(ends.map((rule) => rule.at).sort((a, b) => a - b))
  const beside = lines
    .filter(({ line }) => line.box[0] > from - line.size && line.box[2] < to + line.size)
    .sort((a, b) => a.top + a.bottom - b.top - b.bottom)
  const bands = ys.slice(0, -1).map((top, index): Band => {
    const bottom = ys[index + 1] ?? top
    return { top, bottom, lines: beside.filter((line) => isBetween(line, top, bottom)) }
  })
  const rows = bands.filter((band) => band.lines.length > 0)
  const heights = rows.map((band) => band.bottom - band.top).sort((a, b) => a - b)
  const usual = heights[heights.length >> 1] ?? 0
  const sizes = rows.flatMap((band) =>
    band.lines.flatMap(({ line, segments }) => (segments.length > 1 ? [line.size] : [])),
  )
  const size = sizes.sort((a, b) => a - b)[sizes.length >> 1] ?? 0

  const blocks: Block[] = []
  let run: Band[] = []
  const close = () => {
    const [first, last] = [run[0], run.at(-1)]
    const inRun = run.flatMap((band) => band.lines)
    run = []
    const isTable = inRun.some(hasFigures) || inRun.filter((line) => line.segments.length > 1).length >= 3
    if (first === undefined || last === undefined || !isTable) return
    const within = rules.filter((rule) => rule.at >= first.top - DOUBLE_LINE && rule.at <= last.bottom + DOUBLE_LINE)
    const outside = [
      ...(first === bands[0] ? rowsBeyond(beside, first.top - Math.max(usual, 4 * size), first.top, from + to) : []),
      ...(last === bands.at(-1)
        ? rowsBeyond(beside, last.bottom, last.bottom + Math.max(usual, 4 * size), from + to)
        : []),
    ]
    const own = [...inRun, ...outside].sort((a, b) => a.top + a.bottom - b.top - b.bottom)
    blocks.push({ lines: own, rules: onLevels(within), drawn: [], left: from, right: to, evidence: 'drawn' })
  }
  for (const [index, band] of bands.entries()) {
    if (!isTabular(band, to - from, usual, size) || headsTable(band, bands.slice(index + 1), from + to)) close()
    else run.push(band)
  }
  close()
  return blocks
}

function isBetween(line: BlockLine, top: number, bottom: number): boolean {
  const y = (line.top + line.bottom) / 2
  return y > top && y < bottom
}

/** A page that ends within a table leaves its last row without a rule below, or its first, with a banner perhaps, without one above. */
function rowsBeyond(lines: readonly BlockLine[], top: number, bottom: number, across: number): BlockLine[] {
  const beyond = lines.filter((line) => isBetween(line, top, bottom))
  const isRow = (line: BlockLine) => line.segments.length > 1 || (beyond.length > 1 && isCentred(line, across))
  return beyond.every(isRow) && beyond.some((line) => line.segments.length > 1) ? beyond : []
}

/** A short line in the middle of the block, whose ends add up to `across`. */
function isCentred({ line: { box, size } }: BlockLine, across: number): boolean {
  return Math.abs(box[0] + box[2] - across) < 2 * size && box[2] - box[0] < across / 4
}

/** Rules that lie within a hair of each other are put on one level. */
function onLevels(rules: readonly Edge[]): Edge[] {
  const sorted = [...rules].sort((a, b) => a.at - b.at)
  let level = Number.NEGATIVE_INFINITY
  return sorted.map((rule) => {
    if (rule.at - level > DOUBLE_LINE) level = rule.at
    return { ...rule, at: level }
  })
}

/** An item of its own alone between two rules, with a header and not figures under it: the heading of the next table. */
function headsTable({ lines }: Band, below: readonly Band[], across: number): boolean {
  const [only, other] = lines
  if (only === undefined || other !== undefined || only.segments.length > 1 || !startsItem(only)) return false
  if (isCentred(only, across)) return false
  const next = below.find((band) => band.lines.length > 0)
  return next !== undefined && !next.lines.some(hasFigures) && next.lines.some((line) => !startsItem(line))
}

/** Columns of text, or one short line such as a label without figures or a banner. */
function isTabular({ top, bottom, lines }: Band, width: number, usual: number, size: number): boolean {
  if (lines.length === 0) return bottom - top < HEADING_BAND * usual
  if (lines.some((line) => line.segments.length > 1)) {
    const prose = lines.filter(
      ({ line, segments }) => segments.length === 1 && line.box[2] - line.box[0] > PROSE_WIDTH * width,
    )
    return prose.length * 2 <= lines.length
  }
  const isHeading = lines.some(({ line }) => line.size > HEADING_SIZE * size)
  const isApart = bottom - top > HEADING_BAND * usual && lines.some(startsItem)
  return lines.length <= 3 && !isHeading && !isApart
}

/**
 * Verticals from the same height to the same depth, with the lines of text beside them. Where others beside them reach less far,
 * cells are merged and the verticals alone do not tell which: then the alignment of the text says more.
 */
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
    const others = verticals.filter((edge) => edge.from < first.to && edge.to > first.from && !group.includes(edge))
    const drawn = mergeNear(group.map((edge) => edge.at).sort((a, b) => a - b))
    const crossing = inside.filter((line) => drawn.some((x) => crosses(line, x))).length
    const rows = inside.filter((line) => line.segments.length > 1)
    if (rows.length < 2 || crossing * 3 > inside.length || others.length > 0) return []
    const left = least(inside.map((line) => line.line.box[0]))
    const right = greatest(inside.map((line) => line.line.box[2]))
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
