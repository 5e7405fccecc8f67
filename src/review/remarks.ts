/**
 * What is worth a remark now: failed checks of level warning, as they come out with what people assigned, corrected and say is printed.
 *
 * A remark of the record stays known by its name, so that what was decided about it is found again; where its check comes out otherwise, it
 * says so. What fails only now is a remark that was not there. Which of several failures are one and the same is told as when it was read.
 */
import { tellOnce } from '../reconcile/differences.js'
import type { Finding } from '../reconcile/finding.js'
import type { Check, ReportRecord } from '../record.js'
import { checkName, evidenceOf, type Item, shown } from './items.js'
import { isMadeAgain } from './reevaluate.js'

export interface Remarked {
  /** As it was read. */
  readonly asRead: ReportRecord
  /** With what was assigned. */
  readonly facts: ReportRecord['facts']
  readonly corrections: ReadonlyMap<string, number | null>
  readonly checks: readonly Check[]
  /** What the prose states where a check is about it. */
  readonly prose: readonly Finding[]
}

/** `items`: those of the record, of which the remarks are put right. */
export function withRemarks(items: readonly Item[], remarked: Remarked): readonly Item[] {
  const { asRead, checks } = remarked
  const named = items.map((item) => ({ ...item, checks: item.checks.length > 0 ? item.checks : namesOf(item, asRead) }))
  if (checks === asRead.checks) return named
  const now = remarksNow(remarked)
  const replacing = (own: Item) =>
    now.find((each) => each.id === own.id) ?? now.find(({ checks: [name = ''] }) => own.checks.includes(name))
  const kept = named.map((own) => {
    if (!isRemark(own)) return own
    const other = replacing(own)
    if (other === undefined || own.message.startsWith(other.message)) return own
    return { ...other, counterpart: own.counterpart ?? other.counterpart }
  })
  const said = new Set(kept.flatMap((item) => (isRemark(item) ? [item.id, ...item.checks] : [])))
  return [...kept, ...now.filter(({ id, checks: names }) => ![id, ...names].some((name) => said.has(name)))]
}

function isRemark({ code, discrepancy, urgency, checks }: Item): boolean {
  return code === 'check_failed' && discrepancy === null && urgency !== 'error' && checks.length > 0
}

/** The checks that a remark of the record is about, of those that are made again. */
function namesOf({ code, urgency, discrepancy, facts, message }: Item, { checks }: ReportRecord): readonly string[] {
  if (code !== 'check_failed' || discrepancy !== null || urgency === 'error') return []
  return checks
    .filter((check) => check.outcome === 'fail' && message.startsWith(check.message) && isMadeAgain(check))
    .filter((check) => check.facts.join() === facts.join())
    .map(checkName)
}

function remarksNow({ facts, corrections, checks, prose }: Remarked): readonly Item[] {
  const stated = new Map(prose.map((found) => [checkName(found.check), found]))
  const failed = checks
    .filter(({ outcome, level }) => outcome === 'fail' && level === 'warning')
    .filter(isMadeAgain)
    .map((check): Finding => ({ cause: null, ...stated.get(checkName(check)), check }))
  const places = new Map(facts.map(({ key, location }) => [key, location]))
  const printed = new Map(facts.map(({ key, raw }) => [key, { raw: shown(raw, corrections.get(key)) }]))
  return tellOnce(failed).map(({ found: { check }, phrases }): Item => {
    const { facts: cells, message } = check
    const sentence = phrases[0]?.location ?? null
    const location = cells.map((key) => places.get(key) ?? null).find((place) => place !== null) ?? null
    return {
      id: `check_failed:${cells.length > 0 ? cells.join(',') : message}`,
      urgency: phrases.length > 0 ? 'prose' : 'note',
      code: 'check_failed',
      facts: cells,
      checks: [checkName(check)],
      message,
      location: location ?? sentence,
      counterpart: location === null ? null : sentence,
      discrepancy: null,
      evidence: cells.length > 0 ? evidenceOf(cells, printed) : message,
    }
  })
}
