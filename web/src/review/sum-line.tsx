/** A sum with its figures: 10 + 1 + 0 + 0 = 11 ≠ 0, in a line of text or in large with frames. */
import { Fragment } from 'react'
import { useWords } from '../wording/words.js'
import { type Addend, type Equation, isSum, type Side, writtenOf } from './equations.js'
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
  if (outcome === 'skipped') return '≟'
  return SIGNS[operator][outcome === 'pass' ? 0 : 1]
}

/** What was not read may be anything. */
function addendInWords({ value, isRead }: Addend): string {
  return isRead ? figure(value) : '?'
}

/** 10 + 1 + 0 + 0 = 11 */
export function sideInWords(side: Side): string {
  const { addends } = writtenOf(side)
  const sum = addends
    .map((addend, at) => {
      const { factor } = addend
      const sign = factor < 0 ? '− ' : at > 0 ? '+ ' : ''
      const size = Math.abs(factor)
      return `${sign}${addendInWords(addend)}${size === 1 ? '' : ` × ${size}`}`
    })
    .join(' ')
  return side.addends.length > 1 && side.sum !== null ? `${sum} = ${figure(side.sum)}` : sum
}

export function SumLine({ equation, withZeros = true }: { readonly equation: Equation; readonly withZeros?: boolean }) {
  const words = useWords(REVIEW_WORDS)
  const { zeros } = writtenOf(equation.parts)
  const holds = equation.outcome === 'pass'
  // A sum that holds says its total already.
  const isSaid = holds && isSum(equation) && equation.total.addends.length === 1 && equation.parts.addends.length > 1
  return (
    <span className="rv-sumline">
      <b className="rv-op" lang="zh-CN">
        {sideInWords(equation.parts)}
      </b>{' '}
      <b className={holds ? 'rv-holds' : 'rv-ne'} lang="zh-CN">
        {!isSaid && `${signOf(equation)} ${sideInWords(equation.total)} `}
        {holds && '✓'}
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
      <Addends addends={addends} look="o" />
      <Result side={equation.parts} />
      <span className={holds ? 'ok' : 'ne'}>{signOf(equation)}</span>
      <Addends addends={equation.total.addends} look={holds ? 't ok' : 't'} />
      <Result side={equation.total} />
      {equation.totalFact !== null && <small>{words.printed}</small>}
      {zeros > 0 && <small>{words.zerosLeft(zeros)}</small>}
    </div>
  )
}

function Addends({ addends, look }: { readonly addends: readonly Addend[]; readonly look: string }) {
  return addends.map((addend, at) => (
    <Fragment key={addend.fact}>
      {(at > 0 || addend.factor < 0) && <span className="x">{addend.factor < 0 ? '−' : '+'}</span>}
      <span className={look} lang="zh-CN">
        {addendInWords(addend)}
      </span>
    </Fragment>
  ))
}

function Result({ side }: { readonly side: Side }) {
  if (side.addends.length <= 1 || side.sum === null) return null
  return (
    <>
      <span className="x">=</span>
      <span lang="zh-CN">{figure(side.sum)}</span>
    </>
  )
}
