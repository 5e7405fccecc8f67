/**
 * Failed checks → what a person is told of, each difference between the prose and the tables once.
 *
 * A record has one check for each rule, so that one slip of the pen may fail several. Two failures are one difference where the
 * same figure stands against the same cells, however often the text states it, and where two rules take up one phrase (接收、办理
 * 申请15件) and would both have accepted the same sum. A list that does not add up says nothing new where it would with the
 * tables' figures in the place of those already told of. Checks over the tables alone pass through.
 */
import { type Capture, overlap } from './captures.js'
import type { Finding } from './finding.js'
import { addsUp } from './narrative.js'

export interface Difference {
  /** The first of the failures that show it. */
  readonly found: Finding
  /** Phrases that state it; none where the tables alone disagree. */
  readonly phrases: readonly Capture[]
}

export function tellOnce(failed: readonly Finding[]): Difference[] {
  const told: { found: Finding; phrases: Capture[] }[] = []
  const printed = printedInstead(failed)
  for (const found of failed) {
    const { stated, list } = found
    if (list !== undefined && addsUp(list, (one) => printed.get(one) ?? one.value)) continue
    const known = told.find((other) => isSame(other.found, found))
    if (known === undefined) told.push({ found, phrases: stated === undefined ? [] : [stated] })
    else if (stated !== undefined && !known.phrases.some((one) => overlap(one, stated))) known.phrases.push(stated)
  }
  return told
}

/** What the tables have for the statements that they contradict. */
function printedInstead(failed: readonly Finding[]): ReadonlyMap<Capture, number> {
  return new Map(
    failed.flatMap(({ stated, list, check: { expected } }) =>
      stated === undefined || list !== undefined || expected === null ? [] : [[stated, expected]],
    ),
  )
}

function isSame(one: Finding, other: Finding): boolean {
  if (one.stated === undefined || other.stated === undefined) return false
  if (one.list !== undefined || other.list !== undefined || one.check.actual !== other.check.actual) return false
  const sameCells = one.check.facts.join() === other.check.facts.join()
  return sameCells || (overlap(one.stated, other.stated) && acceptOneSum(one.stated, other.stated))
}

function acceptOneSum({ rule: one }: Capture, { rule: other }: Capture): boolean {
  const sums = new Set(one.accepts.map((terms) => JSON.stringify(terms)))
  return other.accepts.some((terms) => sums.has(JSON.stringify(terms)))
}
