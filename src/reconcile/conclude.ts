/**
 * The equally good explanations of what fails → what can be said of it, group by group.
 *
 * Figures that fail independently of each other are told apart: all explanations may agree on one of two errors and differ on
 * the other. Where they differ, the only one that a telling slip makes is taken, unless another could be a slip too.
 */
import type { FormFact } from '../report/reading.js'
import { numberOf } from '../report/reading.js'
import type { Finding } from './finding.js'
import { isTelling, type Slip, slipOfFigure } from './slips.js'
import type { Changes, Sum, WholeNumbers } from './whole-numbers.js'

export interface Change {
  readonly fact: FormFact
  /** null: blank, or not read. */
  readonly printed: number | null
  readonly derived: number
}

export interface Correction {
  readonly changes: readonly Change[]
  readonly slip: Slip | null
  /** What fails, or could not be checked, and then holds. */
  readonly closes: readonly Finding[]
}

export interface Localisation {
  /** What fails for one and the same reason; what could not be checked, where nothing fails. */
  readonly failing: readonly Finding[]
  /** null: arithmetic cannot decide. */
  readonly correction: Correction | null
  /** The figures of all equally good explanations; where none was found, those of the failing sums. The most telling first. */
  readonly suspects: readonly FormFact[]
  /** How many are equally good; 0: none was found within bounds. */
  readonly explanations: number
}

export interface Explanation {
  readonly changes: Changes
  /** The one slip along a line that makes all the changes. */
  readonly slip: Slip | null
}

/** A slip along a line is evidence only where it explains more than one failing sum: one sum of small figures fits many. */
const ENOUGH_SUMS = 2

/**
 * Three figures or more that share a sum: so many explain what another kind of error did. Apart from each other, each with
 * sums of its own, they are as sure as one.
 */
const MOST_INTERTWINED = 2

/** What may be at fault, where no explanation can be preferred. */
export function suspect(
  cells: readonly number[],
  failing: readonly Sum[],
  explanations: number,
  numbers: WholeNumbers,
): Localisation[] {
  if (failing.length === 0) return []
  return [
    {
      failing: failing.map(({ finding }) => finding),
      correction: null,
      suspects: factsOf(cells, numbers),
      explanations,
    },
  ]
}

/** At least one explanation. `apart`: independent errors may be told apart even where explanations differ. */
export function conclude(explanations: readonly Explanation[], apart: boolean, numbers: WholeNumbers): Localisation[] {
  let left = explanations
  const groups = groupsOf(explanations, apart, numbers)
  const largest = Math.max(...explanations.map((one) => (one.slip === null ? changedOf(one, numbers) : 1)))
  const isIntricate = largest > MOST_INTERTWINED && groups.some(({ length }) => length > 1)
  const sorted = groups
    .map((cells) => ({ cells, count: variantsOf(explanations, cells).length }))
    .sort((a, b) => a.count - b.count)
  return sorted.flatMap(({ cells }) => {
    const variants = variantsOf(left, cells)
    const sums = [...numbers.sumsThrough(cells)]
    const failing = sums.filter(({ fails }) => fails)
    const chosen = isIntricate ? null : choose(variants, failing.length, numbers)
    const correction = chosen === null ? null : correct(chosen, numbers)
    if (chosen !== null) left = left.filter(({ changes }) => agrees(changes, chosen.changes))
    const broken = [...numbers.conditionsOn(cells)].filter(({ finding }) => finding.check.outcome === 'fail')
    const failed = [...failing, ...broken].map(({ finding }) => finding)
    if (failed.length === 0 && correction === null) return []
    return {
      failing: failed.length > 0 ? failed : (correction?.closes ?? []),
      correction,
      suspects: factsOf(
        variants.flatMap(({ changes }) => [...changes.keys()]),
        numbers,
      ),
      explanations: variants.length,
    }
  })
}

/** The most often named first, then those in most failing sums. */
function factsOf(cells: readonly number[], numbers: WholeNumbers): FormFact[] {
  const named = new Map<number, number>()
  for (const cell of cells) named.set(cell, (named.get(cell) ?? 0) + 1)
  const failing = (cell: number): number => [...numbers.sumsThrough([cell])].filter(({ fails }) => fails).length
  return [...named]
    .map(([cell, count]) => ({ cell, count, failing: failing(cell) }))
    .sort((a, b) => b.count - a.count || b.failing - a.failing || a.cell - b.cell)
    .flatMap(({ cell }) => numbers.figures[cell]?.fact ?? [])
}

function groupsOf(explanations: readonly Explanation[], apart: boolean, numbers: WholeNumbers): number[][] {
  const groupOf = new Map<number, Set<number>>()
  const join = (cells: readonly number[]): void => {
    const joined = new Set(cells.flatMap((cell) => [...(groupOf.get(cell) ?? [cell])]))
    for (const cell of joined) groupOf.set(cell, joined)
  }
  for (const { changes, slip } of explanations) {
    const cells = [...changes.keys()]
    if (slip !== null || (!apart && explanations.length > 1)) join(cells)
    for (const cell of cells) join([cell])
    for (const sum of numbers.sumsThrough(cells)) join(cells.filter((cell) => sum.terms.has(cell)))
  }
  const all = [...groupOf.keys()]
  if (!apart && explanations.length > 1) join(all)
  for (const sum of numbers.sumsThrough(all)) {
    if (sum.fails) join(all.filter((cell) => sum.terms.has(cell)))
  }
  return [...new Set(groupOf.values())].map((group) => [...group])
}

/** The explanations as far as these cells go, each once. */
function variantsOf(explanations: readonly Explanation[], cells: readonly number[]): Explanation[] {
  const own = new Set(cells)
  const variants = new Map<string, Explanation>()
  for (const { changes, slip } of explanations) {
    const part = [...changes].filter(([cell]) => own.has(cell)).sort(([a], [b]) => a - b)
    const name = part.map(([cell, value]) => `${cell}:${value}`).join()
    if (!variants.has(name)) variants.set(name, { changes: new Map(part), slip })
  }
  return [...variants.values()]
}

function choose(variants: readonly Explanation[], failing: number, numbers: WholeNumbers): Explanation | null {
  const [only] = variants
  if (only === undefined) return null
  if (variants.length === 1) return isBorneOut(only, numbers) ? only : null
  const slips = variants.filter((variant) => slipsOf(variant, numbers).every(({ slip }) => slip !== null))
  const [best] = slips
  if (best === undefined || slips.length > 1) return null
  if (best.slip !== null) return failing >= ENOUGH_SUMS ? best : null
  const telling = slipsOf(best, numbers).every(({ slip, printed, meant }) => isTelling(slip, printed, meant))
  return telling ? best : null
}

/**
 * More sums close than figures change. Where they do not, only what is legal singled the figure out, and a second error in the
 * same sum would look alike: then a slip must speak for it. What was not read is derived from what was, for what that is worth.
 */
function isBorneOut(explanation: Explanation, numbers: WholeNumbers): boolean {
  const changed = changedOf(explanation, numbers)
  const closed = [...numbers.sumsThrough(explanation.changes.keys())].filter(({ fails, isUnread }) => fails || isUnread)
  if (explanation.slip !== null) return closed.length >= ENOUGH_SUMS
  if (changed === 0 || closed.length > explanation.changes.size) return true
  return slipsOf(explanation, numbers).every(
    ({ slip, printed, meant }) => slip?.kind === 'left_at_zero' || isTelling(slip, printed, meant),
  )
}

/** How many figures change that were read. */
function changedOf({ changes }: Explanation, numbers: WholeNumbers): number {
  return [...changes.keys()].filter((cell) => !numbers.isUnread(cell)).length
}

/** The slips that make an explanation: one for all of it, or one for each change. */
function slipsOf({ changes, slip }: Explanation, numbers: WholeNumbers) {
  return [...changes].map(([cell, value]) => {
    const [printed, meant] = [numbers.printed(cell), numbers.asPrinted(value)]
    return { slip: slip ?? slipOfFigure(printed, meant), printed, meant }
  })
}

function agrees(changes: Changes, chosen: Changes): boolean {
  return [...chosen].every(([cell, value]) => changes.get(cell) === value)
}

function correct({ changes, slip }: Explanation, numbers: WholeNumbers): Correction {
  const cells = [...changes.keys()]
  const closedSums = [...numbers.sumsThrough(cells)].filter(
    (sum) => (sum.fails || sum.isUnread) && numbers.holds(sum, changes) === true,
  )
  const closedConditions = [...numbers.conditionsOn(cells)].filter(
    (condition) => condition.finding.check.outcome !== 'pass' && numbers.isMet(condition, changes) === true,
  )
  const made = [...changes].flatMap(([cell, value]): Change[] => {
    const fact = numbers.figures[cell]?.fact
    return fact === undefined ? [] : [{ fact, printed: numberOf(fact.reading), derived: numbers.asPrinted(value) }]
  })
  const [first] = made
  const own = first !== undefined && made.length === 1 && first.fact.reading?.kind !== 'text' ? first : null
  return {
    changes: made,
    slip: slip ?? (own === null || own.fact.reading === null ? null : slipOfFigure(own.printed, own.derived)),
    closes: [...closedSums, ...closedConditions].map(({ finding }) => finding),
  }
}
