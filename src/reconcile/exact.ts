/**
 * Sums and differences that are exact: 0.1 + 0.2 is 0.3 here.
 *
 * Counts stay well inside the range where floating point adds without loss, so only sums with a fraction, or with huge
 * figures, pay for decimal arithmetic. What is beyond all numbers sums to NaN, which agrees with nothing.
 */
import { Big } from 'big.js'

export interface Summand {
  readonly value: number
  readonly factor: number
}

/** Σ factor × value. */
export function sumExact(summands: readonly Summand[]): number {
  let sum = 0
  for (const { value, factor } of summands) {
    const product = value * factor
    sum += product
    if (!Number.isSafeInteger(product) || !Number.isSafeInteger(factor) || !Number.isSafeInteger(sum)) {
      return sumDecimal(summands)
    }
  }
  return sum
}

function sumDecimal(summands: readonly Summand[]): number {
  if (!summands.every(({ value, factor }) => Number.isFinite(value * factor))) return Number.NaN
  return summands.reduce((sum, { value, factor }) => sum.plus(new Big(value).times(factor)), new Big(0)).toNumber()
}

/** |a − b|. */
export function distanceExact(a: number, b: number): number {
  return Math.abs(
    sumExact([
      { value: a, factor: 1 },
      { value: b, factor: -1 },
    ]),
  )
}
