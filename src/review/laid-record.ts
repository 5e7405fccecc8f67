/**
 * A record, the grids that people assigned and the form they say it follows → the record as if it had been read so.
 *
 * Assigned cells stand in place of what was read, or was not found, in them; cells of the form that the record does not have are there, not
 * found. Sums over either are made again, also those that the record could not make. What a discrepancy said of figures that are
 * others now is no longer said. The record itself is left as it is.
 */
import type { Discrepancy, Fact, ReportRecord, Vintage } from '../record.js'
import { nameOfTable } from '../report/form.js'
import type { AssignedCell, Assignment, Made } from './decisions.js'
import { askedKeys, plansOf, unitsOf } from './form-cells.js'
import { checkName } from './items.js'
import { reevaluate } from './reevaluate.js'

export interface Assigned {
  readonly cell: AssignedCell
  readonly made: Made<Assignment>
}

export interface LaidRecord {
  readonly record: ReportRecord
  /** By key; the last one that has the cell. */
  readonly assigned: ReadonlyMap<string, Assigned>
  /** Cells of the form that the record does not have, by their table. */
  readonly added: readonly AddedTable[]
}

export interface AddedTable {
  readonly name: string
  readonly facts: readonly string[]
}

/** `vintage`: as people say; null: nobody does. */
export function layRecord(
  record: ReportRecord,
  assignments: readonly Made<Assignment>[],
  vintage: Vintage | null,
): LaidRecord {
  const own = vintage ?? record.report.vintage ?? assignments.at(-1)?.decision.vintage ?? null
  const assigned = new Map(
    assignments.flatMap((made) => made.decision.cells.map((cell): [string, Assigned] => [cell.fact, { cell, made }])),
  )
  const added = addedTables(record, own, assigned)
  if (assigned.size === 0 && added.length === 0 && own === record.report.vintage) return { record, assigned, added }
  const known = new Set(record.facts.map(({ key }) => key))
  const more = [...added.flatMap(({ facts }) => facts), ...assigned.keys()].filter((key) => !known.has(key))
  const units = unitsOf(own)
  const facts = [...record.facts, ...[...new Set(more)].map((key) => notFound(key, units.get(key) ?? '件'))].map(
    (fact) => {
      const cell = assigned.get(fact.key)?.cell
      return cell === undefined ? fact : asAssigned(fact, cell)
    },
  )
  const formed = { ...record, report: { ...record.report, vintage: own }, facts }
  const checks = reevaluate(formed, new Map(), { cells: new Set([...assigned.keys(), ...more]) })
  const discrepancies = record.discrepancies.map((one) => unsaid(one, record, assigned))
  return { record: { ...formed, checks, discrepancies }, assigned, added }
}

/**
 * Where people say that the report follows another form, all that it has not of that; where its own form was told by the year alone, the
 * tables that it names as missing without a cell of theirs.
 */
function addedTables(
  { facts, flags, report }: ReportRecord,
  vintage: Vintage | null,
  assigned: ReadonlyMap<string, Assigned>,
): readonly AddedTable[] {
  const isUnformed = flags.some(({ code, facts: cells }) => code === 'table_missing' && cells.length === 0)
  if (vintage === report.vintage && !isUnformed) return []
  const known = new Set(facts.map(({ key }) => key))
  const there = new Set([...assigned.keys(), ...facts.filter(({ state }) => state !== 'absent').map(({ key }) => key)])
  return plansOf(vintage).flatMap((plan): AddedTable[] => {
    const lacking = askedKeys(plan, (key) => there.has(key)).filter((key) => !known.has(key))
    return lacking.length === 0 ? [] : [{ name: nameOfTable(plan.spec), facts: lacking }]
  })
}

function notFound(key: string, unit: string): Fact {
  return {
    key,
    value: null,
    state: 'absent',
    raw: null,
    unit,
    location: null,
    derived: null,
    grade: null,
    vouchers: { identities: [], readings: [] },
  }
}

function asAssigned({ key, unit }: Fact, { raw, state, value, location }: AssignedCell): Fact {
  return { ...notFound(key, unit), value, state, raw, location, grade: 'read_once' }
}

/** What was said of figures that are others now: no more than that its sums fail, if they still do. */
function unsaid(one: Discrepancy, { checks }: ReportRecord, assigned: ReadonlyMap<string, Assigned>): Discrepancy {
  const names = one.checks.map(checkName)
  const cells = checks.filter((check) => names.includes(checkName(check))).flatMap(({ facts }) => facts)
  const isTouched = [...cells, ...one.suspects].some((key) => assigned.has(key))
  return isTouched ? { ...one, verdict: 'undecided', evidence: [], suspects: [], proposal: null } : one
}
