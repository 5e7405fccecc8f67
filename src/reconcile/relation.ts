/**
 * Relation rules: two sums of figures stand to each other as the rule says (equal, at most, at least …).
 *
 * Pure: facts go in, one finding comes out, no fact is changed. A rule whose cells the report's form does not have is no
 * instance and gives null; so does a rule that needs another report where none is given.
 *
 * The forms leave a cell empty to say "none", so a blank part counts as 0 and the message says so. A cell that was not
 * found, or not understood, may hold anything: the rule is then skipped and never passed, because a pass is what lets a report
 * through without a person seeing it. A side without any number is only nothing where the other side is nothing too.
 */
import { numberOf } from '../report/reading.js'
import { distanceExact, sumExact } from './exact.js'
import { type FactIndex, isBlankFact, isPrinted, isUnread } from './fact-index.js'
import { type Finding, finding, skip, type Verdict } from './finding.js'
import type { Operator, RelationRule, Source, Term } from './rule.js'
import { type Addend, blankNote, describeSum, listNames, type Names, nameApart, nameOf } from './wording.js'

/** null: that report is not at hand. */
export type Sources = Readonly<Record<Exclude<Source, 'report'>, FactIndex | null>> & { readonly report: FactIndex }

/** One rule with its name filled in. */
export interface RelationInstance {
  readonly rule: RelationRule
  readonly subject: string
  readonly left: readonly Term[]
  readonly right: readonly Term[]
  readonly onlyIfPresent: readonly string[]
}

export function expand(rule: RelationRule): RelationInstance[] {
  const { foreach, left, right, onlyIfPresent = [] } = rule
  if (foreach === undefined) return [{ rule, subject: '', left, right, onlyIfPresent }]
  return foreach.values.map((value) => {
    const fill = (text: string): string => text.replaceAll(`{${foreach.name}}`, value)
    return {
      rule,
      subject: value,
      left: left.map((term) => fillTerm(term, fill)),
      right: right.map((term) => fillTerm(term, fill)),
      onlyIfPresent: onlyIfPresent.map(fill),
    }
  })
}

function fillTerm(term: Term, fill: (text: string) => string): Term {
  if (typeof term === 'string') return fill(term)
  if (typeof term === 'number') return term
  if ('anyOf' in term) return { anyOf: term.anyOf.map((keys) => keys.map(fill)) }
  return { ...term, key: fill(term.key) }
}

interface Side {
  readonly addends: readonly Addend[]
  readonly constants: readonly number[]
}

/** One side with its figures added up. */
export interface Sum {
  readonly addends: readonly Addend[]
  readonly value: number
  /** False where every cell of the side is blank. */
  readonly hasNumber: boolean
  readonly blanks: number
}

/** The facts that an instance speaks of in this report; null where it is no instance here. */
export function resolve(instance: RelationInstance, sources: Sources): { left: Side; right: Side } | null {
  if (!instance.onlyIfPresent.every((key) => isPrinted(sources.report.get(key)))) return null
  const left = resolveSide(instance.left, sources)
  const right = resolveSide(instance.right, sources)
  if (left === null || right === null) return null
  const missing = (addend: Addend): boolean => !isPrinted(addend.fact)
  if (instance.rule.skipIfAllMissing === true && [...left.addends, ...right.addends].every(missing)) return null
  return { left, right }
}

function resolveSide(terms: readonly Term[], sources: Sources): Side | null {
  const addends: Addend[] = []
  const constants: number[] = []
  for (const term of terms) {
    if (typeof term === 'number') {
      constants.push(term)
      continue
    }
    for (const { key, factor, source } of factTerms(term, sources.report)) {
      const fact = sources[source]?.get(key)
      if (fact === undefined) return null
      addends.push({ fact, factor, source })
    }
  }
  return { addends, constants }
}

function factTerms(term: Exclude<Term, number>, report: FactIndex) {
  const plain = (key: string) => ({ key, factor: 1, source: 'report' as const })
  if (typeof term === 'string') return [plain(term)]
  if (!('anyOf' in term)) return [term]
  const printed = term.anyOf.find((keys) => keys.some((key) => report.has(key)))
  return (printed ?? term.anyOf[0] ?? []).map(plain)
}

export function checkRelation(instance: RelationInstance, sources: Sources): Finding | null {
  const sides = resolve(instance, sources)
  if (sides === null) return null
  const { rule, subject } = instance
  const all = [...sides.left.addends, ...sides.right.addends]
  const keys = all.filter(({ source }) => source === 'report').map(({ fact }) => fact.key)

  const unread = all.filter(({ fact }) => isUnread(fact))
  if (unread.length > 0) {
    const names = listNames(unread.map(({ fact }) => nameOf(fact)))
    return finding(rule, subject, keys, skip(`${names}未能读出，无法核对。`), 'unread')
  }

  const left = addUp(sides.left)
  const right = addUp(sides.right)
  const empty = !left.hasNumber ? left : !right.hasNumber ? right : null
  const other = empty === left ? right : left
  if (empty !== null && (!other.hasNumber || other.value !== 0)) {
    const names = listNames(empty.addends.map(({ fact }) => nameOf(fact)))
    return finding(rule, subject, keys, skip(`${names}空白，无从核对。`), other.hasNumber ? 'blank' : null)
  }
  if (rule.minRight !== undefined && right.value < rule.minRight) return null
  return finding(rule, subject, keys, judge(rule, left, right, nameApart(all)))
}

export function addUp({ addends, constants }: Side): Sum {
  const summands = constants.map((value) => ({ value, factor: 1 }))
  let blanks = 0
  for (const { fact, factor } of addends) {
    const value = numberOf(fact.reading)
    if (value !== null) summands.push({ value, factor })
    else if (isBlankFact(fact)) blanks++
  }
  return { addends, value: sumExact(summands), hasNumber: summands.length > 0, blanks }
}

/** Whether two sums stand to each other as the rule says; as large a distance as `tolerance` counts as none. */
export function stands(rule: RelationRule, left: number, right: number, tolerance = 0): boolean {
  return HOLDS[rule.op](left, right, tolerance, rule)
}

function judge(rule: RelationRule, left: Sum, right: Sum, names: Names): Verdict {
  const holds = stands(rule, left.value, right.value, toleranceOf([...left.addends, ...right.addends]))
  const sums = `${names.subject}${describeSum(left.addends, left.value, names)}，${describeSum(right.addends, right.value, names)}`
  const note = blankNote(left.blanks + right.blanks)
  return {
    outcome: holds ? 'pass' : 'fail',
    expected: right.value,
    actual: left.value,
    message: `${sums}，${holds ? HELD[rule.op] : BROKEN[rule.op](distanceExact(left.value, right.value))}${note}。`,
  }
}

/** Counts must agree to the unit; money to half a hundredth of the unit it is printed in. */
export function toleranceOf(addends: readonly Addend[]): number {
  return addends.some(({ fact }) => fact.type === 'decimal') ? 0.005 : 0
}

type Comparison = (left: number, right: number, tolerance: number, rule: RelationRule) => boolean

const HOLDS: Record<Operator, Comparison> = {
  '==': (left, right, tolerance) => distanceExact(left, right) <= tolerance,
  '<=': (left, right, tolerance) => left <= right || distanceExact(left, right) <= tolerance,
  '>=': (left, right, tolerance) => left >= right || distanceExact(left, right) <= tolerance,
  zero_implies_zero: (left, right) => left !== 0 || right === 0,
  both_zero_or_both_positive: (left, right) => left > 0 === right > 0,
  ratio_within: (left, right, _tolerance, { ratio = 1, minValue = 0 }) => {
    const larger = Math.max(left, right)
    return larger < minValue || larger <= ratio * Math.max(Math.min(left, right), Number.EPSILON)
  },
}

const HELD: Record<Operator, string> = {
  '==': '一致',
  '<=': '未超出',
  '>=': '不小于后者',
  zero_implies_zero: '相符',
  both_zero_or_both_positive: '相符',
  ratio_within: '变动在合理范围内',
}

const BROKEN: Record<Operator, (distance: number) => string> = {
  '==': (distance) => `相差 ${distance}`,
  '<=': (distance) => `前者多出 ${distance}`,
  '>=': (distance) => `前者少 ${distance}`,
  zero_implies_zero: () => '前者为零而后者不为零',
  both_zero_or_both_positive: () => '一项为零而另一项不为零',
  ratio_within: () => '变动超过十倍',
}
