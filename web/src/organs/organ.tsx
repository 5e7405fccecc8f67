/** /organs/:id: one organ, its years side by side: main figures drawn and in a table, what is carried from year to year, its names. */
import { useState } from 'react'
import { Link } from 'wouter'
import type { OrganAnswer, OrganYear } from '../../../src/review/api.js'
import { useSession } from '../api/session.js'
import { toCsv } from '../archive/csv.js'
import { saveCsv } from '../archive/save-csv.js'
import { EmptyState } from '../parts/empty-state.js'
import { Icon } from '../parts/icon.js'
import { Refusal } from '../parts/notice.js'
import { Wait } from '../parts/wait.js'
import { useLanguage, useWords } from '../wording/words.js'
import { useOrgan } from './asked-organ.js'
import { CrossYear } from './cross-year.js'
import { INDICATORS } from './indicators.js'
import { OrganNames } from './organ-names.js'
import { OrganPlots } from './organ-plots.js'
import { needsReview, OrganTable } from './organ-table.js'
import { ORGAN_WORDS } from './organ-words.js'
import './organs.css'
import { figureOf, spanOf } from './years.js'

export function Organ({ id }: { readonly id: string }) {
  const { data, error, refetch, isPending } = useOrgan(id)
  if (isPending) return <Wait />
  if (data === undefined) return <Refusal error={error} retry={() => void refetch()} />
  return <Panel answer={data} />
}

function Panel({ answer }: { readonly answer: OrganAnswer }) {
  const words = useWords(ORGAN_WORDS)
  const { language } = useLanguage()
  const { data: who } = useSession()
  const [isNaming, setNaming] = useState(false)
  const span = spanOf(answer.years)
  const mayReview = who?.scopes.includes('review') === true
  const waiting = answer.years.findLast(needsReview)
  const save = () => {
    const rows = INDICATORS.map((indicator) => [
      indicator[language],
      words.units[indicator.unit],
      ...span.map((year) => {
        const figure = figureOf(indicator, reportOf(answer, year), answer.checks)
        return figure.kind === 'figure' ? figure.value : null
      }),
    ])
    saveCsv(`${answer.organ.name}.csv`, toCsv([[words.indicator, words.unit, ...span], ...rows]))
  }
  return (
    <div className="org-page">
      <div className="row g8 org-head">
        <Head answer={answer} span={span} />
        <span className="sp" />
        {mayReview && (
          <button type="button" className="btn" onClick={() => setNaming(true)}>
            {words.names}
          </button>
        )}
        {span.length > 0 && (
          <button type="button" className="btn" onClick={save}>
            <Icon name="download" />
            {words.csv}
          </button>
        )}
        {mayReview && waiting !== undefined && (
          <Link className="btn p" href={`/review/${waiting.sha256}`}>
            {words.reviewYear(waiting.year)}
          </Link>
        )}
      </div>
      {span.length === 0 ? (
        <EmptyState title={words.noReports} />
      ) : (
        <>
          <OrganPlots answer={answer} span={span} />
          <CrossYear answer={answer} />
          <OrganTable answer={answer} span={span} />
        </>
      )}
      {isNaming && <OrganNames answer={answer} onClose={() => setNaming(false)} />}
    </div>
  )
}

function reportOf({ years }: OrganAnswer, year: number): OrganYear | undefined {
  return years.find((report) => report.year === year)
}

interface HeadProps {
  readonly answer: OrganAnswer
  readonly span: readonly number[]
}

function Head({ answer, span }: HeadProps) {
  const words = useWords(ORGAN_WORDS)
  const { organ, years, children, predecessors } = answer
  const accepted = years.filter(({ status, reviewed }) => status === 'accepted' || reviewed).length
  const spanned = span.length > 1 ? `${span[0]}–${span.at(-1)}` : `${span[0] ?? ''}`
  return (
    <div className="org-who">
      <div className="row g8">
        <h1>{organ.name}</h1>
        {organ.level !== null && <span className="tag">{words.levels[organ.level]}</span>}
        {organ.region !== null && <span className="tag num">{words.region(organ.region)}</span>}
        {children.length > 0 && <span className="tag">{words.children(children.length)}</span>}
      </div>
      <p className="s2 org-facts">
        {organ.aliases.length > 0 && <span>{words.aliasesOf(organ.aliases.join('、'))}</span>}
        {organ.parent !== null && <Related label={words.parent} id={organ.parent} />}
        {organ.successor !== null && <Related label={words.successor} id={organ.successor} />}
        {predecessors.length > 0 && <span>{words.predecessors(predecessors.map(({ name }) => name).join('、'))}</span>}
        {years.length > 0 && (
          <span>{words.summary(spanned, years.length, accepted, years.filter(needsReview).length)}</span>
        )}
      </p>
    </div>
  )
}

function Related({ label, id }: { readonly label: string; readonly id: string }) {
  const { data } = useOrgan(id)
  return data === undefined ? null : (
    <span>
      {label}：<Link href={`/organs/${id}`}>{data.organ.name}</Link>
    </span>
  )
}
