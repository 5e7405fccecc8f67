/**
 * True figures → the figures of a report with an error in it: a slip of the publisher, which stands on the page, or a misreading of a page
 * that says something else.
 *
 * Cells are keys of facts; a line is a row of a table as the form prints it. An error that changes nothing, such as two equal
 * neighbours exchanged, is no error and gives null, so that another place is tried.
 */
import type { Seeded } from '../../test/build/seeded.js'

/** What a cell is read as: a figure, blank, or not read at all. */
export type Shown = number | 'blank' | 'lost'

/** By key of the fact; only what differs from the truth. */
export type Changed = ReadonlyMap<string, Shown>

export interface ErrorKind {
  readonly name: string
  readonly source: 'misread' | 'published'
  /** How many cells it changes, as a rule. */
  readonly cells: 'one' | 'several'
  inject(place: Place, random: Seeded): Changed | null
}

export interface Place {
  readonly line: readonly string[]
  /** The line below, cell by cell. */
  readonly below: readonly string[] | null
  readonly isTotal: (key: string) => boolean
  truth(key: string): number
}

export const MISREADINGS: readonly ErrorKind[] = [
  ofFigure('digit misread', 'misread', anotherDigit),
  { name: 'figure split', source: 'misread', cells: 'several', inject: split },
  { name: 'figures joined', source: 'misread', cells: 'several', inject: join },
  { name: 'row shifted', source: 'misread', cells: 'several', inject: shift },
  { name: 'rows exchanged', source: 'misread', cells: 'several', inject: exchangeRows },
  {
    name: 'cell lost',
    source: 'misread',
    cells: 'one',
    inject: ({ line }, random) => new Map([[random.pick(line), 'lost']]),
  },
  { name: 'neighbours exchanged', source: 'misread', cells: 'several', inject: exchangeCells },
]

export const PUBLISHERS_SLIPS: readonly ErrorKind[] = [
  ofFigure('digits transposed', 'published', transposed),
  ofFigure('digit lost', 'published', (digits, random) => without(digits, random.integer(0, digits.length - 1))),
  ofFigure('digit doubled', 'published', (digits, random) => doubled(digits, random.integer(0, digits.length - 1))),
  ofFigure('sign turned', 'published', (digits) => (digits === '0' ? null : `-${digits}`)),
  ofFigure('digit mistyped', 'published', anotherDigit),
  ofFigure('another figure', 'published', (digits, random) => String(random.integer(0, 10 ** digits.length * 2))),
  { name: 'total left at zero', source: 'published', cells: 'one', inject: totalLeftAtZero },
  { name: 'whole row shifted', source: 'published', cells: 'several', inject: shiftWholeRow },
]

function ofFigure(
  name: string,
  source: ErrorKind['source'],
  spoil: (digits: string, random: Seeded) => string | null,
): ErrorKind {
  const inject: ErrorKind['inject'] = ({ line, truth }, random) => {
    const key = random.pick(line)
    const figure = truth(key)
    if (figure < 0 || !Number.isInteger(figure)) return null
    const spoilt = spoil(String(figure), random)
    return spoilt === null || Number(spoilt) === figure ? null : new Map([[key, Number(spoilt)]])
  }
  return { name, source, cells: 'one', inject }
}

function anotherDigit(digits: string, random: Seeded): string {
  const at = random.integer(0, digits.length - 1)
  return `${digits.slice(0, at)}${random.integer(0, 9)}${digits.slice(at + 1)}`
}

function transposed(digits: string, random: Seeded): string | null {
  if (digits.length < 2) return null
  const at = random.integer(0, digits.length - 2)
  return `${digits.slice(0, at)}${digits[at + 1]}${digits[at]}${digits.slice(at + 2)}`
}

function without(digits: string, at: number): string | null {
  return digits.length < 2 ? null : digits.slice(0, at) + digits.slice(at + 1)
}

function doubled(digits: string, at: number): string | null {
  return digits === '0' ? null : digits.slice(0, at + 1) + digits.slice(at)
}

function totalLeftAtZero({ line, isTotal, truth }: Place, random: Seeded): Changed | null {
  const totals = line.filter((key) => isTotal(key) && truth(key) !== 0)
  return totals.length === 0 ? null : new Map([[random.pick(totals), 0]])
}

/** 10 stands as 1 and 0: what comes after is pushed to the right, and the last is pushed out. */
function split({ line, truth }: Place, random: Seeded): Changed | null {
  if (line.length < 2) return null
  const at = random.integer(0, line.length - 2)
  const digits = String(truth(line[at] ?? ''))
  if (digits.length < 2 || !isCount(digits)) return null
  const cut = random.integer(1, digits.length - 1)
  const after = line.slice(at + 1, -1).map(truth)
  return differing(line.slice(at), [Number(digits.slice(0, cut)), Number(digits.slice(cut)), ...after], truth)
}

/** 3 and 5 stand as 35: what comes after is pulled to the left, and the last cell is empty. */
function join({ line, truth }: Place, random: Seeded): Changed | null {
  if (line.length < 2) return null
  const at = random.integer(0, line.length - 2)
  const [one, other] = [truth(line[at] ?? ''), truth(line[at + 1] ?? '')]
  if (one === 0 || !isCount(`${one}${other}`)) return null
  return differing(line.slice(at), [Number(`${one}${other}`), ...line.slice(at + 2).map(truth), 'blank'], truth)
}

function shift(place: Place, random: Seeded): Changed | null {
  return shiftFrom(place, random.integer(0, Math.max(0, place.line.length - 2)), random)
}

function shiftWholeRow(place: Place, random: Seeded): Changed | null {
  return shiftFrom(place, 0, random)
}

function shiftFrom({ line, truth }: Place, start: number, random: Seeded): Changed | null {
  if (line.length < 2) return null
  const cells = line.slice(start)
  const values = cells.map(truth)
  const moved: Shown[] = random.integer(0, 1) === 0 ? ['blank', ...values.slice(0, -1)] : [...values.slice(1), 'blank']
  return differing(cells, moved, truth)
}

function exchangeCells({ line, truth }: Place, random: Seeded): Changed | null {
  if (line.length < 2) return null
  const at = random.integer(0, line.length - 2)
  const cells = line.slice(at, at + 2)
  return differing(cells, cells.map(truth).reverse(), truth)
}

function exchangeRows({ line, below, truth }: Place): Changed | null {
  if (below === null) return null
  return differing([...line, ...below], [...below.map(truth), ...line.map(truth)], truth)
}

function isCount(digits: string): boolean {
  return /^\d{2,9}$/.test(digits)
}

function differing(cells: readonly string[], shown: readonly Shown[], truth: Place['truth']): Changed | null {
  const changed = cells.flatMap((key, at) => {
    const value = shown[at] ?? 'blank'
    return value === truth(key) || (value === 'blank' && truth(key) === 0) ? [] : [[key, value] as const]
  })
  return changed.length === 0 ? null : new Map(changed)
}
