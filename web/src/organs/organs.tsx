/** /organs: who reports, found by name, level or region, with the years of which there are reports. */
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { type ReactNode, useCallback, useMemo } from 'react'
import { Link, useSearchParams } from 'wouter'
import type { OrgansAnswer } from '../../../src/review/api.js'
import { LEVELS } from '../../../src/review/vocabulary.js'
import { get } from '../api/call.js'
import { type Column, LongTable } from '../archive/long-table.js'
import { EmptyState } from '../parts/empty-state.js'
import { Icon } from '../parts/icon.js'
import { Refusal } from '../parts/notice.js'
import { useWords } from '../wording/words.js'
import { ORGAN_WORDS } from './organ-words.js'
import './organs.css'

const PAGE = 200
const ROW = 36
const FILTERS = ['q', 'level', 'region'] as const
type Listed = OrgansAnswer['organs'][number]

export function Organs() {
  const words = useWords(ORGAN_WORDS)
  const [search, setSearch] = useSearchParams()
  const filter = new URLSearchParams(
    FILTERS.map((name) => [name, search.get(name)?.trim() ?? '']).filter(([, value]) => value !== ''),
  ).toString()
  const found = useInfiniteQuery({
    queryKey: ['organs', 'list', filter],
    queryFn: ({ pageParam, signal }) => {
      const cursor = pageParam === null ? '' : `&cursor=${pageParam}`
      return get<OrgansAnswer>(`/organs?${filter}&limit=${PAGE}${cursor}`, signal)
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  })
  const organs = useMemo(() => found.data?.pages.flatMap((page) => page.organs) ?? [], [found.data])
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = found
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [fetchNextPage, hasNextPage, isFetchingNextPage])
  const set = (name: (typeof FILTERS)[number], value: string) =>
    setSearch(
      (old) => {
        const next = new URLSearchParams(old)
        if (value === '') next.delete(name)
        else next.set(name, value)
        return next
      },
      { replace: true },
    )
  const columns: readonly Column[] = [
    { key: 'name', head: words.name, width: 420 },
    { key: 'level', head: words.level, width: 96 },
    { key: 'region', head: words.regionName, width: 96 },
    { key: 'years', head: words.reports, width: null },
  ]
  const cells = useCallback((organ: Listed) => cellsOf(organ, words), [words])
  return (
    <div className="org-list-page">
      <div className="row g12 org-head">
        <h1>{words.organs}</h1>
        <span className="s2 num">{found.data === undefined ? '' : words.count(organs.length, hasNextPage)}</span>
        <span className="sp" />
        <select
          className="inp"
          aria-label={words.level}
          value={search.get('level') ?? ''}
          onChange={({ currentTarget }) => set('level', currentTarget.value)}
        >
          <option value="">{words.allLevels}</option>
          {LEVELS.map((level) => (
            <option key={level} value={level}>
              {words.levels[level]}
            </option>
          ))}
        </select>
        <label className="inp org-search">
          <Icon name="search" />
          <input
            type="search"
            aria-label={words.search}
            placeholder={words.search}
            maxLength={200}
            value={search.get('q') ?? ''}
            onChange={({ currentTarget }) => set('q', currentTarget.value)}
          />
        </label>
      </div>
      <Refusal error={found.error} retry={() => void found.refetch()} />
      <div className="card org-all">
        <LongTable
          name={words.organs}
          columns={columns}
          rows={organs}
          rowHeight={ROW}
          keyOf={idOf}
          cellsOf={cells}
          onEnd={more}
          empty={
            found.data === undefined ? null : filter === '' ? (
              <EmptyState title={words.noOrgans}>
                <p>{words.noOrgansAbout}</p>
              </EmptyState>
            ) : (
              <EmptyState title={words.noMatch}>
                <button type="button" className="btn" onClick={() => setSearch({})}>
                  {words.clear}
                </button>
              </EmptyState>
            )
          }
        />
      </div>
    </div>
  )
}

function idOf({ id }: Listed): string {
  return id
}

function cellsOf(organ: Listed, words: (typeof ORGAN_WORDS)['zh']): readonly ReactNode[] {
  return [
    <span key="name" className="row g8 org-row-name">
      <Link className="b nw" href={`/organs/${organ.id}`}>
        {organ.name}
      </Link>
      <span className="s3 el xs">{organ.aliases.join('、')}</span>
    </span>,
    <span key="level" className={organ.level === null ? 's3' : 's2'}>
      {organ.level === null ? words.unknownLevel : words.levels[organ.level]}
    </span>,
    <span key="region" className="s2 num">
      {organ.region}
    </span>,
    <span key="years" className="row g4 org-row-years">
      {organ.years.map(({ year, documents }) =>
        year === null ? (
          <span key="none" className="tag warn">
            {words.yearless(documents)}
          </span>
        ) : (
          <span key={year} className="tag num" title={documents > 1 ? words.moreThanOne(documents) : undefined}>
            {year}
            {documents > 1 && <b>×{documents}</b>}
          </span>
        ),
      )}
    </span>,
  ]
}
