import type { Queryable } from './database.ts'
import { isDelivered } from './subscriptions.ts'

/** What is stored of how a feed publishes. */
export interface StoredRhythm {
  /** When its newest entries were published, the newest first. */
  readonly publishedAt: readonly Date[]
  /** Whether a hub delivers it. */
  readonly isPushed: boolean
}

/** Reads the rhythm of feeds in one statement, by their numbers. */
export async function rhythmsOf(
  db: Queryable,
  feedIds: readonly number[],
  now: Date,
): Promise<ReadonlyMap<number, StoredRhythm>> {
  const { rows } = await db.query<StoredRhythm & { id: number }>({
    // named: it takes longer to plan than to run
    name: 'feed-rhythms',
    text: `select polled.id,
       array(select at from entry where feed_id = polled.id order by at desc limit 20) as "publishedAt",
       ${isDelivered('polled.id', '$2')} as "isPushed"
       from unnest($1::int[]) as polled(id)`,
    values: [feedIds, now],
  })
  return new Map(rows.map((row) => [row.id, row]))
}

/** The feeds whose entries met an item that has changed since `hotSince`. */
export async function hotFeeds(db: Queryable, hotSince: Date): Promise<ReadonlySet<number>> {
  const { rows } = await db.query<{ id: number }>(
    // the limit keeps the planner from reading all entries to find the few that matched
    `select distinct e.feed_id as id from match m
       cross join lateral (select feed_id from entry where id = m.entry_id limit 1) e
     where m.watch_item_id in (select watch_item_id from status_change where at > $1)`,
    [hotSince],
  )
  return new Set(rows.map((row) => row.id))
}

/**
 * Brings the next poll of the feeds whose entries met these items forward to `at`. Those that fail, or have a fixed
 * interval, or are being polled at this moment, are left as they are.
 */
export async function bringForward(db: Queryable, itemIds: readonly string[], at: Date): Promise<void> {
  await db.query(
    `update feed set next_poll_at = $2 where id in (
       select id from feed
       where state = 'active' and failures = 0 and every_ms is null and next_poll_at > $2 and id in (
         select e.feed_id from match m join entry e on e.id = m.entry_id where m.watch_item_id = any($1))
       for update skip locked)`,
    [itemIds, at],
  )
}
