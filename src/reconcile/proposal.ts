/**
 * Failed sums → the one figure that, read or printed differently, would put them right; a sentence for the reviewer, no more.
 *
 * A cell of the big table stands in one row sum, one column sum and for some rows in the balance. Where every sum through a
 * cell would hold with the same other figure in it, and the sums that fail point to no other cell, that figure is proposed. A
 * sum that fails alone points to all its cells and gives no proposal.
 */
import { numberOf } from '../report/reading.js'
import { sumExact } from './exact.js'
import { type FactIndex, isUnread } from './fact-index.js'
import type { Finding } from './finding.js'
import { addUp, type RelationInstance, resolve, type Sources } from './relation.js'
import { type Addend, nameOf } from './wording.js'

/** left − right as one sum over facts, which must be zero. */
interface Equation {
  readonly finding: Finding
  readonly addends: readonly Addend[]
  readonly gap: number
}

export function proposeRepairs(
  findings: readonly Finding[],
  instances: readonly RelationInstance[],
  facts: FactIndex,
): Map<Finding, string> {
  const proposals = new Map<Finding, string>()
  if (!findings.some(({ check }) => check.outcome === 'fail' && check.level === 'error')) return proposals
  const equations = equationsOf(findings, instances, facts)
  const failing = equations.filter(({ gap }) => gap !== 0)
  const through = new Map<string, Equation[]>()
  for (const equation of equations) {
    for (const { fact } of equation.addends) through.set(fact.key, [...(through.get(fact.key) ?? []), equation])
  }
  for (const equation of failing) {
    const repairs = equation.addends.flatMap(
      (addend) => repairAt(addend, equation, through.get(addend.fact.key) ?? []) ?? [],
    )
    const [only] = repairs
    if (only !== undefined && repairs.length === 1) proposals.set(equation.finding, only)
  }
  return proposals
}

function equationsOf(
  findings: readonly Finding[],
  instances: readonly RelationInstance[],
  facts: FactIndex,
): Equation[] {
  const byName = new Map(findings.map((found) => [`${found.check.rule}/${found.check.subject}`, found]))
  const sources: Sources = { report: facts, previous: null, children: null }
  return instances.flatMap((instance) => {
    const found = byName.get(`${instance.rule.id}/${instance.subject}`)
    const sides = found === undefined || found.check.outcome === 'skipped' ? null : resolve(instance, sources)
    if (found === undefined || sides === null) return []
    const right = sides.right.addends.map((addend) => ({ ...addend, factor: -addend.factor }))
    const addends = [...sides.left.addends, ...right]
    return [{ finding: found, addends, gap: addUp({ addends, constants: [] }).value }]
  })
}

/** null: no figure in this cell makes all its sums hold, or only one sum speaks for it. */
function repairAt({ fact, factor }: Addend, failing: Equation, through: readonly Equation[]): string | null {
  const printed = numberOf(fact.reading)
  if (isUnread(fact) || through.filter(({ gap }) => gap !== 0).length < 2) return null
  const value = sumExact([
    { value: printed ?? 0, factor: 1 },
    { value: failing.gap, factor: -factor },
  ])
  const change = value - (printed ?? 0)
  const closes = through.every(({ addends, gap }) => {
    const own = addends.find((addend) => addend.fact.key === fact.key)?.factor ?? 0
    return gap + own * change === 0
  })
  return closes && Number.isInteger(value) && value >= 0 ? `若「${nameOf(fact)}」为 ${value}，则各项均平。` : null
}
