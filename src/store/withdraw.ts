import type { Queryable } from './database.ts'

/** Who must hear of a correction. */
export interface Told {
  /** The channels on which it was told what is corrected. */
  readonly channels: readonly string[]
  /** It may be on its way to others: whoever turns out to have it is owed the correction, which must be stored. */
  readonly isOnItsWay: boolean
}

/**
 * Takes back what tells of changes that no longer stand: deliveries that still wait are withdrawn. `correctionId` names
 * the alert that corrects them.
 */
export async function withdrawAlerts(
  tx: Queryable,
  changeIds: readonly string[],
  correctionId: string,
): Promise<Told> {
  const { rows: withdrawn } = await tx.query<{ settled: boolean }>(
    `update delivery d set state = 'withdrawn', next_attempt_at = null, superseded_by = $2 from alert a
     where a.id = d.alert_id and a.status_change_id = any($1::bigint[]) and d.state = 'waiting'
     returning d.message_id is not null as settled`,
    [changeIds, correctionId],
  )
  // a statement of its own: it sees what was sent while the update waited
  const { rows } = await tx.query<{ channel: string }>(
    `select distinct d.channel from delivery d join alert a on a.id = d.alert_id
     where a.status_change_id = any($1::bigint[]) and d.state = 'sent' order by d.channel`,
    [changeIds],
  )
  return { channels: rows.map((row) => row.channel), isOnItsWay: withdrawn.some(({ settled }) => settled) }
}

/** Lets what was withdrawn be sent after all: the changes stand again. Returns the channels that it waits for. */
export async function reinstateAlerts(
  tx: Queryable,
  changeIds: readonly string[],
  now: Date,
): Promise<string[]> {
  const { rows } = await tx.query<{ channel: string }>(
    `update delivery d set state = 'waiting', message_id = null, superseded_by = null, next_attempt_at = $2 from alert a
     where a.id = d.alert_id and a.status_change_id = any($1::bigint[]) and d.state = 'withdrawn' returning d.channel`,
    [changeIds, now],
  )
  return rows.map((row) => row.channel)
}
