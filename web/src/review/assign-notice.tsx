/** Over a table: that it, or a row of it, was not read, and the way to say which of the original's it is. Nothing where all of it was. */
import { useWords } from '../wording/words.js'
import type { ToAssign } from './assign-laying.js'
import { ASSIGN_WORDS } from './assign-words.js'
import type { LaidRow, LaidTable } from './form-layout.js'
import type { Picture } from './opened-report.js'

export interface AssignNoticeProps {
  readonly table: LaidTable
  readonly picture: Picture
  /** null: only to be looked at. */
  readonly onAssign: ((what: ToAssign) => void) | null
}

const MOST_ROWS = 3

export function AssignNotice({ table, picture, onAssign }: AssignNoticeProps) {
  const words = useWords(ASSIGN_WORDS)
  const { facts, overlay } = picture
  const isThere = (key: string) => {
    const state = facts.get(key)?.state ?? 'absent'
    return state !== 'absent' || overlay.corrections.has(key)
  }
  const rows = table.rows.filter(({ cells }) => cells.length > 0)
  const lacking = rows.filter(({ cells }) => !cells.some(({ key }) => isThere(key)))
  const isAssigned = rows.some(({ cells }) => cells.some(({ key }) => overlay.assigned.has(key)))
  if (lacking.length === 0 && !isAssigned) return null
  const ask = (row: string | null) => onAssign?.({ table: table.key, row })
  const isWhole = lacking.length === rows.length
  return (
    <p className="rv-assign xs s2">
      {isWhole && <span>{words.missing}</span>}
      {isWhole && onAssign !== null && (
        <button type="button" className="btn sm" onClick={() => ask(null)}>
          {words.assignTable}
        </button>
      )}
      {!isWhole && lacking.length > 0 && (
        <>
          <span>{words.rowsMissing(lacking.length)}</span>
          {lacking.slice(0, MOST_ROWS).map((row) => (
            <span key={row.key} className="rv-assign-row">
              <bdi lang="zh-CN">{labelOf(row)}</bdi>
              {onAssign !== null && (
                <button type="button" className="btn sm" onClick={() => ask(row.key)}>
                  {words.assignRow}
                </button>
              )}
            </span>
          ))}
          {lacking.length > MOST_ROWS && '…'}
        </>
      )}
      {!isWhole && onAssign !== null && (isAssigned || lacking.length > 1) && (
        <button type="button" className="btn sm t" onClick={() => ask(null)}>
          {isAssigned ? words.assignOther : words.assignTable}
        </button>
      )}
    </p>
  )
}

function labelOf({ cells, labels }: LaidRow): string {
  return labels.at(-1)?.text ?? cells[0]?.slot.label ?? ''
}
