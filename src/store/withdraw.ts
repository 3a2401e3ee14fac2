import type { Queryable } from './database.ts'

/** Who must hear of a correction. */
export interface Told {
  /** The channels on which it was told what is corrected. */
  readonly channels: readonly string[]
  /** It may be on its way to others: whoever turns out to have it is owed the correction, which must be stored. */
  readonly isOnItsWay: boolean
}

/**
 * Takes back what tells of changes that no longer stand: deliveries that still wait are withdrawn, and dead ones, too, lest
 * a retry by hand tells what was corrected. `correctionId` names the alert that corrects them; to a dead one it is not owed.
 */
export async function withdrawAlerts(
  tx: Queryable,
  changeIds: readonly string[],
  correctionId: string,
): Promise<Told> {
  const { rows: withdrawn } = await tx.query<{ settled: boolean }>(
    `update delivery d set state = 'withdrawn', next_attempt_at = null,
       superseded_by = case when d.state = 'waiting' then $2::uuid end
     from alert a
     where a.id = d.alert_id and a.status_change_id = any($1::bigint[]) and d.state in ('waiting', 'dead')
     returning d.message_id is not null and d.superseded_by is not null as settled`,
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

/**
 * Lets what was withdrawn be sent after all: the changes stand again. What was dead is dead again. Returns the channels
 * that have something to send.
 */
export async function reinstateAlerts(
  tx: Queryable,
  changeIds: readonly string[],
  now: Date,
): Promise<string[]> {
  const { rows } = await tx.query<{ channel: string; state: string }>(
    // only what waited was superseded
    `update delivery d set message_id = null, superseded_by = null,
       state = case when d.superseded_by is null then 'dead' else 'waiting' end,
       next_attempt_at = case when d.superseded_by is not null then $2::timestamptz end
     from alert a
     where a.id = d.alert_id and a.status_change_id = any($1::bigint[]) and d.state = 'withdrawn'
     returning d.channel, d.state`,
    [changeIds, now],
  )
  return rows.flatMap(({ channel, state }) => (state === 'waiting' ? [channel] : []))
}

/**
 * Takes back what is over before it was told, waiting or dead: that a channel fails which is well again, and that claims
 * contradict each other where the question has moved since or was corrected.
 */
export async function withdrawOutdated(db: Queryable): Promise<void> {
  await db.query(
    `update delivery d set state = 'withdrawn', next_attempt_at = null from alert a
     where a.id = d.alert_id and d.state in ('waiting', 'dead') and (
       (a.kind = 'channel-failing' and not exists (
         select from channel_state c where c.name = a.body ->> 'channel'
           and c.failing_since = (a.body ->> 'failingSince')::timestamptz))
       or (a.kind = 'disputed' and exists (
         select from watch_item w where w.id = a.watch_item_id
           and (w.standing ->> 'disputed' <> 'true' or w.standing ->> 'status' <> a.body ->> 'status'
             or (w.standing ->> 'since')::timestamptz <> (a.body ->> 'since')::timestamptz))))`,
  )
}
