/**
 * What a person did and the server does not know yet, laid over what it knows.
 *
 * Each step carries the version it was made on. What a colleague decided meanwhile about another thing does not touch it; about the
 * same thing, the person is asked.
 */
import type { ReportRecord } from '../../../src/record.js'
import type { Decision, Made } from '../../../src/review/decisions.js'
import { evidenceNow, subjectOf } from '../../../src/review/overlay.js'

export type Act =
  | { readonly kind: 'decide'; readonly decision: Decision }
  /** Of a decision that the server has; `decision` is what it said, for doing it again. */
  | { readonly kind: 'undo'; readonly id: number; readonly decision: Decision }

export interface Step {
  /** The same step twice is one. */
  readonly key: string
  readonly sha256: string
  readonly at: string
  readonly version: number
  readonly act: Act
}

/** Decisions of the server come first: what was done later counts. Ids of unsent ones are negative. */
export function layOver(
  decisions: readonly Made[],
  steps: readonly Step[],
  record: ReportRecord,
  by: string,
): readonly Made[] {
  if (steps.length === 0) return decisions
  const undone = new Set(steps.flatMap(({ act }) => (act.kind === 'undo' ? [act.id] : [])))
  const laid = decisions.filter(({ id }) => !undone.has(id))
  steps.forEach(({ act, at }, index) => {
    if (act.kind === 'undo') return
    const { decision } = act
    // Each rests on those before it.
    laid.push({ id: -1 - index, decision, evidence: evidenceNow(decision, record, laid), by, at })
  })
  return laid
}

/** What U takes back: the last step that was not sent, else the last decision that this person made. */
export function lastDone(
  decisions: readonly Made[],
  steps: readonly Step[],
  by: string,
): { readonly step: Step } | { readonly made: Made } | null {
  const step = steps.findLast(({ act }) => act.kind === 'decide')
  if (step !== undefined) return { step }
  const undone = new Set(steps.flatMap(({ act }) => (act.kind === 'undo' ? [act.id] : [])))
  const made = decisions.findLast((one) => one.by === by && !undone.has(one.id) && isUndoable(one.decision))
  return made === undefined ? null : { made }
}

/** Words stay said, and what was handed over is with somebody else. */
function isUndoable({ kind }: Decision): boolean {
  return kind !== 'comment' && kind !== 'hand_over'
}

/** What others decided since about the same thing, in another way; the last one. */
export function rivalOf(step: Step, since: readonly Made[], by: string): Made | null {
  if (step.act.kind === 'undo') return null
  const { decision } = step.act
  const rival = since.findLast((one) => one.by !== by && subjectOf(one.decision) === subjectOf(decision))
  return rival === undefined || isSame(rival.decision, decision) ? null : rival
}

export function isSame(one: Decision, other: Decision): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other))
}

function sorted(decision: Decision): [string, unknown][] {
  return Object.entries(decision).sort(([a], [b]) => (a < b ? -1 : 1))
}

/** A colleague's doing: what the server knows with what it told since. */
export function joinDecisions(known: readonly Made[], since: readonly Made[], undone: readonly number[]): Made[] {
  const gone = new Set(undone)
  const byId = new Map([...known, ...since].filter(({ id }) => !gone.has(id)).map((made) => [made.id, made]))
  return [...byId.values()].sort((a, b) => a.id - b.id)
}
