/** The marks of an axis that begins at zero. */
const MOST_TICKS = 4

/** From zero to above the highest, in whole steps of 1, 2 or 5. */
export function ticksTo(most: number): number[] {
  const rough = Math.max(1, most / MOST_TICKS)
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = Math.max(1, [1, 2, 5, 10].map((times) => times * power).find((one) => one >= rough) ?? rough)
  const count = Math.max(1, Math.ceil(most / step))
  return Array.from({ length: count + 1 }, (_, at) => at * step)
}
