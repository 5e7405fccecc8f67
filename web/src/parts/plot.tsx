/**
 * One figure over the years, as a small line.
 *
 * It begins at zero and has one axis; lines go straight from one figure to the next. What is printed is solid, what is derived is dashed
 * with squares and stands beside it. What is not there leaves a gap with its mark. Behind each plot stands a table with the same
 * figures, for readers of the screen; the drawing is silent.
 */
import { useWords } from '../wording/words.js'
import './parts.css'
import { useWidth } from './width.js'

const WORDS = {
  zh: { year: '年度', printed: '印数', derived: '推算', none: '无' },
  en: { year: 'Year', printed: 'Printed', derived: 'Derived', none: 'none' },
}

export type PlotPoint =
  | {
      readonly kind: 'figure'
      readonly value: number
      readonly look: 'printed' | 'corrected' | 'doubted'
      /** What the sums say must stand there, where the page does not. */
      readonly derived: number | null
    }
  /** mark: 无, 空 …; empty: nothing was to be expected. */
  | { readonly kind: 'gap'; readonly mark: string }

interface LinePlotProps {
  readonly title: string
  readonly years: readonly number[]
  /** One a year. */
  readonly points: readonly PlotPoint[]
  readonly print: (value: number) => string
}

const LINE = { height: 86, left: 8, right: 44, top: 18, bottom: 18 }
const MARK = 3.6

export function LinePlot({ title, years, points, print }: LinePlotProps) {
  const [svg, width] = useWidth<SVGSVGElement>(206)
  const high = Math.max(
    1e-9,
    ...points.flatMap((point) => (point.kind === 'figure' ? [point.value, point.derived ?? 0] : [])),
  )
  const low = Math.min(
    0,
    ...points.flatMap((point) => (point.kind === 'figure' ? [point.value, point.derived ?? 0] : [])),
  )
  const base = LINE.height - LINE.bottom
  const step = years.length > 1 ? (width - LINE.left - LINE.right) / (years.length - 1) : 0
  const x = (at: number) => LINE.left + at * step
  const y = (value: number) => base - ((value - low) / (high - low)) * (base - LINE.top)
  const last = points.findLastIndex(({ kind }) => kind === 'figure')
  return (
    <figure className="plot">
      <svg ref={svg} viewBox={`0 0 ${width} ${LINE.height}`} height={LINE.height} aria-hidden="true">
        <line className="axis" x1={LINE.left} x2={width - LINE.right} y1={y(0)} y2={y(0)} />
        {runsOf(points).map((run) => (
          <polyline
            key={run[0]?.at}
            className="printed"
            points={run.map(({ at, value }) => `${x(at)},${y(value)}`).join(' ')}
          />
        ))}
        {points.map((point, at) => (
          <Point
            key={years[at]}
            {...{ point, at, x, y }}
            before={points[at - 1]}
            after={points[at + 1]}
            print={print}
          />
        ))}
        {points.map((point, at) =>
          at === last && point.kind === 'figure' ? (
            <text key={years[at]} className="last" x={x(at) + 6} y={y(point.value) + 4}>
              {print(point.value)}
            </text>
          ) : null,
        )}
        <YearMarks years={years} x={x} y={LINE.height - 3} />
      </svg>
      <FigureTable {...{ title, years, points, print }} />
    </figure>
  )
}

interface PointProps {
  readonly point: PlotPoint
  readonly before: PlotPoint | undefined
  readonly after: PlotPoint | undefined
  readonly at: number
  readonly x: (at: number) => number
  readonly y: (value: number) => number
  readonly print: (value: number) => string
}

function Point({ point, before, after, at, x, y, print }: PointProps) {
  if (point.kind === 'gap') {
    return point.mark === '' ? null : (
      <text className="gap" x={x(at)} y={y(0) - 4} textAnchor="middle">
        {point.mark}
      </text>
    )
  }
  const { value, look, derived } = point
  return (
    <>
      {derived !== null && (
        <g className="derived">
          {[[before, at - 1] as const, [after, at + 1] as const].map(([next, where]) =>
            next?.kind === 'figure' ? (
              <line key={where} x1={x(where)} y1={y(next.value)} x2={x(at)} y2={y(derived)} />
            ) : null,
          )}
          <rect
            className="derived-point"
            x={x(at) - MARK}
            y={y(derived) - MARK}
            width={2 * MARK}
            height={2 * MARK}
            strokeDasharray="none"
          />
          <text className="derived-label" x={x(at)} y={y(derived) - 6} textAnchor="middle">
            {print(derived)}
          </text>
        </g>
      )}
      <circle
        className={`point ${look}`}
        cx={x(at)}
        cy={y(value)}
        r={look === 'doubted' ? 4 : look === 'corrected' ? 3.4 : 2.4}
      />
    </>
  )
}

interface Drawn {
  readonly at: number
  readonly value: number
}

/** A line is drawn from year to year, never over a gap. */
function runsOf(points: readonly PlotPoint[]): Drawn[][] {
  const runs: Drawn[][] = []
  let run: Drawn[] = []
  points.forEach((point, at) => {
    if (point.kind === 'figure') {
      if (run.length === 0) runs.push(run)
      run.push({ at, value: point.value })
    } else run = []
  })
  return runs
}

interface YearMarksProps {
  readonly years: readonly number[]
  readonly x: (at: number) => number
  readonly y: number
}

/** The first and the last. */
function YearMarks({ years, x, y }: YearMarksProps) {
  const last = years.length - 1
  return (
    <>
      {years.map((year, at) =>
        at === 0 || at === last ? (
          <text key={year} x={x(at)} y={y} textAnchor={at === 0 && last > 0 ? 'start' : 'middle'}>
            {year}
          </text>
        ) : null,
      )}
    </>
  )
}

function FigureTable({ title, years, points, print }: LinePlotProps) {
  const words = useWords(WORDS)
  const hasDerived = points.some((point) => point.kind === 'figure' && point.derived !== null)
  return (
    <table className="unseen">
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">{words.year}</th>
          <th scope="col">{words.printed}</th>
          {hasDerived && <th scope="col">{words.derived}</th>}
        </tr>
      </thead>
      <tbody>
        {points.map((point, at) => (
          <tr key={years[at]}>
            <th scope="row">{years[at]}</th>
            <td>{point.kind === 'figure' ? print(point.value) : point.mark || words.none}</td>
            {hasDerived && (
              <td>{point.kind === 'figure' && point.derived !== null ? print(point.derived) : words.none}</td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
