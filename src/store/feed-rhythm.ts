import type { Queryable } from './database.ts'
import { isDelivered } from './subscriptions.ts'

/** What is stored of how a feed publishes, and of how much depends on it. */
export interface StoredRhythm {
  /** When its newest entries were published, the newest first. */
  readonly publishedAt: readonly Date[]
  /** Whether an item that its entries met has changed since `hotSince`. */
  readonly isHot: boolean
  /** Whether a hub delivers it. */
  readonly isPushed: boolean
}

/** Reads a feed's rhythm in one statement. */
export async function rhythmOf(
  db: Queryable,
  feedId: number,
  { now, hotSince }: { readonly now: Date; readonly hotSince: Date },
): Promise<StoredRhythm> {
  const { rows } = await db.query<StoredRhythm>({
    // named: it takes longer to plan than to run, and every poll asks it
    name: 'feed-rhythm',
    text: `select array(select at from entry where feed_id = $1 order by at desc limit 20) as "publishedAt",
       exists (
         select from status_change c where c.at > $2 and exists (
           select from match m join entry e on e.id = m.entry_id
           where m.watch_item_id = c.watch_item_id and e.feed_id = $1)) as "isHot",
       ${isDelivered('$1', '$3')} as "isPushed"`,
    values: [feedId, hotSince, now],
  })
  return rows[0] ?? { publishedAt: [], isHot: false, isPushed: false }
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
