/** /batches/:id: one batch, its files and its receipt. */
import { useSession } from '../api/session.js'
import { useWords } from '../wording/words.js'
import { BatchView } from './batch-view.js'
import { ArchiveHead } from './places.js'
import { StandingReceipt } from './upload.js'

const WORDS = { zh: { title: '批次' }, en: { title: 'Batch' } }

export function Batch({ id }: { readonly id: string }) {
  const words = useWords(WORDS)
  const { data: who } = useSession()
  if (who === undefined || who === null) return null
  return (
    <div className="arc-page">
      <div className="arc-col">
        <ArchiveHead place={null} title={words.title} />
        <BatchView key={id} batchId={id} who={who} />
      </div>
      <aside className="arc-side">
        <StandingReceipt batchId={id} before={null} />
      </aside>
    </div>
  )
}
