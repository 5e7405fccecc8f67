/**
 * Findings → flags → status.
 *
 * `accepted` means that no person needs to look, so it is decided by flags of severity error and nothing else. Every failed
 * check of level error is one. A check of level error that could not be made because a cell was not found or not understood must
 * be one too: the reading flags such cells, and where it did not, the flag is raised here. A blank total leaves its sum
 * unconfirmed, which is worth a warning; blanks are legal, if careless.
 */
import type { Flag, Location, ReportRecord } from '../record.js'
import type { ReportReading } from '../report/reading.js'
import type { Capture } from './captures.js'
import { tellOnce } from './differences.js'
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

  const failures = findings.filter(({ check: { outcome, level } }) => outcome === 'fail' && level !== 'info')
  const failed = tellOnce(failures).map(({ found, phrases }) => {
    const { level, message, facts } = found.check
    const severity = level === 'error' ? 'error' : 'warning'
    const repeated = phrases.length > 1 ? `（正文共 ${phrases.length} 处）` : ''
    const flag = raise('check_failed', severity, `${message}${repeated}${repairs.get(found) ?? ''}`, facts)
    const [phrase] = phrases
    return phrase === undefined ? flag : { ...flag, ...placesOf(phrase, facts, locations) }
  })

  const undecided = findings.filter(({ check: { level, outcome } }) => outcome === 'skipped' && level === 'error')
  const blankTotals = undecided.filter(({ cause }) => cause === 'blank')
  const flagged = new Set(reading.flags.filter(({ severity }) => severity === 'error').flatMap(({ facts }) => facts))
  const unflagged = undecided
    .filter(({ cause, check: { facts } }) => cause === 'unread' && !facts.some((key) => flagged.has(key)))
    .map(({ check: { facts, message } }) => raise('check_skipped', 'error', message, facts))

  return [...failed, ...unflagged, ...(blankTotals.length > 0 ? [flagBlankTotals(blankTotals, raise)] : [])]
}

/** The cell of the table, or the first that its figure is computed from, and the sentence; a list stands against itself. */
function placesOf(
  { location: sentence }: Capture,
  facts: readonly string[],
  locations: ReadonlyMap<string, Location | null>,
): Pick<Flag, 'location' | 'counterpart'> {
  const cell = facts.map((key) => locations.get(key) ?? null).find((location) => location !== null)
  if (cell === undefined || sentence === null) return { location: cell ?? sentence }
  return { location: cell, counterpart: sentence }
}

type Raise = (code: string, severity: Flag['severity'], message: string, facts: readonly string[]) => Flag

function flagBlankTotals(findings: readonly Finding[], raise: Raise): Flag {
  const [first] = findings
  const more = findings.length > 1 ? `（同类共 ${findings.length} 处）` : ''
  return raise('total_blank', 'warning', `${first?.check.message ?? ''}${more}`, [
    ...new Set(findings.flatMap(({ check: { facts } }) => facts.slice(0, 1))),
  ])
}
