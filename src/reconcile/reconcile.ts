/**
 * What was read of a report → every check that can be made on it, and the flags that follow from the checks.
 *
 * Pure and total: no fact is changed, and every rule instance that the report's form has gives exactly one check, in the order
 * of the rules. Which vintage's rules apply is told table by table, because organs mix forms. Rules that need the report of
 * the year before, or those of the organs below, are silent until these are given.
 */
import type { Check, Flag, Vintage } from '../record.js'
import type { FormFact, ReportReading } from '../report/reading.js'
import { type Capture, capturesOf } from './captures.js'
import { derivation } from './discrepancy.js'
import { checkDomain } from './domain.js'
import { type FactIndex, indexFacts } from './fact-index.js'
import type { Finding } from './finding.js'
import { type IdentitySystem, identitySystem } from './identity-system.js'
import { type Localisation, localise } from './localise.js'
import { checkNarrative, checkProseSum } from './narrative.js'
import { checkAggregate, checkCopied, checkYearOnYear } from './other-reports.js'
import { checkRelation, expand, type RelationInstance, type Sources } from './relation.js'
import type { RelationRule, Rule, Term } from './rule.js'
import { lacksRuleMakingPower } from './rule-making-power.js'
import { RULES } from './rules.js'
import { checkStructure } from './structure.js'
import { raiseFlags } from './verdict.js'

export interface Reconciliation {
  readonly checks: Check[]
  /** Only those that follow from the checks; what was flagged in reading stands in the reading. */
  readonly flags: Flag[]
  readonly system: IdentitySystem
  /** The figures at fault, as far as arithmetic can tell. */
  readonly localisations: readonly Localisation[]
  /** What the prose states, whether or not a rule judged it. */
  readonly captures: readonly Capture[]
}

export interface OtherReports {
  /** The same organ's facts of the year before. */
  readonly previous?: FactIndex
  /** The facts of the subordinate organs, added up. */
  readonly children?: FactIndex
}

const INSTANCES = new Map<string, readonly RelationInstance[]>(
  RULES.filter(isRelation).map((rule) => [rule.id, expand(rule)]),
)
const INSTANCES_OF_ERROR_LEVEL = [...INSTANCES.values()].flat().filter(({ rule }) => rule.level === 'error')

function isRelation(rule: Rule): rule is RelationRule {
  return rule.kind === 'identity' || rule.kind === 'plausibility' || rule.kind === 'cross_year'
}

const RULES_OVER_OTHERS = RULES.filter(needsOthers)

function needsOthers(rule: Rule): boolean {
  if (rule.kind === 'copied' || rule.kind === 'hierarchy' || rule.kind === 'narrative_cross_year') return true
  return isRelation(rule) && [...rule.left, ...rule.right].some(isOfAnother)
}

function isOfAnother(term: Term): boolean {
  return typeof term === 'object' && 'source' in term && term.source !== 'report'
}

export function reconcile(reading: ReportReading, others: OtherReports = {}): Reconciliation {
  const captures = capturesOf(reading.passages, reading.vintage)
  const findings = findAll(reading, others, captures)
  const system = identitySystem(findings, INSTANCES_OF_ERROR_LEVEL, indexFacts(reading.facts))
  const localisations = localise(system)
  return {
    checks: findings.map(({ check }) => check),
    flags: raiseFlags(findings, reading, derivations(localisations)),
    system,
    localisations,
    captures,
  }
}

/** Only the checks that need the other reports: of a report that was reconciled by itself before. */
export function reconcileWith(reading: ReportReading, others: OtherReports): Check[] {
  return findAll(reading, others, capturesOf(reading.passages, reading.vintage), RULES_OVER_OTHERS).map(
    ({ check }) => check,
  )
}

/** What would put a failed check right, in words. */
function derivations(localisations: readonly Localisation[]): Map<Finding, string> {
  return new Map(
    localisations.flatMap(({ failing, correction }) =>
      correction === null ? [] : failing.map((found): [Finding, string] => [found, derivation(correction)]),
    ),
  )
}

function findAll(
  reading: ReportReading,
  others: OtherReports,
  captures: readonly Capture[],
  rules: readonly Rule[] = RULES,
): Finding[] {
  const { vintage } = reading
  const report = indexFacts(reading.facts)
  const sources: Sources = { report, previous: others.previous ?? null, children: others.children ?? null }
  const vintageOf = vintagesOfTables(reading)
  const applies = (rule: Rule, fact: FormFact | undefined): boolean => {
    const own = fact === undefined ? vintage : (vintageOf.get(fact.table) ?? vintage)
    return own !== null && rule.vintages.includes(own)
  }

  const findingsOf = (rule: Rule): readonly (Finding | null)[] => {
    switch (rule.kind) {
      case 'identity':
      case 'plausibility':
      case 'cross_year':
        if (rule.appliesTo !== undefined && !lacksRuleMakingPower(reading.organ ?? '')) return []
        return (INSTANCES.get(rule.id) ?? [])
          .filter((instance) => applies(rule, firstFact(instance, report)))
          .map((instance) => checkRelation(instance, sources))
      case 'domain':
        return reading.facts.filter((fact) => applies(rule, fact)).map((fact) => checkDomain(rule, fact))
      case 'structure':
        return applies(rule, undefined) ? [checkStructure(rule, reading, captures)] : []
      case 'narrative':
        return applies(rule, undefined) ? [checkNarrative(rule, captures, report)] : []
      case 'prose_sum':
        return applies(rule, undefined) ? [checkProseSum(rule, captures)] : []
      case 'narrative_cross_year':
        return sources.previous === null || !applies(rule, undefined)
          ? []
          : [checkYearOnYear(rule, captures, report, sources.previous)]
      case 'copied':
        return sources.previous === null || !applies(rule, undefined)
          ? []
          : [checkCopied(rule, report, sources.previous)]
      case 'hierarchy':
        return sources.children === null || !applies(rule, undefined) ? [] : checkAggregate(rule, sources)
    }
  }
  return rules.flatMap(findingsOf).filter((found) => found !== null)
}

function firstFact({ left: [first] }: RelationInstance, report: FactIndex): FormFact | undefined {
  return typeof first === 'string' ? report.get(first) : undefined
}

/**
 * The rules of 2021 over the table of requests also fit a form of 2019 that was kept in use, with its single row
 * （六）其他处理, so that the newer of table and report decides there.
 */
function vintagesOfTables({ formTables, vintage }: ReportReading): Map<string, Vintage> {
  return new Map(
    formTables.map((table) => [
      table.key,
      table.key === 'requests' && table.vintage === '2019' && vintage === '2021' ? '2021' : table.vintage,
    ]),
  )
}
