/**
 * A document that was read once more → how the grids that people assigned in it read now, kept beside their decisions where it is otherwise than
 * when they were made: such a decision has lapsed, visibly.
 */
import type { Document } from '../../document/model.js'
import { readLaying } from '../../review/assigning.js'
import type { AssignedCell, Assignment } from '../../review/decisions.js'
import { decisionsOf } from './reviews.js'
import type { Db } from './schema.js'
import { storable } from './storable.js'

/** The document as this version reads it, before any meaning is given to it; null: it cannot be read any more. */
export type ReadAgain = () => Promise<Document | null>

export interface Reread {
  readonly decisionId: number
  /** null: as it did. */
  readonly reads: string | null
}

/** Reads only what something was assigned in. */
export async function readAssigned(db: Db, sha256: string, read: ReadAgain): Promise<readonly Reread[]> {
  const { id } = await db.selectFrom('documents').where('sha256', '=', sha256).select('id').executeTakeFirstOrThrow()
  const made = (await decisionsOf(db, id)).flatMap(({ id: decisionId, decision }) =>
    decision.kind === 'assign' ? [{ decisionId, decision }] : [],
  )
  if (made.length === 0) return []
  const document = await read()
  return made.map(({ decisionId, decision }) => ({ decisionId, reads: readsNow(document, decision) }))
}

export async function keepReread(transaction: Db, rereads: readonly Reread[]): Promise<void> {
  if (rereads.length === 0) return
  const ids = rereads.map(({ decisionId }) => decisionId)
  await transaction.deleteFrom('read_again').where('decision_id', 'in', ids).execute()
  const others = rereads.flatMap(({ decisionId, reads }) =>
    reads === null ? [] : [{ decision_id: decisionId, reads: JSON.stringify(storable(reads)) }],
  )
  if (others.length > 0) await transaction.insertInto('read_again').values(others).execute()
}

function readsNow(document: Document | null, decision: Assignment): string | null {
  const read = document === null ? '' : readLaying(document, decision)
  if (typeof read === 'string') return ''
  if (read.printed !== decision.printed) return read.printed
  const figures = figuresOf(read.cells)
  return figures === figuresOf(decision.cells) ? null : `${read.printed}\n${figures}`
}

/** Where a cell lies may be told otherwise; what it says may not. */
function figuresOf(cells: readonly AssignedCell[]): string {
  return cells.map(({ fact, raw, state, value }) => `${fact}=${raw}:${state}:${value}`).join(';')
}
