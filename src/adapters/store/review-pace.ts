/**
 * How long people take over a report, from claiming it to settling it: of the latest that were settled.
 *
 * What a report was when it was claimed stands in the event of its claim.
 */
import { sql } from 'kysely'
import type { QueueAnswer } from '../../review/api.js'
import { QUEUE_CLASSES } from '../../review/vocabulary.js'
import type { Db } from './schema.js'

const LATEST = 200
/** Fewer tell nothing. */
const FEWEST = 5

interface Settled {
  readonly seconds: number
  readonly class: string | null
  readonly items: number | null
}

export async function reviewPace(db: Db): Promise<QueueAnswer['pace']> {
  const { rows } = await sql<Settled>`
    with latest as (
      select document_id, changed_by, changed_at from reviews where status <> 'open' order by changed_at desc limit ${LATEST}
    )
    select extract(epoch from l.changed_at - c.at)::double precision as seconds, c.detail ->> 'class' as class,
      (c.detail ->> 'items')::integer as items
    from latest l cross join lateral (
      select at, detail from events
      where document_id = l.document_id and kind = 'claimed' and actor = l.changed_by and at <= l.changed_at
      order by id desc limit 1) c`.execute(db)
  const perItem: QueueAnswer['pace']['perItem'] = {}
  for (const each of QUEUE_CLASSES) {
    const own = rows.filter((row) => row.class === each)
    const median = medianOf(own.map(({ seconds, items }) => seconds / Math.max(1, items ?? 0)))
    if (median !== null) perItem[each] = median
  }
  return { median: medianOf(rows.map(({ seconds }) => seconds)), perItem }
}

/** To a tenth. */
function medianOf(values: readonly number[]): number | null {
  if (values.length < FEWEST) return null
  const sorted = values.toSorted((a, b) => a - b)
  return Math.round((sorted[sorted.length >> 1] ?? 0) * 10) / 10
}
