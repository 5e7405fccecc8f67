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
import type { Check, Fact, ReportRecord } from '../record.js'
import { planTable, type Slot } from '../report/form.js'
import { FORMS } from '../report/forms/all.js'
import type { CellReading, FormFact } from '../report/reading.js'
import { checkName } from './items.js'

/** What a person says the page shows; null: the cell is blank. */
export type Corrections = ReadonlyMap<string, number | null>

/** The checks of the record, in its order: those between figures made again, all others as they were. */
export function reevaluate(record: ReportRecord, corrections: Corrections): Check[] {
  if (corrections.size === 0) return record.checks
  const touched = new Set(corrections.keys())
  const gaps = new Set(record.flags.flatMap(({ code, facts }) => (code === 'cell_missing' ? facts : [])))
  const cells = slotsOf(record.report.vintage)
  const index = indexFacts(
    record.facts.map((fact) => toFormFact(fact, cells.get(fact.key), gaps.has(fact.key), corrections.get(fact.key))),
  )
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

function toFormFact(
  fact: Fact,
  slot: Slot | undefined,
  isGap: boolean,
  correction: number | null | undefined,
): FormFact {
  const { key, unit, raw, location } = fact
  return {
    key,
    label: slot?.label ?? key,
    type: slot?.type ?? 'integer',
    unit,
    table: '',
    reading: correction === undefined ? readingOf(fact) : asReading(correction),
    raw,
    order: null,
    location,
    absentByVariant: fact.state === 'absent' && !isGap && correction === undefined,
  }
}

function readingOf({ state, value }: Fact): CellReading | null {
  switch (state) {
    case 'number':
    case 'zero':
      return asReading(value)
    case 'blank':
      return { kind: 'empty' }
    case 'dash':
      return { kind: 'dash' }
    case 'unreadable':
      return { kind: 'text' }
    case 'absent':
      return null
  }
}

function asReading(value: number | null): CellReading {
  if (value === null) return { kind: 'empty' }
  return value === 0 ? { kind: 'zero' } : { kind: 'number', value }
}

/** The cells of all forms by their key, those of the report's own vintage first. */
const slots = new Map<string | null, ReadonlyMap<string, Slot>>()

function slotsOf(vintage: string | null): ReadonlyMap<string, Slot> {
  const known = slots.get(vintage)
  if (known !== undefined) return known
  const forms = [...FORMS].sort((a, b) => Number(a.vintage === vintage) - Number(b.vintage === vintage))
  const all = new Map(
    forms.flatMap((form) =>
      form.tables.flatMap((table) =>
        planTable(table).slots.flatMap((across) => across.map((slot) => [slot.key, slot])),
      ),
    ) as [string, Slot][],
  )
  slots.set(vintage, all)
  return all
}
