import { addDeliveries } from './alerts.ts'
import type { Queryable } from './database.ts'
import { wakeChannels } from './jobs.ts'
import type { SettledMessage } from './outbox.ts'

/** A try of a message. */
export interface Try {
  readonly message: SettledMessage
  readonly at: Date
  readonly durationMs: number
  readonly detail: string
}

/** Writes down that messages of one channel were taken: in one statement, so that a crash leaves all of it or nothing. */
export async function recordSent(db: Queryable, channel: string, tries: readonly Try[]): Promise<void> {
  if (tries.length === 0) return
  await db.query({
    name: 'record-sent',
    // what was withdrawn while it was on its way has been told all the same: its correction is owed
    text: `with tried as (
        select * from unnest($2::uuid[], $3::timestamptz[], $4::text[], $5::int[]) as tried(message, at, detail, ms)),
      held as (
        select d.id, d.state, d.superseded_by, tried.at, tried.detail, tried.ms
        from delivery d join tried on tried.message = d.message_id
        where d.state in ('waiting', 'withdrawn') for update of d),
      done as (
        update delivery set state = 'sent', attempts = attempts + 1, next_attempt_at = null, sent_at = held.at,
          last_error = null
        from held where delivery.id = held.id returning held.id, held.at, held.detail, held.ms),
      owed as (
        insert into delivery (id, alert_id, channel, created_at, next_attempt_at)
        select gen_random_uuid(), superseded_by, $1, max(at), max(at) from held
        where state = 'withdrawn' and superseded_by is not null group by superseded_by on conflict do nothing),
      logged as (
        insert into delivery_attempt (delivery_id, at, outcome, detail, duration_ms)
        select id, at, 'sent', detail, ms from done)
      insert into channel_state (name, last_ok_at) select $1, max(at) from tried
        on conflict (name) do update set held_until = null, failures = 0, failing_since = null,
        last_ok_at = excluded.last_ok_at, last_error = null, told_at = null`,
    values: [
      channel,
      tries.map(({ message }) => message.id),
      tries.map(({ at }) => at),
      tries.map(({ detail }) => detail),
      tries.map(({ durationMs }) => durationMs),
    ],
  })
}

/** Lets what failed while its channel was ill be tried at once. */
export async function hurryRetries(db: Queryable, channel: string, now: Date): Promise<void> {
  await db.query(
    `update delivery set next_attempt_at = $2
     where channel = $1 and state = 'waiting' and message_id is not null and attempts > 0 and next_attempt_at > $2`,
    [channel, now],
  )
}

/** Writes down that a message is to be tried again, and that its channel is left alone until then. */
export async function recordRetry(
  tx: Queryable,
  { message, at, durationMs, detail }: Try,
  next: { readonly messageAt: Date; readonly channelAt: Date },
): Promise<void> {
  await tx.query(
    `with failed as (
       update delivery set attempts = attempts + 1, next_attempt_at = $5, last_error = $3
       where message_id = $1 and state = 'waiting' returning id)
     insert into delivery_attempt (delivery_id, at, outcome, detail, duration_ms)
     select id, $2, 'retry', $3, $4 from failed`,
    [message.id, at, detail, durationMs, next.messageAt],
  )
  await tx.query(
    `insert into channel_state (name, held_until, failures, failing_since, last_error) values ($1, $2, 1, $3, $4)
     on conflict (name) do update set held_until = excluded.held_until, failures = channel_state.failures + 1,
       failing_since = coalesce(channel_state.failing_since, excluded.failing_since), last_error = excluded.last_error`,
    [message.channel, next.channelAt, at, detail],
  )
}

/** Writes down that a message is given up; `channelIsIll`: no other would fare better. */
export async function recordRefused(
  tx: Queryable,
  { message, at, durationMs, detail }: Try,
  { channelIsIll, fallback }: { readonly channelIsIll: boolean; readonly fallback: string | null },
): Promise<void> {
  const { rows } = await tx.query<{ alert_id: string }>(
    `with failed as (
       update delivery set state = 'dead', attempts = attempts + 1, next_attempt_at = null, last_error = $3
       where message_id = $1 and state = 'waiting' returning id, alert_id),
     logged as (
       insert into delivery_attempt (delivery_id, at, outcome, detail, duration_ms)
       select id, $2, 'refused', $3, $4 from failed)
     select alert_id from failed`,
    [message.id, at, detail, durationMs],
  )
  if (channelIsIll)
    await tx.query(
      `insert into channel_state (name, failures, failing_since, last_error) values ($1, 1, $2, $3)
       on conflict (name) do update set failures = channel_state.failures + 1,
         failing_since = coalesce(channel_state.failing_since, excluded.failing_since), last_error = excluded.last_error`,
      [message.channel, at, detail],
    )
  await fallBack(tx, rows, fallback, at)
}

/** Gives up deliveries without a try of their own, and hands them to the fallback channel where there is one. */
export async function giveUp(
  tx: Queryable,
  deliveryIds: readonly string[],
  {
    reason,
    fallback,
    now,
  }: { readonly reason: string; readonly fallback: string | null; readonly now: Date },
): Promise<number> {
  if (deliveryIds.length === 0) return 0
  const { rows } = await tx.query<{ alert_id: string }>(
    `update delivery set state = 'dead', next_attempt_at = null, last_error = $2
     where id = any($1::uuid[]) and state = 'waiting' returning alert_id`,
    [deliveryIds, reason],
  )
  await fallBack(tx, rows, fallback, now)
  return rows.length
}

async function fallBack(
  tx: Queryable,
  given: readonly { readonly alert_id: string }[],
  fallback: string | null,
  now: Date,
): Promise<void> {
  if (fallback === null || given.length === 0) return
  await addDeliveries(
    tx,
    given.map(({ alert_id: alertId }) => ({ alertId, channel: fallback })),
    now,
  )
  await wakeChannels(tx, [fallback])
}
