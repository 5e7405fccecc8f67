/**
 * A record and other figures for some of its cells, or other prose → its checks once more.
 *
 * Only what these can change is judged again: the relations between figures of this report, what may stand in a cell, and what the prose says
 * of either. Which of them the report has was settled when it was read; those that it could not have then, for want of a cell that a
 * person has given since, are added behind.
 */
import { checkDomain } from '../reconcile/domain.js'
import { type FactIndex, indexFacts } from '../reconcile/fact-index.js'
import { checkRelation, expand, type RelationInstance } from '../reconcile/relation.js'
import type { DomainRule, RelationRule, Rule } from '../reconcile/rule.js'
import { lacksRuleMakingPower } from '../reconcile/rule-making-power.js'
import { RULES } from '../reconcile/rules.js'
import type { Check, ReportRecord, Section } from '../record.js'
import { foldedKeys } from './form-cells.js'
import { type Corrections, formFactsOf } from './form-facts.js'
import { checkName } from './items.js'
import { isOfProse, proseFindings } from './prose-again.js'

export interface Given {
  /** Cells of the record that are other than when its checks were made. */
  readonly cells?: ReadonlySet<string>
  /** As they read now. */
  readonly sections?: readonly Section[]
}

/** The checks of the record, in its order: those that may come out otherwise made again, all others as they were. */
export function reevaluate(
  record: ReportRecord,
  corrections: Corrections,
  { cells: given = new Set(), sections = record.sections }: Given = {},
): Check[] {
  const isRetold = sections !== record.sections
  if (corrections.size === 0 && given.size === 0 && !isRetold) return record.checks
  const touched = new Set([...corrections.keys(), ...given])
  const index = indexOf(record, corrections)
  const made = new Set(record.checks.map(checkName))
  const isTouched = (facts: readonly string[]) => facts.some((key) => touched.has(key))
  const prose = new Map(
    proseFindings(record.report, sections, index).map(({ check }) => [checkName(check), check] as const),
  )
  const again = record.checks.flatMap((check) => {
    if (!PROSE.has(check.rule)) return isTouched(check.facts) ? (checkAgain(checkName(check), index) ?? check) : check
    const told = prose.get(checkName(check))
    if (isRetold) return told ?? []
    return told !== undefined && isTouched([...check.facts, ...told.facts]) ? told : check
  })
  const news = [...instances()].flatMap(([name, instance]) => {
    if (made.has(name) || !isInForce(instance.rule, record)) return []
    const check = checkRelation(instance, { report: index, previous: null, children: null })?.check
    return check !== undefined && isTouched(check.facts) ? [check] : []
  })
  const cells = [...touched].flatMap((key) => {
    const fact = index.get(key)
    const rule = domainRules().find(({ type, vintages }) => type === fact?.type && isOf(vintages, record))
    if (fact === undefined || rule === undefined || made.has(checkName({ rule: rule.id, subject: key }))) return []
    return checkDomain(rule, fact)?.check ?? []
  })
  const said = [...prose].flatMap(([name, check]) =>
    !made.has(name) && (isRetold || check.facts.length === 0 || isTouched(check.facts)) ? [check] : [],
  )
  return [...again, ...news, ...cells, ...said]
}

/** Whether the check is one of those that are made again. */
export function isMadeAgain({ rule }: Pick<Check, 'rule'>): boolean {
  return PROSE.has(rule) || RULES.some((each) => each.id === rule && (isOfOneReport(each) || each.kind === 'domain'))
}

const PROSE: ReadonlySet<string> = new Set(RULES.filter(isOfProse).map(({ id }) => id))

function checkAgain(name: string, index: FactIndex): Check | undefined {
  const instance = instances().get(name)
  if (instance !== undefined) return checkRelation(instance, { report: index, previous: null, children: null })?.check
  const [rule, key] = cut(name)
  const fact = index.get(key)
  const domain = domainRules().find(({ id }) => id === rule)
  return domain === undefined || fact === undefined ? undefined : checkDomain(domain, fact)?.check
}

function cut(name: string): readonly [rule: string, subject: string] {
  const at = name.indexOf('/')
  return [name.slice(0, at), name.slice(at + 1)]
}

/** The figures of a record as the rules ask for them. */
export function indexOf(record: ReportRecord, corrections: Corrections): FactIndex {
  const { report, facts } = record
  const there = new Set([
    ...corrections.keys(),
    ...facts.filter(({ state }) => state !== 'absent').map(({ key }) => key),
  ])
  const folded = foldedKeys(report.vintage, (key) => there.has(key))
  const gaps = new Set(gapsOf(record).filter((key) => !folded.has(key)))
  return indexFacts(formFactsOf({ vintage: report.vintage, facts, gaps, corrections }))
}

const GAPS = new Set(['cell_missing', 'table_missing'])

/** Keys of cells that should be there and were not found. */
function gapsOf({ flags }: ReportRecord): readonly string[] {
  return flags.flatMap(({ code, facts }) => (GAPS.has(code) ? facts : []))
}

function isInForce(rule: RelationRule, record: ReportRecord): boolean {
  if (rule.appliesTo !== undefined && !lacksRuleMakingPower(record.report.organ ?? '')) return false
  return isOf(rule.vintages, record)
}

function isOf(vintages: Rule['vintages'], { report }: ReportRecord): boolean {
  return report.vintage !== null && vintages.includes(report.vintage)
}

let made: ReadonlyMap<string, RelationInstance> | null = null

/** By rule and subject. Those that need another report are judged where the other report is at hand. */
function instances(): ReadonlyMap<string, RelationInstance> {
  made ??= new Map(
    RULES.filter(isOfOneReport).flatMap((rule) =>
      expand(rule).map((instance) => [checkName({ rule: rule.id, subject: instance.subject }), instance]),
    ),
  )
  return made
}

function isOfOneReport(rule: Rule): rule is RelationRule {
  return rule.kind === 'identity' || rule.kind === 'plausibility'
}

function domainRules(): readonly DomainRule[] {
  return RULES.filter((rule): rule is DomainRule => rule.kind === 'domain')
}
