/**
 * Document → what it says as a report: head, sections, tables, facts.
 *
 * Fails with `not_a_report` where nothing of a statutory report is there, or only its blank form, and with `unreadable` where
 * it is one by its title but shows nothing but pictures.
 */
import { fail } from '../document/failure.js'
import type { Document, Doubt, DoubtCode, Grid, Paragraph, Result } from '../document/model.js'
import type { Flag, Section, Table } from '../record.js'
import { factFlags, factsOf } from './facts.js'
import { type Form, nameOfTable } from './form.js'
import { FORMS } from './forms/all.js'
import { type Headline, readHeadline } from './headline.js'
import { documentLines, gridsOf, linesOf, looksLikeFigure, paragraphsOf, unflatten } from './lines.js'
import { entriesOf, topHeadings } from './outline.js'
import { type FormFact, type FormTable, numberOf, type ReportReading } from './reading.js'
import { readSections } from './sections.js'
import { FormTables } from './tables.js'
import { type ChosenTable, chooseTables, type FormMatch, formOfYear, recogniseForm } from './vintage.js'

const spread = new WeakMap<Form, FormTables>()

/** The tables of a form, spread out when they are first asked for: most reports follow the newest form. */
function tablesOf(form: Form): FormTables {
  const known = spread.get(form) ?? new FormTables(form)
  spread.set(form, known)
  return known
}

const isLabel = (text: string): boolean => FORMS.some((form) => tablesOf(form).isLabel(text))
/** A text with the title and so many sections of a form is a report even if its tables are gone. */
const ENOUGH_SECTIONS = 3

export function readReport(document: Document): Result<ReportReading> {
  const headline = readHeadline(document)
  const grids = gridsOf(document)
  const { matches, flattened } = matchForms(document, headline)
  const chosen = recogniseForm(matches, headline.year)
  const form = chosen?.form ?? formOfYear(FORMS, headline.year)
  const ownForms = form === null ? FORMS : [form]
  const entries = entriesOf(document, ownForms, isLabel, new Set([...headline.paragraphs, ...flattened]))
  const { sections, passages } = readSections(entries, topHeadings(entries, ownForms))
  const tables = chosen === null ? [] : chooseTables(chosen, matches)
  const facts = tables.flatMap(({ match }) => factsOf(match))
  const failed = refuse(document, headline, sections, tables, facts)
  if (failed !== null) return failed
  const formTables =
    tables.length > 0 ? tables.map((table) => formTable(table, document)) : missingTables(form, document)
  const printed = new Set(formTables.filter((table) => table.state === 'found').map((table) => table.key))
  const complete = formTables.length > 0 && formTables.every((table) => table.state === 'found')
  const expected = (form?.sections ?? []).filter((section) => section.required)
  return {
    ok: true,
    value: {
      title: headline.title,
      organ: headline.organ,
      year: headline.year,
      vintage: form?.vintage ?? null,
      period: headline.period,
      sections,
      passages,
      expectedSections: expected.flatMap(({ key, title }) => (key === null ? [] : [{ key, title }])),
      tables: recordTables(tables, grids),
      formTables,
      facts,
      mixedForms: mixedForms(tables, form),
      flags: [
        ...headFlags(headline, form),
        ...document.doubts.map((doubt) => doubtFlag(doubt, complete)),
        ...tables.flatMap(({ match }) => match.flags),
        ...formTables.filter((table) => table.state !== 'found').map((table) => tableMissing(table, facts)),
        ...factFlags(facts, printed),
      ],
    },
  }
}

interface Matches {
  readonly matches: readonly FormMatch[]
  /** Paragraphs that are cells of tables which were flattened. */
  readonly flattened: readonly Paragraph[]
}

/** A form all of whose tables fit so well is the report's: no other can fit clearly better (vintage.ts). */
const TO_THE_WORD = 0.97

function matchForms(document: Document, headline: Headline): Matches {
  const entries = entriesOf(document, FORMS, isLabel, new Set(headline.paragraphs))
  const starts = topHeadings(entries, FORMS).flatMap(({ heading, key }) => {
    const entry = entries[heading.index]
    return entry === undefined ? [] : [{ block: entry.block, row: entry.row, key }]
  })
  const lines = documentLines(document, starts)
  const matches: FormMatch[] = []
  for (const form of FORMS) {
    const match = { form, tables: tablesOf(form).match(lines) }
    if (match.tables.every((table) => table.fit >= TO_THE_WORD)) return { matches: [match], flattened: [] }
    matches.push(match)
  }
  if (matches.some(({ tables }) => tables.every((table) => table.fit > 0))) return { matches, flattened: [] }
  return matchFlattened(document, matches)
}

/** Tables flattened to paragraphs are looked for only where grids do not give them. */
function matchFlattened(document: Document, matches: readonly FormMatch[]): Matches {
  const paragraphs = paragraphsOf(document)
  const grid = unflatten(paragraphs)
  if (grid === null) return { matches, flattened: [] }
  const lines = [linesOf(grid, 0)]
  const completed = FORMS.map((form, i) => {
    const more = tablesOf(form).match(lines)
    const known = matches[i]?.tables ?? []
    return { form, tables: known.map((table, k) => (table.fit > 0 ? table : (more[k] ?? table))) }
  })
  const found = completed.some(({ tables }, i) =>
    tables.some((table, k) => table !== matches[i]?.tables[k] && table.fit > 0),
  )
  const isCell = ({ text }: Paragraph): boolean => looksLikeFigure(text) || isLabel(text)
  return { matches: completed, flattened: found ? paragraphs.filter(isCell) : [] }
}

/** Tables that make a report even without a title; rows of licences and penalties are counted elsewhere too. */
const TELLING: ReadonlySet<string> = new Set(['requests', 'review_litigation', 'statistics'])

function refuse(
  document: Document,
  headline: Headline,
  sections: readonly Section[],
  tables: readonly ChosenTable[],
  facts: readonly FormFact[],
): ReturnType<typeof fail> | null {
  const keyed = sections.filter((section) => section.key !== null).length
  const titled = headline.title !== null || keyed >= ENOUGH_SECTIONS
  const telling = tables.some(({ match }) => match.fit > 0 && TELLING.has(match.spec.record))
  if ((titled || telling) && facts.some((fact) => numberOf(fact.reading) !== null)) return null
  const found = facts.filter((fact) => fact.reading !== null)
  if (found.length > facts.length / 2 && found.every((fact) => fact.reading?.kind === 'empty')) {
    return fail('not_a_report', '表格均为空白')
  }
  if (headline.title !== null && keyed >= ENOUGH_SECTIONS) return null
  const pictures = document.doubts.some((doubt) => doubt.code === 'picture_page')
  return pictures ? fail('unreadable') : fail('not_a_report')
}

function formTable({ match, vintage }: ChosenTable, document: Document): FormTable {
  const { key, section } = match.spec
  return { key, name: nameOfTable(match.spec), section, vintage, state: match.fit > 0 ? 'found' : absence(document) }
}

function missingTables(form: Form | null, document: Document): readonly FormTable[] {
  if (form === null) return []
  return form.tables.map((spec) => ({
    key: spec.key,
    name: nameOfTable(spec),
    section: spec.section,
    vintage: form.vintage,
    state: absence(document),
  }))
}

function absence(document: Document): 'missing' | 'picture' {
  const pictured =
    document.doubts.some((doubt) => doubt.code === 'picture_page') ||
    gridsOf(document).some((grid) => grid.cells.some((cell) => cell.hasImage === true))
  return pictured ? 'picture' : 'missing'
}

/** The record's tables: what the form counts as one table may lie in several grids. */
function recordTables(tables: readonly ChosenTable[], grids: readonly Grid[]): readonly Table[] {
  const byRecord = new Map<string, Set<number>>()
  for (const { match } of tables) {
    if (match.fit === 0) continue
    const known = byRecord.get(match.spec.record) ?? new Set<number>()
    for (const grid of match.grids) known.add(grid)
    byRecord.set(match.spec.record, known)
  }
  return [...byRecord]
    .map(([key, numbers]) => ({ key, grids: [...numbers].sort((a, b) => a - b) }))
    .sort((a, b) => (a.grids[0] ?? 0) - (b.grids[0] ?? 0))
    .map(({ key, grids: numbers }) => {
      const own = numbers.flatMap((number) => grids[number] ?? [])
      return { key, rows: own.flatMap(printedRows), location: own[0]?.locations[0] ?? null }
    })
}

function printedRows(grid: Grid): string[][] {
  return linesOf(grid, 0).map((line) => {
    const row = new Array<string>(grid.columnCount).fill('')
    for (const cell of line.cells) if (cell.row === line.row) row[cell.column] = cell.text
    return row
  })
}

function mixedForms(tables: readonly ChosenTable[], form: Form | null): readonly string[] {
  return tables.flatMap(({ match, vintage }) => {
    const kept = match.cells.filter((cell) => cell.row.insteadOf.some((key) => match.absentRows.includes(key)))
    if (kept[0] !== undefined) return [kept[0].row.spec.label]
    return match.fit > 0 && vintage !== form?.vintage ? [match.spec.banner?.label ?? match.spec.title] : []
  })
}

/** Doubtful letters outside the tables touch no figure. */
const OUTSIDE_TABLES: ReadonlySet<DoubtCode> = new Set<DoubtCode>(['distrusted_glyph', 'overprinted_text'])

/** A picture beside tables that are all there is an illustration; where one is missing, it may be that table. */
function doubtFlag({ code, message, location }: Doubt, complete: boolean): Flag {
  const harmless = OUTSIDE_TABLES.has(code) || (code === 'picture_page' && complete)
  return { code, severity: harmless ? 'warning' : 'error', message, facts: [], location }
}

function headFlags({ title, organ, year }: Headline, form: Form | null): readonly Flag[] {
  const flag = (code: string, severity: Flag['severity'], message: string): Flag => ({
    code,
    severity,
    message,
    facts: [],
    location: null,
  })
  return [
    ...(title === null ? [flag('title_unknown', 'warning', '未找到报告标题。')] : []),
    ...(organ === null ? [flag('organ_unknown', 'error', '未能确定发布机关。')] : []),
    ...(year === null ? [flag('year_unknown', 'error', '未能确定报告年度。')] : []),
    ...(form === null ? [flag('vintage_unknown', 'error', '未能确定适用的表式。')] : []),
  ]
}

function tableMissing(table: FormTable, facts: readonly FormFact[]): Flag {
  const keys = facts.filter((fact) => fact.table === table.key).map((fact) => fact.key)
  const message =
    table.state === 'picture' ? `「${table.name}」表可能是图片，未能读出。` : `未找到「${table.name}」表。`
  return { code: 'table_missing', severity: 'error', message, facts: keys, location: null }
}
