/** /overview: how the archive stands: what came in, was read and settled, what waits, how much needs no person, where sums fail. */
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { OverviewAnswer } from '../../../src/review/api.js'
import { get } from '../api/call.js'
import { useAmounts } from '../parts/amounts.js'
import { BarPlot } from '../parts/bar-plot.js'
import { EmptyState } from '../parts/empty-state.js'
import { Refusal } from '../parts/notice.js'
import { Wait } from '../parts/wait.js'
import { useWords } from '../wording/words.js'
import { OVERVIEW_WORDS } from './overview-words.js'
import './overview.css'
import { Rules } from './rules.js'
import { Years } from './years.js'

const LOOK_AGAIN = 30_000

export function Overview() {
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['overview'],
    queryFn: ({ signal }) => get<OverviewAnswer>('/overview', signal),
    refetchInterval: LOOK_AGAIN,
  })
  if (isPending) return <Wait />
  if (data === undefined) return <Refusal error={error} retry={() => void refetch()} />
  return <Standing answer={data} />
}

function Standing({ answer }: { readonly answer: OverviewAnswer }) {
  const words = useWords(OVERVIEW_WORDS)
  const { accepted, reviewed, needsReview, failed, unread } = answer.reports
  const isEmpty = accepted + reviewed + needsReview + failed + unread === 0
  return (
    <div className="ovw-page">
      <h1>{words.title}</h1>
      {isEmpty ? (
        <EmptyState title={words.nothing}>
          <p>{words.nothingAbout}</p>
          <Link className="btn p" href="/archive/upload">
            {words.upload}
          </Link>
        </EmptyState>
      ) : (
        <>
          <Numbers answer={answer} />
          <Throughput days={answer.days} />
          <div className="ovw-two">
            <Years years={answer.years} />
            <Rules rules={answer.rules} />
          </div>
        </>
      )}
    </div>
  )
}

function Numbers({ answer: { reports, queue } }: { readonly answer: OverviewAnswer }) {
  const words = useWords(OVERVIEW_WORDS)
  const { number, percent } = useAmounts()
  const { accepted, reviewed, needsReview, failed, unread } = reports
  const read = accepted + reviewed + needsReview + failed
  const waiting = queue.waiting + queue.active + queue.delayed
  return (
    <div className="ovw-numbers">
      <Figure
        name={words.unaided}
        value={read === 0 ? '–' : percent(accepted / read)}
        about={words.unaidedAbout(number(accepted), number(read))}
        share={read === 0 ? null : accepted / read}
      />
      <Figure
        name={words.all}
        value={<Link href="/archive/reports">{number(read + unread)}</Link>}
        about={words.allAbout(number(read), number(unread))}
      />
      <Figure
        name={words.toReview}
        value={<Link href="/archive/reports?status=needs_review">{number(needsReview)}</Link>}
        about={words.reviewed(number(reviewed))}
      />
      <Figure
        name={words.failed}
        value={<Link href="/archive/reports?status=failed">{number(failed)}</Link>}
        about={words.failedAbout}
      />
      <Figure
        name={words.queue}
        value={number(waiting)}
        about={
          waiting === 0
            ? words.idle
            : words.queueAbout(number(queue.active), number(queue.waiting), number(queue.delayed))
        }
      />
    </div>
  )
}

interface FigureProps {
  readonly name: string
  readonly value: ReactNode
  readonly about: string
  readonly share?: number | null
}

function Figure({ name, value, about, share = null }: FigureProps) {
  return (
    <section className="card ovw-number">
      <h2>{name}</h2>
      <p className="ovw-value num">{value}</p>
      {share !== null && (
        <span className="ovw-share" aria-hidden="true">
          <span style={{ width: `${share * 100}%` }} />
        </span>
      )}
      <p className="xs s2">{about}</p>
    </section>
  )
}

const DAY_PLOT = { height: 112, namedEvery: 14 }

/** Three plots over the same days: what happens by itself and what people do differ by orders of magnitude. */
function Throughput({ days }: Pick<OverviewAnswer, 'days'>) {
  const words = useWords(OVERVIEW_WORDS)
  const { number } = useAmounts()
  const places = days.map(({ day }) => day.slice('2023-'.length))
  const kinds = [
    { key: 'received', colour: 'var(--prop-line)' },
    { key: 'read', colour: 'var(--primary)' },
    { key: 'settled', colour: 'var(--fix-line)' },
  ] as const
  return (
    <section className="card ovw-block" aria-labelledby="throughput">
      <div className="row g12">
        <h2 id="throughput">{words.throughput}</h2>
        <span className="s2 xs">{words.lastDays(days.length)}</span>
      </div>
      <div className="ovw-three">
        {kinds.map(({ key, colour }) => {
          const values = days.map((day) => day[key])
          const sum = values.reduce((all, value) => all + value, 0)
          return (
            <div key={key} className="ovw-day">
              <div className="row g6">
                <b>{words[key]}</b>
                <span className="sp" />
                <span className="s2 xs num">{words.inAll(number(sum), number(values.at(-1) ?? 0))}</span>
              </div>
              <BarPlot
                title={`${words.throughput} · ${words[key]}`}
                places={places}
                placeName={words.day}
                series={[{ key, name: words[key], colour, pattern: 'solid', values }]}
                {...DAY_PLOT}
              />
            </div>
          )
        })}
      </div>
    </section>
  )
}
