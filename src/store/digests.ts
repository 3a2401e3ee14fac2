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

/** Whether a channel has been told anything of a question since a time, or waits to be. */
export async function hadNews(db: Queryable, channel: string, since: Date): Promise<boolean> {
  const { rows } = await db.query<{ had: boolean }>(
    `select exists (
       select from delivery join alert on alert.id = delivery.alert_id
       where channel = $1 and watch_item_id is not null
         and (sent_at >= $2 or delivery.created_at >= $2 or (state = 'waiting' and next_attempt_at is not null))
     ) as had`,
    [channel, since],
  )
  return rows[0]?.had === true
}
