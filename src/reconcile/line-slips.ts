/**
 * Slips along the lines of the printed tables (slips.ts) → those that the sums bear out.
 *
 * A slip is borne out when undoing it makes every failing sum hold that hangs together with the cells it touched, and breaks
 * none. What was pushed out of the line is solved for.
 */
import { printedTables } from './printed-lines.js'
import { type Hypothesis, type Slip, slipsAcross, slipsAlong } from './slips.js'
import type { Changes, Sum, WholeNumbers } from './whole-numbers.js'
import { nameOf } from './wording.js'

/** Sums that hang together by their figures. */
export interface Component {
  readonly failing: readonly Sum[]
  readonly figures: readonly number[]
}

export interface LineSlip<T extends Component> {
  readonly slip: Slip
  readonly changes: Changes
  /** Those whose failures it explains, all of them. */
  readonly components: readonly T[]
}

/** Each set of changes once. */
export function slipsThatExplain<T extends Component>(
  components: readonly T[],
  numbers: WholeNumbers,
): readonly LineSlip<T>[] {
  const ownerOf = new Map<number, T>()
  const failingThrough = new Map<number, Sum[]>()
  for (const component of components) {
    for (const figure of component.figures) ownerOf.set(figure, component)
    for (const sum of component.failing) {
      for (const figure of sum.terms.keys()) failingThrough.set(figure, [...(failingThrough.get(figure) ?? []), sum])
    }
  }
  const failingOf = (cells: Iterable<number>): Map<T, Set<Sum>> => {
    const touched = new Map<T, Set<Sum>>()
    for (const cell of cells) {
      const owner = ownerOf.get(cell)
      if (owner === undefined) continue
      const sums = touched.get(owner) ?? new Set<Sum>()
      for (const sum of failingThrough.get(cell) ?? []) sums.add(sum)
      touched.set(owner, sums)
    }
    return touched
  }
  const mayExplain = (cells: readonly number[]): boolean =>
    cells.some((cell) => failingThrough.has(cell)) &&
    [...failingOf(cells)].some(([{ failing }, sums]) => sums.size === failing.length)
  const found = new Map<string, LineSlip<T>>()
  for (const hypothesis of hypothesesOn(components, numbers, mayExplain)) {
    const changes = undo(hypothesis, numbers)
    if (changes === null) continue
    const touched = [...failingOf(changes.keys())]
    const explained = touched.filter(([{ failing }, sums]) => sums.size === failing.length && failing.length > 0)
    if (explained.length === 0 || explained.length < touched.length) continue
    const name = [...changes]
      .map(([figure, value]) => `${figure}:${value}`)
      .sort()
      .join()
    if (found.has(name)) continue
    const slip = hypothesis.describe((cell) => {
      const fact = numbers.figures[cell]?.fact
      return fact === undefined ? '' : nameOf(fact)
    })
    found.set(name, { slip, changes, components: explained.map(([component]) => component) })
  }
  return [...found.values()]
}

/** Every slip along the lines, and the pairs of lines, that `isOfInterest`. */
function hypothesesOn(
  components: readonly Component[],
  numbers: WholeNumbers,
  isOfInterest: (cells: readonly number[]) => boolean,
): Hypothesis[] {
  const printed = (cell: number): number | null => numbers.printed(cell)
  const tables = new Set(
    components.flatMap(({ figures }) => figures.map((figure) => numbers.figures[figure]?.fact.table)),
  )
  const placed = numbers.figures.map(({ fact }) => (tables.has(fact.table) ? fact : null))
  return printedTables(placed).flatMap(({ lines, neighbours }) => [
    ...lines.filter(isOfInterest).flatMap((line) => slipsAlong(line, printed)),
    ...neighbours
      .filter(([upper, lower]) => isOfInterest([...upper, ...lower]))
      .flatMap(([upper, lower]) => slipsAcross(upper, lower, printed)),
  ])
}

/**
 * Whether a slip along a line together with one other figure explains what fails: two errors, as many as two figures are. Which
 * of these it was, arithmetic cannot tell. Slips that lose a figure are left aside: what is solved for freely explains too much.
 */
export function slipAndFigureExplain(component: Component, numbers: WholeNumbers): boolean {
  const failing = new Set(component.failing)
  const touches = (cells: readonly number[]): boolean =>
    cells.some((cell) => numbers.through(cell).some((sum) => failing.has(sum)))
  return hypothesesOn([component], numbers, touches).some(({ cells, meant }) => {
    const changes = new Map<number, number>()
    for (const [position, cell] of cells.entries()) {
      const value = meant[position] ?? null
      if (value === null) return false
      if (value !== numbers.printed(cell)) changes.set(cell, numbers.fromPrinted(value))
    }
    const left = failingAfter(failing, changes, numbers)
    const isHalf = left.length > 0 && left.length < failing.size && numbers.isAllowed(changes)
    return isHalf && oneFigureExplains(left, changes, numbers)
  })
}

function failingAfter(failing: ReadonlySet<Sum>, changes: Changes, numbers: WholeNumbers): Sum[] {
  const touched = numbers.sumsThrough(changes.keys())
  return [
    ...[...failing].filter((sum) => !touched.has(sum)),
    ...[...touched].filter((sum) => numbers.holds(sum, changes) === false),
  ]
}

function oneFigureExplains(left: readonly Sum[], changes: Changes, numbers: WholeNumbers): boolean {
  const [first] = left
  return [...(first?.terms ?? [])].some(([figure, factor]) => {
    const through = numbers.through(figure)
    if (first === undefined || changes.has(figure) || through.length !== left.length) return false
    const value = (numbers.values[figure] ?? 0) - numbers.gapWith(first, changes) / factor
    const both = new Map([...changes, [figure, value]])
    return numbers.isLegal(figure, value) && through.every((sum) => numbers.holds(sum, both) !== false)
  })
}

/** What really changes when the slip is undone; null where the sums do not bear it out, or one cell alone changes. */
function undo({ cells, meant }: Hypothesis, numbers: WholeNumbers): Changes | null {
  const changes = new Map<number, number>()
  let lost: number | null = null
  cells.forEach((cell, position) => {
    const value = meant[position] ?? null
    if (value === null) lost = cell
    else if (value !== numbers.printed(cell)) changes.set(cell, numbers.fromPrinted(value))
  })
  if (lost !== null) {
    const value = solveFor(lost, changes, numbers)
    if (value === null) return null
    if (numbers.asPrinted(value) !== numbers.printed(lost)) changes.set(lost, value)
  }
  if (changes.size < 2 || !numbers.isAllowed(changes) || !numbers.fitsBlanks(changes)) return null
  for (const sum of numbers.sumsThrough(changes.keys())) if (numbers.holds(sum, changes) === false) return null
  return changes
}

function solveFor(cell: number, changes: Changes, numbers: WholeNumbers): number | null {
  const known = new Map([...changes, [cell, numbers.values[cell] ?? 0]])
  for (const sum of numbers.sumsThrough([cell])) {
    if (numbers.holds(sum, known) === null) continue
    return (known.get(cell) ?? 0) - numbers.gapWith(sum, known) / (sum.terms.get(cell) ?? 0)
  }
  return null
}
