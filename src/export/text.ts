/**
 * A record → what a person reads of it on a terminal: one line, and under it what did not hold.
 *
 * Each record stands alone, so that lines can be printed while others are still being read: the columns have fixed widths and
 * the names, which may be of any length, come last. Whatever a file says is stripped of control characters, since a terminal
 * would obey them.
 */
import type { Check, ReportRecord } from '../record.js'
import { padEnd } from './width.js'

const STATUS: Record<ReportRecord['status'], string> = { accepted: '通过', needs_review: '需复核', failed: '失败' }
const LEVEL: Record<Check['level'], string> = { error: '错误', warning: '提醒', info: '说明' }
const COLUMNS = { status: 8, year: 6, vintage: 6, facts: 10, checks: 20, organ: 32 }
/** A table that was not understood has a flag for each of its rows: the first few tell that. */
const FLAGS_SHOWN = 6
const INDENT = ' '.repeat(COLUMNS.status)

export function textHeader(): string {
  return textLine('状态', '年度', '版式', '数据', '核对', '机关', '文件')
}

export function toText(record: ReportRecord): string {
  const { report, facts, checks, flags } = record
  const failed = checks.filter((check) => check.outcome === 'fail')
  const summary = textLine(
    STATUS[record.status],
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
    ...failed.map((check) => `${LEVEL[check.level]}  ${check.rule}  ${check.message}`),
    ...wrong.slice(0, FLAGS_SHOWN).map((flag) => `${LEVEL.error}  ${flag.code}  ${flag.message}`),
    ...(wrong.length > FLAGS_SHOWN ? [`另有 ${wrong.length - FLAGS_SHOWN} 条，见记录的 flags。`] : []),
  ]
  return summary + details.map((detail) => `${INDENT}${printable(detail)}\n`).join('')
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
