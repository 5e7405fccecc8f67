/**
 * The identities of one row of figures, drawn under it: a bracket from what is added up to the total, and the sum below. Readers of the screen
 * skip the drawing; the sums stand as text in the case card.
 */
import { type Equation, isSum, writtenOf } from './equations.js'
import { figure } from './figures.js'
import { sideInWords } from './sum-line.js'

export interface BracketsProps {
  /** In the order of the columns. */
  readonly columns: readonly string[]
  /** CSS pixels. */
  readonly width: number
  readonly equations: readonly Equation[]
  /** Those of the item that is being settled. */
  readonly drawn: ReadonlySet<string>
  /** Those that fail and stay so. */
  readonly kept: ReadonlySet<string>
}

const HEIGHT = 46
const LINE = 11
const TEXT = 30

export function Brackets({ columns, width, equations, drawn, kept }: BracketsProps) {
  const total = columns.length * width
  return (
    <svg
      className="rv-brackets"
      width={total}
      height={HEIGHT}
      viewBox={`0 0 ${total} ${HEIGHT}`}
      aria-hidden="true"
      focusable="false"
    >
      {equations.map((equation) => {
        const at = placesOf(equation, columns)
        return at === null ? null : (
          <Bracket
            key={equation.name}
            equation={equation}
            at={at}
            width={width}
            isDrawn={drawn.has(equation.name)}
            isKept={kept.has(equation.name)}
          />
        )
      })}
    </svg>
  )
}

interface Places {
  readonly parts: readonly number[]
  readonly total: number
}

/** null: it is no sum within the row. */
export function placesOf(equation: Equation, columns: readonly string[]): Places | null {
  if (!isSum(equation) || equation.totalFact === null) return null
  const parts = equation.parts.addends.map(({ fact }) => columns.indexOf(fact))
  const total = columns.indexOf(equation.totalFact)
  return total < 0 || parts.some((part) => part < 0) ? null : { parts, total }
}

interface BracketProps {
  readonly equation: Equation
  readonly at: Places
  readonly width: number
  readonly isDrawn: boolean
  readonly isKept: boolean
}

function Bracket({ equation, at, width, isDrawn, isKept }: BracketProps) {
  const holds = equation.outcome === 'pass'
  const middle = (column: number) => (column + 0.5) * width
  const xs = at.parts.map(middle)
  const [first, last] = [Math.min(...xs), Math.max(...xs)]
  const end = middle(at.total)
  const joint = (last + end) / 2
  const look = holds ? 'holds' : isKept ? 'kept' : 'fails'
  const written = sideInWords(equation.parts)
  const room = Math.max(width * 4, last - first)
  const size = Math.min(isDrawn && !holds ? 15 : holds ? 12 : 13, (room / Math.max(written.length, 1)) * 1.9)
  const { zeros } = writtenOf(equation.parts)
  return (
    <g className={`rv-bracket ${look}${isDrawn ? ' drawn' : ''}`} lang="zh-CN">
      {xs.map((x) => (
        <path key={x} className="leg" d={`M${x} 2v${LINE - 2}`} />
      ))}
      <path className="leg" d={`M${first} ${LINE}H${joint}`} />
      <path className="to" d={`M${joint} ${LINE}H${end}V4m-4 4l4-5 4 5`} />
      <text className="sum" x={(first + last) / 2} y={TEXT} fontSize={size}>
        {written}
        {zeros > 0 ? ' …' : ''}
        {holds ? ' ✓' : ''}
      </text>
      {!holds && (
        <text className="total" x={end} y={TEXT} fontSize={Math.max(size, 13)}>
          ≠ {figure(equation.total.sum)}
        </text>
      )}
    </g>
  )
}
