/**
 * A fact with what is known of its report → the row that the API and the command both give, and its line of CSV.
 *
 * The six states of a cell stay apart in both: a blank is no zero, a dash no blank, and a cell that was not found is none of these. What a
 * person corrected stands beside what was read, never in its place. Labels come in with the source, since what the forms print is known
 * elsewhere.
 */
import type { Box, Fact, Location, ReportRecord } from '../record.js'
import { type CsvCell, toCsvLine } from './csv.js'
import { DECISION_WORDS, GRADE_WORDS, REVIEW_WORDS, STATE_WORDS, STATUS_WORDS } from './wording.js'

export type FactDecision = 'corrected' | 'assigned' | 'as_published'
export type ReportReview = 'open' | 'accepted' | 'rejected'

export interface FactRow {
  readonly sha256: string
  readonly fileName: string
  readonly organ: string | null
  readonly year: number | null
  readonly vintage: string | null
  /** Of the report. */
  readonly status: ReportRecord['status']
  readonly key: string
  /** As the form prints it; null: a key that no form has. */
  readonly label: string | null
  readonly value: number | null
  readonly state: Fact['state']
  readonly raw: string | null
  readonly unit: string
  /** What the identities say must stand here, where the page does not say it; never in the place of value. */
  readonly derived: number | null
  /** null: absent, or read by a version that did not grade. */
  readonly grade: Fact['grade']
  /** What a person decided about the cell; null: nothing. */
  readonly decision: FactDecision | null
  /** What the page shows instead, where it was corrected or assigned; null: a blank, or neither was done. */
  readonly corrected: number | null
  /** Of the report; null: nobody has to look at it, and nobody has. */
  readonly review: ReportReview | null
  /** From 1; null where the format has no pages, or nothing was found. */
  readonly page: number | null
  readonly box: Box | null
  readonly location: Location | null
}

/** As the store has it. */
export interface FactSource {
  readonly sha256: string
  readonly file_name: string
  readonly organ: string | null
  readonly year: number | null
  readonly vintage: string | null
  readonly status: ReportRecord['status']
  readonly key: string
  readonly value: string | null
  readonly state: Fact['state']
  readonly raw: string | null
  readonly unit: string
  readonly location: Location | null
  readonly derived: string | null
  readonly grade: Fact['grade']
  readonly decision: FactDecision | null
  readonly corrected: string | null
  readonly review: ReportReview | null
}

export type LabelOf = (vintage: string | null, key: string) => string | null

export function toFactRow(source: FactSource, labelOf: LabelOf): FactRow {
  const { sha256, organ, year, vintage, status, key, value, state, raw, unit, location, derived, grade } = source
  const { decision, corrected, review } = source
  const onPage = location?.kind === 'page' ? location : null
  return {
    sha256,
    fileName: source.file_name,
    organ,
    year,
    vintage,
    status,
    key,
    label: labelOf(vintage, key),
    value: value === null ? null : Number(value),
    state,
    raw,
    unit,
    derived: derived === null ? null : Number(derived),
    grade,
    decision,
    corrected: corrected === null ? null : Number(corrected),
    review,
    page: onPage?.page ?? null,
    box: onPage?.box ?? null,
    location,
  }
}

export function toJsonLine(row: FactRow): string {
  return `${JSON.stringify(row)}\n`
}

interface Column {
  readonly header: string
  cell(row: FactRow): CsvCell
}

const COLUMNS: readonly Column[] = [
  { header: '机关', cell: ({ organ }) => organ },
  { header: '年度', cell: ({ year }) => year },
  { header: '指标', cell: ({ key }) => key },
  { header: '指标名称', cell: ({ label }) => label },
  { header: '数值', cell: ({ value }) => value },
  { header: '状态', cell: ({ state }) => STATE_WORDS[state] },
  { header: '原文', cell: ({ raw }) => raw },
  { header: '单位', cell: ({ unit }) => unit },
  { header: '推算值', cell: ({ derived }) => derived },
  { header: '可信等级', cell: ({ grade }) => (grade === null ? null : GRADE_WORDS[grade]) },
  { header: '报告状态', cell: ({ status }) => STATUS_WORDS[status] },
  { header: '版式', cell: ({ vintage }) => vintage },
  { header: '文件名', cell: ({ fileName }) => fileName },
  { header: 'sha256', cell: ({ sha256 }) => sha256 },
  { header: '页', cell: ({ page }) => page },
  { header: '位置', cell: ({ location }) => (location === null ? null : whereIs(location)) },
  { header: '复核决定', cell: ({ decision }) => (decision === null ? null : DECISION_WORDS[decision]) },
  { header: '改正值', cell: ({ decision, corrected }) => (isGiven(decision) ? (corrected ?? BLANK) : null) },
  { header: '复核', cell: ({ review }) => (review === null ? null : REVIEW_WORDS[review]) },
]

/** A person says what the page shows. */
function isGiven(decision: FactDecision | null): boolean {
  return decision === 'corrected' || decision === 'assigned'
}

/** Told apart from what was not corrected. */
const BLANK = '空白'

export const CSV_HEADER = toCsvLine(COLUMNS.map(({ header }) => header))

export function toCsvRow(row: FactRow): string {
  return toCsvLine(COLUMNS.map((column) => column.cell(row)))
}

/** Counted from 1, as a person counts; the box of a page in points from its top-left corner. */
function whereIs(location: Location): string {
  switch (location.kind) {
    case 'page':
      return location.box.join(' ')
    case 'cell':
      return `表${location.table + 1} 行${location.row + 1} 列${location.column + 1}`
    case 'line':
      return `第${location.line}行`
  }
}
