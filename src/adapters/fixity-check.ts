/**
 * A check of the originals that is kept in the store as it goes on, whoever asked for it: the command, or an administrator on the page.
 *
 * On the page it runs in the server beside everything else: one original at a time, one check at a time. It ends with the server, and
 * is then told as cut short.
 */
import { setImmediate as letOthers } from 'node:timers/promises'
import { checkFixity, type Finding, knownOriginals, reportFixity } from './originals/fixity.js'
import type { Service } from './service.js'
import { beginCheck, beginCheckAlone, type FixityCounts, tellCheck } from './store/fixity-checks.js'
import type { Db, FixityFinding } from './store/schema.js'

type Parts = Pick<Service, 'db' | 'originals'>

/** Of what is wrong; the numbers tell of the rest. */
const MOST_FINDINGS = 100
const TOLD_EVERY = 2_000

/** The command `gouji fixity`: all documents that were ever received, the deleted ones too, whose bytes stay. Whether nothing is wrong. */
export async function runFixity({ db, originals }: Parts, print: (line: string) => void): Promise<boolean> {
  const check = await beginCheck(db, 'system')
  return reportFixity(told(db, check, checkFixity(originals, knownOriginals(db))), print)
}

export interface FixityChecks {
  /** Whether it was begun: not while another is running. */
  begin(askedBy: string): Promise<boolean>
  /** Lets go after the original in hand. */
  close(): Promise<void>
}

export function openFixityChecks({ db, originals, log }: Parts & Pick<Service, 'log'>): FixityChecks {
  let isClosed = false
  let current: Promise<void> = Promise.resolve()

  async function run(check: number): Promise<void> {
    for await (const _finding of told(db, check, checkFixity(originals, knownOriginals(db)))) {
      if (isClosed) return
      await letOthers()
    }
  }

  return {
    begin: async (askedBy) => {
      const check = await beginCheckAlone(db, askedBy)
      if (check === null) return false
      current = run(check).catch((error: unknown) => log.error({ err: error }, 'the originals could not be checked'))
      return true
    },
    close: () => {
      isClosed = true
      return current
    },
  }
}

/** The findings, as they are; on the way the store is told how far they are. One that is left early never ends in the store. */
async function* told(
  db: Db,
  check: number,
  findings: AsyncIterable<Finding>,
): AsyncGenerator<Finding, void, undefined> {
  const counts: Record<keyof FixityCounts, number> = { sound: 0, changed: 0, unreadable: 0, missing: 0, untracked: 0 }
  const wrong: FixityFinding[] = []
  let toldAt = Date.now()
  for await (const finding of findings) {
    counts[finding.kind] += 1
    if (finding.kind !== 'sound' && wrong.length < MOST_FINDINGS) wrong.push(keptOf(finding))
    if (Date.now() - toldAt > TOLD_EVERY) {
      await tellCheck(db, check, counts, wrong, false)
      toldAt = Date.now()
    }
    yield finding
  }
  await tellCheck(db, check, counts, wrong, true)
}

function keptOf(finding: Exclude<Finding, { kind: 'sound' }>): FixityFinding {
  if (finding.kind === 'untracked') {
    const { name, sha256 } = finding.object
    return { kind: 'untracked', name, sha256, detail: null }
  }
  const { fileName, sha256 } = finding.known
  return { kind: finding.kind, name: fileName, sha256, detail: finding.kind === 'missing' ? null : finding.detail }
}
