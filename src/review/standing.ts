/**
 * A record and the decisions about it → how the report stands in the queue: what is to be seen first in it, in one row.
 *
 * A report whose items are all settled keeps the class of the most urgent one until it is accepted, so that its place in the queue stays.
 * class null: nothing to see; whether it is drawn for audit is told by its place in the draw, which is the same in every run.
 */
import type { Check, Discrepancy, ReportRecord } from '../record.js'
import { labelOf } from '../report/fact-labels.js'
import { FAILURES_IN_ENGLISH } from './failures-in-english.js'
import { checkInEnglish, messageInEnglish } from './in-english.js'
import { checkName, type Item, isPressing, itemsOf, type Urgency } from './items.js'
import { newlyFailing, type Overlay } from './overlay.js'

export interface Standing {
  readonly class: Urgency | null
  readonly openItems: number
  /** Of the first open item. */
  readonly message: string
  /** null: it is not worded. */
  readonly messageInEnglish: string | null
  readonly verdict: Discrepancy['verdict'] | null
  readonly proposal: StandingProposal | null
  /** As people say, or as read. */
  readonly organ: string | null
  readonly year: number | null
  readonly vintage: string | null
  /** From 0 up to 100: below the share to be audited, it is. */
  readonly draw: number
}

export interface StandingProposal {
  readonly label: string
  readonly printed: number | null
  readonly derived: number
  readonly closes: number
}

const MOST_OF_A_MESSAGE = 400
const ALL_SETTLED = { message: '各项均已决定，待接受。', messageInEnglish: 'All is decided; waits to be accepted.' }

/** Of a report that nobody has decided anything about. null: nothing could be read, so that there is nothing to review. */
export function standingAsRead(record: ReportRecord): Standing | null {
  if (record.status === 'failed') return null
  const { organ, year, vintage } = record.report
  const items = itemsOf(record)
  return {
    ...urgencyOf(items, record.checks, vintage),
    openItems: items.length,
    organ,
    year,
    vintage,
    draw: drawOf(record),
  }
}

/** Of one with decisions in force, whatever could be read: somebody has worked on it. */
export function standingOf(record: ReportRecord, { items, ...laid }: Overlay, vintage: string | null): Standing {
  const { organ, year } = laid
  const open = items.filter(({ state }) => state !== 'settled').map(({ item }) => item)
  const sums = brokenSums(record, { items, ...laid })
  const known = { openItems: open.length + sums.length, organ, year, vintage, draw: drawOf(record) }
  const checks = [...laid.checks, ...record.checks]
  if (open.some(isPressing) || (open.length > 0 && sums.length === 0)) {
    return { ...urgencyOf(open, checks, vintage), ...known }
  }
  const plain = { verdict: null, proposal: null, ...known }
  const broken = sums[0]
  if (broken !== undefined) {
    const said = inBoth(broken.message, checkInEnglish(broken, namesOf(vintage)))
    return { class: 'error', ...said, ...plain }
  }
  const most = items[0]?.item.urgency ?? 'note'
  const said =
    record.failure === null ? ALL_SETTLED : inBoth(record.failure.message, FAILURES_IN_ENGLISH[record.failure.code])
  return { class: most, ...said, ...plain }
}

/** Sums that held as read and fail by what was corrected. */
export function brokenSums(record: ReportRecord, { items, checks }: Overlay) {
  const failing = checks.filter(({ outcome, level }) => outcome === 'fail' && level === 'error')
  const broken = new Set(newlyFailing(record, new Set(failing.map(checkName)), items))
  return failing.filter((check) => broken.has(checkName(check)))
}

/** By the bytes alone: the same report is drawn in every run, and nobody chooses. */
function drawOf({ document }: ReportRecord): number {
  return (Number.parseInt(document.sha256.slice(-8), 16) / 2 ** 32) * 100
}

function urgencyOf(open: readonly Item[], checks: readonly Check[], vintage: string | null) {
  const first = open[0]
  if (first === undefined) {
    return { class: null, message: '', messageInEnglish: null, verdict: null, proposal: null }
  }
  const { urgency, message, discrepancy } = first
  return {
    class: urgency,
    ...inBoth(message, messageInEnglish(first, checks, namesOf(vintage))),
    verdict: discrepancy?.verdict ?? null,
    proposal: discrepancy === null ? null : proposalOf(discrepancy, vintage),
  }
}

function proposalOf({ proposal }: Discrepancy, vintage: string | null): StandingProposal | null {
  const first = proposal?.changes[0]
  if (proposal === null || first === undefined) return null
  const { fact, printed, derived } = first
  return { label: namesOf(vintage)(fact), printed, derived, closes: proposal.closes.length }
}

function namesOf(vintage: string | null): (fact: string) => string {
  return (fact) => labelOf(vintage, fact) ?? fact
}

function inBoth(message: string, english: string | null) {
  return { message: shortened(message), messageInEnglish: english === null ? null : shortened(english) }
}

function shortened(message: string): string {
  return message.length <= MOST_OF_A_MESSAGE ? message : `${message.slice(0, MOST_OF_A_MESSAGE)}…`
}
