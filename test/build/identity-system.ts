/** The identities of a report that was never on paper, as `localise` takes them. */
import { indexFacts } from '../../src/reconcile/fact-index.js'
import { type IdentitySystem, identitySystem } from '../../src/reconcile/identity-system.js'
import { checkRelation, expand } from '../../src/reconcile/relation.js'
import type { RelationRule, Rule } from '../../src/reconcile/rule.js'
import { RULES } from '../../src/reconcile/rules.js'
import type { Vintage } from '../../src/record.js'
import type { FormFact } from '../../src/report/reading.js'

const INSTANCES = RULES.filter(
  (rule: Rule): rule is RelationRule => rule.level === 'error' && rule.kind === 'identity',
).flatMap(expand)

export function systemOf(vintage: Vintage, facts: readonly FormFact[]): IdentitySystem {
  const index = indexFacts(facts)
  const instances = INSTANCES.filter(({ rule }) => rule.vintages.includes(vintage))
  const findings = instances.flatMap((instance) => {
    return checkRelation(instance, { report: index, previous: null, children: null }) ?? []
  })
  return identitySystem(findings, instances, index)
}
