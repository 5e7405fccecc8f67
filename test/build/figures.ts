/** Facts of a record that were never on paper: a whole form filled with zeros, with the cells that a test is about put in. */
import type { Fact, Vintage } from '../../src/record.js'
import { numberOf } from '../../src/report/reading.js'
import { type Cells, formFacts } from './reading.js'
import { fact } from './record.js'

const STATES = { number: 'number', zero: 'zero', empty: 'blank', dash: 'dash', text: 'unreadable' } as const

export function factsOf(vintage: Vintage, cells: Cells = {}): Fact[] {
  return formFacts(vintage, cells).map(({ key, raw, unit, reading }) =>
    fact({ key, raw, unit, value: numberOf(reading), state: reading === null ? 'absent' : STATES[reading.kind] }),
  )
}
