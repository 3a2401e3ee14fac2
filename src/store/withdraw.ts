import type { Queryable } from './database.ts'

/**
 * Takes back what tells of changes that no longer stand: deliveries that still wait are withdrawn. Returns the channels on
 * which it was told already, and which must hear of the correction.
 */
export async function withdrawAlerts(tx: Queryable, changeIds: readonly string[]): Promise<string[]> {
  await tx.query(
    `update delivery d set state = 'withdrawn', next_attempt_at = null from alert a
     where a.id = d.alert_id and a.status_change_id = any($1::bigint[]) and d.state = 'waiting'`,
    [changeIds],
  )
  // a statement of its own: it sees what was sent while the update waited
  const { rows } = await tx.query<{ channel: string }>(
    `select distinct d.channel from delivery d join alert a on a.id = d.alert_id
     where a.status_change_id = any($1::bigint[]) and d.state = 'sent' order by d.channel`,
    [changeIds],
  )
  return rows.map((row) => row.channel)
}

/** Lets what was withdrawn be sent after all: the change stands again. Returns the channels that it waits for. */
export async function reinstateAlerts(tx: Queryable, changeId: string, now: Date): Promise<string[]> {
  const { rows } = await tx.query<{ channel: string }>(
    `update delivery d set state = 'waiting', message_id = null, next_attempt_at = $2 from alert a
     where a.id = d.alert_id and a.status_change_id = $1 and d.state = 'withdrawn' returning d.channel`,
    [changeId, now],
  )
  return rows.map((row) => row.channel)
}
