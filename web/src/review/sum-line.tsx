/** A sum with its figures: 10 + 1 + 0 + 0 = 11 ≠ 0, in a line of text or in large with frames. */
import { Fragment } from 'react'
import { useWords } from '../wording/words.js'
import { type Equation, type Side, writtenOf } from './equations.js'
import { figure } from './figures.js'
import { REVIEW_WORDS } from './review-words.js'

const SIGNS: Record<Equation['operator'], readonly [holds: string, fails: string]> = {
  '==': ['=', '≠'],
  '<=': ['≤', '>'],
  '>=': ['≥', '<'],
  zero_implies_zero: ['·', '≠'],
  both_zero_or_both_positive: ['·', '≠'],
  ratio_within: ['~', '≁'],
}

export function signOf({ operator, outcome }: Equation): string {
  if (outcome === 'skipped') return '?'
  return SIGNS[operator][outcome === 'pass' ? 0 : 1]
}

/** 10 + 1 + 0 + 0 = 11 */
export function sideInWords(side: Side): string {
  const { addends } = writtenOf(side)
  const sum = addends
    .map(({ value, factor }, at) => {
      const sign = factor < 0 ? '− ' : at > 0 ? '+ ' : ''
      const size = Math.abs(factor)
      return `${sign}${figure(value)}${size === 1 ? '' : ` × ${size}`}`
    })
    .join(' ')
  return side.addends.length > 1 ? `${sum} = ${side.sum === null ? '?' : figure(side.sum)}` : sum
}

export function SumLine({ equation, withZeros = true }: { readonly equation: Equation; readonly withZeros?: boolean }) {
  const words = useWords(REVIEW_WORDS)
  const { zeros } = writtenOf(equation.parts)
  return (
    <span className="rv-sumline">
      <b className="rv-op">{sideInWords(equation.parts)}</b>{' '}
      <b className={equation.outcome === 'pass' ? 'rv-holds' : 'rv-ne'}>
        {signOf(equation)} {sideInWords(equation.total)}
        {equation.outcome === 'pass' ? ' ✓' : ''}
      </b>
      {withZeros && zeros > 0 && <span className="xs s2"> {words.zerosLeft(zeros)}</span>}
    </span>
  )
}

export function LargeSum({ equation }: { readonly equation: Equation }) {
  const words = useWords(REVIEW_WORDS)
  const { addends, zeros } = writtenOf(equation.parts)
  const isLong = addends.length > 5 || equation.total.addends.length > 1
  const holds = equation.outcome === 'pass'
  return (
    <div className={isLong ? 'rv-sum tight' : 'rv-sum'}>
      {addends.map(({ fact, value, factor }, at) => (
        <Fragment key={fact}>
          {(at > 0 || factor < 0) && <span className="x">{factor < 0 ? '−' : '+'}</span>}
          <span className="o">{figure(value)}</span>
        </Fragment>
      ))}
      {equation.parts.addends.length > 1 && (
        <>
          <span className="x">=</span>
          <span>{equation.parts.sum === null ? '?' : figure(equation.parts.sum)}</span>
        </>
      )}
      <span className={holds ? 'ok' : 'ne'}>{signOf(equation)}</span>
      {equation.total.addends.map(({ fact, value, factor }, at) => (
        <Fragment key={fact}>
          {(at > 0 || factor < 0) && <span className="x">{factor < 0 ? '−' : '+'}</span>}
          <span className={holds ? 't ok' : 't'}>{figure(value)}</span>
        </Fragment>
      ))}
      {equation.total.addends.length > 1 && (
        <>
          <span className="x">=</span>
          <span>{equation.total.sum === null ? '?' : figure(equation.total.sum)}</span>
        </>
      )}
      {equation.totalFact !== null && <small>{words.printed}</small>}
      {zeros > 0 && <small>{words.zerosLeft(zeros)}</small>}
    </div>
  )
}
