/**
 * Amounts over years, or days, as bars upon each other: from zero, with one axis, told apart by pattern as well as colour. Behind each
 * plot stands a table with the same figures.
 */
import { useAmounts } from './amounts.js'
import './parts.css'
import { ticksTo } from './ticks.js'
import { useWidth } from './width.js'

export interface BarSeries {
  readonly key: string
  readonly name: string
  /** A token: var(--fix-line). */
  readonly colour: string
  /** Told apart without colour, too. */
  readonly pattern: 'solid' | 'hatched' | 'outlined'
  /** One a place. */
  readonly values: readonly number[]
}

interface BarPlotProps {
  readonly title: string
  /** What the bars stand for: years, days. */
  readonly places: readonly string[]
  readonly placeName: string
  readonly series: readonly BarSeries[]
  readonly height: number
  /** Every so many places one is named. null: what stands below it names them and tells the figures. */
  readonly namedEvery: number | null
  /** Where the bars begin, in points. */
  readonly left?: number
  /** Sums are written over the bars. */
  readonly hasSums?: boolean
}

const BAR = { left: 40, top: 18, bottom: 20, unnamed: 6, widest: 46 }

/** Series upon each other: what they add up to is the height. */
export function BarPlot(props: BarPlotProps) {
  const { title, places, placeName, series, height, namedEvery, hasSums = false, left = BAR.left } = props
  const { number } = useAmounts()
  const [svg, width] = useWidth<SVGSVGElement>(600)
  const sums = places.map((_, at) => series.reduce((sum, { values }) => sum + (values[at] ?? 0), 0))
  const ticks = ticksTo(Math.max(0, ...sums))
  const top = ticks.at(-1) ?? 1
  const base = height - (namedEvery === null ? BAR.unnamed : BAR.bottom)
  const slot = (width - left) / Math.max(1, places.length)
  const thick = Math.max(1, Math.min(BAR.widest, slot * 0.68))
  const x = (at: number) => left + slot * (at + 0.5)
  const y = (value: number) => base - (value / top) * (base - BAR.top)
  return (
    <figure className="plot">
      <svg ref={svg} viewBox={`0 0 ${width} ${height}`} height={height} aria-hidden="true">
        {ticks.map((tick) => (
          <g key={tick}>
            <line className="axis" x1={left} x2={width} y1={y(tick)} y2={y(tick)} opacity={tick === 0 ? 1 : 0.5} />
            <text x={left - 6} y={y(tick) + 4} textAnchor="end">
              {number(tick)}
            </text>
          </g>
        ))}
        {places.map((place, at) => {
          let below = 0
          return (
            <g key={place}>
              {series.map(({ key, colour, pattern, values }) => {
                const value = values[at] ?? 0
                if (value === 0) return null
                const from = below
                below += value
                return (
                  <Bar
                    key={key}
                    {...{ colour, pattern }}
                    x={x(at) - thick / 2}
                    y={y(below)}
                    width={thick}
                    height={y(from) - y(below)}
                  />
                )
              })}
              {hasSums && (
                <text x={x(at)} y={y(sums[at] ?? 0) - 5} textAnchor="middle">
                  {number(sums[at] ?? 0)}
                </text>
              )}
              {namedEvery !== null && (places.length - 1 - at) % namedEvery === 0 && (
                <text x={x(at)} y={height - 4} textAnchor="middle">
                  {place}
                </text>
              )}
            </g>
          )
        })}
      </svg>
      {namedEvery !== null && <BarTable {...{ title, places, placeName, series }} />}
    </figure>
  )
}

type BarTableProps = Pick<BarPlotProps, 'title' | 'places' | 'placeName' | 'series'>

function BarTable({ title, places, placeName, series }: BarTableProps) {
  const { number } = useAmounts()
  return (
    <table className="unseen">
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">{placeName}</th>
          {series.map(({ key, name }) => (
            <th key={key} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {places.map((place, at) => (
          <tr key={place}>
            <th scope="row">{place}</th>
            {series.map(({ key, values }) => (
              <td key={key}>{number(values[at] ?? 0)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

interface BarProps extends Pick<BarSeries, 'colour' | 'pattern'> {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

const HATCH = 5

function Bar({ colour, pattern, x, y, width, height }: BarProps) {
  const isHollow = pattern === 'outlined'
  const inset = isHollow ? 0.75 : 0
  return (
    <>
      <rect
        x={x + inset}
        y={y + inset}
        width={Math.max(0.5, width - 2 * inset)}
        height={Math.max(0.5, height - 2 * inset)}
        fill={isHollow ? 'var(--surface)' : colour}
        stroke={isHollow ? colour : 'none'}
        strokeWidth={1.5}
      />
      {pattern === 'hatched' &&
        linesIn(height).map((down) => (
          <line
            key={down}
            x1={x}
            x2={x + width}
            y1={y + down}
            y2={y + down}
            stroke="var(--surface)"
            strokeWidth={1.2}
          />
        ))}
    </>
  )
}

function linesIn(height: number): number[] {
  return Array.from({ length: Math.max(0, Math.floor((height - 1) / HATCH)) }, (_, at) => (at + 1) * HATCH)
}

export function Legend({
  series,
}: {
  readonly series: readonly Pick<BarSeries, 'key' | 'name' | 'colour' | 'pattern'>[]
}) {
  return (
    <div className="plot-legend" aria-hidden="true">
      {series.map(({ key, name, colour, pattern }) => (
        <span key={key}>
          <svg className="plot-swatch" viewBox="0 0 12 12" aria-hidden="true">
            <Bar colour={colour} pattern={pattern} x={0} y={0} width={12} height={12} />
          </svg>
          {name}
        </span>
      ))}
    </div>
  )
}
