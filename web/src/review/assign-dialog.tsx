/**
 * Tables that were not recognised, or a row of one: the grid as printed at the left, what it comes to in the form at the right. Of several
 * tables that are lacking one is laid after the other. What is the document's is text here as everywhere.
 */
import { useQuery } from '@tanstack/react-query'
import { useCallback, useMemo, useState } from 'react'
import type { Document } from '../../../src/document/model.js'
import type { Vintage } from '../../../src/record.js'
import { assignableGrids } from '../../../src/review/assigning.js'
import type { Assignment } from '../../../src/review/decisions.js'
import { get } from '../api/call.js'
import { Dialog } from '../parts/dialog.js'
import { useWords } from '../wording/words.js'
import { lackingTables, type ToAssign } from './assign-laying.js'
import { AssignStep } from './assign-step.js'
import { ASSIGN_WORDS } from './assign-words.js'
import type { Picture } from './opened-report.js'
import './assign.css'

export interface AssignDialogProps {
  readonly picture: Picture
  readonly what: ToAssign
  onDone(decision: Assignment): void
  onClose(): void
}

export function AssignDialog(props: AssignDialogProps) {
  const words = useWords(ASSIGN_WORDS)
  const { sha256 } = props.picture.opened
  const { data, error } = useQuery({
    queryKey: ['blocks', sha256],
    queryFn: ({ signal }) => get<Document>(`/documents/${sha256}/blocks`, signal),
    // A document never changes.
    staleTime: Number.POSITIVE_INFINITY,
  })
  const isThere = useMemo(() => data !== undefined && assignableGrids(data).length > 0, [data])
  return (
    <Dialog title={words.title} about={words.about} kind="wide" onClose={props.onClose}>
      {data !== undefined && isThere ? (
        <Steps {...props} document={data} />
      ) : (
        <div className="dlg-pad as-none">
          <p role="status">{error !== null ? words.failed : data === undefined ? words.loading : words.none}</p>
          <button type="button" className="btn" onClick={props.onClose}>
            {words.cancel}
          </button>
        </div>
      )}
    </Dialog>
  )
}

/** One table after the other, as long as one is lacking that was not laid or left and may be in the document. */
function Steps({ picture, what, document, onDone, onClose }: AssignDialogProps & { readonly document: Document }) {
  const [{ done, ...now }, go] = useState<ToAssign & { readonly done: readonly string[] }>({ ...what, done: [] })
  const { facts, overlay } = picture
  const openTables = useCallback(
    (vintage: Vintage) => lackingTables(vintage, facts, overlay.corrections).filter((key) => !done.includes(key)),
    [facts, overlay, done],
  )
  const goOn = (table: string, [next]: readonly string[]) => {
    if (next === undefined) onClose()
    else go({ table: next, row: null, done: [...done, table] })
  }
  return (
    <AssignStep
      key={done.length}
      picture={picture}
      document={document}
      what={now}
      doneBefore={done.length}
      openTables={openTables}
      onAssign={(decision, left) => {
        onDone(decision)
        goOn(decision.table, left)
      }}
      onLeave={goOn}
      onClose={onClose}
    />
  )
}
