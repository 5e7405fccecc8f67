/** The filters over the list of reports: words searched for as one types, choices, and what is chosen as tags that can be taken away. */
import type { ReactNode } from 'react'
import { useOrgan } from '../organs/asked-organ.js'
import { Choice, SearchField } from '../parts/filters.js'
import { Icon } from '../parts/icon.js'
import { useWords } from '../wording/words.js'
import { FLAG_NAMES } from './reasons.js'
import type { FilterName, ReportFilter } from './report-filter.js'
import { STANDING_NAMES } from './status-tag.js'

const WORDS = {
  zh: {
    filters: '筛选',
    q: '机关、标题、文件名、sha256',
    year: '年份',
    vintage: '版式',
    status: '状态',
    flag: '标记',
    verdict: '判断',
    form: (vintage: string) => `${vintage} 版`,
    misread: '识别有误',
    published: '原文如此',
    undecided: '未定',
    organ: '机关',
    aliases: (count: number) => `，含 ${count} 个别名`,
    rule: '不符规则',
    remove: (what: string) => `取消筛选：${what}`,
    clear: '清除筛选',
  },
  en: {
    filters: 'Filters',
    q: 'Organ, title, file name, sha256',
    year: 'Year',
    vintage: 'Form',
    status: 'Status',
    flag: 'Flag',
    verdict: 'Verdict',
    form: (vintage: string) => `${vintage} form`,
    misread: 'Misread',
    published: 'As published',
    undecided: 'Undecided',
    organ: 'Organ',
    aliases: (count: number) => ` and ${count} other names`,
    rule: 'Fails',
    remove: (what: string) => `Remove the filter ${what}`,
    clear: 'Clear filters',
  },
}

const VINTAGES = ['2014', '2019', '2021'] as const
const STATUSES = ['accepted', 'reviewed', 'needs_review', 'rejected', 'failed', 'unread', 'given_up'] as const
const VERDICTS = ['misread', 'published', 'undecided'] as const
/** Come from elsewhere, and can only be taken away here. */
const CHIPS = ['organ', 'rule'] as const
const FIRST_YEAR = 2008

interface ReportFiltersProps {
  readonly filter: ReportFilter
  readonly set: (name: FilterName, value: string | null) => void
  readonly clear: () => void
  readonly children?: ReactNode
}

export function ReportFilters({ filter, set, clear, children }: ReportFiltersProps) {
  const words = useWords(WORDS)
  const names = useWords(STANDING_NAMES)
  const flags = useWords(FLAG_NAMES)
  const thisYear = new Date().getFullYear()
  const years = Array.from({ length: thisYear - FIRST_YEAR + 1 }, (_, back) => String(thisYear - back))
  const flagCodes = Object.keys(flags)
  return (
    <search className="row g8 rep-filters" aria-label={words.filters}>
      <SearchField value={filter.q ?? ''} onSearch={(q) => set('q', q === '' ? null : q)} label={words.q} />
      <Choice
        name={words.year}
        value={filter.year}
        choices={withChosen(years, filter.year).map((year) => [year, year])}
        choose={(value) => set('year', value)}
      />
      <Choice
        name={words.vintage}
        value={filter.vintage}
        choices={VINTAGES.map((vintage) => [vintage, words.form(vintage)])}
        choose={(value) => set('vintage', value)}
      />
      <Choice
        name={words.status}
        value={filter.status}
        choices={STATUSES.map((status) => [status, names[status]])}
        choose={(value) => set('status', value)}
      />
      <Choice
        name={words.flag}
        value={filter.flag}
        choices={withChosen(flagCodes, filter.flag).map((code) => [code, flags[code] ?? code])}
        choose={(value) => set('flag', value)}
      />
      <Choice
        name={words.verdict}
        value={filter.verdict}
        choices={VERDICTS.map((verdict) => [verdict, words[verdict]])}
        choose={(value) => set('verdict', value)}
      />
      {filter.organId !== undefined && <OrganChip id={filter.organId} remove={() => set('organId', null)} />}
      {CHIPS.map((name) => {
        const value = filter[name]
        return value === undefined ? null : (
          <Chip key={name} name={words[name]} value={value} remove={() => set(name, null)} />
        )
      })}
      {Object.keys(filter).length > 0 && (
        <button type="button" className="btn sm t" onClick={clear}>
          {words.clear}
        </button>
      )}
      <span className="sp" />
      {children}
    </search>
  )
}

interface ChipProps {
  readonly name: string
  readonly value: string
  readonly title?: string
  readonly remove: () => void
}

function Chip({ name, value, title, remove }: ChipProps) {
  const words = useWords(WORDS)
  return (
    <button
      type="button"
      className="tag sug rep-chip"
      title={title}
      aria-label={words.remove(`${name} ${value}`)}
      onClick={remove}
    >
      <span className="el">
        {name} {value}
      </span>
      <Icon name="cross" />
    </button>
  )
}

/** An organ with all its names. */
function OrganChip({ id, remove }: { readonly id: string; readonly remove: () => void }) {
  const words = useWords(WORDS)
  const { data } = useOrgan(id)
  const aliases = data?.organ.aliases ?? []
  const value = data === undefined ? '…' : data.organ.name
  const more = aliases.length === 0 ? '' : words.aliases(aliases.length)
  return <Chip name={words.organ} value={value + more} title={[value, ...aliases].join('\n')} remove={remove} />
}

/** What an address asks for may be none of the usual. */
function withChosen(choices: readonly string[], chosen: string | undefined): readonly string[] {
  return chosen === undefined || choices.includes(chosen) ? choices : [chosen, ...choices]
}
