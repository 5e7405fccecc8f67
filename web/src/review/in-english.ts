/**
 * Evidence, remarks and failed checks → English, from their codes and figures. null: there is no wording for it, and the Chinese is shown.
 *
 * A wording is a sentence with gaps: {cells} the cells it is about, {count} how many they are, {first} and {second} the figures of the
 * Chinese message in their order. Where the record does not have what a gap asks for, there is no wording.
 */
import { ENGLISH_TITLES } from '../../../src/reconcile/rules/english.js'
import type { Check, Discrepancy, Evidence } from '../../../src/record.js'
import type { Item } from '../../../src/review/items.js'
import { figure } from './figures.js'

const EVIDENCE: Readonly<Record<string, string>> = {
  readings_agree: 'Both readings agree ({first} cells)',
  readings_differ: 'The two readings differ: {cells}',
  cell_unread: 'Not read: {cells}',
  cell_doubted: 'Read with doubt: {cells}',
  read_once: 'Read in one way only: {cells}',
  grid_complete: 'Table complete, no cell missing',
  grid_incomplete: 'The table lacks {first} cells; figures may have moved',
  extraction_repair: 'One slip of reading explains all that fails: {cells}',
  total_unfilled: 'Total left empty, its parts are filled: {cells}',
  prose_derived: 'The prose says {first} for {cells}, as derived',
  prose_printed: 'The prose says {first} for {cells}',
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

type NameOf = (fact: string) => string

export function ruleInEnglish(id: string): string | null {
  return ENGLISH_TITLES[id] ?? null
}

export function evidenceInEnglish({ code, facts, message }: Evidence, nameOf: NameOf): string | null {
  return filled(EVIDENCE[code], facts, message, nameOf)
}

export function discrepancyInEnglish({ proposal, suspects }: Discrepancy, nameOf: NameOf): string {
  if (proposal === null) return `Any of ${listed(suspects, nameOf)} may be wrong; arithmetic cannot tell`
  const changes = proposal.changes.map(({ fact, derived }) => `${nameOf(fact)} = ${figure(derived)}`)
  return `All sums hold with ${changes.join(', ')}`
}

/** Of a remark; what a discrepancy says is told by its sums. */
export function itemInEnglish(item: Item, checks: readonly Check[], nameOf: NameOf): string | null {
  if (item.discrepancy !== null) return discrepancyInEnglish(item.discrepancy, nameOf)
  if (item.code !== 'check_failed') return filled(FLAGS[item.code], item.facts, item.message, nameOf)
  const failed = checks.find(
    ({ outcome, facts, message }) =>
      outcome === 'fail' && facts.join() === item.facts.join() && item.message.startsWith(message),
  )
  return failed === undefined ? null : checkInEnglish(failed, nameOf)
}

function checkInEnglish({ rule, facts, expected, actual }: Check, nameOf: NameOf): string | null {
  const title = ENGLISH_TITLES[rule]
  if (title === undefined) return null
  if (expected === null || actual === null) return title
  const isProse = rule.startsWith('N-')
  const cells = facts.length > 0 ? `${listed(facts, nameOf)}: ` : ''
  return isProse
    ? `${cells}the prose says ${figure(actual)}, the table ${figure(expected)}`
    : `${title} (found ${figure(actual)}, expected ${figure(expected)})`
}

function filled(wording: string | undefined, facts: readonly string[], message: string, nameOf: NameOf): string | null {
  if (wording === undefined) return null
  const figures = message.replace(NAMES, '').match(FIGURES) ?? []
  const gaps: Readonly<Record<string, string | undefined>> = {
    cells: facts.length > 0 ? listed(facts, nameOf) : undefined,
    count: String(facts.length),
    first: figures[0],
    second: figures[1],
  }
  let isWhole = true
  const text = wording.replace(/\{(\w+)\}/g, (_, gap: string) => {
    const said = gaps[gap]
    if (said === undefined) isWhole = false
    return said ?? ''
  })
  return isWhole ? text : null
}

const NAMES = /「[^」]*」/g
const FIGURES = /[−-]?\d+(?:\.\d+)?/g
const MOST_LISTED = 3

function listed(facts: readonly string[], nameOf: NameOf): string {
  const shown = facts.slice(0, MOST_LISTED).map((fact) => `「${nameOf(fact)}」`)
  const more = facts.length - shown.length
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ')
}
