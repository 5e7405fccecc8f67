/**
 * Lines of a block → the borders between its columns, where none are drawn.
 *
 * Rows with figures vote with the gaps between their segments. The fewest places that hit every gap are the borders: a gap over
 * empty cells is wide and hits several, so blanks do no harm. Then the header may add columns that hold no figures, and the
 * labels columns of their own: where many of them begin at one place with others to the left, or letters stand upright beside them.
 */

import type { Line, Word } from '../pdf/lines.js'
import { greatest, least } from './extremes.js'
import type { BlockLine, Gap } from './text-block.js'
import { hasFigures, isFigureText } from './text-rows.js'

/** Share of the rows that must have a gap at a border, and that may run across it (a figure in the middle of a merged cell). */
const VOTES = 0.12
const CROSSING = 0.4
/** So many labels that begin at one place make a column of labels. */
const LABELS = 3
/** In em: shorter words left of the first figures are headings over them. */
const SHORTEST_LABEL = 3

export function findGutters(lines: readonly BlockLine[], tall: readonly Line[] = []): number[] {
  const figures = lines.filter(hasFigures)
  const several = lines.filter((line) => line.segments.length > 1)
  const most = greatest(several.map((line) => line.segments.length))
  const rows = figures.length > 0 ? figures : several.filter((line) => line.segments.length === most)
  const needed = Math.max(1, Math.ceil(VOTES * rows.length))
  const found = hitAll(rows.flatMap((row) => row.gaps)).filter(
    (gap) =>
      rows.some((line) => partsFigures(line, gap)) ||
      (count(rows, (line) => hasGap(line, gap)) >= needed && crossings(rows, middleOf(gap)) <= CROSSING * rows.length),
  )
  const header = several.filter((line) => !rows.includes(line))
  const more = hitAll(
    header
      .flatMap((line) => line.gaps)
      .filter((gap) => !found.some((other) => Math.min(gap.to, other.to) > Math.max(gap.from, other.from))),
  ).filter((gap) => crossings(rows, middleOf(gap)) === 0)
  // Headings common to several columns stand across borders by right: lines of many words count before them.
  const weights = lines.map(({ line }) => (line.words.length * 2 >= most ? lines.length + 1 : 1))
  const cost = (x: number) =>
    lines.reduce((sum, line, index) => sum + (crosses(line, x) ? (weights[index] ?? 1) : 0), 0)
  const edges = new Set(lines.flatMap(({ line }) => line.words.flatMap(({ box }) => [box[0], box[2]])))
  const gutters = [...found, ...more].map((gap) => settle(gap, edges, cost))
  for (const border of besideLabels(figures, lines, least(gutters))) gutters.push(border)
  const first = least(gutters)
  return [...gutters, ...labelBorders(rows, lines, first), ...tallBorders(tall, lines, first)].sort((a, b) => a - b)
}

/** Two figures never share a cell, whatever stands in the other rows. */
function partsFigures({ segments, gaps }: BlockLine, gap: Gap): boolean {
  return gaps.some((own, index) => {
    const [before, after] = [segments[index], segments[index + 1]]
    const isBetween = own.from <= gap.from + 0.1 && gap.to - 0.1 <= own.to
    return isBetween && isFigure(before) && isFigure(after)
  })
}

function isFigure(segment: readonly Word[] | undefined): boolean {
  return segment !== undefined && isFigureText(segment.map((word) => word.text).join(''))
}

/** A word of the line stands on the border with a letter's half or more on either side. */
export function crosses({ line }: BlockLine, border: number): boolean {
  const part = line.size / 2
  return line.words.some((word) => word.box[0] < border - part && border + part < word.box[2])
}

/** The fewest places that together lie in every gap, each as wide as the gaps that it serves allow. */
function hitAll(gaps: readonly Gap[]): Gap[] {
  const places: Gap[] = []
  let place: Gap | null = null
  for (const gap of [...gaps].sort((a, b) => a.to - b.to || a.from - b.from)) {
    if (place === null || gap.from > place.to) {
      if (place !== null) places.push(place)
      place = gap
    } else place = { from: Math.max(place.from, gap.from), to: place.to }
  }
  if (place !== null) places.push(place)
  return places
}

/** The position within a gap where words that stand across it cost least, and of several the most central. */
function settle(gap: Gap, edges: ReadonlySet<number>, cost: (x: number) => number): number {
  const middle = middleOf(gap)
  let best = middle
  let fewest = cost(middle)
  if (fewest === 0) return middle
  const inside = [...edges].filter((x) => x > gap.from && x < gap.to)
  for (const x of inside.sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle))) {
    if (fewest === 0) break
    const crossing = cost(x)
    if (crossing < fewest) {
      best = x
      fewest = crossing
    }
  }
  return best
}

/** Where no label stands on the line of its figures, because all of them take two lines: between the labels and the first figures. */
function besideLabels(rows: readonly BlockLine[], lines: readonly BlockLine[], first: number): number[] {
  const starts = rows.flatMap(({ segments: [segment] }) => (isFigure(segment) ? [segment?.[0]?.box[0] ?? 0] : []))
  const figure = least(starts)
  if (starts.length < rows.length || rows.length === 0 || first < figure) return []
  const label = greatest(
    lines.flatMap(({ line, segments: [segment] }) => {
      const [left, right] = [segment?.[0]?.box[0] ?? 0, segment?.at(-1)?.box[2] ?? 0]
      return right - left > SHORTEST_LABEL * line.size && right < figure ? [right] : []
    }),
  )
  return Number.isFinite(label) ? [(label + figure) / 2] : []
}

/** Places where several labels begin that other words stand to the left of: labels of groups beside those of their rows. */
function labelBorders(rows: readonly BlockLine[], lines: readonly BlockLine[], first: number): number[] {
  const starts = rows.flatMap((row) => row.segments.flatMap((segment) => startOf(segment, first))).sort((a, b) => a - b)
  const size = rows[0]?.line.size ?? 0
  const borders: number[] = []
  for (const [index, x] of starts.entries()) {
    const previous = starts[index - 1]
    if (previous !== undefined && x - previous < size / 3) continue
    const labels = starts.filter((other) => other >= x && other - x < size / 3).length
    const border = x - size / 4
    const beside = lines.some(({ line }) => line.words.some(({ box }) => box[2] <= x && box[0] < border - size))
    if (labels >= LABELS && beside && starts[0] !== undefined) borders.push(border)
  }
  // The place where all labels begin parts nothing.
  return borders.filter((border) => lines.some(({ line }) => line.words.some(({ box }) => box[2] <= border + size / 4)))
}

function startOf(segment: readonly Word[], first: number): number[] {
  const x = segment[0]?.box[0]
  return x !== undefined && x < first ? [x] : []
}

function tallBorders(tall: readonly Line[], lines: readonly BlockLine[], first: number): number[] {
  return tall.flatMap(({ box }) => {
    const words = lines.flatMap(({ line }) => line.words.map((word) => word.box))
    const beyond = words.map(([from]) => from).filter((from) => from >= box[2] - 1)
    const next = least(beyond)
    return box[2] < first && Number.isFinite(next) ? [(box[2] + next) / 2] : []
  })
}

function hasGap(line: BlockLine, { from, to }: Gap): boolean {
  return line.gaps.some((gap) => gap.from <= from + 0.1 && to - 0.1 <= gap.to)
}

function crossings(lines: readonly BlockLine[], border: number): number {
  return count(lines, (line) => crosses(line, border))
}

function count<T>(items: readonly T[], test: (item: T) => boolean): number {
  return items.reduce((sum, item) => sum + (test(item) ? 1 : 0), 0)
}

function middleOf({ from, to }: Gap): number {
  return (from + to) / 2
}

/** Columns narrower than a letter come of two ways to find one border. */
export function withoutSlivers(borders: readonly number[], size: number): number[] {
  return borders.filter((border, index) => index === 0 || border - (borders[index - 1] ?? 0) > 0.6 * size)
}
