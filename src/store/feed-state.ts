import type { Queryable } from './database.ts'

/** Stops polling a feed until it is resumed. */
export async function pauseFeed(tx: Queryable, id: number): Promise<void> {
  await tx.query(`update feed set state = 'paused', next_poll_at = null where id = $1`, [id])
}

/** Polls a feed again, at once, be it paused or retired by its publisher. Its failures of before are forgotten. */
export async function resumeFeed(tx: Queryable, id: number, now: Date): Promise<void> {
  await tx.query(
    `update feed set state = 'active', retired_reason = null, next_poll_at = $2, failures = 0, failing_since = null
     where id = $1`,
    [id, now],
  )
}
