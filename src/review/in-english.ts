/**
 * Failed checks, remarks, evidence and proposals → English, from their codes, cells and figures. What a record says itself is Chinese, and
 * is not read here. null: there is no wording for it, and the Chinese is shown.
 *
 * A wording is a sentence with gaps: {cells} the cells it is about, {count} how many they are, and figures of a check or of a change.
 * Where there is nothing for a gap, there is no wording.
 */
import { ENGLISH_TITLES } from '../reconcile/rules/english.js'
import type { Check, Discrepancy, Evidence, Proposal } from '../record.js'
import { checkName, type Item } from './items.js'

const EVIDENCE: Readonly<Record<string, string>> = {
  readings_agree: 'Both readings agree on all cells of these sums',
  readings_differ: 'The two readings differ: {cells}',
  cell_unread: 'Not read: {cells}',
  cell_doubted: 'Read with doubt: {cells}',
  read_once: 'Read in one way only: {cells}',
  grid_complete: 'Table complete, no cell missing',
  grid_incomplete: 'The table lacks cells ({count}); figures may have moved',
  extraction_repair: 'One slip of reading explains all that fails: {cells}',
  total_unfilled: 'Total left empty, its parts are filled: {cells}',
  prose_derived: 'The prose says of {cells} what is derived',
  prose_printed: 'The prose says of {cells} what is printed',
}

/** Of a cell that a proposal changes. */
const STATED: Readonly<Record<string, string>> = {
  prose_derived: 'The prose says {derived} of {cells}, as derived',
  prose_printed: 'The prose says {printed} of {cells}, as printed',
}

const FLAGS: Readonly<Record<string, string>> = {
  cell_missing: 'Not found ({count}): {cells}',
  cell_unreadable: 'Printed as something that is no number: {cells}',
  check_skipped: 'Could not be checked, as a cell was not read: {cells}',
  columns_moved: 'Columns stand in another order than in the form; they were told by their headings',
  damaged_part: 'Part of the file is damaged; compare with the original',
  distrusted_glyph: 'The text of the PDF does not agree with what is drawn',
  doubtful_figure: 'Doubtful: {cells}',
  form_variant: 'A table of an older form is kept',
  label_variant: 'A heading is worded unlike the form; it was told by its place',
  organ_unknown: 'The publishing organ could not be told',
  overprinted_text: 'Text is printed over other text',
  picture_page: 'There are pictures whose text was not read',
  readings_differ: 'The two readings differ: {cells}',
  row_ragged: 'A row has more or fewer figures than the form has columns',
  row_repeated: 'A row is printed more than once',
  second_reading_failed: 'The second reading failed; nothing could be compared',
  section_missing: 'A section is missing',
  table_misplaced: 'A table stands outside its section; it may be of another year or organ',
  table_missing: 'A table is missing',
  table_repeated: 'A table is there more than once; the file may hold two reports',
  title_unknown: 'No title was found',
  total_blank: 'The total is blank, so its parts could not be checked: {cells}',
  undecodable_text: 'Some characters could not be decoded; text may be missing',
  vintage_unknown: 'The form could not be told',
  year_unknown: 'The year could not be told',
}

/** What fails between reports, by its rule. */
const BETWEEN_REPORTS: Readonly<Record<string, string>> = {
  'XY-CARRY': '{cells}: {actual} carried in, but {expected} carried over by the report of last year',
  'XY-JUMP': '{cells}: {actual}, but {expected} last year',
  'XY-JUMP-FEES': '{cells}: {actual}, but {expected} last year (元 for 万元?)',
  'XY-SAME': 'All figures but zeros ({count}) are those of last year (copied?)',
  'AGG-SUM': '{cells}: {actual}, but the organs below add up to {expected}',
  'N-YOY': '{cells}: the prose says {actual} % on last year, the two reports give {expected} %',
}

type NameOf = (fact: string) => string

export function ruleInEnglish(id: string): string | null {
  return ENGLISH_TITLES[id] ?? null
}

export function evidenceInEnglish({ code, facts }: Evidence, proposal: Proposal | null, nameOf: NameOf): string | null {
  const change = proposal?.changes.find(({ fact }) => fact === facts[0])
  return filled(STATED[code], facts, change ?? {}, nameOf) ?? filled(EVIDENCE[code], facts, {}, nameOf)
}

export function discrepancyInEnglish({ proposal, suspects }: Discrepancy, nameOf: NameOf): string {
  if (proposal !== null) return proposalInEnglish(proposal, nameOf)
  return suspects.length === 0
    ? 'These sums do not hold; arithmetic cannot tell which cell is wrong'
    : `Any of ${listed(suspects, nameOf)} may be wrong; arithmetic cannot tell`
}

export function proposalInEnglish({ changes }: Proposal, nameOf: NameOf): string {
  return `All sums hold with ${changes.map(({ fact, derived }) => `「${nameOf(fact)}」 = ${figure(derived)}`).join(', ')}`
}

/** In short: of a discrepancy what would put it right, of a remark what it says. */
export function itemInEnglish(item: Item, checks: readonly Check[], nameOf: NameOf): string | null {
  return item.discrepancy === null
    ? messageInEnglish(item, checks, nameOf)
    : discrepancyInEnglish(item.discrepancy, nameOf)
}

/** What is wrong. `checks`: as they came out, the latest first. */
export function messageInEnglish(item: Item, checks: readonly Check[], nameOf: NameOf): string | null {
  const { code, facts } = item
  if (code !== 'check_failed') return filled(FLAGS[code], facts, {}, nameOf)
  const failed = checksOf(item, checks).map((check) => checkInEnglish(check, nameOf))
  const told = failed.filter((said) => said !== null)
  return failed.length === 0 || told.length < failed.length ? null : told.join('; ')
}

function checksOf({ checks: names, facts, message }: Item, checks: readonly Check[]): readonly Check[] {
  const failed = checks.filter(({ outcome }) => outcome === 'fail')
  if (names.length > 0) return names.flatMap((name) => failed.find((check) => checkName(check) === name) ?? [])
  // A remark of the record does not name its check, and repeats what it says.
  const own = failed.find((check) => check.facts.join() === facts.join() && message.startsWith(check.message))
  return own === undefined ? [] : [own]
}

/** Of a check that fails. */
export function checkInEnglish(check: Check, nameOf: NameOf): string | null {
  const { rule, subject, facts, expected, actual } = check
  const between = BETWEEN_REPORTS[rule]
  if (between !== undefined) return filled(between, facts, check, nameOf)
  const title = ENGLISH_TITLES[rule]
  if (title === undefined) return null
  if (expected === null || actual === null) return `Check failed: ${title}`
  if (rule.startsWith('N-')) {
    const cells = facts.length > 0 ? `${listed(facts, nameOf)}: ` : ''
    return `${cells}the prose says ${figure(actual)}, the table ${figure(expected)}`
  }
  const cell = subject === '' ? '' : `${listed(facts.slice(0, 1), nameOf)}: `
  return `${cell}${figure(actual)} against ${figure(expected)}. ${title}`
}

type Figures = Readonly<Partial<Record<'actual' | 'expected' | 'printed' | 'derived', number | null>>>

function filled(
  wording: string | undefined,
  facts: readonly string[],
  { actual, expected, printed, derived }: Figures,
  nameOf: NameOf,
): string | null {
  if (wording === undefined) return null
  const said = (value: number | null = null) => (value === null ? null : figure(value))
  const gaps: Readonly<Record<string, string | null>> = {
    cells: facts.length > 0 ? listed(facts, nameOf) : null,
    count: String(facts.length),
    actual: said(actual),
    expected: said(expected),
    printed: said(printed),
    derived: said(derived),
  }
  let isWhole = true
  const text = wording.replace(/\{(\w+)\}/g, (_, gap: string) => {
    const said = gaps[gap] ?? null
    if (said === null) isWhole = false
    return said ?? ''
  })
  return isWhole ? text : null
}

function figure(value: number | null): string {
  return value === null ? 'blank' : String(value).replace('-', '−')
}

const MOST_LISTED = 3

function listed(facts: readonly string[], nameOf: NameOf): string {
  const shown = facts.slice(0, MOST_LISTED).map((fact) => `「${nameOf(fact)}」`)
  const more = facts.length - shown.length
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ')
}
