/** The reports of what is chosen in the grid: of a year, of an organ, of one cell, or all of them; what is missing is listed as such. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { type ReactNode, useCallback, useMemo, useState } from 'react'
import { Link } from 'wouter'
import type { Organ } from '../../../src/review/api.js'
import { get, send } from '../api/call.js'
import { useSession } from '../api/session.js'
import { OrganName } from '../parts/name.js'
import { Refusal } from '../parts/notice.js'
import { useLanguage, useWords } from '../wording/words.js'
import { dayInWords } from './amounts.js'
import type { DocumentAnswer } from './answers.js'
import type { CoverageCell, CoverageRow } from './coverage-sums.js'
import { type Column, LongTable } from './long-table.js'
import { flagInWords, REASONS } from './reasons.js'
import { queryOf } from './report-filter.js'
import { StatusTag } from './status-tag.js'

const WORDS = {
  zh: {
    all: '全部机关与年份',
    year: (year: number) => `${year} 年度`,
    count: (count: number) => `${count} 份`,
    hint: '点左侧年份、机关或一格，此处随之筛选',
    showAll: '显示全部',
    organ: '机关',
    yearHead: '年份',
    vintage: '版式',
    status: '状态',
    flag: '标记',
    received: '收到',
    select: '选择',
    none: '没有报告。',
    totals: { accepted: '接受', reviewed: '复核后接受', needs_review: '待复核', failed: '失败', missing: '缺' },
    chosen: (count: number) => `已选 ${count}`,
    reextract: '重新提取',
    queued: (count: number) => `${count} 份已排队重读`,
  },
  en: {
    all: 'All organs and years',
    year: (year: number) => `${year}`,
    count: (count: number) => `${count}`,
    hint: 'Choose a year, an organ or a cell at the left',
    showAll: 'Show all',
    organ: 'Organ',
    yearHead: 'Year',
    vintage: 'Form',
    status: 'Status',
    flag: 'Flag',
    received: 'Received',
    select: 'Select',
    none: 'No reports.',
    totals: {
      accepted: 'Accepted',
      reviewed: 'After review',
      needs_review: 'To review',
      failed: 'Failed',
      missing: 'Missing',
    },
    chosen: (count: number) => `${count} selected`,
    reextract: 'Read again',
    queued: (count: number) => `${count} to be read again`,
  },
}

interface Line {
  readonly organ: Organ
  readonly cell: CoverageCell
}

interface CoverageListProps {
  readonly rows: readonly CoverageRow[]
  readonly organ: Organ | null
  readonly year: number | null
  readonly state: CoverageCell['state'] | null
  readonly clear: () => void
}

export function CoverageList({ rows, organ, year, state, clear }: CoverageListProps) {
  const words = useWords(WORDS)
  const reasons = useWords(REASONS)
  const { language } = useLanguage()
  const { data: who } = useSession()
  const mayReextract = who?.scopes.includes('reextract') === true
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const choose = useCallback((sha256: string, isOn: boolean) => {
    setChosen((before) => {
      const next = new Set(before)
      if (isOn) next.add(sha256)
      else next.delete(sha256)
      return next
    })
  }, [])
  const lines = useMemo(
    (): readonly Line[] =>
      rows.flatMap((row) =>
        row.cells
          .filter(
            (cell) =>
              (organ === null || row.organ.id === organ.id) &&
              (year === null || cell.year === year) &&
              (state === null || cell.state === state),
          )
          .map((cell) => ({ organ: row.organ, cell })),
      ),
    [rows, organ, year, state],
  )
  const known = useDocuments(organ, year)
  const reextract = useMutation({
    mutationFn: (sha256s: readonly string[]) => send<{ queued: number }>('POST', '/documents/reextract', { sha256s }),
    onSuccess: () => setChosen(new Set()),
  })
  const totals = (['accepted', 'reviewed', 'needs_review', 'failed', 'missing'] as const)
    .map((each) => [each, lines.filter(({ cell }) => cell.state === each).length] as const)
    .filter(([, count]) => count > 0)
  const columns: readonly Column[] = [
    ...(mayReextract ? [{ key: 'select', head: '', label: words.select, width: 34 }] : []),
    { key: 'organ', head: words.organ, width: 164 },
    // The head says it.
    ...(year === null ? [{ key: 'year', head: words.yearHead, width: 52 }] : []),
    { key: 'vintage', head: words.vintage, width: 52 },
    { key: 'status', head: words.status, width: language === 'zh' ? 122 : 158 },
    { key: 'flag', head: words.flag, width: null },
    { key: 'received', head: words.received, width: 92, isRight: true },
  ]
  const cellsOf = useCallback(
    ({ organ: { name }, cell }: Line, _index: number, isOn: boolean): readonly ReactNode[] => {
      const { sha256, state: standing, openItems, vintage } = cell
      const document = sha256 === null ? undefined : known.get(sha256)
      const why =
        standing === 'failed'
          ? (reasons[document?.failureCode ?? ''] ?? '')
          : standing === 'accepted' || standing === 'missing'
            ? ''
            : flagInWords(document?.firstFlag ?? null, language)
      return [
        ...(mayReextract
          ? [
              sha256 !== null && (
                <input
                  key="select"
                  type="checkbox"
                  aria-label={`${words.select} ${name} ${cell.year}`}
                  checked={isOn}
                  onChange={({ currentTarget }) => choose(sha256, currentTarget.checked)}
                />
              ),
            ]
          : []),
        sha256 === null || standing === 'failed' ? (
          <span key="organ" className="b" title={name}>
            <OrganName name={name} />
          </span>
        ) : (
          <Link key="organ" className="b rep-organ" href={`/review/${sha256}`} title={name}>
            <OrganName name={name} />
          </Link>
        ),
        ...(year === null
          ? [
              <span key="year" className="num">
                {cell.year}
              </span>,
            ]
          : []),
        <span key="vintage" className="num s2">
          {vintage ?? '—'}
        </span>,
        <StatusTag key="status" standing={standing} count={standing === 'needs_review' ? openItems : 0} />,
        <span key="flag" className="s2" title={why}>
          {why === '' ? '—' : why}
        </span>,
        <span key="received" className="num s2">
          {document === undefined ? '' : dayInWords(document.receivedAt)}
        </span>,
      ]
    },
    [known, mayReextract, year, words, language, reasons, choose],
  )
  return (
    <div className="card cov-right">
      <div className="row g8 cov-right-head">
        <h2 className="el">
          {organ === null && year === null && words.all}
          {organ?.name} {year !== null && words.year(year)}
        </h2>
        <span className="s2 num nw" role="status">
          {words.count(lines.length)}
        </span>
        <span className="sp" />
        {organ === null && year === null ? (
          <span className="xs s2 el">{words.hint}</span>
        ) : (
          <button type="button" className="arc-act xs" onClick={clear}>
            {words.showAll}
          </button>
        )}
      </div>
      <LongTable
        name={words.all}
        columns={columns}
        rows={lines}
        rowHeight={40}
        keyOf={keyOf}
        isOn={({ cell }) => cell.sha256 !== null && chosen.has(cell.sha256)}
        cellsOf={cellsOf}
        empty={words.none}
      />
      {reextract.error !== null && <Refusal error={reextract.error} />}
      <div className="row g8 s2 xs rep-foot">
        <span className="num nw">{totals.map(([each, count]) => `${words.totals[each]} ${count}`).join('　')}</span>
        <span className="sp" />
        {mayReextract && (
          <>
            <span className="num nw" role="status">
              {reextract.data !== undefined && chosen.size === 0
                ? words.queued(reextract.data.queued)
                : words.chosen(chosen.size)}
            </span>
            <button
              type="button"
              className="btn sm"
              disabled={chosen.size === 0 || reextract.isPending}
              onClick={() => reextract.mutate([...chosen])}
            >
              {words.reextract}
            </button>
          </>
        )}
      </div>
    </div>
  )
}

function keyOf({ organ, cell }: Line): string {
  return `${organ.id} ${cell.year}`
}

const MOST_KNOWN = '500'

/** Of all years and organs there may be ten thousand: they are listed without. */
function useDocuments(organ: Organ | null, year: number | null): ReadonlyMap<string, DocumentAnswer> {
  const filter = {
    ...(organ === null ? {} : { organId: organ.id }),
    ...(year === null ? {} : { year: String(year) }),
  }
  const { data } = useQuery({
    queryKey: ['documents', 'beside', filter],
    queryFn: ({ signal }) =>
      get<{ documents: readonly DocumentAnswer[] }>(`/documents?${queryOf(filter, { limit: MOST_KNOWN })}`, signal),
  })
  return useMemo(() => new Map((data?.documents ?? []).map((each) => [each.sha256, each])), [data])
}
