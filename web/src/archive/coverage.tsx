/**
 * /archive/coverage: which reports are in, and how they stand, of each organ and year; beside the grid the list of what is chosen in it.
 *
 * What the grid knows is in the list at once; why a report is flagged and when it came is asked for beside it, for one year or one organ.
 */
import { useQuery } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { useSearchParams } from 'wouter'
import type { CoverageAnswer, OrganLevel } from '../../../src/review/api.js'
import { LEVELS } from '../../../src/review/vocabulary.js'
import { get } from '../api/call.js'
import { Choice, SearchField } from '../parts/filters.js'
import { Icon } from '../parts/icon.js'
import { Refusal } from '../parts/notice.js'
import { Wait } from '../parts/wait.js'
import { useWords } from '../wording/words.js'
import { CoverageGrid } from './coverage-grid.js'
import { CoverageList } from './coverage-list.js'
import type { CoverageChoice } from './coverage-row.js'
import { CoverageSign } from './coverage-sign.js'
import type { CoverageCell, CoverageRow } from './coverage-sums.js'
import { toCsv } from './csv.js'
import { ArchiveHead } from './places.js'
import { saveCsv } from './save-csv.js'
import { STANDING_NAMES, type Standing } from './status-tag.js'
import './coverage.css'

const WORDS = {
  zh: {
    title: '覆盖',
    organs: (count: number, from: number, to: number) => `${count} 个机关　${from === to ? from : `${from}–${to}`}`,
    sum: (due: number, held: number, missing: number, failed: number) =>
      `应有 ${due} 份 ＝ 在库 ${held} ＋ 缺 ${missing} ＋ 失败 ${failed}`,
    q: '机关名、别名',
    region: '地区',
    regionCode: '区划代码',
    level: '层级',
    levels: {
      central: '中央',
      province: '省级',
      city: '市级',
      county: '县级',
      township: '乡级',
      other: '其他',
    },
    from: '自',
    to: '至',
    state: '状态',
    filters: '筛选',
    clear: '清除筛选',
    missing: '缺报清单',
    export: '导出',
    legend: { needs_review: '待复核项数', none: '当年不计' },
    none: '没有符合条件的机关。',
    empty: '还没有读出机关与年份的报告；上传并读取之后，这里就有覆盖情况。',
    fileMissing: '缺报清单.csv',
    fileAll: '覆盖.csv',
    columns: {
      organ: '机关',
      region: '区划代码',
      level: '层级',
      year: '年份',
      state: '状态',
      vintage: '版式',
      items: '待复核项数',
    },
  },
  en: {
    title: 'Coverage',
    organs: (count: number, from: number, to: number) => `${count} organs　${from === to ? from : `${from}–${to}`}`,
    sum: (due: number, held: number, missing: number, failed: number) =>
      `${due} due = ${held} in + ${missing} missing + ${failed} failed`,
    q: 'Name of an organ',
    region: 'Region',
    regionCode: 'code',
    level: 'Level',
    levels: {
      central: 'Central',
      province: 'Province',
      city: 'City',
      county: 'County',
      township: 'Township',
      other: 'Other',
    },
    from: 'From',
    to: 'To',
    state: 'State',
    filters: 'Filters',
    clear: 'Clear filters',
    missing: 'What is missing',
    export: 'Export',
    legend: { needs_review: 'To review, items', none: 'None due' },
    none: 'No organ fits.',
    empty: 'No report with its organ and year has been read yet. Upload some, and they show here.',
    fileMissing: 'missing.csv',
    fileAll: 'coverage.csv',
    columns: {
      organ: 'Organ',
      region: 'Region',
      level: 'Level',
      year: 'Year',
      state: 'State',
      vintage: 'Form',
      items: 'Items to review',
    },
  },
}

const STATES: readonly CoverageCell['state'][] = ['accepted', 'reviewed', 'needs_review', 'failed', 'missing']
const ASKED = ['q', 'region', 'level', 'from', 'to'] as const
const FIRST_YEAR = 2008
const REGION = /^\d{2}(?:\d{2}){0,2}$/

export function Coverage() {
  const words = useWords(WORDS)
  const names = useWords(STANDING_NAMES)
  const [search, setSearch] = useSearchParams()
  const asked = new URLSearchParams()
  for (const name of ASKED) {
    const value = search.get(name)
    if (value !== null && value !== '' && (name !== 'region' || REGION.test(value))) asked.set(name, value)
  }
  const query = asked.toString()
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['coverage', query],
    queryFn: ({ signal }) => get<CoverageAnswer>(`/coverage${query === '' ? '' : `?${query}`}`, signal),
  })
  const state = STATES.find((each) => each === search.get('state')) ?? null
  const rows = useMemo(
    () => (data?.rows ?? []).filter(({ cells }) => state === null || cells.some((cell) => cell.state === state)),
    [data, state],
  )
  const years = data?.years ?? []
  const year = years.find((each) => String(each) === search.get('year')) ?? null
  const organ = rows.find((row) => row.organ.id === search.get('organ'))?.organ ?? null
  const set = useCallback(
    (changes: Readonly<Record<string, string | null>>) =>
      setSearch(
        (before) => {
          const after = new URLSearchParams(before)
          for (const [name, value] of Object.entries(changes)) {
            if (value === null || value === '') after.delete(name)
            else after.set(name, value)
          }
          return after
        },
        { replace: true },
      ),
    [setSearch],
  )
  const choose = useCallback(
    (choice: CoverageChoice) => set({ organ: choice.organ, year: choice.year === null ? null : String(choice.year) }),
    [set],
  )
  const thisYear = new Date().getFullYear()
  const allYears = Array.from({ length: thisYear - FIRST_YEAR + 1 }, (_, back) => String(thisYear - back))
  const yearChoices = allYears.map((each) => [each, each] as const)
  const isFiltered = [...ASKED, 'state'].some((name) => search.has(name))

  return (
    <div className="cov-page">
      <ArchiveHead place="coverage" title={words.title}>
        {data !== undefined && rows.length > 0 && <Sums rows={rows} years={years} />}
      </ArchiveHead>
      <search className="row g8 rep-filters" aria-label={words.filters}>
        <SearchField value={search.get('q') ?? ''} label={words.q} onSearch={(q) => set({ q })} />
        <label className="inp">
          <span className="nw">{words.region}</span>
          <input
            className="cov-region num"
            inputMode="numeric"
            maxLength={6}
            placeholder={words.regionCode}
            defaultValue={search.get('region') ?? ''}
            key={search.get('region') ?? ''}
            onChange={({ currentTarget: { value } }) => {
              if (value === '' || REGION.test(value)) set({ region: value })
            }}
          />
        </label>
        <Choice
          name={words.level}
          value={search.get('level') ?? undefined}
          choices={LEVELS.map((level) => [level, words.levels[level]])}
          choose={(level) => set({ level })}
        />
        <Choice
          name={words.state}
          value={state ?? undefined}
          choices={STATES.map((each) => [each, names[each]])}
          choose={(value) => set({ state: value })}
        />
        <Choice
          name={words.from}
          value={search.get('from') ?? undefined}
          choices={yearChoices}
          choose={(from) => set({ from })}
        />
        <Choice
          name={words.to}
          value={search.get('to') ?? undefined}
          choices={yearChoices}
          choose={(to) => set({ to })}
        />
        {isFiltered && (
          <button type="button" className="btn sm t" onClick={() => setSearch({}, { replace: true })}>
            {words.clear}
          </button>
        )}
        <span className="sp" />
        <button
          type="button"
          className="btn sm"
          disabled={rows.length === 0}
          onClick={() => saveCsv(words.fileMissing, csvOf(rows, words, names, true))}
        >
          <Icon name="download" />
          {words.missing}
        </button>
        <button
          type="button"
          className="btn sm"
          disabled={rows.length === 0}
          onClick={() => saveCsv(words.fileAll, csvOf(rows, words, names, false))}
        >
          <Icon name="download" />
          {words.export}
        </button>
      </search>
      {isPending && <Wait />}
      {error !== null && <Refusal error={error} retry={() => void refetch()} />}
      {data !== undefined && rows.length === 0 && (
        <p className="card arc-say">{isFiltered ? words.none : words.empty}</p>
      )}
      {rows.length > 0 && (
        <div className="cov-panes">
          <section className="card cov-left">
            <CoverageGrid years={years} rows={rows} chosen={{ organ: organ?.id ?? null, year }} choose={choose} />
            <div className="row cov-legend xs s2">
              {STATES.map((each) => (
                <span key={each} className="row g6">
                  <span className={`cov-cell ${each}`} aria-hidden="true">
                    <CoverageSign cell={{ state: each, openItems: 3 }} />
                  </span>
                  {each === 'needs_review' ? words.legend.needs_review : names[each]}
                </span>
              ))}
              <span className="row g6">
                <span className="cov-cell none" aria-hidden="true">
                  –
                </span>
                {words.legend.none}
              </span>
            </div>
          </section>
          <CoverageList
            rows={rows}
            organ={organ}
            year={year}
            state={state}
            clear={() => set({ organ: null, year: null })}
          />
        </div>
      )}
    </div>
  )
}

function Sums({ rows, years }: { readonly rows: readonly CoverageRow[]; readonly years: readonly number[] }) {
  const words = useWords(WORDS)
  const cells = rows.flatMap((row) => row.cells)
  const missing = cells.filter(({ state }) => state === 'missing').length
  const failed = cells.filter(({ state }) => state === 'failed').length
  const due = cells.length
  return (
    <span className="num">
      {words.organs(rows.length, years[0] ?? 0, years.at(-1) ?? 0)}
      {'　'}
      {words.sum(due, due - missing - failed, missing, failed)}
    </span>
  )
}

function csvOf(
  rows: readonly CoverageRow[],
  words: { readonly columns: (typeof WORDS)['zh']['columns']; readonly levels: Readonly<Record<OrganLevel, string>> },
  names: Readonly<Record<Standing, string>>,
  onlyMissing: boolean,
): string {
  const { organ, region, level, year, state, vintage, items } = words.columns
  const head = [organ, region, level, year, state]
  const lines = rows.flatMap((row) =>
    row.cells
      .filter((cell) => !onlyMissing || cell.state === 'missing')
      .map((cell) => [
        row.organ.name,
        row.organ.region,
        row.organ.level === null ? null : words.levels[row.organ.level],
        cell.year,
        names[cell.state],
        ...(onlyMissing ? [] : [cell.vintage, cell.openItems]),
      ]),
  )
  return toCsv([onlyMissing ? head : [...head, vintage, items], ...lines])
}
