/**
 * Findings → flags → status.
 *
 * `accepted` means that no person needs to look, so it is decided by flags of severity error and nothing else. Every failed
 * check of level error is one. A check of level error that could not be made because a cell was not found or not understood must
 * be one too: the reading flags such cells, and where it did not, the flag is raised here. A blank total leaves its sum
 * unconfirmed, which is worth a warning; blanks are legal, if careless.
 */
import type { Flag, ReportRecord } from '../record.js'
import type { ReportReading } from '../report/reading.js'
import type { Finding } from './finding.js'

export function verdict(flags: readonly Flag[]): Exclude<ReportRecord['status'], 'failed'> {
  return flags.some(({ severity }) => severity === 'error') ? 'needs_review' : 'accepted'
}

/** `repairs` gives for a finding what one change would put right. */
export function raiseFlags(
  findings: readonly Finding[],
  reading: ReportReading,
  repairs: ReadonlyMap<Finding, string>,
): Flag[] {
  const locations = new Map(reading.facts.map(({ key, location }) => [key, location]))
  const raise = (code: string, severity: Flag['severity'], message: string, facts: readonly string[]): Flag => ({
    code,
    severity,
    message,
    facts: [...facts],
    location: locations.get(facts[0] ?? '') ?? null,
  })

  const failed = findings
    .filter(({ check: { outcome, level } }) => outcome === 'fail' && level !== 'info')
    .map((found) => {
      const { level, message, facts } = found.check
      const severity = level === 'error' ? 'error' : 'warning'
      return raise('check_failed', severity, `${message}${repairs.get(found) ?? ''}`, facts)
    })

  const undecided = findings.filter(({ check: { level, outcome } }) => outcome === 'skipped' && level === 'error')
  const blankTotals = undecided.filter(({ cause }) => cause === 'blank')
  const flagged = new Set(reading.flags.filter(({ severity }) => severity === 'error').flatMap(({ facts }) => facts))
  const unflagged = undecided
    .filter(({ cause, check: { facts } }) => cause === 'unread' && !facts.some((key) => flagged.has(key)))
    .map(({ check: { facts, message } }) => raise('check_skipped', 'error', message, facts))

  return [...failed, ...unflagged, ...(blankTotals.length > 0 ? [flagBlankTotals(blankTotals, raise)] : [])]
}

type Raise = (code: string, severity: Flag['severity'], message: string, facts: readonly string[]) => Flag

function flagBlankTotals(findings: readonly Finding[], raise: Raise): Flag {
  const [first] = findings
  const more = findings.length > 1 ? `（同类共 ${findings.length} 处）` : ''
  return raise('total_blank', 'warning', `${first?.check.message ?? ''}${more}`, [
    ...new Set(findings.flatMap(({ check: { facts } }) => facts.slice(0, 1))),
  ])
}
