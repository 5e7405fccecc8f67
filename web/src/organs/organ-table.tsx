/** The main figures, year beside year. Each head leads to its report; marks say what was corrected, what is derived, what agrees. */
import { Fragment } from 'react'
import { Link } from 'wouter'
import type { OrganAnswer, OrganYear } from '../../../src/review/api.js'
import { useAmounts } from '../parts/amounts.js'
import { Icon } from '../parts/icon.js'
import { useLanguage, useWords } from '../wording/words.js'
import { INDICATOR_GROUPS, INDICATORS } from './indicators.js'
import { ORGAN_WORDS } from './organ-words.js'
import { type Checked, figureOf, type YearFigure } from './years.js'

interface OrganTableProps {
  readonly answer: OrganAnswer
  readonly span: readonly number[]
}

export function OrganTable({ answer, span }: OrganTableProps) {
  const words = useWords(ORGAN_WORDS)
  const { language } = useLanguage()
  const reports = new Map(answer.years.map((report) => [report.year, report]))
  const rows = INDICATORS.map((indicator) => ({
    indicator,
    figures: span.map((year) => figureOf(indicator, reports.get(year), answer.checks)),
  })).filter(({ figures }) => figures.some(({ kind }) => kind !== 'no_report' && kind !== 'not_asked'))
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section className="card org-years" tabIndex={0} aria-label={words.indicator}>
      <table className="tb org-table">
        <thead>
          <tr>
            <th scope="col" className="org-name">
              {words.indicator}
            </th>
            <th scope="col" className="org-unit">
              {words.unit}
            </th>
            {span.map((year) => (
              <YearHead key={year} year={year} report={reports.get(year)} />
            ))}
          </tr>
        </thead>
        <tbody>
          {INDICATOR_GROUPS.map((group) => {
            const own = rows.filter(({ indicator }) => indicator.group === group)
            return own.length === 0 ? null : (
              <Fragment key={group}>
                <tr className="org-group">
                  <th scope="rowgroup" colSpan={2 + span.length}>
                    {words.groups[group]}
                  </th>
                </tr>
                {own.map(({ indicator, figures }) => (
                  <tr key={indicator.id}>
                    <th scope="row" className="org-name">
                      {indicator[language]}
                    </th>
                    <td className="org-unit s2">{words.units[indicator.unit]}</td>
                    {figures.map((figure, at) => (
                      <td
                        key={span[at]}
                        className={`org-figure ${needsReview(reports.get(span[at] ?? 0)) ? 'on' : ''}`}
                      >
                        <Figure figure={figure} />
                      </td>
                    ))}
                  </tr>
                ))}
              </Fragment>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}

export function needsReview(report: OrganYear | undefined): boolean {
  return report?.status === 'needs_review' && !report.reviewed
}

function YearHead({ year, report }: { readonly year: number; readonly report: OrganYear | undefined }) {
  const words = useWords(ORGAN_WORDS)
  if (report === undefined) {
    return (
      <th scope="col" className="org-figure" title={words.noReportLong}>
        <b>{year}</b> <span className="s3">{words.noReport}</span>
        <span className="unseen">{words.noReportLong}</span>
      </th>
    )
  }
  return (
    <th scope="col" className={`org-figure ${needsReview(report) ? 'on' : ''}`}>
      {needsReview(report) && <span className="tag warn">{words.toReview}</span>}
      {report.status === 'failed' && <span className="tag bad">{words.failedReport}</span>}{' '}
      <Link href={`/review/${report.sha256}`}>
        <b>{year}</b>
      </Link>{' '}
      {report.vintage !== null && <span className="org-vintage">{words.vintage(report.vintage)}</span>}
    </th>
  )
}

function Figure({ figure }: { readonly figure: YearFigure }) {
  const words = useWords(ORGAN_WORDS)
  const { number } = useAmounts()
  if (figure.kind === 'no_report') {
    return (
      <span className="s3" title={words.noReportLong}>
        –<span className="unseen">{words.noReportLong}</span>
      </span>
    )
  }
  if (figure.kind === 'not_asked') return <span className="s3">{words.notAsked}</span>
  const { derived, checked } = figure
  const isCorrected = figure.kind === 'figure' && figure.decision === 'corrected'
  return (
    <>
      {figure.kind === 'figure' && <span className={figure.value === 0 ? 'org-zero' : ''}>{number(figure.value)}</span>}
      {figure.kind === 'blank' && (
        <span className="s3" title={words.blankLong}>
          {words.blank}
          <span className="unseen">{words.blankLong}</span>
        </span>
      )}
      {figure.kind === 'unread' && <span className="org-unread">{words.unread}</span>}
      {derived !== null && !isCorrected && <span className="org-derived"> {words.derived(number(derived))}</span>}
      {figure.kind === 'figure' && figure.decision !== null ? (
        <Seal decision={figure.decision} />
      ) : derived !== null ? (
        <b className="org-mark bad" title={words.differsFromSums}>
          ≠<span className="unseen">{words.differsFromSums}</span>
        </b>
      ) : (
        <Mark checked={checked} />
      )}
    </>
  )
}

function Seal({ decision }: { readonly decision: 'corrected' | 'as_published' }) {
  const words = useWords(ORGAN_WORDS)
  const isCorrected = decision === 'corrected'
  const told = isCorrected ? words.corrected : words.asPublished
  return (
    <span className={`org-mark ${isCorrected ? 'ok' : 'asis'}`} title={told}>
      <span className="seal" lang="zh-CN" aria-hidden="true">
        {isCorrected ? words.correctedSeal : words.asPublishedSeal}
      </span>
      <span className="unseen">{told}</span>
    </span>
  )
}

const MARKS = {
  agrees: { look: 'ok', icon: 'tick' },
  differs: { look: 'bad', icon: 'cross' },
  remark: { look: 'warn', icon: 'flag' },
} as const

function Mark({ checked }: { readonly checked: Checked }) {
  const words = useWords(ORGAN_WORDS)
  if (checked === null) return null
  const { look, icon } = MARKS[checked]
  return (
    <span className={`org-mark ${look}`} title={words[checked]}>
      <Icon name={icon} />
      <span className="unseen">{words[checked]}</span>
    </span>
  )
}
