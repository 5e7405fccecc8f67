/**
 * A record and the decisions about it → the report as it now stands: its figures, its checks, what is settled and what is open.
 *
 * Pure and the same everywhere: the server asks it before it accepts, the page as one types. Of several decisions about one thing the
 * last one counts. A decision whose evidence has changed has lapsed: it settles nothing, and is shown beside what it was made on.
 *
 * Decisions rest on each other: what was assigned on what was read, a correction on what stands in its cell by then, what was said of an item
 * on the figures it speaks of. So they are laid in that order.
 */
import type { Check, ReportRecord, Vintage } from '../record.js'
import type { Assignment, Decision, Made } from './decisions.js'
import { foldedKeys, keysOfForm } from './form-cells.js'
import { checkName, type Item, isPressing } from './items.js'
import { itemsOfLaid } from './laid-items.js'
import { type Assigned, type LaidRecord, layRecord } from './laid-record.js'
import { reevaluate } from './reevaluate.js'
import { sectionAt, withTexts } from './section-paths.js'

export interface OverlaidItem {
  readonly item: Item
  readonly state: 'open' | 'settled' | 'lapsed'
  /** What settled it, or lapsed; null: a correction closed its checks, or nothing did. */
  readonly made: Made | null
}

type Corrected = Made<Decision & { kind: 'correct' }>
type CorrectedText = Made<Decision & { kind: 'correct_section' }>

export interface Overlay {
  /** As if it had been read with what was assigned, and by the form that people say; without what was corrected. */
  readonly record: ReportRecord
  readonly items: readonly OverlaidItem[]
  /** By key: what a person says the page shows. */
  readonly corrections: ReadonlyMap<string, Corrected>
  /** By key: cells of the original that a person says are these of the form. */
  readonly assigned: ReadonlyMap<string, Assigned>
  /** By path: see section-paths.ts. */
  readonly texts: ReadonlyMap<string, CorrectedText>
  readonly checks: readonly Check[]
  readonly lapsed: readonly Made[]
  readonly organ: string | null
  readonly year: number | null
  readonly vintage: Vintage | null
  /** Nothing that must be settled is open. */
  readonly isAcceptable: boolean
}

export function overlay(asRead: ReportRecord, decisions: readonly Made[]): Overlay {
  const standing = lastOfEach(decisions)
  const last = <Kind extends Decision['kind']>(kind: Kind) => standing.filter(isKind(kind)).at(-1)?.decision
  const known = new Map(asRead.facts.map((fact) => [fact.key, fact.raw]))
  const assignments = standing
    .filter(isKind('assign'))
    .filter((made) => made.evidence === evidenceOfAssignment(made, known))
  const laid = layRecord(asRead, assignments, last('set_vintage')?.vintage ?? null)
  const { record } = laid
  const raws = new Map(record.facts.map((fact) => [fact.key, fact.raw]))
  const texts = new Map(
    standing
      .filter(isKind('correct_section'))
      .filter(({ decision, evidence }) => evidence === evidenceOfText(decision.section, record))
      .map((made) => [made.decision.section, made]),
  )
  const corrections = new Map(
    standing
      .filter(isKind('correct'))
      .filter(({ decision, evidence }) => evidence === evidenceOfFact(decision.fact, raws))
      .map((made) => [made.decision.fact, made]),
  )
  const values = new Map([...corrections].map(([key, { decision }]) => [key, decision.value]))
  const sections = withTexts(record.sections, new Map([...texts].map(([path, { decision }]) => [path, decision.text])))
  const checks = reevaluate(record, values, { sections })
  const items = itemsOfLaid(asRead, laid, values, checks, sections)
  const byId = new Map(items.map((item) => [item.id, item]))
  const holds = (made: Made) => {
    const { decision, evidence } = made
    if ('item' in decision) return evidence === (byId.get(decision.item)?.evidence ?? GONE)
    if (isKind('assign')(made)) return assignments.includes(made)
    if (decision.kind === 'correct') return corrections.get(decision.fact) === made
    return decision.kind === 'correct_section' ? texts.get(decision.section) === made : true
  }
  const lapsed = standing.filter((made) => !holds(made))
  const valid = standing.filter(holds)

  const failed = checks.filter(({ outcome }) => outcome === 'fail')
  const failing = new Set(failed.filter(({ level }) => level === 'error').map(checkName))
  const organ = last('set_organ')?.organ ?? record.report.organ
  const year = last('set_year')?.year ?? record.report.year
  const isClosed = closedBy({ asRead, laid, failed: new Set(failed.map(checkName)), values, organ, year })
  const judge = (item: Item): OverlaidItem => {
    const about = (made: Made) => 'item' in made.decision && made.decision.item === item.id
    const made = valid.find(about)
    if (made !== undefined) return { item, state: 'settled', made }
    if (isClosed(item)) return { item, state: 'settled', made: null }
    const gone = lapsed.find((one) => about(one) || factsOf(one.decision).some((key) => item.facts.includes(key)))
    return gone === undefined ? { item, state: 'open', made: null } : { item, state: 'lapsed', made: gone }
  }
  const judged = items.map(judge)
  const opened = newlyFailing(record, failing, judged)
  return {
    record,
    items: judged,
    corrections,
    assigned: laid.assigned,
    texts,
    checks,
    lapsed,
    organ,
    year,
    vintage: record.report.vintage,
    isAcceptable: opened.length === 0 && judged.every(({ item, state }) => state === 'settled' || !isPressing(item)),
  }
}

interface Standing {
  readonly asRead: ReportRecord
  readonly laid: LaidRecord
  readonly failed: ReadonlySet<string>
  readonly values: ReadonlyMap<string, number | null>
  readonly organ: string | null
  readonly year: number | null
}

/** What cells of the form a report lacks; where people say that it follows another form, the question is no more. */
const LACKING = new Set(['table_missing', 'cell_missing'])

/** Closed by what was corrected and assigned: all its sums hold, or all its cells were given. */
function closedBy({ asRead, laid, failed, values, organ, year }: Standing): (item: Item) => boolean {
  const { vintage } = laid.record.report
  const isGiven = (key: string) => {
    const state = laid.assigned.get(key)?.cell.state
    return values.has(key) || (state !== undefined && state !== 'unreadable')
  }
  const folded = foldedKeys(vintage, isGiven)
  const ofForm = vintage === asRead.report.vintage ? null : keysOfForm(vintage)
  return ({ code, urgency, facts, checks }) => {
    if (code === 'organ_unknown') return organ !== null
    if (code === 'year_unknown') return year !== null
    if (code === 'vintage_unknown') return vintage !== null
    const isTouched = facts.some((key) => values.has(key) || laid.assigned.has(key))
    // A remark on the prose is closed by the text as well.
    if (checks.length > 0) return (isTouched || !isPressing({ urgency })) && checks.every((name) => !failed.has(name))
    if (facts.length === 0) return false
    if (LACKING.has(code) && ofForm !== null && facts.every((key) => !ofForm.has(key))) return true
    return facts.every((key) => isGiven(key) || folded.has(key))
  }
}

/** Sums that held as read and fail by what was corrected. */
export function newlyFailing(
  { checks }: ReportRecord,
  failing: ReadonlySet<string>,
  items: readonly OverlaidItem[],
): string[] {
  const failedAsRead = new Set(checks.filter(({ outcome }) => outcome === 'fail').map(checkName))
  const spokenFor = new Set(items.flatMap(({ item }) => (item.discrepancy === null ? item.checks : [])))
  const settled = new Set(items.filter(({ state }) => state === 'settled').flatMap(({ item }) => item.checks))
  return [...failing].filter((name) => !failedAsRead.has(name) && !settled.has(name) && !spokenFor.has(name))
}

function isKind<Kind extends Decision['kind']>(kind: Kind) {
  return (made: Made): made is Made<Decision & { kind: Kind }> => made.decision.kind === kind
}

function factsOf(decision: Decision): readonly string[] {
  if (decision.kind === 'assign') return decision.cells.map(({ fact }) => fact)
  return decision.kind === 'correct' ? [decision.fact] : []
}

/** What it is about; decisions about the same are one after the other. */
export function subjectOf(decision: Decision): string {
  if ('item' in decision) return `item:${decision.item}`
  if (decision.kind === 'correct') return `fact:${decision.fact}`
  if (decision.kind === 'correct_section') return `section:${decision.section}`
  if (decision.kind === 'assign') return `assign:${decision.table}:${decision.grid}`
  return decision.kind
}

function lastOfEach(decisions: readonly Made[]): Made[] {
  const last = new Map<string, Made>()
  for (const made of decisions) {
    const subject = subjectOf(made.decision)
    // What came last stands last.
    last.delete(subject)
    last.set(subject, made)
  }
  return [...last.values()]
}

const GONE = 'gone'
const ABSENT = 'absent'

/** What a decision made now, after these, would rest on. */
export function evidenceNow(decision: Decision, asRead: ReportRecord, decisions: readonly Made[] = []): string {
  if (decision.kind === 'assign') {
    return evidenceOfAssignment({ decision }, new Map(asRead.facts.map((fact) => [fact.key, fact.raw])))
  }
  if (decision.kind === 'correct_section') return evidenceOfText(decision.section, asRead)
  if (decision.kind !== 'correct' && !('item' in decision)) return ''
  const { record, items } = overlay(asRead, decisions)
  if ('item' in decision) return items.find(({ item }) => item.id === decision.item)?.item.evidence ?? GONE
  return evidenceOfFact(decision.fact, new Map(record.facts.map((fact) => [fact.key, fact.raw])))
}

function evidenceOfFact(key: string, raws: ReadonlyMap<string, string | null>): string {
  return raws.get(key) ?? ABSENT
}

function evidenceOfText(path: string, { sections }: ReportRecord): string {
  return sectionAt(sections, path)?.text ?? ABSENT
}

/** What its grid prints, and what was read in its cells before. */
function evidenceOfAssignment(
  { decision, reads }: Pick<Made<Assignment>, 'decision' | 'reads'>,
  known: ReadonlyMap<string, string | null>,
): string {
  const read = decision.cells.map(({ fact }) => `${fact}=${known.get(fact) ?? '?'}`)
  return `${reads ?? decision.printed}\n\n${read.join(';')}`
}
