/**
 * Failed checks that belong together → whose error it is, with the evidence, and the figures that would put it right.
 *
 * Three verdicts. `misread`: another reading of a cell differs, or one error of reading explains everything and the cells are not beyond
 * doubt. `published`: two readings agree on every cell that takes part, none was read with doubt, and the tables are whole: then the page
 * says so. `undecided`: all else. What is derived stands beside the page's figure and never takes its place; what speaks against it is
 * listed like what speaks for it.
 */
import type { Discrepancy, Evidence, Proposal } from '../record.js'
import { type FormFact, numberOf, type ReportReading } from '../report/reading.js'
import type { Capture } from './captures.js'
import { indexFacts } from './fact-index.js'
import type { Finding } from './finding.js'
import type { Correction, Localisation } from './localise.js'
import { statementsAbout } from './narrative.js'
import { type SecondReading, wordOfOrder, wordOfProgram } from './second-reading.js'
import type { SlipKind } from './slips.js'
import { listNames, nameOf } from './wording.js'

/** What discrepancies are judged by, beside the arithmetic. */
export interface Testimony {
  readonly reading: ReportReading
  readonly second: SecondReading | null
  /** What the prose states. */
  readonly captures: readonly Capture[]
}

export function discrepanciesOf(localisations: readonly Localisation[], testimony: Testimony): Discrepancy[] {
  const facts = new Map(testimony.reading.facts.map((fact) => [fact.key, fact]))
  return localisations.map(({ failing, correction, suspects, explanations }) => {
    const involved = [...new Set(failing.flatMap(({ check }) => check.facts))].flatMap((key) => facts.get(key) ?? [])
    const witnessed = [...readingsOf(involved, testimony.second), ...wholeness(involved, testimony.reading)]
    const isBeyondDoubt = witnessed.length > 0 && witnessed.every(({ bearing }) => bearing === 'published')
    const repair = correction?.slip?.isReading === true && !isBeyondDoubt ? [repairOf(correction)] : []
    const evidence = [
      ...witnessed,
      ...repair,
      ...unfilledTotal(correction, failing),
      ...statements(correction, suspects, testimony),
    ]
    return {
      checks: failing.map(nameOfCheck),
      verdict: verdictOf(evidence, isBeyondDoubt),
      evidence,
      suspects: suspects.map(({ key }) => key),
      proposal: correction === null ? null : toProposal(correction),
      message: correction === null ? suspicion(suspects, explanations) : derivation(correction),
    }
  })
}

/** Slips that say no more than the two figures beside each other do. */
const SELF_EVIDENT: ReadonlySet<SlipKind> = new Set<SlipKind>(['mistyped_digit', 'left_at_zero'])

/** 若「自然人·本年新收」为 33，则各项均平。 */
export function derivation({ changes, slip }: Correction): string {
  const figures = changes.map(({ fact, derived }) => `「${nameOf(fact)}」为 ${derived}`).join('、')
  const remark = slip === null || SELF_EVIDENT.has(slip.kind) ? '' : `（${slip.message}）`
  return `若${figures}，则各项均平${remark}。`
}

function suspicion(suspects: readonly FormFact[], explanations: number): string {
  if (suspects.length === 0) return '勾稽关系不平，无法推定有误的单元格。'
  const names = listNames(suspects.map(nameOf))
  return explanations > 1
    ? `${names}任一有误都可解释，算术无法判定。`
    : `勾稽关系不平，有误的单元格应在${names}之中，算术无法判定。`
}

function toProposal(correction: Correction): Proposal {
  const { changes, slip, closes } = correction
  return {
    changes: changes.map(({ fact, printed, derived }) => ({ fact: fact.key, printed, derived })),
    slip: slip?.kind ?? null,
    closes: closes.map(nameOfCheck),
    message: derivation(correction),
  }
}

function nameOfCheck({ check: { rule, subject } }: Finding) {
  return { rule, subject }
}

function verdictOf(evidence: readonly Evidence[], isBeyondDoubt: boolean): Discrepancy['verdict'] {
  if (evidence.some(({ code }) => code === 'readings_differ' || code === 'extraction_repair')) return 'misread'
  return isBeyondDoubt ? 'published' : 'undecided'
}

const evidence = (
  code: string,
  bearing: Evidence['bearing'],
  message: string,
  facts: readonly FormFact[],
  location: Evidence['location'] = facts[0]?.location ?? null,
): Evidence => ({ code, bearing, message, facts: facts.map(({ key }) => key), location })

/** What the readings say of the cells: that they agree is evidence only where they agree on every one. */
function readingsOf(involved: readonly FormFact[], second: SecondReading | null): Evidence[] {
  const wordsOf = (fact: FormFact) => [wordOfOrder(fact), wordOfProgram(fact.key, second)]
  const differing = involved.filter((fact) => wordsOf(fact).includes('differs'))
  const unread = involved.filter(({ reading }) => reading === null || reading.kind === 'text')
  const doubted = involved.filter(({ doubt }) => doubt !== undefined)
  const alone = involved.filter((fact) => !wordsOf(fact).includes('agrees'))
  const about = (facts: readonly FormFact[]) => listNames(facts.map(nameOf))
  return [
    ...(differing.length > 0
      ? [evidence('readings_differ', 'misread', `${about(differing)}两种读法不一致`, differing)]
      : []),
    ...(unread.length > 0 ? [evidence('cell_unread', 'misread', `${about(unread)}未能读出`, unread)] : []),
    ...(doubted.length > 0 ? [evidence('cell_doubted', 'misread', `${about(doubted)}读取时存疑`, doubted)] : []),
    ...(differing.length === 0 && alone.length > 0
      ? [evidence('read_once', 'misread', `${about(alone)}只有一种读法`, alone)]
      : []),
    ...(involved.length > 0 && differing.length + unread.length + alone.length === 0
      ? [evidence('readings_agree', 'published', `两种读法在相关 ${involved.length} 格上一致`, [])]
      : []),
  ]
}

/** A table whose cells were all found leaves no room for a figure that slipped. */
function wholeness(involved: readonly FormFact[], { facts }: ReportReading): Evidence[] {
  const tables = new Set(involved.map(({ table }) => table))
  const gaps = facts.filter(({ table, reading, absentByVariant }) => {
    return tables.has(table) && reading === null && !absentByVariant
  })
  if (gaps.length > 0)
    return [evidence('grid_incomplete', 'misread', `表格缺 ${gaps.length} 格，数值可能错位`, gaps, null)]
  return [evidence('grid_complete', 'published', '表格完整，没有缺格', [])]
}

function repairOf({ slip, changes }: Correction): Evidence {
  const facts = changes.map(({ fact }) => fact)
  return evidence('extraction_repair', 'misread', `一处读取差错可解释全部不平：${slip?.message ?? ''}`, facts)
}

/** A total that was left at nothing while its parts were filled in: seen in print, and hardly ever a misreading. */
function unfilledTotal(correction: Correction | null, failing: readonly Finding[]): Evidence[] {
  return (correction?.changes ?? [])
    .filter(({ fact, printed, derived }) => {
      return (printed ?? 0) === 0 && derived > 0 && failing.some(({ check }) => check.facts[0] === fact.key)
    })
    .map(({ fact }) => evidence('total_unfilled', 'published', `「${nameOf(fact)}」未填合计，分项已填`, [fact]))
}

/** What the prose says of the cells in question. Of another scope, it says nothing. */
function statements(
  correction: Correction | null,
  suspects: readonly FormFact[],
  { captures, reading }: Testimony,
): Evidence[] {
  const facts = indexFacts(reading.facts)
  const derivedOf = new Map(correction?.changes.map(({ fact, derived }) => [fact.key, derived]))
  return suspects.flatMap((fact) => {
    const printed = numberOf(fact.reading)
    const derived = derivedOf.get(fact.key)
    return statementsAbout(fact.key, captures, facts).flatMap(({ value, location, sameScope }) => {
      if (!sameScope) return []
      const say = (code: string, bearing: Evidence['bearing'], rest: string) => [
        evidence(code, bearing, `正文写「${nameOf(fact)}」${value}${rest}`, [fact], location),
      ]
      if (derived !== undefined && value === derived) return say('prose_derived', 'for_proposal', '，与推算一致')
      if (value !== printed) return []
      if (derived !== undefined) return say('prose_printed', 'against_proposal', `，不支持 ${derived}`)
      return say('prose_printed', 'published', '，与表格一致')
    })
  })
}
