/**
 * Equations over changes → the smallest sets of cells whose change makes every equation hold (Fellegi and Holt, 1976).
 *
 * An equation says what its changes must come to: nothing where the sum holds now, the missing amount where it fails. A set
 * explains the failures when its equations have exactly one solution, every cell of it really changes, and the caller accepts
 * the figures that result. Sizes are tried in turn, and all sets of the first size that explains anything are given.
 *
 * The search is complete up to MOST_CELLS: each step takes equations that cannot hold with the set so far, one of whose cells
 * any larger set must contain. It ends after a count of steps, never by the clock; what was found until then is then incomplete,
 * and says so.
 */

export interface Equation {
  readonly terms: readonly { readonly cell: number; readonly factor: number }[]
  /** Σ factor × change must be this; not 0 where the sum fails now. */
  readonly need: number
}

export interface Problem {
  readonly cellCount: number
  readonly equations: readonly Equation[]
  /** The change that takes a cell to its lowest legal figure. */
  lowest(cell: number): number
  /** Whether a solution is legal as a whole. */
  accepts(solution: Solution): boolean
}

/** By cell, its change. */
export type Solution = ReadonlyMap<number, number>

export interface SmallestSets {
  readonly solutions: readonly Solution[]
  /** Sets of the same size with more than one solution. */
  readonly open: readonly (readonly number[])[]
  /** False where the search was cut off: there may be others, even smaller ones. */
  readonly isComplete: boolean
}

const MOST_CELLS = 3
/** A step costs about a microsecond. */
const MOST_STEPS = 3000
/** Three cells of a form cover fewer. */
const MOST_FAILING = 24
/** As far as the figures of a family are tried one by one. */
const MOST_TRIED = 64

const NONE: SmallestSets = { solutions: [], open: [], isComplete: true }

/** `most`: the largest size that the caller asks for. */
export function smallestSets(problem: Problem, most = MOST_CELLS): SmallestSets {
  const search = new Search(problem)
  if (search.failing > MOST_FAILING) return NONE
  for (let size = 1; size <= Math.min(most, MOST_CELLS); size++) {
    const found = search.ofSize(size)
    if (!found.isComplete || found.solutions.length > 0 || found.open.length > 0) return found
  }
  return NONE
}

/** Equations of which any larger set must touch one. */
type Conflict = readonly number[]

interface Reduced {
  readonly pivot: number
  readonly factors: number[]
  need: number
  readonly sources: number[]
}

class Search {
  /** How many equations fail. */
  readonly failing: number
  private readonly of: { equation: number; factor: number }[][]
  /** By cell, the failing equations it stands in, as bits. */
  private readonly covers: number[]
  private readonly bitOf: number[]
  private readonly mostCovered: number
  private readonly all: number
  private steps = 0
  private seen = new Set<number>()
  private solutions: Solution[] = []
  private open: number[][] = []

  constructor(private readonly problem: Problem) {
    const { cellCount, equations } = problem
    this.of = Array.from({ length: cellCount }, () => [])
    this.covers = Array<number>(cellCount).fill(0)
    let failing = 0
    this.bitOf = equations.map(({ need }) => (need === 0 || failing >= MOST_FAILING + 1 ? 0 : 1 << failing++))
    equations.forEach(({ terms }, equation) => {
      for (const { cell, factor } of terms) {
        this.of[cell]?.push({ equation, factor })
        this.covers[cell] = (this.covers[cell] ?? 0) | (this.bitOf[equation] ?? 0)
      }
    })
    this.failing = failing
    this.all = 2 ** failing - 1
    this.mostCovered = Math.max(0, ...this.covers.map(countBits))
  }

  ofSize(size: number): SmallestSets {
    this.seen = new Set()
    this.solutions = []
    this.open = []
    this.visit([], 0, size)
    return { solutions: this.solutions, open: this.open, isComplete: this.steps <= MOST_STEPS }
  }

  private visit(set: readonly number[], covered: number, left: number): void {
    if (++this.steps > MOST_STEPS) return
    const untouched = this.all & ~covered
    if (countBits(untouched) > left * this.mostCovered) return
    if (left === 0) {
      this.judge(set)
      return
    }
    for (const cell of this.candidates(set, untouched)) {
      if (set.includes(cell)) continue
      const covers = this.covers[cell] ?? 0
      if (left === 1 && (untouched & ~covers) !== 0) continue
      const larger = [...set, cell].sort((a, b) => a - b)
      const name = larger.reduce((sum, member) => sum * this.problem.cellCount + member, larger.length)
      if (this.seen.has(name)) continue
      this.seen.add(name)
      this.visit(larger, covered | covers, left - 1)
    }
  }

  /** The cells of which any larger set that explains everything has one. */
  private candidates(set: readonly number[], untouched: number): readonly number[] {
    const { equations } = this.problem
    let best: Conflict | null = null
    let least = Number.POSITIVE_INFINITY
    for (let equation = 0; untouched !== 0 && equation < equations.length; equation++) {
      const size = equations[equation]?.terms.length ?? 0
      if ((untouched & (this.bitOf[equation] ?? 0)) !== 0 && size < least) [best, least] = [[equation], size]
    }
    const conflict = set.length === 0 ? null : this.solve(set)
    if (conflict !== null && 'conflict' in conflict) {
      const size = conflict.conflict.reduce((sum, equation) => sum + (equations[equation]?.terms.length ?? 0), 0)
      if (size < least) best = conflict.conflict
    }
    // All holds, but the figures are not legal: another cell must take a part of the change.
    best ??= set.flatMap((cell) => (this.of[cell] ?? []).map(({ equation }) => equation))
    return [...new Set(best.flatMap((equation) => equations[equation]?.terms.map(({ cell }) => cell) ?? []))]
  }

  private judge(set: readonly number[]): void {
    const solved = this.solve(set)
    if ('conflict' in solved) return
    const { rows } = solved
    if (rows.length < set.length) {
      if (this.hasLegalMember(set, rows)) this.open.push([...set])
      return
    }
    const solution = new Map<number, number>()
    for (const { pivot, factors, need } of rows) {
      const change = need / (factors[pivot] ?? 0)
      const cell = set[pivot] ?? 0
      if (!Number.isSafeInteger(change) || change === 0 || change < this.problem.lowest(cell)) return
      solution.set(cell, change)
    }
    if (this.problem.accepts(solution)) this.solutions.push(solution)
  }

  /** Gauss and Jordan over whole numbers, remembering which equations went into which. */
  private solve(set: readonly number[]): { conflict: Conflict } | { rows: Reduced[] } {
    const system = new Map<number, number[]>()
    set.forEach((cell, position) => {
      for (const { equation, factor } of this.of[cell] ?? []) {
        const factors = system.get(equation) ?? Array<number>(set.length).fill(0)
        factors[position] = factor
        system.set(equation, factors)
      }
    })
    const rows: Reduced[] = []
    for (const [equation, own] of system) {
      const row = { factors: own, need: this.problem.equations[equation]?.need ?? 0, sources: [equation] }
      for (const known of rows) eliminate(row, known, known.pivot)
      const pivot = row.factors.findIndex((factor) => factor !== 0)
      if (pivot < 0) {
        if (row.need !== 0) return { conflict: row.sources }
        continue
      }
      const added = { ...row, pivot }
      for (const known of rows) eliminate(known, added, pivot)
      rows.push(added)
    }
    return { rows }
  }

  /** Whether a set with free changes has any legal solution in which every cell changes. */
  private hasLegalMember(set: readonly number[], rows: readonly Reduced[]): boolean {
    const free = set.flatMap((_, position) => (rows.some(({ pivot }) => pivot === position) ? [] : [position]))
    const [only = 0] = free
    if (free.length > 1) return true
    const lowest = (position: number): number => this.problem.lowest(set[position] ?? 0)
    let [from, to] = [lowest(only), Number.POSITIVE_INFINITY]
    for (const { pivot, factors, need } of rows) {
      const [own, other] = [factors[pivot] ?? 0, factors[only] ?? 0]
      const bound = (need - own * lowest(pivot)) / other
      if (other === 0) continue
      if (own * other > 0) to = Math.min(to, bound)
      else from = Math.max(from, bound)
    }
    if (!(to - from < MOST_TRIED)) return true
    for (let change = Math.ceil(from); change <= to; change++) {
      const others = rows.map(({ pivot, factors, need }) => {
        const value = (need - (factors[only] ?? 0) * change) / (factors[pivot] ?? 0)
        return Number.isSafeInteger(value) && value !== 0 && value >= lowest(pivot)
      })
      if (change !== 0 && others.every(Boolean)) return true
    }
    return false
  }
}

/** Takes the pivot of `known` out of `row`, in place. */
function eliminate(row: Omit<Reduced, 'pivot'>, known: Omit<Reduced, 'pivot'>, pivot: number): void {
  const [own, other] = [row.factors[pivot] ?? 0, known.factors[pivot] ?? 0]
  if (own === 0) return
  row.factors.forEach((factor, position) => {
    row.factors[position] = factor * other - own * (known.factors[position] ?? 0)
  })
  row.need = row.need * other - own * known.need
  for (const source of known.sources) if (!row.sources.includes(source)) row.sources.push(source)
}

function countBits(bits: number): number {
  let count = 0
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++
  return count
}
