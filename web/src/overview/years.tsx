/** How the reports of each year stand: bars, and under each its figures. */
import { Link } from 'wouter'
import type { OverviewAnswer } from '../../../src/review/api.js'
import { useAmounts } from '../parts/amounts.js'
import { BarPlot, type BarSeries, Legend } from '../parts/bar-plot.js'
import { EmptyState } from '../parts/empty-state.js'
import { useWords } from '../wording/words.js'
import { OVERVIEW_WORDS } from './overview-words.js'

/** As wide as the heads of the rows below. */
const LEFT = 128

export function Years({ years }: Pick<OverviewAnswer, 'years'>) {
  const words = useWords(OVERVIEW_WORDS)
  const { number } = useAmounts()
  const states = [
    { key: 'accepted', status: 'accepted', name: words.accepted, colour: 'var(--fix-line)', pattern: 'solid' },
    { key: 'reviewed', status: 'reviewed', name: words.reviewedState, colour: 'var(--fix-line)', pattern: 'hatched' },
    {
      key: 'needsReview',
      status: 'needs_review',
      name: words.toReviewState,
      colour: 'var(--doubt-line)',
      pattern: 'outlined',
    },
    { key: 'failed', status: 'failed', name: words.failed, colour: 'var(--bad-line)', pattern: 'solid' },
  ] as const
  const series: BarSeries[] = states.map((state) => ({ ...state, values: years.map((year) => year[state.key]) }))
  return (
    <section className="card ovw-block" aria-labelledby="years">
      <div className="row g12 ovw-head">
        <h2 id="years">{words.years}</h2>
        <span className="sp" />
        <Legend series={series} />
      </div>
      {years.length === 0 ? (
        <EmptyState title={words.noYears} />
      ) : (
        <>
          <BarPlot
            title={words.years}
            places={years.map(({ year }) => String(year))}
            placeName={words.year}
            series={series}
            height={236}
            namedEvery={null}
            left={LEFT}
            hasSums
          />
          <table className="ovw-years" aria-labelledby="years">
            <thead>
              <tr>
                <th scope="col" style={{ width: LEFT }}>
                  <span className="unseen">{words.year}</span>
                </th>
                {years.map(({ year }) => (
                  <th key={year} scope="col">
                    <Link href={`/archive/reports?year=${year}`}>{year}</Link>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {states.map(({ key, status, name }) => (
                <tr key={key}>
                  <th scope="row">{name}</th>
                  {years.map((year) => (
                    <td key={year.year}>
                      {year[key] === 0 ? (
                        <span className="ovw-zero">0</span>
                      ) : (
                        <Link href={`/archive/reports?year=${year.year}&status=${status}`}>{number(year[key])}</Link>
                      )}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </section>
  )
}
