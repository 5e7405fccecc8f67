/**
 * The reports of the same organ for other years, with their figures as they now stand, the latest first: what a reviewer holds a jump
 * against. Which reports are an organ's, and which of two for one year, is told by organ-years.ts.
 */
import type { Neighbour } from '../../review/api.js'
import { yearsOf } from './organ-years.js'
import type { Db } from './schema.js'

/** The nearest, before and after together. */
const MOST = 8

export async function neighboursOf(db: Db, documentId: number): Promise<Neighbour[]> {
  const placed = await db
    .selectFrom('reports')
    .where('document_id', '=', documentId)
    .select(['organ_id', 'year'])
    .executeTakeFirst()
  if (placed === undefined || placed.organ_id === null) return []
  const own = placed.year
  const others = (await yearsOf(db, placed.organ_id)).filter(({ year }) => year !== own)
  const latest = own ?? others.at(-1)?.year ?? 0
  return others
    .sort((a, b) => Math.abs(a.year - latest) - Math.abs(b.year - latest))
    .slice(0, MOST)
    .sort((a, b) => b.year - a.year)
    .map(({ year, sha256, status, values }) => ({ year, sha256, status, values }))
}
