/**
 * Failed sums → the figures at fault, where arithmetic can tell.
 *
 * For the sums that hang together: the fewest figures whose change makes all of them hold and breaks none (smallest-sets.ts), and
 * the single slips along a line of the table that do the same (line-slips.ts). One figure alone beats a slip, a slip beats two
 * figures or more; where equally good explanations remain, conclude.ts takes the one that a telling slip makes, or none. A
 * correction is a proposal that stands beside the printed figure, never in its place.
 *
 * A figure that was not read is derived where the others leave it one legal value.
 */
import { type Change, type Correction, conclude, type Explanation, type Localisation, suspect } from './conclude.js'
import { eliminateUnread } from './equations.js'
import type { IdentitySystem } from './identity-system.js'
import { type LineSlip, slipAndFigureExplain, slipsThatExplain } from './line-slips.js'
import { type Solution, smallestSets } from './smallest-sets.js'
import { type Changes, type Sum, WholeNumbers } from './whole-numbers.js'

export type { Change, Correction, Localisation }

interface Component {
  readonly sums: readonly Sum[]
  readonly failing: readonly Sum[]
  readonly figures: readonly number[]
}

interface Explained {
  readonly component: Component
  readonly explanations: readonly Explanation[]
  /** Figures that must change in each of them; 0 where only what was not read is derived, Infinity where none was found. */
  readonly size: number
  /** Figures of sets with more than one solution, or of a search that was cut off: nothing can then be preferred. */
  readonly open: readonly number[]
}

/** Nothing where all holds and all was read. */
export function localise(system: IdentitySystem): readonly Localisation[] {
  const holds = ({ finding }: { finding: IdentitySystem['identities'][number]['finding'] }): boolean =>
    finding.check.outcome === 'pass'
  const broken = system.conditions.filter(({ finding }) => finding.check.outcome === 'fail')
  if (broken.length === 0 && system.identities.every(holds)) return []

  const numbers = WholeNumbers.of(system)
  const found = numbers === null ? [] : decide(components(numbers), numbers)
  const told = new Set(found.flatMap(({ failing }) => failing))
  const failed = [
    ...system.identities.map(({ finding, terms }) => ({ finding, figures: terms.map(({ figure }) => figure) })),
    ...broken,
  ].filter(({ finding }) => finding.check.outcome === 'fail' && !told.has(finding))
  const untold = failed.map(
    ({ finding, figures }): Localisation => ({
      failing: [finding],
      correction: null,
      suspects: [...new Set(figures)].flatMap((figure) => system.figures[figure]?.fact ?? []),
      explanations: 0,
    }),
  )
  return [...found, ...untold]
}

/** Sums that hang together by their figures, where something fails or was not read. */
function components(numbers: WholeNumbers): Component[] {
  const seen = new Set<Sum>()
  return numbers.sums.flatMap((start) => {
    if (seen.has(start) || !(start.fails || start.isUnread)) return []
    const sums = new Set([start])
    const figures = new Set<number>()
    for (const sum of sums) {
      seen.add(sum)
      const added = [...sum.terms.keys()].filter((figure) => !figures.has(figure))
      for (const figure of added) figures.add(figure)
      for (const next of numbers.sumsThrough(added)) sums.add(next)
    }
    return [{ sums: [...sums], failing: [...sums].filter(({ fails }) => fails), figures: [...figures] }]
  })
}

function decide(found: readonly Component[], numbers: WholeNumbers): Localisation[] {
  const explained = found.map((component) => explain(component, numbers))
  const doubtful = explained.filter(({ component: { failing } }) => failing.length > 0)
  const slips = slipsThatExplain(
    doubtful.map(({ component }) => component),
    numbers,
  )
  return clustersOf(explained, slips).flatMap((cluster) => {
    const own = slips.filter(({ components }) => cluster.some(({ component }) => components.includes(component)))
    const [first, ...others] = cluster
    if (first === undefined) return []
    return others.length === 0 ? decideOne(first, own, numbers) : decideTogether(cluster, own, numbers)
  })
}

function isOneFigure({ explanations, size, open }: Explained): boolean {
  return size === 1 && explanations.length === 1 && open.length === 0
}

/** Groups that one slip explains together, such as the three blocks in one row of the table of reviews. */
function clustersOf(explained: readonly Explained[], slips: readonly LineSlip<Component>[]): Explained[][] {
  const clusters = new Map(explained.map((one) => [one.component, new Set([one])]))
  for (const { components } of slips) {
    const joined = new Set(components.flatMap((component) => [...(clusters.get(component) ?? [])]))
    for (const { component } of joined) clusters.set(component, joined)
  }
  return [...new Set(clusters.values())].map((cluster) => [...cluster])
}

function decideOne(one: Explained, slips: readonly Explanation[], numbers: WholeNumbers): Localisation[] {
  const { component, explanations, size, open } = one
  const { failing, sums } = component
  if (size > 1 && slips.length === 1 && failing.length > 1) return conclude(slips, false, numbers)
  const all = [...slips, ...explanations]
  const apart = slips.length === 0 && !sums.some(({ isUnread }) => isUnread)
  const isRivalled = size > 1 && slips.length === 0 && slipAndFigureExplain(component, numbers)
  if (open.length === 0 && all.length > 0 && !isRivalled) return conclude(all, apart, numbers)
  const cells = [...all.flatMap(({ changes }) => [...changes.keys()]), ...open]
  const inFailing = failing.flatMap(({ terms }) => [...terms.keys()])
  return suspect(cells.length > 0 ? cells : inFailing, failing, cells.length > 0 ? Math.max(2, all.length) : 0, numbers)
}

/** A slip that explains all groups stands against the single figures that explain each. */
function decideTogether(
  cluster: readonly Explained[],
  slips: readonly LineSlip<Component>[],
  numbers: WholeNumbers,
): Localisation[] {
  const whole = slips.filter(({ components }) => components.length === cluster.length)
  if (whole.length === 1 && !cluster.every(isOneFigure)) return conclude(whole, false, numbers)
  const apart = new Map(cluster.flatMap(({ explanations }) => explanations.flatMap(({ changes }) => [...changes])))
  return conclude([...slips, { changes: apart, slip: null }], false, numbers)
}

function explain(component: Component, numbers: WholeNumbers): Explained {
  const { equations, determined } = eliminateUnread(component.sums, (figure) => numbers.isUnread(figure))
  const changesOf = (solution: Solution): Changes => {
    const changes = new Map<number, number>()
    for (const [figure, change] of solution) changes.set(figure, (numbers.values[figure] ?? 0) + change)
    for (const { cell, valueAt } of determined) changes.set(cell, valueAt(solution))
    return changes
  }
  if (equations.every(({ need }) => need === 0)) {
    const changes = changesOf(new Map())
    const isSound = changes.size > 0 && numbers.isAllowed(changes)
    return { component, explanations: isSound ? [{ changes, slip: null }] : [], size: 0, open: [] }
  }
  const { solutions, open, isComplete } = smallestSets({
    cellCount: numbers.figures.length,
    equations,
    lowest: (figure) => numbers.lowestChange(figure),
    accepts: (solution) => numbers.isAllowed(changesOf(solution)),
  })
  const cutOff = isComplete ? [] : component.failing.flatMap(({ terms }) => [...terms.keys()])
  return {
    component,
    explanations: solutions.map((solution) => ({ changes: changesOf(solution), slip: null })),
    size: solutions[0]?.size ?? open[0]?.length ?? Number.POSITIVE_INFINITY,
    open: [...open.flat(), ...cutOff],
  }
}
