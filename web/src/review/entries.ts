/** The items of a report and the sums that corrections broke, as one list to walk through; and what each is called. */
import type { Check } from '../../../src/record.js'
import type { TableSpec } from '../../../src/report/form.js'
import { FORMS } from '../../../src/report/forms/all.js'
import { plansOf } from '../../../src/review/form-cells.js'
import { itemInEnglish } from '../../../src/review/in-english.js'
import { isPressing } from '../../../src/review/items.js'
import type { OverlaidItem } from '../../../src/review/overlay.js'
import type { Equation } from './equations.js'
import { figure } from './figures.js'
import type { Picture } from './opened-report.js'
import type { ReviewWords } from './review-words.js'
import { keyCellOf } from './settling.js'
import type { Tell, Telling } from './telling.js'

export type Entry =
  | { readonly kind: 'item'; readonly id: string; readonly overlaid: OverlaidItem }
  | { readonly kind: 'broken'; readonly id: string; readonly equation: Equation }

export function entriesOf({ typed, broken }: Picture): readonly Entry[] {
  return [
    ...typed.items.map((overlaid): Entry => ({ kind: 'item', id: overlaid.item.id, overlaid })),
    ...broken.map((equation): Entry => ({ kind: 'broken', id: equation.name, equation })),
  ]
}

export type EntryLook = 'error' | 'note' | 'done' | 'lapsed'

export function lookOf(entry: Entry): EntryLook {
  if (entry.kind === 'broken') return 'error'
  const { item, state } = entry.overlaid
  if (state === 'settled') return 'done'
  if (state === 'lapsed') return 'lapsed'
  return isPressing(item) ? 'error' : 'note'
}

export function equationsOfEntry(entry: Entry, { equations }: Picture): readonly Equation[] {
  if (entry.kind === 'broken') return [entry.equation]
  return entry.overlaid.item.checks.flatMap((name) => equations.get(name) ?? [])
}

export function titleOf(entry: Entry, names: ReadonlyMap<string, string>, words: ReviewWords): string {
  if (entry.kind === 'broken') return names.get(entry.equation.totalFact ?? '') ?? entry.equation.title
  const { item } = entry.overlaid
  const cell = keyCellOf(item)
  const name = cell === null ? undefined : names.get(cell)
  if (item.discrepancy !== null) return name ?? item.message
  const table = item.code === 'table_missing' && cell !== null ? tableOfFact(cell) : undefined
  if (table !== undefined) return `${words.codes[item.code]}${words.colon}${shortName(table, words)}`
  const isPlain = item.code === 'check_failed' && item.urgency !== 'prose'
  const what = isPlain ? words.levels[item.urgency] : (words.codes[item.code] ?? words.levels[item.urgency])
  return name === undefined || item.facts.length > 1 ? what : `${what}${words.colon}${name}`
}

function tableOfFact(fact: string): TableSpec | undefined {
  const plans = FORMS.flatMap(({ vintage }) => plansOf(vintage))
  return plans.find(({ slots }) => slots.some((across) => across.some(({ key }) => key === fact)))?.spec
}

/** What tells it from the others, in a narrow list: 第（一）项, 表四. */
function shortName({ banner, record, title }: TableSpec, words: ReviewWords): string {
  return banner?.label.replace(/^第二十条/, '') ?? words.table[record] ?? title
}

/** The checks as they now stand, and as they were read. */
export function checksOf({ typed, opened }: Picture): readonly Check[] {
  return [...typed.checks, ...opened.record.checks]
}

export function subtitleOf(
  entry: Entry,
  picture: Picture,
  names: ReadonlyMap<string, string>,
  words: ReviewWords,
  tell: Tell,
): Telling {
  const own = ownSubtitleOf(entry, picture, words)
  if (own !== null || entry.kind === 'broken') return { text: own ?? '', lang: undefined }
  const { item } = entry.overlaid
  const chinese = item.discrepancy?.message ?? item.message
  return tell(chinese, () => itemInEnglish(item, checksOf(picture), (fact) => names.get(fact) ?? fact))
}

/** null: what the record says of it. */
function ownSubtitleOf(entry: Entry, picture: Picture, words: ReviewWords): string | null {
  if (entry.kind === 'broken') return words.newlyBroken
  const { item, state, made } = entry.overlaid
  if (state === 'lapsed') return words.lapsed
  if (state === 'settled') {
    if (made === null) return words.closed
    return words.done[made.decision.kind] ?? words.closed
  }
  const { discrepancy } = item
  if (discrepancy === null) return null
  const change = discrepancy.proposal?.changes[0]
  const equation = picture.equations.get(item.checks[0] ?? '')
  if (change !== undefined && (item.checks.length > 1 || discrepancy.verdict === 'misread')) {
    const state = picture.facts.get(change.fact)?.state
    const isRead = state !== 'unreadable' && state !== 'absent'
    return words.suggests(isRead ? figure(change.printed, words.blankCell) : '?', figure(change.derived))
  }
  if (equation !== undefined && equation.totalFact !== null && equation.total.sum !== null) {
    return words.printedButSum(figure(equation.total.sum), figure(equation.parts.sum))
  }
  return discrepancy.suspects.length > 1 ? words.undecidedCells(discrepancy.suspects.length) : null
}
