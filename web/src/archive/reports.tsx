/**
 * /archive/reports: all that has come in, the newest first. The filters stand in the address. The pages of the API follow one another as
 * one scrolls; what is chosen stays chosen while others come in.
 */
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo, useRef, useState } from 'react'
import { Link, useSearchParams } from 'wouter'
import { get, send } from '../api/call.js'
import type { Who } from '../api/session.js'
import { Icon } from '../parts/icon.js'
import { Refusal } from '../parts/notice.js'
import { Wait } from '../parts/wait.js'
import { useWords } from '../wording/words.js'
import { bytesInWords, dayInWords } from './amounts.js'
import { type DocumentAnswer, originalAddress } from './answers.js'
import { DeleteDialog } from './delete-dialog.js'
import { FileName, OrganName } from './file-name.js'
import { type Column, LongTable } from './long-table.js'
import { ArchiveHead } from './places.js'
import { REASONS } from './reasons.js'
import { filterOf, queryOf } from './report-filter.js'
import { ReportFilters } from './report-filters.js'
import { StatusTag, standingOf } from './status-tag.js'

const WORDS = {
  zh: {
    title: '全部报告',
    loaded: (count: number, isAll: boolean) => (isAll ? `共 ${count} 份` : `已载入 ${count} 份，向下滚动续载`),
    select: '选择',
    selectAll: '选择已载入的全部',
    organ: '机关',
    year: '年份',
    vintage: '版式',
    status: '状态',
    flag: '说明',
    file: '文件',
    size: '大小',
    received: '收到',
    act: '操作',
    form: (vintage: string) => `${vintage} 版`,
    view: '查看',
    review: '去复核',
    original: '下载原件',
    none: '没有符合条件的报告。可放宽或清除筛选。',
    empty: '档案里还没有报告。',
    toUpload: '去上传',
    chosen: (count: number) => `已选 ${count}`,
    reextract: '重新提取',
    retryFailed: '重试失败的',
    delete: '删除…',
    unchoose: '取消选择',
    queued: (count: number) => `${count} 份已排队重读，读完之前现有结果不变`,
    deleted: (count: number) => `已删除 ${count} 份`,
  },
  en: {
    title: 'All reports',
    loaded: (count: number, isAll: boolean) => (isAll ? `${count} in all` : `${count} loaded, scroll for more`),
    select: 'Select',
    selectAll: 'Select all that are loaded',
    organ: 'Organ',
    year: 'Year',
    vintage: 'Form',
    status: 'Status',
    flag: 'Why',
    file: 'File',
    size: 'Size',
    received: 'Received',
    act: 'Action',
    form: (vintage: string) => vintage,
    view: 'View',
    review: 'Review',
    original: 'Download the original',
    none: 'No report fits. Loosen or clear the filters.',
    empty: 'There are no reports in the archive yet.',
    toUpload: 'Upload some',
    chosen: (count: number) => `${count} selected`,
    reextract: 'Read again',
    retryFailed: 'Retry failed ones',
    delete: 'Delete…',
    unchoose: 'Clear selection',
    queued: (count: number) => `${count} to be read again; results stay until then`,
    deleted: (count: number) => `${count} deleted`,
  },
}

interface DocumentsPage {
  readonly documents: readonly DocumentAnswer[]
  readonly next: string | null
}

const PAGE = '300'
const MOST_ASKED = 10_000

export function Reports({ who }: { readonly who: Who }) {
  const words = useWords(WORDS)
  const reasons = useWords(REASONS)
  const queries = useQueryClient()
  const [search, setSearch] = useSearchParams()
  const filter = useMemo(() => filterOf(search), [search])
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const lastChosen = useRef<number | null>(null)
  const [isDeleting, setDeleting] = useState(false)
  const [said, setSaid] = useState('')

  const pages = useInfiniteQuery({
    queryKey: ['documents', filter],
    queryFn: ({ pageParam, signal }) =>
      get<DocumentsPage>(
        `/documents?${queryOf(filter, { limit: PAGE, ...(pageParam === null ? {} : { cursor: pageParam }) })}`,
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  })
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = pages
  const documents = useMemo(() => pages.data?.pages.flatMap((page) => page.documents) ?? [], [pages.data])
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage])

  const isDone = async (told: string) => {
    setSaid(told)
    await queries.invalidateQueries({ queryKey: ['documents'] })
  }
  const reextract = useMutation({
    mutationFn: (sha256s: readonly string[]) =>
      send<{ queued: number }>('POST', '/documents/reextract', { sha256s: sha256s.slice(0, MOST_ASKED) }),
    onSuccess: ({ queued }) => isDone(words.queued(queued)),
  })
  const retryFailed = useMutation({
    mutationFn: async () => {
      const failed = await allFailed(filter)
      return failed.length === 0
        ? { queued: 0 }
        : send<{ queued: number }>('POST', '/documents/reextract', { sha256s: failed })
    },
    onSuccess: ({ queued }) => isDone(words.queued(queued)),
  })
  const remove = useMutation({
    mutationFn: async (reason: string) => {
      for (const sha256 of chosen) await send('DELETE', `/documents/${sha256}`, { reason })
      return chosen.size
    },
    onSuccess: (count) => {
      setChosen(new Set())
      return isDone(words.deleted(count))
    },
    onSettled: () => setDeleting(false),
  })
  const trouble = reextract.error ?? retryFailed.error ?? remove.error

  const mayReextract = who.scopes.includes('reextract')
  const mayDelete = who.scopes.includes('delete')
  const maySelect = mayReextract || mayDelete
  const choose = (index: number, isOn: boolean, isRange: boolean) => {
    const from = isRange && lastChosen.current !== null ? lastChosen.current : index
    lastChosen.current = index
    const next = new Set(chosen)
    for (const { sha256 } of documents.slice(Math.min(from, index), Math.max(from, index) + 1)) {
      if (isOn) next.add(sha256)
      else next.delete(sha256)
    }
    setChosen(next)
  }
  const set = (changes: Readonly<Record<string, string | null>>) =>
    setSearch(
      (before) => {
        const after = new URLSearchParams(before)
        for (const [name, value] of Object.entries(changes)) {
          if (value === null) after.delete(name)
          else after.set(name, value)
        }
        return after
      },
      { replace: true },
    )
  const columns: readonly Column[] = [
    ...(maySelect
      ? [
          {
            key: 'select',
            head: (
              <input
                type="checkbox"
                aria-label={words.selectAll}
                checked={documents.length > 0 && documents.every(({ sha256 }) => chosen.has(sha256))}
                onChange={({ currentTarget }) =>
                  setChosen(new Set(currentTarget.checked ? documents.map(({ sha256 }) => sha256) : []))
                }
              />
            ),
            width: 36,
          },
        ]
      : []),
    { key: 'organ', head: words.organ, width: 212 },
    { key: 'year', head: words.year, width: 54 },
    { key: 'vintage', head: words.vintage, width: 68 },
    { key: 'status', head: words.status, width: 122 },
    { key: 'flag', head: words.flag, width: null },
    { key: 'file', head: words.file, width: null },
    { key: 'size', head: words.size, width: 76, isRight: true },
    { key: 'received', head: words.received, width: 92, isRight: true },
    { key: 'act', head: words.act, width: 104, isRight: true },
  ]
  const whyOf = ({ status, failureCode, firstFlag }: DocumentAnswer): string =>
    status === 'failed' || status === 'given_up'
      ? (reasons[failureCode ?? 'given_up'] ?? failureCode ?? '')
      : (firstFlag?.message ?? '')

  return (
    <div className="rep-page">
      <ArchiveHead place="reports" title={words.title}>
        {pages.isSuccess && <span role="status">{words.loaded(documents.length, !hasNextPage)}</span>}
      </ArchiveHead>
      <ReportFilters
        filter={filter}
        set={(name, value) => set({ [name]: value })}
        clear={() => setSearch({}, { replace: true })}
      >
        {mayReextract && (
          <button
            type="button"
            className="btn sm"
            disabled={retryFailed.isPending}
            onClick={() => retryFailed.mutate()}
          >
            <Icon name="retry" />
            {words.retryFailed}
          </button>
        )}
      </ReportFilters>
      {trouble !== null && <Refusal error={trouble} />}
      <section className="card arc-files rep-list">
        {pages.isPending ? (
          <Wait />
        ) : pages.isError && documents.length === 0 ? (
          <Refusal error={pages.error} retry={() => void pages.refetch()} />
        ) : (
          <LongTable
            name={words.title}
            columns={columns}
            count={documents.length}
            rowHeight={40}
            keyOf={(index) => documents[index]?.sha256 ?? String(index)}
            classOf={(index) => (chosen.has(documents[index]?.sha256 ?? '') ? 'on' : '')}
            onEnd={more}
            cellsOf={(index) => {
              const document = documents[index]
              if (document === undefined) return []
              const { sha256, organ, year, vintage, status, fileName } = document
              const standing = standingOf(document)
              const why = whyOf(document)
              return [
                ...(maySelect
                  ? [
                      <input
                        key="select"
                        type="checkbox"
                        aria-label={`${words.select} ${organ ?? fileName} ${year ?? ''}`}
                        checked={chosen.has(sha256)}
                        onChange={({ currentTarget, nativeEvent }) =>
                          choose(
                            index,
                            currentTarget.checked,
                            nativeEvent instanceof MouseEvent && nativeEvent.shiftKey,
                          )
                        }
                      />,
                    ]
                  : []),
                organ === null ? (
                  <span key="organ" className="s3">
                    —
                  </span>
                ) : (
                  <button
                    key="organ"
                    type="button"
                    className="rep-organ b"
                    title={organ}
                    onClick={() => set({ organ })}
                  >
                    <OrganName name={organ} />
                  </button>
                ),
                <span key="year" className="num">
                  {year ?? '—'}
                </span>,
                <span key="vintage" className="num s2">
                  {vintage === null ? '—' : words.form(vintage)}
                </span>,
                <StatusTag key="status" standing={standing} />,
                <span key="flag" className="s2" title={why}>
                  {why === '' ? '—' : why}
                </span>,
                <FileName key="file" name={fileName} />,
                <span key="size" className="num s2">
                  {bytesInWords(document.byteLength)}
                </span>,
                <span key="received" className="num s2">
                  {dayInWords(document.receivedAt)}
                </span>,
                <span key="act" className="row g4 rep-act">
                  {(status === 'accepted' || status === 'needs_review') && (
                    <Link href={`/review/${sha256}`}>{standing === 'needs_review' ? words.review : words.view}</Link>
                  )}
                  <a
                    className="arc-icon"
                    href={originalAddress(sha256)}
                    download=""
                    title={words.original}
                    aria-label={`${words.original} ${fileName}`}
                  >
                    <Icon name="download" />
                  </a>
                </span>,
              ]
            }}
            empty={
              Object.keys(filter).length > 0 ? (
                words.none
              ) : (
                <>
                  {words.empty} <Link href="/archive/upload">{words.toUpload}</Link>
                </>
              )
            }
          />
        )}
        {pages.isError && documents.length > 0 && (
          <Refusal error={pages.error} retry={() => void pages.fetchNextPage()} />
        )}
        {maySelect && (
          <div className="row g8 rep-foot">
            <span className="s2 xs" role="status">
              {said}
            </span>
            <span className="sp" />
            <span className="num">{words.chosen(chosen.size)}</span>
            {chosen.size > 0 && (
              <button type="button" className="btn sm t" onClick={() => setChosen(new Set())}>
                {words.unchoose}
              </button>
            )}
            {mayReextract && (
              <button
                type="button"
                className="btn sm"
                disabled={chosen.size === 0 || reextract.isPending}
                onClick={() => reextract.mutate([...chosen])}
              >
                <Icon name="retry" />
                {words.reextract}
              </button>
            )}
            {mayDelete && (
              <button
                type="button"
                className="btn sm danger"
                disabled={chosen.size === 0}
                onClick={() => setDeleting(true)}
              >
                {words.delete}
              </button>
            )}
          </div>
        )}
      </section>
      {isDeleting && (
        <DeleteDialog
          count={chosen.size}
          isBusy={remove.isPending}
          onDelete={(reason) => remove.mutate(reason)}
          onCancel={() => setDeleting(false)}
        />
      )}
    </div>
  )
}

/** Of what the filters leave, whether it is loaded yet or not. */
async function allFailed(filter: ReturnType<typeof filterOf>): Promise<readonly string[]> {
  const found: string[] = []
  for (const status of ['failed', 'given_up']) {
    let cursor: string | null = null
    do {
      const page: DocumentsPage = await get(
        `/documents?${queryOf({ ...filter, status }, { limit: '500', ...(cursor === null ? {} : { cursor }) })}`,
      )
      found.push(...page.documents.map(({ sha256 }) => sha256))
      cursor = page.next
    } while (cursor !== null && found.length < MOST_ASKED)
  }
  return [...new Set(found)].slice(0, MOST_ASKED)
}
