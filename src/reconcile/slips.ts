/**
 * What goes wrong between a figure and its print, or between the print and its reading: the slips of a hand and of an eye.
 *
 * One figure may have its digits transposed, one lost, one added, its sign turned, one mistyped, or be left at zero. Along a
 * line figures may be moved by a column, a figure taken for two or two for one (and the rest pushed or pulled), two
 * neighbours or two lines exchanged. The latter are offered as hypotheses; whether the sums bear one out is the caller's
 * to find.
 */

export const SLIP_KINDS = [
  'transposed_digits',
  'lost_digit',
  'added_digit',
  'turned_sign',
  'mistyped_digit',
  'left_at_zero',
  'shifted',
  'split_figure',
  'joined_figures',
  'swapped_cells',
  'swapped_lines',
] as const
export type SlipKind = (typeof SLIP_KINDS)[number]

export interface Slip {
  readonly kind: SlipKind
  /** One clause for the reviewer, in Chinese. */
  readonly message: string
  /** Could be made by reading the page wrongly. */
  readonly isReading: boolean
}

/**
 * Slips that speak for themselves, and the least figure from which they do. Nearly any figure becomes any near one by one other
 * digit, and every sum of zeros may be the one that was left out: these explain, but decide nothing.
 */
const TELLING_FROM: Partial<Record<SlipKind, number>> = {
  transposed_digits: 10,
  turned_sign: 10,
  lost_digit: 100,
  added_digit: 100,
}

/** The slip that makes `printed` of `meant`; null: none that is known. `printed` null: left blank. */
export function slipOfFigure(printed: number | null, meant: number): Slip | null {
  const slip = (kind: SlipKind, message: string): Slip => ({ kind, message, isReading: false })
  if (printed === null || printed === 0)
    return meant === 0 ? null : slip('left_at_zero', `应为 ${meant} 而留作零或空白`)
  if (printed === -meant) return slip('turned_sign', `${printed} 与 ${meant} 正负号相反`)
  if (Math.sign(printed) !== Math.sign(meant)) return null
  const [was, is] = [String(Math.abs(meant)), String(Math.abs(printed))]
  if (is.length === was.length) {
    const differing = [...was].flatMap((digit, at) => (digit === is[at] ? [] : [at]))
    const [first = 0, second = -1] = differing
    if (differing.length === 1) return slip('mistyped_digit', `${printed} 与 ${meant} 只有一位数字不同`)
    const crossed = second === first + 1 && was[first] === is[second] && was[second] === is[first]
    return differing.length === 2 && crossed
      ? slip('transposed_digits', `${meant} 的相邻两位数字颠倒成 ${printed}`)
      : null
  }
  if (lacksOne(is, was)) return slip('lost_digit', `${printed} 比 ${meant} 少一位数字`)
  if (lacksOne(was, is)) return slip('added_digit', `${printed} 比 ${meant} 多一位数字`)
  return null
}

/** Whether the slip says more than that two figures are much alike. */
export function isTelling(slip: Slip | null, printed: number | null, meant: number): boolean {
  const least = slip === null ? undefined : TELLING_FROM[slip.kind]
  return least !== undefined && Math.min(Math.abs(printed ?? 0), Math.abs(meant)) >= least
}

function lacksOne(shorter: string, longer: string): boolean {
  if (shorter.length + 1 !== longer.length) return false
  let at = 0
  while (at < shorter.length && shorter[at] === longer[at]) at++
  return shorter.slice(at) === longer.slice(at + 1)
}

/** What several cells would hold if one slip had not been made. */
export interface Hypothesis {
  readonly cells: readonly number[]
  /** null: overwritten or pushed out, so that only the sums can tell. */
  readonly meant: readonly (number | null)[]
  describe(nameOf: (cell: number) => string): Slip
}

/** What is printed in a cell, a blank as 0; null where it was not read. */
export type Printed = (cell: number) => number | null

/** Every slip along one line. */
export function slipsAlong(line: readonly number[], printed: Printed): Hypothesis[] {
  const values = line.map(printed)
  const last = line.length - 1
  // The total at the end of a line often keeps its place while the figures before it do not.
  const ends = [last, last - 1].filter((end) => end > 0)
  return [
    ...neighbours(line, values),
    ...ends.flatMap((end) => [
      ...shifts(line, values, end),
      ...splitFigures(line, values, end),
      ...joinedFigures(line, values, end),
    ]),
  ]
}

/** Two lines exchanged, or two cells one above the other. */
export function slipsAcross(upper: readonly number[], lower: readonly number[], printed: Printed): Hypothesis[] {
  const cells = upper.map((cell, x) => exchanged(cell, lower[x] ?? cell, printed(cell), printed(lower[x] ?? cell)))
  const lines: Hypothesis = {
    cells: [...upper, ...lower],
    meant: [...lower.map(printed), ...upper.map(printed)],
    describe: (nameOf) => ({
      kind: 'swapped_lines',
      message: `「${nameOf(upper[0] ?? 0)}」与「${nameOf(lower[0] ?? 0)}」所在两行的数对调`,
      isReading: true,
    }),
  }
  return [...cells.flat(), ...(upper.length === 1 || lines.meant.includes(null) ? [] : [lines])]
}

type Values = readonly (number | null)[]

function neighbours(line: readonly number[], values: Values): Hypothesis[] {
  return line.slice(1).flatMap((cell, x) => exchanged(line[x] ?? cell, cell, values[x] ?? null, values[x + 1] ?? null))
}

function exchanged(one: number, other: number, first: number | null, second: number | null): Hypothesis[] {
  if (first === null || second === null || first === second) return []
  const describe: Hypothesis['describe'] = (nameOf) => ({
    kind: 'swapped_cells',
    message: `「${nameOf(one)}」与「${nameOf(other)}」的数对调`,
    isReading: true,
  })
  return [{ cells: [one, other], meant: [second, first], describe }]
}

function shifts(line: readonly number[], values: Values, end: number): Hypothesis[] {
  return line.slice(0, end).flatMap((_, start) => {
    const moved = (direction: string, meant: Values): Hypothesis => ({
      cells: line.slice(start, end + 1),
      meant,
      describe: (nameOf) => ({
        kind: 'shifted',
        message: `自「${nameOf(line[start] ?? 0)}」起各栏的数${direction}一栏`,
        isReading: true,
      }),
    })
    return [
      ...(isEmpty(values[start]) ? [moved('右移', [...values.slice(start + 1, end + 1), null])] : []),
      ...(isEmpty(values[end]) ? [moved('左移', [null, ...values.slice(start, end)])] : []),
    ].filter(hasOneUnknown)
  })
}

/** 10 taken for 1 and 0: the figures after it are one column too far to the right, and the last was pushed out. */
function splitFigures(line: readonly number[], values: Values, end: number): Hypothesis[] {
  return line.slice(0, end).flatMap((cell, at) => {
    const [front, back] = [values[at] ?? null, values[at + 1] ?? null]
    if (!isCount(front) || !isCount(back) || front === 0) return []
    const whole = Number(`${front}${back}`)
    const hypothesis: Hypothesis = {
      cells: line.slice(at, end + 1),
      meant: [whole, ...values.slice(at + 2, end + 1), null],
      describe: (nameOf) => ({
        kind: 'split_figure',
        message: `「${nameOf(cell)}」的 ${whole} 被拆成 ${front} 和 ${back} 两栏，其后各数右移`,
        isReading: true,
      }),
    }
    return hasOneUnknown(hypothesis) ? [hypothesis] : []
  })
}

/** 3 and 5 taken for 35: the figures after them are one column too far to the left, and the last cell is empty. */
function joinedFigures(line: readonly number[], values: Values, end: number): Hypothesis[] {
  if (!isEmpty(values[end])) return []
  return line.slice(0, end).flatMap((cell, at) => {
    const whole = values[at] ?? null
    if (!isCount(whole) || whole < 10) return []
    const digits = String(whole)
    return [...digits].slice(1).flatMap((_, before): Hypothesis[] => {
      const [front, back] = [digits.slice(0, before + 1), digits.slice(before + 1)]
      const meant = [Number(front), Number(back), ...values.slice(at + 1, end)]
      if ((back.length > 1 && back.startsWith('0')) || meant.includes(null)) return []
      const describe: Hypothesis['describe'] = (nameOf) => ({
        kind: 'joined_figures',
        message: `「${nameOf(cell)}」的 ${front} 与其后的 ${back} 被并成 ${whole}，其后各数左移`,
        isReading: true,
      })
      return [{ cells: line.slice(at, end + 1), meant, describe }]
    })
  })
}

function isEmpty(value: number | null | undefined): boolean {
  return value === null || value === undefined || value === 0
}

function isCount(value: number | null): value is number {
  return value !== null && Number.isSafeInteger(value) && value >= 0
}

function hasOneUnknown({ meant }: Hypothesis): boolean {
  return meant.filter((value) => value === null).length === 1
}
