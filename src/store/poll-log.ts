import type { Queryable } from './database.ts'

/** Polls of a feed that are kept at most. */
const mostPolls = 200
const longestMs = 30 * 86_400_000

/** Deletes what is too old of the poll log: all that is older than 30 days, or than a feed's 200 newest. Returns how many. */
export async function prunePolls(db: Queryable, now: Date): Promise<number> {
  const { rowCount } = await db.query(
    `delete from poll p using (
       select f.id, greatest($1::timestamptz, (
         select at from poll where feed_id = f.id order by at desc offset $2 limit 1)) as oldest
       from feed f) kept
     where p.feed_id = kept.id and p.at < kept.oldest`,
    [new Date(now.getTime() - longestMs), mostPolls - 1],
  )
  return rowCount ?? 0
}
