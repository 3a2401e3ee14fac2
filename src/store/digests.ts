import type { Queryable } from './database.ts'

/** The time of the digest before one; null where there was none. */
export async function digestBefore(db: Queryable, channel: string, dueAt: Date): Promise<Date | null> {
  const { rows } = await db.query<{ due_at: Date | null }>(
    `select max(due_at) as due_at from digest where channel = $1 and due_at < $2`,
    [channel, dueAt],
  )
  return rows[0]?.due_at ?? null
}

/** Writes down that a digest's time was seen to. False when that was done before. */
export async function markDigest(tx: Queryable, channel: string, dueAt: Date, now: Date): Promise<boolean> {
  const { rowCount } = await tx.query(
    `insert into digest (channel, due_at, at) values ($1, $2, $3) on conflict do nothing`,
    [channel, dueAt, now],
  )
  return rowCount === 1
}

/**
 * Whether there has been news of a question for a channel since a digest: an alert that arose after it and was not
 * withdrawn, or an older one that goes with the next digest (handed over by another channel, or at the end of a snooze).
 * When something was sent does not matter: that digest's own alerts go out after its time.
 */
export async function hadNews(db: Queryable, channel: string, since: Date): Promise<boolean> {
  const { rows } = await db.query<{ had: boolean }>(
    `select exists (
       select from delivery d join alert a on a.id = d.alert_id left join message m on m.id = d.message_id
       where d.channel = $1 and a.watch_item_id is not null and d.state <> 'withdrawn'
         and (a.created_at > $2 or m.digest_to > $2 or (d.state = 'waiting' and d.message_id is null
           and d.next_attempt_at <= (select max(due_at) from digest where channel = $1)))
     ) as had`,
    [channel, since],
  )
  return rows[0]?.had === true
}
