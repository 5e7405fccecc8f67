/**
 * Findings → the identities of the report as one system over its figures, to be solved for the ones at fault.
 *
 * An identity is a sum that must come to nothing: left − right. A cell that was seen to be blank counts as 0, as in the checks; one
 * that was not found or not understood is an unknown. The other checks of level error (a zero that forbids others, a part that must
 * not exceed its whole) are conditions: what is derived must meet them too.
 */
import { type FormFact, numberOf } from '../report/reading.js'
import { sumExact } from './exact.js'
import { type FactIndex, isUnread } from './fact-index.js'
import type { Finding } from './finding.js'
import { type RelationInstance, resolve, stands, toleranceOf } from './relation.js'
import type { Addend } from './wording.js'

/** A figure that stands in at least one identity or condition. */
export interface Figure {
  readonly fact: FormFact
  /** As printed; 0 for a blank, and for an unknown, which then says nothing. */
  readonly value: number
  /** Not found, or not understood: the page may say anything there. */
  readonly isUnknown: boolean
}

export interface Identity {
  readonly finding: Finding
  /** `figure` is a number in IdentitySystem.figures; each stands here once. */
  readonly terms: readonly { readonly figure: number; readonly factor: number }[]
  /** Σ factor × value, and what the rule itself adds. */
  readonly gap: number
  /** As large a gap still counts as none; 0 for counts. */
  readonly tolerance: number
}

export interface Condition {
  readonly finding: Finding
  readonly figures: readonly number[]
  isMet(at: (figure: number) => number): boolean
}

export interface IdentitySystem {
  readonly figures: readonly Figure[]
  readonly identities: readonly Identity[]
  readonly conditions: readonly Condition[]
  /**
   * Identities that were skipped because one side was left blank: they say nothing of their cells as these stand, but must hold
   * where somebody supposes a figure in the blank.
   */
  readonly unchecked: readonly Identity[]
}

/** `instances`: those of level error. */
export function identitySystem(
  findings: readonly Finding[],
  instances: readonly RelationInstance[],
  facts: FactIndex,
): IdentitySystem {
  const byName = new Map(findings.map((found) => [`${found.check.rule}/${found.check.subject}`, found]))
  const numbers = new Map<string, number>()
  const figures: Figure[] = []
  const identities: Identity[] = []
  const conditions: Condition[] = []
  const unchecked: Identity[] = []

  const numberFor = ({ fact }: Addend): number => {
    const known = numbers.get(fact.key)
    if (known !== undefined) return known
    numbers.set(fact.key, figures.length)
    figures.push({ fact, value: numberOf(fact.reading) ?? 0, isUnknown: isUnread(fact) })
    return figures.length - 1
  }
  const termsOf = (addends: readonly Addend[]) =>
    addends.map((addend) => ({ figure: numberFor(addend), factor: addend.factor }))

  for (const instance of instances) {
    const finding = byName.get(`${instance.rule.id}/${instance.subject}`)
    if (finding === undefined) continue
    const isBlank = finding.check.outcome === 'skipped' && finding.cause !== 'unread'
    if (isBlank && instance.rule.op !== '==') continue
    const sides = resolve(instance, { report: facts, previous: null, children: null })
    if (sides === null) continue
    const [left, right] = [termsOf(sides.left.addends), termsOf(sides.right.addends)]
    const { rule } = instance
    if (rule.op === '==') {
      const terms = [...left, ...right.map(({ figure, factor }) => ({ figure, factor: -factor }))]
      const gap = sumExact([
        ...sides.left.constants.map((value) => ({ value, factor: 1 })),
        ...sides.right.constants.map((value) => ({ value, factor: -1 })),
        ...terms.map(({ figure, factor }) => ({ value: figures[figure]?.value ?? 0, factor })),
      ])
      const tolerance = toleranceOf([...sides.left.addends, ...sides.right.addends])
      const list = isBlank ? unchecked : identities
      list.push({ finding, terms, gap, tolerance })
    } else {
      const sum = (terms: typeof left, constants: readonly number[], at: (figure: number) => number) =>
        sumExact([
          ...constants.map((value) => ({ value, factor: 1 })),
          ...terms.map(({ figure, factor }) => ({ value: at(figure), factor })),
        ])
      conditions.push({
        finding,
        figures: [...left, ...right].map(({ figure }) => figure),
        isMet: (at) => stands(rule, sum(left, sides.left.constants, at), sum(right, sides.right.constants, at)),
      })
    }
  }
  return { figures, identities, conditions, unchecked }
}
