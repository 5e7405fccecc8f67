/**
 * /archive/reports: all that has come in, the newest first. The filters stand in the address. The pages of the API follow one another as
 * one scrolls; what is chosen stays chosen while others come in.
 */
import { useInfiniteQuery } from '@tanstack/react-query'
import { useCallback, useMemo, useRef, useState } from 'react'
import { Link, useSearchParams } from 'wouter'
import { get } from '../api/call.js'
import type { Who } from '../api/session.js'
import { Icon } from '../parts/icon.js'
import { Refusal } from '../parts/notice.js'
import { Wait } from '../parts/wait.js'
import { useWords } from '../wording/words.js'
import type { DocumentAnswer } from './answers.js'
import { DeleteDialog } from './delete-dialog.js'
import { LongTable } from './long-table.js'
import { ArchiveHead } from './places.js'
import { type DocumentsPage, useReportActs } from './report-acts.js'
import { useReportCells, useReportColumns } from './report-cells.js'
import { filterOf, queryOf, type ReportFilter } from './report-filter.js'
import { ReportFilters } from './report-filters.js'

const WORDS = {
  zh: {
    title: '全部报告',
    loaded: (count: number, isAll: boolean) => (isAll ? `共 ${count} 份` : `已载入 ${count} 份，向下滚动续载`),
    selectAll: '选择已载入的全部',
    none: '没有符合条件的报告。可放宽或清除筛选。',
    empty: '档案里还没有报告。',
    toUpload: '去上传',
    chosen: (count: number) => `已选 ${count}`,
    reextract: '重新提取',
    retryFailed: '重试失败的',
    delete: '删除…',
    unchoose: '取消选择',
  },
  en: {
    title: 'All reports',
    loaded: (count: number, isAll: boolean) => (isAll ? `${count} in all` : `${count} loaded, scroll for more`),
    selectAll: 'Select all that are loaded',
    none: 'No report fits. Loosen or clear the filters.',
    empty: 'There are no reports in the archive yet.',
    toUpload: 'Upload some',
    chosen: (count: number) => `${count} selected`,
    reextract: 'Read again',
    retryFailed: 'Retry failed ones',
    delete: 'Delete…',
    unchoose: 'Clear selection',
  },
}

const PAGE = '300'

export function Reports({ who }: { readonly who: Who }) {
  const words = useWords(WORDS)
  const [search, setSearch] = useSearchParams()
  const filter = useMemo(() => filterOf(search), [search])
  const { pages, documents, more } = useReports(filter)
  const mayReextract = who.scopes.includes('reextract')
  const mayDelete = who.scopes.includes('delete')
  const maySelect = mayReextract || mayDelete
  const { chosen, setChosen, choose } = useChoice(documents)
  const [isDeleting, setDeleting] = useState(false)
  const acts = useReportActs(filter, chosen, () => setChosen(new Set()))

  const set = useCallback(
    (changes: Readonly<Record<string, string | null>>) =>
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
      ),
    [setSearch],
  )
  const showOrgan = useCallback(
    ({ organ, organId }: DocumentAnswer) => set(organId === null ? { organ } : { organId, organ: null }),
    [set],
  )
  const columns = useReportColumns(
    maySelect ? (
      <input
        type="checkbox"
        aria-label={words.selectAll}
        checked={documents.length > 0 && documents.every(({ sha256 }) => chosen.has(sha256))}
        onChange={({ currentTarget }) =>
          setChosen(new Set(currentTarget.checked ? documents.map(({ sha256 }) => sha256) : []))
        }
      />
    ) : null,
  )
  const cellsOf = useReportCells({ choose: maySelect ? choose : null, showOrgan })

  return (
    <div className="rep-page">
      <ArchiveHead place="reports" title={words.title}>
        {pages.isSuccess && <span role="status">{words.loaded(documents.length, !pages.hasNextPage)}</span>}
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
            disabled={acts.retryFailed.isPending}
            onClick={() => acts.retryFailed.mutate()}
          >
            <Icon name="retry" />
            {words.retryFailed}
          </button>
        )}
      </ReportFilters>
      {acts.trouble !== null && <Refusal error={acts.trouble} />}
      <section className="card arc-files rep-list">
        {pages.isPending ? (
          <Wait />
        ) : pages.isError && documents.length === 0 ? (
          <Refusal error={pages.error} retry={() => void pages.refetch()} />
        ) : (
          <LongTable
            name={words.title}
            columns={columns}
            rows={documents}
            rowHeight={40}
            keyOf={shaOf}
            isOn={({ sha256 }) => chosen.has(sha256)}
            onEnd={more}
            cellsOf={cellsOf}
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
              {acts.said}
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
                disabled={chosen.size === 0 || acts.reextract.isPending}
                onClick={() => acts.reextract.mutate()}
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
          isBusy={acts.remove.isPending}
          onDelete={(reason) => acts.remove.mutate(reason, { onSettled: () => setDeleting(false) })}
          onCancel={() => setDeleting(false)}
        />
      )}
    </div>
  )
}

function shaOf({ sha256 }: DocumentAnswer): string {
  return sha256
}

function useReports(filter: ReportFilter) {
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
  return { pages, documents, more }
}

/** With Shift, all from the one chosen last. */
function useChoice(documents: readonly DocumentAnswer[]) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const lastChosen = useRef<number | null>(null)
  const choose = useCallback(
    (index: number, isOn: boolean, isRange: boolean) => {
      const from = isRange && lastChosen.current !== null ? lastChosen.current : index
      lastChosen.current = index
      setChosen((before) => {
        const next = new Set(before)
        for (const { sha256 } of documents.slice(Math.min(from, index), Math.max(from, index) + 1)) {
          if (isOn) next.add(sha256)
          else next.delete(sha256)
        }
        return next
      })
    },
    [documents],
  )
  return { chosen, setChosen, choose }
}
