/**
 * A record and the decisions about it → how the report stands in the queue: what is to be seen first in it, in one row.
 *
 * A report whose items are all settled keeps the class of the most urgent one until it is accepted, so that its place in the queue stays.
 * class null: nothing to see; whether it is drawn for audit is told by its place in the draw, which is the same in every run.
 */
import type { Discrepancy, ReportRecord } from '../record.js'
import { labelOf } from '../report/fact-labels.js'
import { checkName, type Item, isPressing, itemsOf, type Urgency } from './items.js'
import { newlyFailing, type Overlay } from './overlay.js'

export interface Standing {
  readonly class: Urgency | null
  readonly openItems: number
  /** Of the first open item. */
  readonly message: string
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
const ALL_SETTLED = '各项均已决定，待接受。'

/** Of a report that nobody has decided anything about. null: nothing could be read, so that there is nothing to review. */
export function standingAsRead(record: ReportRecord): Standing | null {
  if (record.status === 'failed') return null
  const { organ, year, vintage } = record.report
  const items = itemsOf(record)
  return { ...urgencyOf(items, vintage), openItems: items.length, organ, year, vintage, draw: drawOf(record) }
}

/** Of one with decisions in force, whatever could be read: somebody has worked on it. */
export function standingOf(record: ReportRecord, { items, ...laid }: Overlay, vintage: string | null): Standing {
  const { organ, year } = laid
  const open = items.filter(({ state }) => state !== 'settled').map(({ item }) => item)
  const sums = brokenSums(record, { items, ...laid })
  const known = { openItems: open.length + sums.length, organ, year, vintage, draw: drawOf(record) }
  if (open.some(isPressing) || (open.length > 0 && sums.length === 0)) return { ...urgencyOf(open, vintage), ...known }
  const broken = sums[0]
  if (broken !== undefined) {
    return { class: 'error', message: shortened(broken.message), verdict: null, proposal: null, ...known }
  }
  const most = items[0]?.item.urgency ?? 'note'
  return { class: most, message: record.failure?.message ?? ALL_SETTLED, verdict: null, proposal: null, ...known }
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

function urgencyOf(open: readonly Item[], vintage: string | null) {
  const first = open[0]
  if (first === undefined) return { class: null, message: '', verdict: null, proposal: null }
  const { urgency, message, discrepancy } = first
  return {
    class: urgency,
    message: shortened(message),
    verdict: discrepancy?.verdict ?? null,
    proposal: discrepancy === null ? null : proposalOf(discrepancy, vintage),
  }
}

function proposalOf({ proposal }: Discrepancy, vintage: string | null): StandingProposal | null {
  const first = proposal?.changes[0]
  if (proposal === null || first === undefined) return null
  const { fact, printed, derived } = first
  return { label: labelOf(vintage, fact) ?? fact, printed, derived, closes: proposal.closes.length }
}

function shortened(message: string): string {
  return message.length <= MOST_OF_A_MESSAGE ? message : `${message.slice(0, MOST_OF_A_MESSAGE)}…`
}
