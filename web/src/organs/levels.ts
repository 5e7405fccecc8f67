/** The levels of organs, from the top: named here, as the schemas of the API would bring their validator with them. */
import type { OrganLevel } from '../../../src/review/api.js'

const RANKS: Readonly<Record<OrganLevel, number>> = {
  central: 0,
  province: 1,
  city: 2,
  county: 3,
  township: 4,
  other: 5,
}

export const LEVELS = Object.keys(RANKS) as readonly OrganLevel[]
