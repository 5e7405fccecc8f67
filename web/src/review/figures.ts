/**
 * What a person types into a cell → the figure that the page shows. Digits of any width, separators and dashes are taken as they are typed, and
 * read as the same signs on a page are read. 空 or nothing: the cell is blank, which is not zero.
 */
import { readCell } from '../../../src/report/numerals.js'
import type { FactType } from '../../../src/report/reading.js'

export type Typed = { readonly isFigure: true; readonly value: number | null } | { readonly isFigure: false }

const BLANK = '空'

export function foldTyped(typed: string, type: FactType, unit: string): Typed {
  const bare = typed.trim()
  if (bare === BLANK) return { isFigure: true, value: null }
  const { reading } = readCell(bare, type, unit, unit)
  switch (reading.kind) {
    case 'number':
      return { isFigure: true, value: reading.value }
    case 'zero':
      return { isFigure: true, value: 0 }
    case 'empty':
    case 'dash':
      return { isFigure: true, value: null }
    case 'text':
      return { isFigure: false }
  }
}

/** As it stands in a sum and in sentences: −3 with a minus of its width. `blank`: what a blank cell is called; by default its sign. */
export function figure(value: number | null, blank: string = BLANK): string {
  return value === null ? blank : String(value).replace('-', '−')
}
