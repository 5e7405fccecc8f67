/**
 * The checks of a report as it now stands → equations with their figures, to be drawn on the table and written out.
 *
 * Only relations between figures of one report are drawn. What the left and the right side hold is asked of the rules, with what people
 * corrected and what is being typed in it.
 */
import { type FactIndex, isUnread } from '../../../src/reconcile/fact-index.js'
import { expand, type RelationInstance, resolve } from '../../../src/reconcile/relation.js'
import type { Operator, RelationRule, Rule } from '../../../src/reconcile/rule.js'
import { RULES } from '../../../src/reconcile/rules.js'
import { nameOf } from '../../../src/reconcile/wording.js'
import type { Check, ReportRecord } from '../../../src/record.js'
import { numberOf } from '../../../src/report/reading.js'
import { type Corrections, formFactsOf } from '../../../src/review/form-facts.js'
import { checkName } from '../../../src/review/items.js'
import { indexOf } from '../../../src/review/reevaluate.js'

export interface Addend {
  readonly fact: string
  readonly name: string
  readonly factor: number
  /** null: blank, counted as nothing; or not read. */
  readonly value: number | null
  readonly isRead: boolean
}

export interface Side {
  readonly addends: readonly Addend[]
  /** null: something of it was not read. */
  readonly sum: number | null
}

export interface Equation {
  /** rule/subject. */
  readonly name: string
  readonly rule: string
  readonly title: string
  readonly level: Check['level']
  readonly outcome: Check['outcome']
  readonly operator: Operator
  /** What is added up, and what it is compared with: the printed total, where there is one. */
  readonly parts: Side
  readonly total: Side
  /** The cell of the total, where it is one. */
  readonly totalFact: string | null
  readonly facts: readonly string[]
}

let made: ReadonlyMap<string, RelationInstance> | null = null

function instances(): ReadonlyMap<string, RelationInstance> {
  made ??= new Map(
    RULES.filter(isRelation).flatMap((rule) =>
      expand(rule).map((instance) => [checkName({ rule: rule.id, subject: instance.subject }), instance]),
    ),
  )
  return made
}

function isRelation(rule: Rule): rule is RelationRule {
  return rule.kind === 'identity' || rule.kind === 'plausibility'
}

export function ruleTitle(id: string): string | null {
  return RULES.find((rule) => rule.id === id)?.title ?? null
}

export function factIndex(record: ReportRecord, corrections: Corrections): FactIndex {
  return indexOf(record, corrections)
}

/** What people call each cell. */
export function cellNames({ report, facts }: ReportRecord): ReadonlyMap<string, string> {
  const figures = { vintage: report.vintage, facts, gaps: new Set<string>(), corrections: new Map() }
  return new Map(formFactsOf(figures).map((fact) => [fact.key, nameOf(fact)]))
}

/** In the order of the checks; by name. */
export function equationsOf(checks: readonly Check[], index: FactIndex): ReadonlyMap<string, Equation> {
  const equations = new Map<string, Equation>()
  for (const check of checks) {
    const name = checkName(check)
    const instance = instances().get(name)
    const sides = instance === undefined ? null : resolve(instance, { report: index, previous: null, children: null })
    if (instance === undefined || sides === null) continue
    const left = sideOf(sides.left.addends, check.actual)
    const right = sideOf(sides.right.addends, check.expected)
    if (left.addends.length === 0 || right.addends.length === 0) continue
    // As one reads: what is added up first.
    const isTotalFirst = left.addends.length === 1 && right.addends.length >= 1
    const [parts, total] = isTotalFirst ? [right, left] : [left, right]
    equations.set(name, {
      name,
      rule: check.rule,
      title: instance.rule.title,
      level: check.level,
      outcome: check.outcome,
      operator: instance.rule.op,
      parts,
      total,
      totalFact: total.addends.length === 1 ? (total.addends[0]?.fact ?? null) : null,
      facts: check.facts,
    })
  }
  return equations
}

type Resolved = NonNullable<ReturnType<typeof resolve>>['left']['addends']

function sideOf(addends: Resolved, sum: number | null): Side {
  return {
    addends: addends.map(({ fact, factor }) => ({
      fact: fact.key,
      name: nameOf(fact),
      factor,
      value: numberOf(fact.reading),
      isRead: !isUnread(fact),
    })),
    sum,
  }
}

/** An equality of figures, which can be drawn with a bracket. */
export function isSum({ operator }: Equation): boolean {
  return operator === '=='
}

const MOST_WRITTEN = 8

export interface Written {
  readonly addends: readonly Addend[]
  /** So many more are zero or blank, and not written. */
  readonly zeros: number
}

/** 102 + 123 + 1, and 15 more that are zero: a long sum is written without what adds nothing. */
export function writtenOf({ addends }: Side): Written {
  if (addends.length <= MOST_WRITTEN) return { addends, zeros: 0 }
  const telling = addends.filter(({ value, isRead }) => !isRead || (value !== null && value !== 0))
  return { addends: telling, zeros: addends.length - telling.length }
}
