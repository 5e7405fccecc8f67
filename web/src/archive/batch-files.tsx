/** The files of a batch, those on their way before those that are in, each with its fate, why, and the one thing to do about it. */
import { useMutation } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { Link } from 'wouter'
import { send } from '../api/call.js'
import { Icon } from '../parts/icon.js'
import { Refusal } from '../parts/notice.js'
import { useWords } from '../wording/words.js'
import { bytesInWords, dayInWords } from './amounts.js'
import { type FileAnswer, originalAddress } from './answers.js'
import type { DeliveryPicture } from './delivery.js'
import { type Fate, fateOf, noFates } from './fate.js'
import { FateTag } from './fate-bar.js'
import { FileName, OrganName } from './file-name.js'
import { type Column, LongTable } from './long-table.js'
import { type Parcel, UNREADABLE_HERE } from './parcel.js'
import { REASONS } from './reasons.js'

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
    file: '文件',
    organ: '机关与年份',
    size: '大小',
    fate: '结果',
    why: '说明',
    act: '操作',
    none: '没有这样的文件。',
    empty: '这个批次还没有文件。',
    sameAs: (day: string) => `与 ${day} 收到的逐字节相同`,
    sameReport: (name: string) => `与“${name}”是同一报告`,
    inHere: '已有，不必再传',
    unreadableHere: '这个文件读不出来，可能已移动或改动；请重新选取',
    queuedToRead: '等待读取',
    view: '查看',
    review: '去复核',
    original: '看原件',
    again: '重试',
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
    file: 'File',
    organ: 'Organ and year',
    size: 'Size',
    fate: 'Outcome',
    why: 'Why',
    act: 'Action',
    none: 'No such files.',
    empty: 'There are no files in this batch yet.',
    sameAs: (day: string) => `Same bytes as received on ${day}`,
    sameReport: (name: string) => `Same report as “${name}”`,
    inHere: 'Already in, not sent again',
    unreadableHere: 'Cannot be read here, perhaps moved or changed; choose it again',
    queuedToRead: 'Waiting to be read',
    view: 'View',
    review: 'Review',
    original: 'Original',
    again: 'Retry',
  },
}

/** A file that is in, or one on its way. */
export type BatchRow =
  | { readonly kind: 'in'; readonly fate: Fate; readonly file: FileAnswer }
  | { readonly kind: 'out'; readonly fate: Fate; readonly parcel: Parcel }

export function batchRows(files: readonly FileAnswer[], sending: DeliveryPicture | null): readonly BatchRow[] {
  const out = (fate: Fate) => (parcel: Parcel) => ({ kind: 'out' as const, fate, parcel })
  return [
    ...(sending?.aside ?? []).map(out('refused')),
    ...(sending?.sending ?? []).map(out('sending')),
    ...files.map((file) => ({ kind: 'in' as const, fate: fateOf(file), file })),
    ...(sending?.waiting ?? []).map(out('waiting')),
  ]
}

export function countFates(rows: readonly BatchRow[]) {
  const counts = noFates()
  for (const { fate } of rows) counts[fate] += 1
  return counts
}

const VIEWS = ['all', 'yours', 'needs_review', 'accepted'] as const
type View = (typeof VIEWS)[number]
/** What was cut short; the rest fails again. */
const MAY_GO_BETTER = new Set(['timeout', 'out_of_memory', 'given_up'])
const YOURS = new Set<Fate>(['failed', 'refused', 'same_report'])

interface BatchFilesProps {
  readonly rows: readonly BatchRow[]
  readonly isLoaded: boolean
  readonly mayReextract: boolean
}

export function BatchFiles({ rows, isLoaded, mayReextract }: BatchFilesProps) {
  const words = useWords(WORDS)
  const reasons = useWords(REASONS)
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
  const columns: readonly Column[] = [
    { key: 'file', head: words.file, width: null },
    { key: 'organ', head: words.organ, width: 168 },
    { key: 'size', head: words.size, width: 78, isRight: true },
    { key: 'fate', head: words.fate, width: 176 },
    { key: 'why', head: words.why, width: null },
    { key: 'act', head: words.act, width: 84, isRight: true },
  ]

  function whyOf(row: BatchRow): string {
    if (row.kind === 'out') {
      const { trouble } = row.parcel
      return trouble === UNREADABLE_HERE ? words.unreadableHere : (trouble ?? '')
    }
    const { file, fate } = row
    switch (fate) {
      case 'refused':
        return reasons[file.reason?.code ?? ''] ?? file.reason?.message ?? ''
      case 'same_bytes':
        return file.sameBytesAs === null ? words.inHere : words.sameAs(dayInWords(file.sameBytesAs.receivedAt))
      case 'same_report':
        return words.sameReport(file.sameReportAs[0]?.fileName ?? '')
      case 'failed':
        return reasons[file.failureCode ?? 'given_up'] ?? file.givenUp ?? file.failureCode ?? ''
      case 'unread':
        return words.queuedToRead
      default:
        return file.firstFlag?.message ?? ''
    }
  }

  function actionOf(row: BatchRow) {
    if (row.kind === 'out' || row.file.sha256 === null) return null
    const { sha256, status } = row.file
    switch (row.fate) {
      case 'failed':
        return mayReextract && MAY_GO_BETTER.has(row.file.failureCode ?? 'given_up') ? (
          <button type="button" className="arc-act" onClick={() => retry.mutate([sha256])}>
            {words.again}
          </button>
        ) : (
          <OriginalLink sha256={sha256} />
        )
      case 'accepted':
      case 'rejected':
        return <Link href={`/review/${sha256}`}>{words.view}</Link>
      case 'needs_review':
        return <Link href={`/review/${sha256}`}>{words.review}</Link>
      case 'same_report':
        return <Link href={`/review/${sha256}`}>{status === 'needs_review' ? words.review : words.view}</Link>
      case 'deleted':
        return null
      default:
        return <OriginalLink sha256={sha256} />
    }
  }

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
        <label className="inp arc-search">
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
        count={shown.length}
        rowHeight={41}
        keyOf={(index) => keyOf(shown[index], index)}
        cellsOf={(index) => {
          const row = shown[index]
          if (row === undefined) return []
          const why = whyOf(row)
          return [
            <div key="file" className="row g8 arc-file">
              <Icon name={row.fate === 'same_bytes' || row.fate === 'same_report' ? 'copies' : 'file'} />
              <FileName name={nameOf(row)} />
            </div>,
            <OrganAndYear key="organ" row={row} />,
            <span key="size" className="num s2">
              {sizeOf(row)}
            </span>,
            <FateTag key="fate" fate={row.fate} />,
            row.fate === 'sending' && row.kind === 'out' ? (
              <Sent key="why" parcel={row.parcel} />
            ) : (
              <span key="why" className="s2" title={why}>
                {why}
              </span>
            ),
            actionOf(row),
          ]
        }}
        empty={rows.length > 0 ? words.none : isLoaded ? words.empty : ''}
      />
    </div>
  )
}

function OrganAndYear({ row }: { readonly row: BatchRow }) {
  const { organ, year } = row.kind === 'in' ? row.file : { organ: null, year: null }
  if (organ === null) return <span className="s3">—</span>
  return (
    <span className="row g4 arc-organ">
      <OrganName name={organ} />
      <span className="num">{year}</span>
    </span>
  )
}

function OriginalLink({ sha256 }: { readonly sha256: string }) {
  const words = useWords(WORDS)
  return (
    <a href={originalAddress(sha256)} download="">
      {words.original}
    </a>
  )
}

function Sent({ parcel: { file, sentBytes } }: { readonly parcel: Parcel }) {
  const share = file.size === 0 ? 1 : sentBytes / file.size
  return (
    <span className="row g8 s2">
      <progress className="arc-progress" max={1} value={share} />
      <span className="num">{Math.floor(100 * share)}%</span>
    </span>
  )
}

function isIn(view: View, fate: Fate): boolean {
  return view === 'all' || fate === view || (view === 'yours' && YOURS.has(fate))
}

function nameOf(row: BatchRow): string {
  return row.kind === 'in' ? row.file.fileName : row.parcel.path
}

function sizeOf(row: BatchRow): string {
  const bytes = row.kind === 'in' ? row.file.byteLength : row.parcel.file.size
  return bytes === null ? '—' : bytesInWords(bytes)
}

function keyOf(row: BatchRow | undefined, index: number): string {
  if (row === undefined) return String(index)
  return row.kind === 'out' ? `out ${row.parcel.id}` : `in ${row.file.sha256 ?? ''}/${row.file.fileName}`
}
