/** How the review of a report stands, for those who list reports and facts: in queries that join `reviews` as r and `review_queue` as q. */
import { type SqlBool, sql } from 'kysely'
import type { ReviewStatus } from './schema.js'

/** It waits for a person: there is something to see in it, or it was drawn for audit. */
export const IS_QUEUED = sql<SqlBool>`not q.settled
  and (q.class is not null or q.draw < (select audit_share from review_settings))`

/** open: it is in the queue. null: nobody has to look at it, and nobody has. */
export const REVIEW = sql<ReviewStatus | null>`case when r.status in ('accepted', 'rejected') then r.status
  when ${IS_QUEUED} then 'open' end`
