/** What the reports of the queue can be narrowed by: the years and the regions there are. */
import { sql } from 'kysely'
import type { QueueChoices } from '../../review/api.js'
import { IS_IN_QUEUE } from './review-queue.js'
import type { Db } from './schema.js'

/** Told by the government of the place. */
const GOVERNMENT = '人民政府'

export async function queueChoices(db: Db): Promise<QueueChoices> {
  const [years, codes] = await Promise.all([yearsOf(db), regionCodesOf(db)])
  const above = codes.flatMap((code) => [`${code.slice(0, 2)}0000`, `${code.slice(0, 4)}00`])
  const names = await governmentsOf(db, [...new Set([...codes, ...above])])
  const all = new Set([...codes, ...names.keys()])
  return { years, regions: [...all].sort().map((code) => ({ code, name: names.get(code) ?? null })) }
}

async function yearsOf(db: Db): Promise<number[]> {
  const { rows } = await sql<{ year: number }>`
    select distinct q.year from review_queue q join documents d on d.id = q.document_id
    where ${IS_IN_QUEUE} and q.year is not null order by q.year desc`.execute(db)
  return rows.map(({ year }) => year)
}

async function regionCodesOf(db: Db): Promise<string[]> {
  const { rows } = await sql<{ code: string }>`
    select distinct o.region_code as code
    from review_queue q
      join documents d on d.id = q.document_id
      join reports r on r.document_id = q.document_id
      join organs o on o.id = r.organ_id
    where ${IS_IN_QUEUE} and o.region_code is not null`.execute(db)
  return rows.map(({ code }) => code)
}

async function governmentsOf(db: Db, codes: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ code: string; name: string }>`
    select distinct on (region_code) region_code as code, name from organs
    where region_code = any(${codes}::text[]) and name like ${`%${GOVERNMENT}`}
    order by region_code, length(name), name`.execute(db)
  return new Map(rows.map(({ code, name }) => [code, name.slice(0, -GOVERNMENT.length)]))
}
