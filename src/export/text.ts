/**
 * A record → what a person reads of it on a terminal: one line, and under it what did not hold.
 *
 * Each record stands alone, so that lines can be printed while others are still being read: the columns have fixed widths and
 * the names, which may be of any length, come last. Whatever a file says is stripped of control characters, since a terminal
 * would obey them.
 */
import type { Check, Discrepancy, Evidence, ReportRecord } from '../record.js'
import type { LabelOf } from './fact-row.js'
import { padEnd } from './width.js'
import { LEVEL_WORDS, STATUS_WORDS, VERDICT_WORDS } from './wording.js'

const COLUMNS = { status: 8, year: 6, vintage: 6, facts: 10, checks: 20, organ: 32 }
/** A table that was not understood has a flag for each of its rows: the first few tell that. */
const FLAGS_SHOWN = 6
const DISCREPANCIES_SHOWN = 6
const EVIDENCE_SHOWN = 4
const SUSPECTS_NAMED = 2
const INDENT = ' '.repeat(COLUMNS.status)

export function textHeader(): string {
  return textLine('状态', '年度', '版式', '数据', '核对', '机关', '文件')
}

export function toText(record: ReportRecord, labelOf: LabelOf): string {
  const { report, facts, checks, flags, discrepancies } = record
  const failed = checks.filter((check) => check.outcome === 'fail')
  const summary = textLine(
    STATUS_WORDS[record.status],
    report.year === null ? '—' : String(report.year),
    report.vintage ?? '—',
    facts.length === 0 ? '—' : `${facts.filter((fact) => fact.raw !== null).length}/${facts.length}`,
    checks.length === 0 ? '—' : tally(checks),
    report.organ ?? '—',
    record.document.fileName,
  )
  // A failed check has said itself what is wrong.
  const wrong = flags.filter((flag) => flag.severity === 'error' && flag.code !== 'check_failed')
  const details = [
    ...(record.failure === null ? [] : [`${record.failure.code}  ${record.failure.message}`]),
    ...failed.map((check) => `${LEVEL_WORDS[check.level]}  ${check.rule}  ${check.message}`),
    ...discrepancies
      .slice(0, DISCREPANCIES_SHOWN)
      .flatMap((discrepancy) => linesOf(discrepancy, (key) => labelOf(report.vintage, key) ?? key)),
    ...more(discrepancies.length - DISCREPANCIES_SHOWN, 'discrepancies'),
    ...wrong.slice(0, FLAGS_SHOWN).map((flag) => `${LEVEL_WORDS.error}  ${flag.code}  ${flag.message}`),
    ...more(wrong.length - FLAGS_SHOWN, 'flags'),
  ]
  return summary + details.map((detail) => `${INDENT}${printable(detail)}\n`).join('')
}

/** What arithmetic says of the failed checks above, and under it what speaks for and against it. */
function linesOf(discrepancy: Discrepancy, nameOf: (key: string) => string): string[] {
  const { verdict, proposal, suspects, evidence } = discrepancy
  const told = proposal === null ? undecided(suspects.map(nameOf)) : proposal.message
  const contrary = evidence.filter((each) => isContrary(each, discrepancy))
  const room = Math.max(0, EVIDENCE_SHOWN - contrary.length)
  const agreeing = evidence.filter((each) => !contrary.includes(each)).slice(0, room)
  const shown = new Set([...contrary.slice(0, EVIDENCE_SHOWN), ...agreeing])
  return [
    `${VERDICT_WORDS[verdict]}  ${told}`,
    ...evidence
      .filter((each) => shown.has(each))
      .map((each) => `  ${contrary.includes(each) ? '反证' : '依据'}  ${each.message}`),
  ]
}

function undecided(suspects: readonly string[]): string {
  if (suspects.length === 0) return '算术无法判定。'
  const named = suspects.slice(0, SUSPECTS_NAMED).map((name) => `「${name}」`)
  return `算术无法判定，可疑：${named.join('')}${suspects.length > named.length ? `等 ${suspects.length} 栏` : ''}。`
}

/** It is never left out for want of room. */
function isContrary({ bearing }: Evidence, { verdict }: Discrepancy): boolean {
  switch (bearing) {
    case 'against_proposal':
      return true
    case 'for_proposal':
      return false
    case 'misread':
      return verdict === 'published'
    case 'published':
      return verdict === 'misread'
  }
}

function more(count: number, field: keyof ReportRecord): string[] {
  return count > 0 ? [`另有 ${count} 条，见记录的 ${field}。`] : []
}

export interface Tally {
  accepted: number
  needs_review: number
  failed: number
}

export function textFooter({ accepted, needs_review, failed }: Tally): string {
  const total = accepted + needs_review + failed
  return `\n共 ${total} 份：通过 ${accepted}，需复核 ${needs_review}，失败 ${failed}。\n`
}

function tally(checks: readonly Check[]): string {
  const count = (outcome: Check['outcome']) => checks.filter((check) => check.outcome === outcome).length
  const failed = count('fail')
  const skipped = count('skipped')
  return [
    `${count('pass')} 相符`,
    ...(failed > 0 ? [`${failed} 不符`] : []),
    ...(skipped > 0 ? [`${skipped} 未核`] : []),
  ].join(' ')
}

function textLine(
  status: string,
  year: string,
  vintage: string,
  facts: string,
  checks: string,
  organ: string,
  file: string,
): string {
  const cells = [
    padEnd(status, COLUMNS.status),
    padEnd(year, COLUMNS.year),
    padEnd(vintage, COLUMNS.vintage),
    padEnd(facts, COLUMNS.facts),
    padEnd(checks, COLUMNS.checks),
    padEnd(printable(organ), COLUMNS.organ),
    printable(file),
  ]
  return `${cells.join(' ')}\n`
}

function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Bidi_Control}]+/gu, ' ')
}
