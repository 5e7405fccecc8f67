/**
 * What is to be settled beyond what the record says: cells of a form that people say it follows, cells that were assigned and cannot be read,
 * sums that could not be made before and fail now, and remarks as they now stand.
 *
 * A sum that held as read and fails by a correction is none of these: the correction is wrong, or another one is lacking.
 */
import type { Check, ReportRecord, Section } from '../record.js'
import { plansOf } from './form-cells.js'
import { byUrgency, checkName, evidenceOf, type Item, itemsOf, shown } from './items.js'
import type { LaidRecord } from './laid-record.js'
import { proseFindings } from './prose-again.js'
import { indexOf } from './reevaluate.js'
import { withRemarks } from './remarks.js'

/** All items of a report with what was laid over it. `checks`: with what was corrected, too, in figures and in `sections`. */
export function itemsOfLaid(
  asRead: ReportRecord,
  laid: LaidRecord,
  values: ReadonlyMap<string, number | null>,
  checks: readonly Check[],
  sections: readonly Section[],
): Item[] {
  const { report, facts } = laid.record
  // Where the form was told by the year alone, the tables are lacking with all their cells: each is an item of its own.
  const said = new Set(asRead.checks.flatMap(({ rule, message }) => (rule === 'ST-TABLES' ? [message] : [])))
  const own = itemsOf(laid.record).filter(({ code, facts, message }) => {
    const isOfTables = code === 'table_missing' || (code === 'check_failed' && said.has(message))
    return !isOfTables || facts.length > 0 || laid.added.length === 0
  })
  const spoken = new Set(own.flatMap(({ code, facts }) => (code === 'table_missing' ? facts : [])))
  const prose = checks === asRead.checks ? [] : proseFindings(report, sections, indexOf(laid.record, values))
  return byUrgency([
    ...withRemarks(own, { asRead, facts, corrections: values, checks, prose }),
    ...lackingTables(laid, spoken),
    ...unreadableCells(laid),
    ...failedSums(asRead, laid, values, checks),
  ])
}

const PLAIN = {
  urgency: 'error',
  checks: [],
  location: null,
  counterpart: null,
  discrepancy: null,
} as const

function lackingTables({ added }: LaidRecord, spoken: ReadonlySet<string>): Item[] {
  return added.flatMap(({ name, facts }): Item[] => {
    const lacking = facts.filter((fact) => !spoken.has(fact))
    if (lacking.length === 0) return []
    const message = `「${name}」表有 ${lacking.length} 格待填。`
    return [
      {
        ...PLAIN,
        id: `table_missing:${lacking.join(',')}`,
        code: 'table_missing',
        facts: lacking,
        message,
        evidence: message,
      },
    ]
  })
}

function unreadableCells({ record, assigned }: LaidRecord): Item[] {
  const facts = new Map(record.facts.map((fact) => [fact.key, fact]))
  const flagged = new Set(record.flags.flatMap(({ code, facts: keys }) => (code === 'cell_unreadable' ? keys : [])))
  const labels = labelsOf(record)
  return [...assigned].flatMap(([key, { cell }]): Item[] => {
    if (cell.state !== 'unreadable' || flagged.has(key)) return []
    const message = `「${labels.get(key) ?? key}」印作「${cell.raw}」，未能读出，请填入。`
    const evidence = evidenceOf([key], facts)
    return [
      {
        ...PLAIN,
        id: `cell_unreadable:${key}`,
        code: 'cell_unreadable',
        facts: [key],
        message,
        location: cell.location,
        evidence,
      },
    ]
  })
}

function labelsOf({ report }: ReportRecord): ReadonlyMap<string, string> {
  const slots = plansOf(report.vintage).flatMap((plan) => plan.slots.flat())
  return new Map(slots.map(({ key, label }) => [key, label]))
}

function failedSums(
  asRead: ReportRecord,
  { record }: LaidRecord,
  values: ReadonlyMap<string, number | null>,
  checks: readonly Check[],
): Item[] {
  const outcomes = new Map(record.checks.map((check) => [checkName(check), check.outcome]))
  const spoken = new Set(record.discrepancies.flatMap((one) => one.checks.map(checkName)))
  const failedAsRead = new Set(asRead.checks.filter(({ outcome }) => outcome === 'fail').map(checkName))
  const printed = new Map(record.facts.map((fact) => [fact.key, { raw: shown(fact.raw, values.get(fact.key)) }]))
  return checks.flatMap((check): Item[] => {
    const name = checkName(check)
    if (check.outcome !== 'fail' || check.level !== 'error' || spoken.has(name) || failedAsRead.has(name)) return []
    if (outcomes.get(name) === 'pass') return []
    const { facts, message } = check
    const location = record.facts.find(({ key }) => key === facts[0])?.location ?? null
    const evidence = evidenceOf(facts, printed)
    return [
      { ...PLAIN, id: `discrepancy:${name}`, code: 'check_failed', facts, checks: [name], message, location, evidence },
    ]
  })
}
