/**
 * Lines of a block → rows, where no lines are drawn between them.
 *
 * A line with a figure is a row. Lines without one are the rest of a label that has no room in one line: they go with the row they
 * stand nearest to, unless they begin an item of their own or stand apart. A label in a column that the neighbours leave empty is one
 * over several rows and goes with the nearest. Lines of a header that stand close together are one row. Figures alone that stand half
 * a line above or below a row, where it has none, are parts of long numbers in narrow columns and belong to it.
 */

import type { Word } from '../pdf/lines.js'
import { greatest, least } from './extremes.js'
import { slotOf } from './lattice.js'
import type { BlockLine } from './text-block.js'

export interface TextRow {
  readonly lines: BlockLine[]
  readonly top: number
  readonly bottom: number
}

/** In em, from middle to middle: lines of one cell are set closer than this, rows have their padding between them. */
const ONE_CELL = 1.8
/** A line that stands this much nearer to one row than to the other belongs to it. */
const NEARER = 0.8
/** In em: rows of their own do not stand side by side by so much. */
const BESIDE = 0.2

const FIGURE = /^[-－]?[\d０-９]+(?:[,，.．][\d０-９]+)*%?$/
/** What a line end may leave of one. */
const PART = /^[,，.．]?[\d０-９]+(?:[,，.．][\d０-９]*)*$/
const DASH = /^(?:[-－—–⸺⸻/／]+|——|----|无)$/
const ITEM =
  /^(?:[（(][一二三四五六七八九十\d]+[）)]|[一二三四五六七八九十]+、|\d+\s*[.．、]\D|[①-⑳]|其中|第[一二三四五六七八九十]+[条章节款])/

export function isFigureText(text: string): boolean {
  return FIGURE.test(text) || DASH.test(text)
}

/** Nothing but figures, or what line ends left of them. */
export function isOfParts({ segments }: BlockLine): boolean {
  return segments.every((segment) => PART.test(segment.map((word) => word.text).join('')))
}

/** A row of its own: a figure stands behind a label, or the line is all figures. A number in front is that of a list. */
export function hasFigures({ segments }: BlockLine): boolean {
  const isFigure = segments.map(isFigureSegment)
  if (!isFigure.includes(true, 1)) return false
  return isFigure.includes(false) || isFigure.length > 2
}

function isFigureSegment(segment: readonly Word[]): boolean {
  return isFigureText(segment.map((word) => word.text).join(''))
}

/** Where the figures of a line stand. */
export function figuresOf({ segments }: BlockLine): { left: number; right: number }[] {
  return segments.flatMap((segment) =>
    isFigureSegment(segment) ? [{ left: segment[0]?.box[0] ?? 0, right: segment.at(-1)?.box[2] ?? 0 }] : [],
  )
}

export function findTextRows(lines: readonly BlockLine[], borders: readonly number[]): TextRow[] {
  const ordered = [...lines].sort((a, b) => middle(a) - middle(b))
  const rowOf = splitFigures(ordered, borders)
  const anchors = ordered.filter((line) => hasFigures(line) && !rowOf.has(line))
  const groups: BlockLine[][] = []
  const groupOf = new Map<BlockLine, BlockLine[]>()
  const own = (line: BlockLine) => {
    const group = [line]
    groups.push(group)
    groupOf.set(line, group)
  }
  for (const anchor of anchors) own(anchor)
  for (const [part, row] of rowOf) groupOf.get(row)?.push(part)

  const shapes = new Map(anchors.map((anchor) => [anchor, shapeOf(anchor, borders)]))
  const figuresFrom = (above: BlockLine | undefined, below: BlockLine | undefined) => {
    const beside = [above, below].flatMap((anchor) => (anchor === undefined ? [] : (shapes.get(anchor)?.labels ?? [])))
    const alike = [...shapes.values()].filter(({ labels }) => labels.every((column) => beside.includes(column)))
    return least(alike.map(({ figures }) => figures))
  }
  let pending: BlockLine[] = []
  let nextAnchor = 0
  const settle = () => {
    const [above, below] = [anchors[nextAnchor - 1], anchors[nextAnchor]]
    for (const unit of unitsOf(pending)) {
      const target = nearestAnchor(unit, above, below, borders, figuresFrom(above, below))
      const group = target === undefined ? undefined : groupOf.get(target)
      if (group === undefined) groups.push([...unit])
      else for (const line of unit) group.push(line)
    }
    pending = []
  }
  for (const line of ordered) {
    if (groupOf.has(line)) {
      settle()
      nextAnchor++
    } else if (!rowOf.has(line)) pending.push(line)
  }
  settle()
  return groups
    .map((group) => ({
      lines: group.sort((a, b) => middle(a) - middle(b)),
      top: least(group.map((line) => line.top)),
      bottom: greatest(group.map((line) => line.bottom)),
    }))
    .sort((a, b) => a.top + a.bottom - b.top - b.bottom)
}

/** Lines of parts of figures, each with the labelled row that it stands beside and that has nothing in their columns. */
function splitFigures(ordered: readonly BlockLine[], borders: readonly number[]): Map<BlockLine, BlockLine> {
  const rows = new Map<BlockLine, BlockLine>()
  for (const [index, line] of ordered.entries()) {
    if (!isOfParts(line)) continue
    const columns = columnsOf(line, borders)
    const row = ordered.slice(Math.max(index - MOST_PARTS, 0), index + MOST_PARTS + 1).find((other) => {
      const beside = Math.min(line.bottom, other.bottom) - Math.max(line.top, other.top)
      if (beside < BESIDE * line.line.size || !hasFigures(other) || isOfParts(other)) return false
      return !columnsOf(other, borders).some((column) => columns.includes(column))
    })
    if (row !== undefined) rows.set(line, row)
  }
  return rows
}

/** Above and below a row, with a line of its label between perhaps. */
const MOST_PARTS = 2

/** Lines close together that begin no new item: the lines of one label, or of one header row. */
function unitsOf(lines: readonly BlockLine[]): BlockLine[][] {
  const units: BlockLine[][] = []
  let last: BlockLine | undefined
  for (const line of lines) {
    const unit = units.at(-1)
    if (unit === undefined || last === undefined || holdsItem(line) || !isNear(last, line)) units.push([line])
    else unit.push(line)
    last = line
  }
  return units
}

function nearestAnchor(
  unit: readonly BlockLine[],
  above: BlockLine | undefined,
  below: BlockLine | undefined,
  borders: readonly number[],
  figures: number,
): BlockLine | undefined {
  const [first, last] = [unit[0], unit.at(-1)]
  if (first === undefined || last === undefined) return undefined
  const columns = new Set(unit.flatMap((line) => columnsOf(line, borders)))
  // Words over or between the figures are a header, no labels.
  if ([...columns].some((column) => column >= figures)) return undefined
  const isBeside = (anchor: BlockLine) => !columnsOf(anchor, borders).some((column) => columns.has(column))
  const canFollow = above !== undefined && isNear(above, first) && (!holdsItem(first) || isBeside(above))
  const canLead = below !== undefined && isNear(last, below) && (!holdsItem(below) || isBeside(below))
  if (!canFollow || !canLead) return canFollow ? above : canLead ? below : undefined
  const [up, down] = [middle(first) - middle(above), middle(below) - middle(last)]
  return down < NEARER * up ? below : above
}

/** The columns of a row's labels, and the one that its figures begin in. */
function shapeOf(anchor: BlockLine, borders: readonly number[]): { labels: readonly number[]; figures: number } {
  const figures = least(firstFigureColumn(anchor, borders))
  return { labels: [...new Set(columnsOf(anchor, borders))].filter((column) => column < figures), figures }
}

/** None or one. */
export function firstFigureColumn(anchor: BlockLine, borders: readonly number[]): number[] {
  const first = anchor.segments.find(isFigureSegment)?.[0]
  return first === undefined ? [] : [slotOf(borders, (first.box[0] + first.box[2]) / 2)]
}

function columnsOf({ line }: BlockLine, borders: readonly number[]): number[] {
  return line.words.map(({ box }) => slotOf(borders, (box[0] + box[2]) / 2))
}

function isNear(above: BlockLine, below: BlockLine): boolean {
  return middle(below) - middle(above) <= ONE_CELL * Math.max(above.line.size, below.line.size)
}

export function startsItem({ line }: BlockLine): boolean {
  return isItem(line.text)
}

/** An item begins in it, behind the rest of a label of another column perhaps. */
function holdsItem({ line }: BlockLine): boolean {
  return line.words.some((word) => isItem(word.text))
}

export function isItem(text: string): boolean {
  return ITEM.test(text)
}

function middle({ top, bottom }: BlockLine): number {
  return (top + bottom) / 2
}
