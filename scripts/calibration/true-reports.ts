/** Reports of all forms and of many sizes whose every identity holds, as they are read when nothing goes wrong. */
import type { Vintage } from '../../src/record.js'
import { planTable } from '../../src/report/form.js'
import type { FormFact, ReportReading } from '../../src/report/reading.js'
import { FORMS, reading } from '../../test/build/reading.js'
import type { Seeded } from '../../test/build/seeded.js'
import { balancedFigures } from '../samples/figures.js'

export interface TrueReport {
  readonly vintage: Vintage
  readonly reading: ReportReading
  readonly figures: ReadonlyMap<string, number>
  readonly tables: readonly TrueTable[]
}

export interface TrueTable {
  /** As in the record: requests, review_litigation, proactive, statistics. */
  readonly name: string
  /** Keys of facts, row by row. */
  readonly lines: readonly (readonly string[])[]
}

const REQUESTS = [0, 4, 15, 15, 60, 60, 250, 900]
const DISPUTES = [0, 3, 9, 9, 30, 120]
const DOCUMENTS = [2, 20, 150]
const DECISIONS = [0, 40, 3000]

export function trueReport(random: Seeded): TrueReport {
  const vintage = random.pick<Vintage>(['2014', '2019', '2019', '2021', '2021', '2021', '2021'])
  const form = FORMS[vintage]
  const about = (sizes: readonly number[]): number => {
    const size = random.pick(sizes)
    return random.integer(Math.ceil(size / 2), size)
  }
  const size = {
    requests: about(REQUESTS),
    disputes: about(DISPUTES),
    documents: about(DOCUMENTS),
    decisions: about(DECISIONS),
  }
  const singleOtherRow = vintage === '2021' && random.integer(0, 9) === 0
  const figures = balancedFigures(form, size, random, singleOtherRow ? { singleOtherRow } : {})
  const base = reading(vintage, Object.fromEntries(figures))
  const facts = singleOtherRow ? base.facts.map((fact) => leftOut(fact, figures)) : base.facts
  const lines = form.tables.map((spec) => {
    const keys = planTable(spec).slots.map((row) => row.flatMap(({ key }) => (figures.has(key) ? [key] : [])))
    return { name: spec.record, lines: keys.filter(({ length }) => length > 0) }
  })
  const names = [...new Set(lines.map(({ name }) => name))]
  return {
    vintage,
    reading: { ...base, facts },
    figures,
    tables: names.map((name) => ({
      name,
      lines: lines.filter((one) => one.name === name).flatMap((one) => one.lines),
    })),
  }
}

/** The three rows that the single row of 2019 stands for. */
function leftOut(fact: FormFact, figures: ReadonlyMap<string, number>): FormFact {
  return figures.has(fact.key) ? fact : { ...fact, reading: null, raw: null, order: null, absentByVariant: true }
}
