/**
 * The smallest and the largest of any number of values. `Math.min(...values)` passes each value as an argument, and a page may
 * hold more of them than the stack has room for.
 */
export function least(values: Iterable<number>): number {
  let best = Number.POSITIVE_INFINITY
  for (const value of values) if (value < best) best = value
  return best
}

export function greatest(values: Iterable<number>): number {
  let best = Number.NEGATIVE_INFINITY
  for (const value of values) if (value > best) best = value
  return best
}
