/**
 * A record and the decisions about it → the report as it now stands: its figures, its checks, what is settled and what is open.
 *
 * Pure and the same everywhere: the server asks it before it accepts, the page as one types. Of several decisions about one thing the
 * last one counts. A decision whose evidence has changed has lapsed: it settles nothing, and is shown beside what it was made on.
 */
import type { Check, Fact, ReportRecord } from '../record.js'
import type { Decision, Made } from './decisions.js'
import { checkName, type Item, isPressing, itemsOf } from './items.js'
import { reevaluate } from './reevaluate.js'

export interface OverlaidItem {
  readonly item: Item
  readonly state: 'open' | 'settled' | 'lapsed'
  /** What settled it, or lapsed; null: a correction closed its checks, or nothing did. */
  readonly made: Made | null
}

export interface Overlay {
  readonly items: readonly OverlaidItem[]
  /** By key: what a person says the page shows. */
  readonly corrections: ReadonlyMap<string, Made<Decision & { kind: 'correct' }>>
  readonly checks: readonly Check[]
  readonly lapsed: readonly Made[]
  readonly organ: string | null
  readonly year: number | null
  /** Nothing that must be settled is open. */
  readonly isAcceptable: boolean
}

export function overlay(record: ReportRecord, decisions: readonly Made[]): Overlay {
  const items = itemsOf(record)
  const facts = new Map(record.facts.map((fact) => [fact.key, fact]))
  const standing = lastOfEach(decisions)
  const holds = ({ decision, evidence }: Made) => evidence === evidenceFor(decision, record, items, facts)
  const lapsed = standing.filter((made) => !holds(made))
  const valid = standing.filter(holds)
  const corrections = new Map(valid.filter(isCorrection).map((made) => [made.decision.fact, made]))
  const values = new Map([...corrections].map(([key, { decision }]) => [key, decision.value]))
  const checks = reevaluate(record, values)
  const failing = new Set(checks.filter(({ outcome, level }) => outcome === 'fail' && level === 'error').map(checkName))
  const last = <Kind extends Decision['kind']>(kind: Kind) =>
    valid.map(({ decision }) => decision).findLast((one): one is Decision & { kind: Kind } => one.kind === kind)
  const organ = last('set_organ')?.organ ?? record.report.organ
  const year = last('set_year')?.year ?? record.report.year

  const judge = (item: Item): OverlaidItem => {
    const about = (made: Made) => 'item' in made.decision && made.decision.item === item.id
    const made = valid.find(about)
    if (made !== undefined) return { item, state: 'settled', made }
    if (isClosed(item, { failing, values, organ, year })) return { item, state: 'settled', made: null }
    const gone = lapsed.find((one) => about(one) || (isCorrection(one) && item.facts.includes(one.decision.fact)))
    return gone === undefined ? { item, state: 'open', made: null } : { item, state: 'lapsed', made: gone }
  }
  const judged = items.map(judge)
  const opened = newlyFailing(record, failing, judged)
  return {
    items: judged,
    corrections,
    checks,
    lapsed,
    organ,
    year,
    isAcceptable: opened.length === 0 && judged.every(({ item, state }) => state === 'settled' || !isPressing(item)),
  }
}

interface Standing {
  readonly failing: ReadonlySet<string>
  readonly values: ReadonlyMap<string, number | null>
  readonly organ: string | null
  readonly year: number | null
}

/** Closed by what was corrected: all its sums hold, or all its cells were given. */
function isClosed(item: Item, { failing, values, organ, year }: Standing): boolean {
  if (item.code === 'organ_unknown') return organ !== null
  if (item.code === 'year_unknown') return year !== null
  const touched = item.facts.some((key) => values.has(key))
  if (item.checks.length > 0) return touched && item.checks.every((name) => !failing.has(name))
  return item.facts.length > 0 && item.facts.every((key) => values.has(key))
}

/** Sums that held as read and fail by what was corrected. */
export function newlyFailing(
  { checks }: ReportRecord,
  failing: ReadonlySet<string>,
  items: readonly OverlaidItem[],
): string[] {
  const failedAsRead = new Set(checks.filter(({ outcome }) => outcome === 'fail').map(checkName))
  const settled = new Set(items.filter(({ state }) => state === 'settled').flatMap(({ item }) => item.checks))
  return [...failing].filter((name) => !failedAsRead.has(name) && !settled.has(name))
}

function isCorrection(made: Made): made is Made<Decision & { kind: 'correct' }> {
  return made.decision.kind === 'correct'
}

/** What it is about; decisions about the same are one after the other. */
export function subjectOf(decision: Decision): string {
  if ('item' in decision) return `item:${decision.item}`
  if (decision.kind === 'correct') return `fact:${decision.fact}`
  if (decision.kind === 'correct_section') return `section:${decision.section}`
  return decision.kind
}

function lastOfEach(decisions: readonly Made[]): Made[] {
  const last = new Map<string, Made>()
  for (const made of decisions) last.set(subjectOf(made.decision), made)
  return [...last.values()]
}

/** What a decision made now would rest on. */
export function evidenceNow(decision: Decision, record: ReportRecord): string {
  return evidenceFor(decision, record, itemsOf(record), new Map(record.facts.map((fact) => [fact.key, fact])))
}

function evidenceFor(
  decision: Decision,
  { sections }: ReportRecord,
  items: readonly Item[],
  facts: ReadonlyMap<string, Fact>,
): string {
  if ('item' in decision) return items.find(({ id }) => id === decision.item)?.evidence ?? 'gone'
  if (decision.kind === 'correct') return facts.get(decision.fact)?.raw ?? 'absent'
  if (decision.kind === 'correct_section') return sections.find(({ key }) => key === decision.section)?.text ?? 'absent'
  return ''
}
