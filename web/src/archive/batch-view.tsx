/** One batch: how it stands, and its files. What this page is sending to it is told along with what is in. */
import { useMemo } from 'react'
import type { Who } from '../api/session.js'
import { Refusal } from '../parts/notice.js'
import { Wait } from '../parts/wait.js'
import { BatchCard } from './batch-card.js'
import { BatchFiles } from './batch-files.js'
import { batchRows, countFates } from './batch-rows.js'
import { useDeliveries, useDelivery } from './deliveries.js'
import { useBatch } from './ledger.js'

interface BatchViewProps {
  readonly batchId: string
  readonly who: Who
}

export function BatchView({ batchId, who }: BatchViewProps) {
  const picture = useBatch(batchId)
  const delivery = useDeliveries().find((each) => each.batchId === batchId) ?? null
  const sending = useDelivery(delivery)
  const rows = useMemo(() => batchRows(picture.files, sending), [picture.files, sending])
  const counts = useMemo(() => countFates(rows), [rows])
  const { batch, error, isLoaded, reload } = picture
  if (batch === null) return error === null ? <Wait /> : <Refusal error={error} retry={reload} />
  return (
    <>
      <BatchCard
        batch={batch}
        picture={picture}
        counts={counts}
        delivery={delivery}
        sending={sending}
        maySend={who.scopes.includes('upload')}
      />
      {error !== null && <Refusal error={error} retry={reload} />}
      <BatchFiles rows={rows} isLoaded={isLoaded} mayReextract={who.scopes.includes('reextract')} />
    </>
  )
}
