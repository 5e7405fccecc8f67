/**
 * A record and other figures for some of its cells → its sums once more.
 *
 * Only what a figure can change is judged again: the relations between figures of this report. Which of them the report has was settled when
 * it was read; here each is made again by its name, with the corrected figures in it.
 */

import { indexFacts } from '../reconcile/fact-index.js'
import { checkRelation, expand, type RelationInstance } from '../reconcile/relation.js'
import type { RelationRule, Rule } from '../reconcile/rule.js'
import { RULES } from '../reconcile/rules.js'
import type { Check, ReportRecord } from '../record.js'
import { type Corrections, formFactsOf } from './form-facts.js'
import { checkName } from './items.js'

/** The checks of the record, in its order: those between figures made again, all others as they were. */
export function reevaluate(record: ReportRecord, corrections: Corrections): Check[] {
  if (corrections.size === 0) return record.checks
  const touched = new Set(corrections.keys())
  const gaps = new Set(record.flags.flatMap(({ code, facts }) => (code === 'cell_missing' ? facts : [])))
  const index = indexFacts(formFactsOf({ vintage: record.report.vintage, facts: record.facts, gaps, corrections }))
  return record.checks.map((check) => {
    const instance = check.facts.some((key) => touched.has(key)) ? instances().get(checkName(check)) : undefined
    if (instance === undefined) return check
    const found = checkRelation(instance, { report: index, previous: null, children: null })
    return found?.check ?? check
  })
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
