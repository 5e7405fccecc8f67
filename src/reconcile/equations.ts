/**
 * Sums → equations over the changes of the figures that were read, with what was not read taken out.
 *
 * A figure that was not read is free: it is eliminated, and what two sums through it say of each other remains as an equation
 * of their other figures. Where an unread figure is then the only one in a sum, the rest says what it must be. More unread
 * figures in a group than a few rows tell nothing worth its price: the sums over them are left out.
 */
import type { Equation, Solution } from './smallest-sets.js'

interface Sum {
  readonly terms: ReadonlyMap<number, number>
  /** What was not read counts as 0. */
  readonly gap: number
  readonly tolerance: number
}

export interface Eliminated {
  readonly equations: readonly Equation[]
  /** What each figure must be that was not read and follows from the others. */
  readonly determined: readonly { readonly cell: number; valueAt(solution: Solution): number }[]
}

const MOST_UNREAD = 28
export function eliminateUnread(sums: readonly Sum[], isUnread: (cell: number) => boolean): Eliminated {
  const unread = new Set(sums.flatMap(({ terms }) => [...terms.keys()].filter(isUnread)))
  if (unread.size === 0) return { equations: sums.map(toEquation), determined: [] }
  if (unread.size > MOST_UNREAD) {
    return { equations: sums.filter(({ terms }) => ![...terms.keys()].some(isUnread)).map(toEquation), determined: [] }
  }
  let rest = [...sums]
  let pivots: { cell: number; sum: Sum }[] = []
  for (const cell of unread) {
    const through = rest.filter(({ terms }) => terms.has(cell)).sort((a, b) => a.terms.size - b.terms.size)
    const [pivot] = through
    if (pivot === undefined) continue
    rest = rest.filter((sum) => sum !== pivot).map((sum) => without(cell, sum, pivot))
    pivots = [...pivots.map((known) => ({ ...known, sum: without(cell, known.sum, pivot) })), { cell, sum: pivot }]
  }
  return {
    equations: rest.filter(({ terms }) => terms.size > 0).map(toEquation),
    determined: pivots
      .filter(({ cell, sum }) => [...sum.terms.keys()].every((other) => other === cell || !unread.has(other)))
      .map(({ cell, sum }) => ({ cell, valueAt: (solution) => solveFor(cell, sum, solution) })),
  }
}

function toEquation({ terms, gap, tolerance }: Sum): Equation {
  return {
    terms: [...terms].map(([cell, factor]) => ({ cell, factor })),
    need: Math.abs(gap) > tolerance ? -gap : 0,
  }
}

function without(cell: number, sum: Sum, pivot: Sum): Sum {
  const [own, other] = [sum.terms.get(cell) ?? 0, pivot.terms.get(cell) ?? 0]
  if (own === 0) return sum
  const terms = new Map<number, number>()
  for (const [key, factor] of sum.terms) terms.set(key, factor * other)
  for (const [key, factor] of pivot.terms) terms.set(key, (terms.get(key) ?? 0) - factor * own)
  for (const [key, factor] of terms) if (factor === 0) terms.delete(key)
  return {
    terms,
    gap: sum.gap * other - pivot.gap * own,
    tolerance: sum.tolerance * Math.abs(other) + pivot.tolerance * Math.abs(own),
  }
}

function solveFor(cell: number, { terms, gap }: Sum, solution: Solution): number {
  let rest = gap
  for (const [changed, change] of solution) rest += (terms.get(changed) ?? 0) * change
  return -rest / (terms.get(cell) ?? 0) + 0
}
