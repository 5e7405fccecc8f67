/** The grid of coverage → what stands over and under it: which form was in use when, how many of the reports due are in. */
import type { CoverageAnswer } from '../../../src/review/api.js'

export type CoverageRow = CoverageAnswer['rows'][number]
export type CoverageCell = CoverageRow['cells'][number]

export function heldOf(cells: readonly CoverageCell[]): number {
  return cells.filter(({ state }) => state !== 'missing' && state !== 'failed').length
}

export function sumInWords(held: number, due: number): string {
  return due === 0 ? '–' : `${held}/${due}`
}

export function sumOf(rows: readonly CoverageRow[], year: number) {
  const own = rows.flatMap(({ cells }) => cells.filter((cell) => cell.year === year))
  return { year, held: heldOf(own), due: own.length }
}

/** Neighbouring years whose reports are, for the most part, on the same form. */
export function erasOf(years: readonly number[], rows: readonly CoverageRow[]) {
  const eras: { vintage: string | null; from: number; span: number }[] = []
  for (const year of years) {
    const last = eras.at(-1)
    // A year without reports is taken for one like the year before.
    const vintage = usualVintage(rows, year) ?? last?.vintage ?? null
    if (last !== undefined && last.vintage === vintage) last.span += 1
    else eras.push({ vintage, from: year, span: 1 })
  }
  return eras
}

function usualVintage(rows: readonly CoverageRow[], year: number): string | null {
  const counts = new Map<string, number>()
  for (const { cells } of rows) {
    for (const { year: its, vintage } of cells) {
      if (its === year && vintage !== null) counts.set(vintage, (counts.get(vintage) ?? 0) + 1)
    }
  }
  const [most] = [...counts].sort(([, a], [, b]) => b - a)
  return most?.[0] ?? null
}
