import { feedHealth } from '../report/feed-health.ts'
import type { ReportFeed } from '../report/report-input.ts'
import type { Queryable } from './database.ts'
import { movedReason, type StoredFeed } from './feeds.ts'

type Row = Pick<
  StoredFeed,
  | 'url'
  | 'title'
  | 'topic'
  | 'state'
  | 'retiredReason'
  | 'lastPollAt'
  | 'lastOkAt'
  | 'lastEntryAt'
  | 'nextPollAt'
  | 'failures'
  | 'failingSince'
  | 'lastError'
  | 'staleAfter'
  | 'emptySince'
>

/**
 * Every feed with its health at `now`, by id. Left out is what nothing is missed by: what was taken out on purpose, or is
 * polled at another address as another feed. A feed is asked when its time has come and its host may be asked.
 */
export async function readReportFeeds(db: Queryable, now: Date): Promise<ReportFeed[]> {
  const { rows } = await db.query<Row>(
    `select url, title, topic, state, retired_reason "retiredReason", last_poll_at "lastPollAt", last_ok_at "lastOkAt",
       last_entry_at "lastEntryAt", failures, failing_since "failingSince", last_error "lastError",
       stale_after "staleAfter", empty_since "emptySince",
       case when next_poll_at is not null and h.held_until > $1 then greatest(next_poll_at, h.held_until)
         else next_poll_at end as "nextPollAt"
     from feed f left join host h on h.name = f.host
     where origin <> 'archive' and coalesce(retired_reason, '') <> 'removed'
       and not starts_with(coalesce(retired_reason, ''), $2)
     order by f.id`,
    [now, movedReason],
  )
  return rows.map((row) => reportFeed(row, now))
}

function reportFeed(row: Row, now: Date): ReportFeed {
  const { url, title, topic, lastOkAt, lastError, failures, failingSince, nextPollAt, retiredReason } = row
  return {
    ...{ url, title, topic, lastOkAt, lastError, failures, failingSince, nextPollAt, retiredReason },
    ...feedHealth(row, now),
  }
}
