/**
 * A record → what a reviewer has to settle in it, the most useful first.
 *
 * Each discrepancy is one item, whatever number of checks fail for it. A flag is an item of its own unless a discrepancy speaks of the same
 * cells. An item is known again in another extraction of the same document by its `id`; whether what was decided about it still
 * stands is told by its `evidence`.
 */
import type { Discrepancy, Fact, Flag, Location, ReportRecord } from '../record.js'

export const URGENCIES = ['proposal', 'error', 'prose', 'note'] as const
/** Errors with a proposal, errors without, differences between prose and table, remarks. The first two must be settled. */
export type Urgency = (typeof URGENCIES)[number]

export interface Item {
  /** Stable over extractions: the rules that fail, or the flag and its cells. */
  readonly id: string
  readonly urgency: Urgency
  readonly code: string
  /** Keys of the cells it is about, the most telling first. */
  readonly facts: readonly string[]
  /** The failed checks, as rule/subject. */
  readonly checks: readonly string[]
  readonly message: string
  readonly location: Location | null
  readonly counterpart: Location | null
  readonly discrepancy: Discrepancy | null
  /** What a decision about it rests on: how its cells are printed and what its checks came to. */
  readonly evidence: string
}

export function isPressing({ urgency }: Pick<Item, 'urgency'>): boolean {
  return urgency === 'proposal' || urgency === 'error'
}

export function checkName({ rule, subject }: { readonly rule: string; readonly subject: string }): string {
  return `${rule}/${subject}`
}

export function itemsOf(record: ReportRecord): Item[] {
  const facts = new Map(record.facts.map((fact) => [fact.key, fact]))
  const discrepancies = record.discrepancies.map((one) => itemOfDiscrepancy(one, record, facts))
  const spoken = new Set(record.discrepancies.flatMap(cellsOf))
  const lacking = new Set(record.flags.flatMap(({ code, facts: keys }) => (LACKING.has(code) ? keys : [])))
  const flags = record.flags
    .filter((flag) => !isSpokenFor(flag, spoken, record.discrepancies) && !isSaidByLacking(flag, lacking))
    .map((flag) => itemOfFlag(flag, facts))
  return byUrgency([...discrepancies, ...flags])
}

export function byUrgency(items: readonly Item[]): Item[] {
  return URGENCIES.flatMap((urgency) => items.filter((item) => item.urgency === urgency))
}

const cellsOf = ({ suspects, proposal }: Discrepancy): string[] => [
  ...(proposal?.changes.map(({ fact }) => fact) ?? []),
  ...suspects,
]

/** A failed check of level error is always some discrepancy's; so is a cell that was not read and is derived. */
function isSpokenFor(
  { code, severity, facts }: Flag,
  spoken: ReadonlySet<string>,
  all: readonly Discrepancy[],
): boolean {
  if (severity === 'error' && code === 'check_failed') return all.length > 0
  return severity === 'error' && facts.length > 0 && facts.every((key) => spoken.has(key))
}

/** Flags that name cells that were not found, table by table or row by row. */
const LACKING = new Set(['table_missing', 'cell_missing'])

/** That tables and rows are not whole. */
function isSaidByLacking({ code, facts }: Flag, lacking: ReadonlySet<string>): boolean {
  return code === 'check_failed' && facts.length > 0 && facts.every((key) => lacking.has(key))
}

function itemOfDiscrepancy(discrepancy: Discrepancy, { checks }: ReportRecord, facts: ReadonlyMap<string, Fact>): Item {
  const names = discrepancy.checks.map(checkName)
  const failed = checks.filter((check) => names.includes(checkName(check)))
  const cells = [...new Set([...cellsOf(discrepancy), ...failed.flatMap((check) => check.facts)])]
  return {
    id: `discrepancy:${[...names].sort().join(',')}`,
    urgency: discrepancy.proposal === null ? 'error' : 'proposal',
    code: 'check_failed',
    facts: cells,
    checks: names,
    message: failed.map(({ message }) => message).join(''),
    location: facts.get(cells[0] ?? '')?.location ?? null,
    counterpart: null,
    discrepancy,
    evidence: evidenceOf(cells, facts),
  }
}

function itemOfFlag(flag: Flag, facts: ReadonlyMap<string, Fact>): Item {
  const { code, severity, message, location, counterpart = null } = flag
  return {
    id: `${code}:${flag.facts.length > 0 ? flag.facts.join(',') : message}`,
    urgency: severity === 'error' ? 'error' : counterpart === null ? 'note' : 'prose',
    code,
    facts: flag.facts,
    checks: [],
    message,
    location,
    counterpart,
    discrepancy: null,
    evidence: flag.facts.length > 0 ? evidenceOf(flag.facts, facts) : message,
  }
}

export function evidenceOf(keys: readonly string[], facts: ReadonlyMap<string, Pick<Fact, 'raw'>>): string {
  return [...keys]
    .sort()
    .map((key) => `${key}=${facts.get(key)?.raw ?? '?'}`)
    .join(';')
}

/** As it is printed, and what a person says of it. */
export function shown(raw: string | null, value: number | null | undefined): string | null {
  return value === undefined ? raw : `${raw ?? ''}→${value ?? ''}`
}
