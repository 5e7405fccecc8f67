/** /archive/upload: where files come in. The whole page takes them; one batch is in view, with its files; receipts stand beside it. */
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useSearchParams } from 'wouter'
import { get } from '../api/call.js'
import type { Who } from '../api/session.js'
import { Refusal } from '../parts/notice.js'
import { Wait } from '../parts/wait.js'
import { useWords } from '../wording/words.js'
import type { BatchAnswer } from './answers.js'
import { BatchView } from './batch-view.js'
import { useDeliveries } from './deliveries.js'
import { DropZone } from './drop-zone.js'
import { FixityCard } from './fixity.js'
import type { Gathered } from './gathered.js'
import { useBatch } from './ledger.js'
import { NewBatch } from './new-batch.js'
import { ArchiveHead } from './places.js'
import { EarlierReceipts, ReceiptCard } from './receipt.js'

const WORDS = {
  zh: {
    title: '上传',
    none: '还没有收到过文件。把第一批拖进来，或点“选文件”。',
    notYours: '您的角色不能上传；可以查看各批次与回执。',
  },
  en: {
    title: 'Upload',
    none: 'Nothing has come in yet. Drop the first batch here, or choose files.',
    notYours: 'Your role may not upload; batches and receipts can be seen.',
  },
}

interface BatchesPage {
  readonly batches: readonly BatchAnswer[]
  readonly next: string | null
}

export function Upload({ who }: { readonly who: Who }) {
  const words = useWords(WORDS)
  const [search, setSearch] = useSearchParams()
  const [gathered, setGathered] = useState<Gathered | null>(null)
  const deliveries = useDeliveries()
  const pages = useInfiniteQuery({
    queryKey: ['batches'],
    queryFn: ({ pageParam, signal }) =>
      get<BatchesPage>(`/batches?limit=20${pageParam === null ? '' : `&cursor=${pageParam}`}`, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  })
  const batches = pages.data?.pages.flatMap((page) => page.batches) ?? []
  const current = search.get('batch') ?? deliveries[0]?.batchId ?? batches[0]?.id ?? null
  const maySend = who.scopes.includes('upload')
  return (
    <div className="arc-page">
      <div className="arc-col">
        <ArchiveHead place="upload" title={words.title} />
        {maySend ? <DropZone onGathered={setGathered} /> : <p className="card arc-say">{words.notYours}</p>}
        {gathered !== null && (
          <NewBatch
            key={gathered.files[0]?.path ?? ''}
            gathered={gathered}
            csrfToken={who.csrfToken}
            open={batches.find(({ closedAt }) => closedAt === null) ?? null}
            onBegun={() => {
              setGathered(null)
              setSearch({}, { replace: true })
            }}
            onCancel={() => setGathered(null)}
          />
        )}
        {pages.error !== null && <Refusal error={pages.error} retry={() => void pages.refetch()} />}
        {pages.isPending && <Wait />}
        {current !== null && <BatchView key={current} batchId={current} who={who} />}
        {current === null && pages.isSuccess && <p className="card arc-say">{words.none}</p>}
      </div>
      <aside className="arc-side">
        {current !== null && (
          <StandingReceipt
            batchId={current}
            before={batches.find(({ id, closedAt }) => id !== current && closedAt !== null) ?? null}
          />
        )}
        {batches.some(({ id }) => id !== current) && (
          <EarlierReceipts
            batches={batches.filter(({ id }) => id !== current)}
            more={pages.hasNextPage ? () => void pages.fetchNextPage() : null}
          />
        )}
        <FixityCard who={who} />
      </aside>
    </div>
  )
}

interface StandingReceiptProps {
  readonly batchId: string
  /** Shown until the batch is closed, and its receipt final. */
  readonly before: BatchAnswer | null
}

export function StandingReceipt({ batchId, before }: StandingReceiptProps) {
  const { batch } = useBatch(batchId)
  const shown = batch === null || batch.closedAt === null ? before : batch
  return shown === null ? null : <ReceiptCard key={shown.id} batch={shown} />
}
