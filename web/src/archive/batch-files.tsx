/** The files of a batch, those on their way before those that are in: all, or those that need somebody; searched for by name. */
import { useMutation } from '@tanstack/react-query'
import { useCallback, useMemo, useState } from 'react'
import { send } from '../api/call.js'
import { Icon } from '../parts/icon.js'
import { Refusal } from '../parts/notice.js'
import { useWords } from '../wording/words.js'
import { useBatchCells, useBatchColumns } from './batch-cells.js'
import { type BatchRow, countFates, keyOf, nameOf } from './batch-rows.js'
import type { Fate } from './fate.js'
import { LongTable } from './long-table.js'

const WORDS = {
  zh: {
    name: '批次的文件',
    all: '全部',
    yours: '要您处理',
    needs_review: '待复核',
    accepted: '接受',
    which: '显示哪些文件',
    search: '文件名',
    retry: (count: number) => `重试失败的 ${count} 个`,
    retried: (count: number) => `${count} 份已排队重读`,
    none: '没有这样的文件。',
    empty: '这个批次还没有文件。',
  },
  en: {
    name: 'Files of the batch',
    all: 'All',
    yours: 'Needs you',
    needs_review: 'To review',
    accepted: 'Accepted',
    which: 'Which files to show',
    search: 'File name',
    retry: (count: number) => `Retry ${count} failed`,
    retried: (count: number) => `${count} to be read again`,
    none: 'No such files.',
    empty: 'There are no files in this batch yet.',
  },
}

const VIEWS = ['all', 'yours', 'needs_review', 'accepted'] as const
type View = (typeof VIEWS)[number]
const YOURS = new Set<Fate>(['failed', 'refused', 'same_report'])

interface BatchFilesProps {
  readonly rows: readonly BatchRow[]
  readonly isLoaded: boolean
  readonly mayReextract: boolean
}

export function BatchFiles({ rows, isLoaded, mayReextract }: BatchFilesProps) {
  const words = useWords(WORDS)
  const [view, setView] = useState<View>('all')
  const [search, setSearch] = useState('')
  const [retried, setRetried] = useState<number | null>(null)
  const counts = useMemo(() => countFates(rows), [rows])
  const shown = useMemo(() => {
    const part = search.trim().toLowerCase()
    return rows.filter((row) => isIn(view, row.fate) && (part === '' || nameOf(row).toLowerCase().includes(part)))
  }, [rows, view, search])
  const retry = useMutation({
    mutationFn: (sha256s: readonly string[]) =>
      send<{ queued: number }>('POST', '/documents/reextract', { sha256s: [...new Set(sha256s)].slice(0, 10_000) }),
    onSuccess: ({ queued }) => setRetried(queued),
  })
  const failed = rows.flatMap((row) =>
    row.kind === 'in' && row.fate === 'failed' && row.file.sha256 !== null ? [row.file.sha256] : [],
  )
  const numbers: Record<View, number> = {
    all: rows.length,
    yours: counts.failed + counts.refused + counts.same_report,
    needs_review: counts.needs_review,
    accepted: counts.accepted,
  }
  const { mutate } = retry
  const retryOne = useCallback((sha256: string) => mutate([sha256]), [mutate])
  const columns = useBatchColumns()
  const cellsOf = useBatchCells(mayReextract ? retryOne : null)
  return (
    <div className="card arc-files">
      <div className="row g8 arc-files-head">
        <fieldset className="seg arc-seg" aria-label={words.which}>
          {VIEWS.map((each) => (
            <button
              key={each}
              type="button"
              className={each === view ? 'on' : ''}
              aria-pressed={each === view}
              onClick={() => setView(each)}
            >
              {words[each]} {numbers[each]}
            </button>
          ))}
        </fieldset>
        <span className="sp" />
        <span role="status" className="s2 xs">
          {retried !== null && words.retried(retried)}
        </span>
        <label className="inp flt-search">
          <Icon name="search" />
          <input
            type="search"
            placeholder={words.search}
            aria-label={words.search}
            value={search}
            onChange={({ currentTarget }) => setSearch(currentTarget.value)}
          />
        </label>
        {mayReextract && failed.length > 0 && (
          <button type="button" className="btn sm" disabled={retry.isPending} onClick={() => retry.mutate(failed)}>
            <Icon name="retry" />
            {words.retry(failed.length)}
          </button>
        )}
      </div>
      {retry.error !== null && <Refusal error={retry.error} />}
      <LongTable
        name={words.name}
        columns={columns}
        rows={shown}
        rowHeight={41}
        keyOf={keyOf}
        cellsOf={cellsOf}
        empty={rows.length > 0 ? words.none : isLoaded ? words.empty : ''}
      />
    </div>
  )
}

function isIn(view: View, fate: Fate): boolean {
  return view === 'all' || fate === view || (view === 'yours' && YOURS.has(fate))
}
