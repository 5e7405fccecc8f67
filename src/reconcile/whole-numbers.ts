/**
 * The identities of a report in whole numbers, and what becomes of them when figures change.
 *
 * Figures that are not counts are multiplied by a power of ten until they are whole, so that everything here adds without loss. What
 * is changed must be legal: a count at least 0, an amount with no more decimals than are in use.
 */
import { isBlank } from '../report/reading.js'
import type { Finding } from './finding.js'
import type { Condition, Figure, Identity, IdentitySystem } from './identity-system.js'

/** An identity. `gap` counts what was not read as 0. */
export interface Sum {
  readonly finding: Finding
  readonly terms: ReadonlyMap<number, number>
  readonly gap: number
  readonly tolerance: number
  /** Every figure was read, and they do not add up. */
  readonly fails: boolean
  readonly isUnread: boolean
}

/** By figure, what it would be. */
export type Changes = ReadonlyMap<number, number>

/** Beyond this even sums of products stop being exact. */
const LARGEST = 2 ** 40
const MOST_DECIMALS = 4

export class WholeNumbers {
  readonly sums: readonly Sum[]
  /** Over a blank total: they say nothing until it is supposed to hold a figure. */
  private readonly unchecked: readonly Sum[]
  readonly conditions: readonly Condition[]
  readonly figures: readonly Figure[]
  /** By figure. */
  readonly values: readonly number[]
  private readonly sumsOf: Sum[][]
  private readonly conditionsOf: Condition[][]

  private constructor(
    { figures, identities, conditions, unchecked }: IdentitySystem,
    private readonly scale: number,
  ) {
    const whole = (value: number): number => Math.round(value * scale)
    this.figures = figures
    this.conditions = conditions
    this.values = figures.map(({ value }) => whole(value))
    this.sumsOf = figures.map(() => [])
    this.conditionsOf = figures.map(() => [])
    const toSum = ({ finding, terms, gap, tolerance }: Identity): Sum => {
      const isUnread = terms.some(({ figure }) => figures[figure]?.isUnknown)
      const scaled = { gap: whole(gap), tolerance: Math.floor(tolerance * scale) }
      const fails = finding.check.outcome === 'fail'
      return {
        finding,
        terms: new Map(terms.map(({ figure, factor }) => [figure, factor])),
        ...scaled,
        fails,
        isUnread,
      }
    }
    this.sums = identities.map(toSum)
    this.unchecked = unchecked.map(toSum)
    for (const sum of this.sums) for (const figure of sum.terms.keys()) this.sumsOf[figure]?.push(sum)
    for (const condition of conditions) {
      for (const figure of condition.figures) this.conditionsOf[figure]?.push(condition)
    }
  }

  /** null: the figures are too large, or too fine, to be added without loss. */
  static of(system: IdentitySystem): WholeNumbers | null {
    const values = [...system.figures.map(({ value }) => value), ...system.identities.map(({ gap }) => gap)]
    for (let decimals = 0; decimals <= MOST_DECIMALS; decimals++) {
      const scale = 10 ** decimals
      if (!values.every((value) => isWhole(value, scale))) continue
      return values.every((value) => Math.abs(value * scale) <= LARGEST) ? new WholeNumbers(system, scale) : null
    }
    return null
  }

  isUnread(figure: number): boolean {
    return this.figures[figure]?.isUnknown === true
  }

  /** As printed, a blank as 0; null where it was not read. */
  printed(figure: number): number | null {
    return this.isUnread(figure) ? null : this.asPrinted(this.values[figure] ?? 0)
  }

  asPrinted(whole: number): number {
    return this.scale === 1 ? whole : Number((whole / this.scale).toFixed(MOST_DECIMALS))
  }

  fromPrinted(value: number): number {
    return Math.round(value * this.scale)
  }

  isLegal(figure: number, value: number): boolean {
    const type = this.figures[figure]?.fact.type
    if (!Number.isSafeInteger(value)) return false
    return (type === 'decimal' || value % this.scale === 0) && (type === 'signed_integer' || value >= 0)
  }

  /** The change that takes a figure to its lowest legal value. */
  lowestChange(figure: number): number {
    return this.figures[figure]?.fact.type === 'signed_integer' ? Number.NEGATIVE_INFINITY : -(this.values[figure] ?? 0)
  }

  through(figure: number): readonly Sum[] {
    return this.sumsOf[figure] ?? []
  }

  sumsThrough(figures: Iterable<number>): Set<Sum> {
    return new Set([...figures].flatMap((figure) => this.sumsOf[figure] ?? []))
  }

  conditionsOn(figures: Iterable<number>): Set<Condition> {
    return new Set([...figures].flatMap((figure) => this.conditionsOf[figure] ?? []))
  }

  /** null: still not known, because it is over a figure that was not read. */
  holds(sum: Sum, changes: Changes): boolean | null {
    if (sum.isUnread && [...sum.terms.keys()].some((figure) => this.isUnread(figure) && !changes.has(figure)))
      return null
    return Math.abs(this.gapWith(sum, changes)) <= sum.tolerance
  }

  gapWith({ terms, gap }: Sum, changes: Changes): number {
    let changed = gap
    for (const [figure, value] of changes) {
      changed += (terms.get(figure) ?? 0) * (value - (this.values[figure] ?? 0))
    }
    return changed
  }

  isMet(condition: Condition, changes: Changes): boolean | null {
    if (condition.figures.some((figure) => this.isUnread(figure) && !changes.has(figure))) return null
    return condition.isMet((figure) => this.asPrinted(changes.get(figure) ?? this.values[figure] ?? 0))
  }

  /** False where a blank is supposed to hold a figure that does not fit. */
  fitsBlanks(changes: Changes): boolean {
    return this.unchecked.every((sum) => {
      const supposed = [...sum.terms.keys()].filter((figure) => changes.has(figure))
      return !supposed.some((figure) => this.isBlank(figure)) || this.holds(sum, changes) !== false
    })
  }

  private isBlank(figure: number): boolean {
    return isBlank(this.figures[figure]?.fact.reading ?? null)
  }

  /** Legal figures that break no condition. */
  isAllowed(changes: Changes): boolean {
    return (
      [...changes].every(([figure, value]) => this.isLegal(figure, value)) &&
      [...this.conditionsOn(changes.keys())].every((condition) => this.isMet(condition, changes) !== false)
    )
  }
}

function isWhole(value: number, scale: number): boolean {
  return Number.isInteger(value) || Number.isInteger(Number((value * scale).toFixed(MOST_DECIMALS)))
}
