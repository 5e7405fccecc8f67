/**
 * Rows of small filled squares into the dotted lines that they draw: Word and browsers paint a dotted border so. A single square
 * has no direction, so it is no ruling on its own; four in a row at even distances are one, unless each of them is part of a
 * row across as well, which makes a pattern and not a line.
 */
import type { Ruling } from './page.js'

export interface Dot {
  readonly x: number
  readonly y: number
  /** Of its side, in points. */
  readonly size: number
}

const FEWEST = 4
/** How far dots of one line may stand off it, in points. */
const OFFSET = 0.3
/** From one dot to the next, in sizes of a dot. */
const WIDEST_STEP = 5
/** How much wider one step may be than another of the same line. */
const UNEVEN = 1.6

type Axis = 'x' | 'y'

export function joinDots(dots: readonly Dot[]): Ruling[] {
  if (dots.length < FEWEST) return []
  const lying = rowsOf(dots, 'x', 'y')
  const standing = rowsOf(dots, 'y', 'x')
  const inLying = new Set(lying.flat())
  const inStanding = new Set(standing.flat())
  return [
    ...lying.filter((row) => isLine(row, inStanding)).map((row) => rulingOf(row, 'x', 'y')),
    ...standing.filter((row) => isLine(row, inLying)).map((row) => rulingOf(row, 'y', 'x')),
  ]
}

function rowsOf(dots: readonly Dot[], along: Axis, across: Axis): Dot[][] {
  const rows: Dot[][] = []
  for (const level of levelsOf(dots, across)) {
    let row: Dot[] = []
    for (const dot of level.sort((a, b) => a[along] - b[along])) {
      if (!continues(row, dot, along)) {
        if (row.length >= FEWEST) rows.push(row)
        row = []
      }
      row.push(dot)
    }
    if (row.length >= FEWEST) rows.push(row)
  }
  return rows
}

function levelsOf(dots: readonly Dot[], across: Axis): Dot[][] {
  const levels: Dot[][] = []
  for (const dot of dots.toSorted((a, b) => a[across] - b[across])) {
    const level = levels.at(-1)
    const first = level?.[0]
    if (level !== undefined && first !== undefined && dot[across] - first[across] <= OFFSET) level.push(dot)
    else levels.push([dot])
  }
  return levels
}

function continues(row: readonly Dot[], dot: Dot, along: Axis): boolean {
  const [first, second, last] = [row[0], row[1], row.at(-1)]
  if (first === undefined || last === undefined) return true
  const step = dot[along] - last[along]
  const firstStep = second === undefined ? step : second[along] - first[along]
  const isEven = step <= firstStep * UNEVEN && firstStep <= step * UNEVEN
  return step > dot.size / 2 && step <= dot.size * WIDEST_STEP && isEven
}

function isLine(row: readonly Dot[], inOther: ReadonlySet<Dot>): boolean {
  return row.filter((dot) => inOther.has(dot)).length <= row.length / 2
}

function rulingOf(row: readonly Dot[], along: Axis, across: Axis): Ruling {
  const [first, last] = [row[0], row.at(-1)]
  if (first === undefined || last === undefined) throw new Error('a row has dots')
  const from = first[along] - first.size / 2
  const to = last[along] + last.size / 2
  const at = first[across]
  return along === 'x'
    ? { x1: from, y1: at, x2: to, y2: at, width: first.size }
    : { x1: at, y1: from, x2: at, y2: to, width: first.size }
}
