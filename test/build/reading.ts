/**
 * Readings of reports that were never on paper: a whole form filled with zeros, with the cells that a test is about put in.
 * What a test does not say is as in a clean report: every cell found, every section there, nothing flagged.
 */
import type { Section, Vintage } from '../../src/record.js'
import { type Form, nameOfTable, planTable } from '../../src/report/form.js'
import { form2014 } from '../../src/report/forms/2014.js'
import { form2019 } from '../../src/report/forms/2019.js'
import { form2021 } from '../../src/report/forms/2021.js'
import type { CellReading, FormFact, Passage, ReportReading } from '../../src/report/reading.js'

export const FORMS: Record<Vintage, Form> = { 2014: form2014, 2019: form2019, 2021: form2021 }

/** A number; '' or a dash for a cell left blank; null for one that was not found; other text for one not understood. */
export type Cell = number | string | null

export type Cells = Readonly<Record<string, Cell>>

export function fact(key: string, cell: Cell, more: Partial<FormFact> = {}): FormFact {
  return {
    key,
    label: key,
    type: 'integer',
    unit: '件',
    table: 'requests',
    reading: readingOf(cell),
    raw: cell === null ? null : String(cell),
    order: cell === null ? null : String(cell),
    location: null,
    absentByVariant: false,
    ...more,
  }
}

function readingOf(cell: Cell): CellReading | null {
  if (cell === null) return null
  if (cell === 0) return { kind: 'zero' }
  if (typeof cell === 'number') return { kind: 'number', value: cell }
  if (cell === '') return { kind: 'empty' }
  return /^[—/-]$/.test(cell) ? { kind: 'dash' } : { kind: 'text' }
}

/** Every fact of the form, zero unless `cells` says otherwise; a key that the form does not have is a mistake in the test. */
export function formFacts(vintage: Vintage, cells: Cells = {}): FormFact[] {
  const known = new Set<string>()
  const facts = FORMS[vintage].tables.map(planTable).flatMap(({ spec, rows, slots }) =>
    rows.flatMap((row, i) =>
      (slots[i] ?? []).map(({ key, ...slot }) => {
        known.add(key)
        const absent = row.insteadOf.length > 0
        return fact(key, key in cells ? (cells[key] ?? null) : absent ? null : 0, {
          ...slot,
          table: spec.key,
          absentByVariant: absent && !(key in cells),
        })
      }),
    ),
  )
  const strange = Object.keys(cells).filter((key) => !known.has(key))
  if (strange.length > 0) throw new Error(`the form of ${vintage} has no ${strange.join(', ')}`)
  return facts
}

export function section(key: string | null, text: string, children: readonly Section[] = []): Section {
  return { key, ordinal: null, title: key ?? '', text, children: [...children], location: null }
}

const CLEAN_TEXT: Record<string, string> = {
  problems: '一是部分工作人员业务能力有待提高；二是政策解读形式单一。下一步将加强培训。',
  other: '本年度未收取信息处理费。',
}

/** The line of the first passage that a reading's sections hold. */
export const FIRST_LINE = 101

export function reading(vintage: Vintage, cells: Cells = {}, more: Partial<ReportReading> = {}): ReportReading {
  const form = FORMS[vintage]
  const year = { 2014: 2016, 2019: 2020, 2021: 2023 }[vintage]
  const expectedSections = form.sections.flatMap(({ key, title, required }) =>
    required && key !== null ? [{ key, title }] : [],
  )
  const sections = more.sections ?? expectedSections.map(({ key }) => section(key, CLEAN_TEXT[key] ?? ''))
  return {
    title: `清河县人民政府${year}年政府信息公开工作年度报告`,
    organ: '清河县人民政府',
    year,
    vintage,
    period: { start: `${year}-01-01`, end: `${year}-12-31` },
    sections,
    passages: passagesOf(sections),
    expectedSections,
    tables: [],
    formTables: form.tables.map((spec) => ({
      key: spec.key,
      name: nameOfTable(spec),
      section: spec.section,
      vintage,
      state: 'found',
    })),
    facts: formFacts(vintage, cells),
    mixedForms: [],
    flags: [],
    ...more,
  }
}

/** The same report with other sections, and what they say. */
export function withSections(base: ReportReading, sections: readonly Section[]): ReportReading {
  return { ...base, sections, passages: passagesOf(sections) }
}

/** The same report with its prose in the overview. */
export function withProse(base: ReportReading, text: string): ReportReading {
  return withSections(
    base,
    base.sections.map((one) => (one.key === 'overview' ? { ...one, text } : one)),
  )
}

/** Paragraphs of text are lines 101, 102, … of the file, so that a test can say where a sentence stands. */
function passagesOf(sections: readonly Section[]): Passage[] {
  const texts = sections.flatMap((one) => textsOf(one).map((text) => ({ section: one.key, text })))
  return texts.map((passage, i) => ({ ...passage, location: { kind: 'line', line: FIRST_LINE + i } }))
}

function textsOf({ text, children }: Section): string[] {
  const own = text === '' ? [] : text.split('\n')
  return [...own, ...children.flatMap((child) => [child.title, ...textsOf(child)])]
}
