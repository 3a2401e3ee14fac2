import type { Queryable } from './database.ts'
import { wakeChannels } from './jobs.ts'
import { withdrawOutdated } from './withdraw.ts'

/** `withdrawn`: no longer true before it was sent. */
export const deliveryStates = ['waiting', 'sent', 'dead', 'withdrawn'] as const

/** What became of a delivery. */
export type DeliveryState = (typeof deliveryStates)[number]

/** A delivery with the alert it carries. */
export interface StoredDelivery {
  readonly id: string
  readonly channel: string
  readonly state: DeliveryState
  readonly attempts: number
  readonly createdAt: Date
  /** When it is looked at next; null while it waits for an event, and when it is over. */
  readonly nextAttemptAt: Date | null
  readonly sentAt: Date | null
  readonly lastError: string | null
  /** The idempotency key that it goes out under; null before the first try. */
  readonly messageId: string | null
  readonly alertId: string
  readonly alertKind: string
  readonly itemId: string | null
  /** To be read by the alerts' own schema. */
  readonly body: unknown
}

interface Row {
  id: string
  channel: string
  state: DeliveryState
  attempts: number
  created_at: Date
  next_attempt_at: Date | null
  sent_at: Date | null
  last_error: string | null
  message_id: string | null
  alert_id: string
  kind: string
  watch_item_id: string | null
  body: unknown
}

/** Which deliveries are wanted; what is left out is met by all. */
export interface DeliveryFilter {
  readonly state?: DeliveryState | undefined
  readonly channel?: string | undefined
  readonly item?: string | undefined
  /** The alert that they carry. */
  readonly alert?: string | undefined
  /** The beginning of an id. */
  readonly id?: string | undefined
  /** The kind of the alert, as `status-changed`. */
  readonly kind?: string | undefined
  /** The id of a delivery (a UUID): those that come after it in the list. */
  readonly after?: string | undefined
}

/** The newest deliveries first. */
export async function listDeliveries(
  db: Queryable,
  limit: number,
  { state, channel, item, alert, id, kind, after }: DeliveryFilter = {},
): Promise<StoredDelivery[]> {
  const { rows } = await db.query<Row>(
    `select d.id, d.channel, d.state, d.attempts, d.created_at,
       case when d.state = 'waiting' then greatest(d.next_attempt_at, c.held_until) end as next_attempt_at,
       d.sent_at, d.last_error, d.message_id, d.alert_id, a.kind, a.watch_item_id, a.body
     from delivery d join alert a on a.id = d.alert_id
     left join channel_state c on c.name = d.channel and d.next_attempt_at is not null
     where ($2::text is null or d.state = $2) and ($3::text is null or d.channel = $3)
       and ($4::text is null or a.watch_item_id = $4) and ($5::text is null or starts_with(d.id::text, $5))
       and ($6::uuid is null or a.id = $6) and ($7::text is null or a.kind = $7)
       and ($8::uuid is null or exists (select from delivery last where last.id = $8 and (d.created_at < last.created_at
         or d.created_at = last.created_at and (d.channel, d.id) > (last.channel, last.id))))
     order by d.created_at desc, d.channel, d.id limit $1`,
    [
      limit,
      state ?? null,
      channel ?? null,
      item ?? null,
      id ?? null,
      alert ?? null,
      kind ?? null,
      after ?? null,
    ],
  )
  return rows.map(stored)
}

function stored({ kind, watch_item_id: itemId, body, ...row }: Row): StoredDelivery {
  return {
    id: row.id,
    channel: row.channel,
    state: row.state,
    attempts: row.attempts,
    createdAt: row.created_at,
    nextAttemptAt: row.next_attempt_at,
    sentAt: row.sent_at,
    lastError: row.last_error,
    messageId: row.message_id,
    alertId: row.alert_id,
    alertKind: kind,
    itemId,
    body,
  }
}

/** One try to deliver. */
export interface DeliveryTry {
  readonly at: Date
  readonly outcome: 'sent' | 'retry' | 'refused'
  readonly detail: string
  readonly durationMs: number
}

/** All tries of a delivery, the first one first. */
export async function triesOf(db: Queryable, deliveryId: string): Promise<DeliveryTry[]> {
  const { rows } = await db.query<{ at: Date; outcome: DeliveryTry['outcome']; detail: string; ms: number }>(
    `select at, outcome, detail, duration_ms as ms from delivery_attempt where delivery_id = $1 order by id`,
    [deliveryId],
  )
  return rows.map(({ at, outcome, detail, ms }) => ({ at, outcome, detail, durationMs: ms }))
}

/** How many deliveries wait for a channel. */
export async function countWaiting(db: Queryable, channel: string): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    `select count(*)::int as count from delivery where channel = $1 and state = 'waiting'`,
    [channel],
  )
  return rows[0]?.count ?? 0
}

/**
 * Lets deliveries that are dead, or wait to be tried again, be tried at once, with all of the message that they went out
 * with and under its key: a receiver that has it already drops it. They have three days anew. What is over meanwhile is
 * withdrawn instead. Returns how many are tried.
 */
export async function retryDeliveries(tx: Queryable, ids: readonly string[], now: Date): Promise<number> {
  await withdrawOutdated(tx)
  const { rows } = await tx.query<{ channel: string; message_id: string | null }>(
    `update delivery set state = 'waiting', next_attempt_at = $2
     where state in ('dead', 'waiting')
       and (id = any($1::uuid[]) or message_id in (select message_id from delivery where id = any($1::uuid[])))
     returning channel, message_id`,
    [ids, now],
  )
  const channels = [...new Set(rows.map(({ channel }) => channel))]
  await tx.query(`update message set due_since = $2, created_at = $2 where id = any($1::uuid[])`, [
    rows.flatMap(({ message_id: id }) => (id === null ? [] : [id])),
    now,
  ])
  await tx.query(`update channel_state set held_until = null where name = any($1)`, [channels])
  await wakeChannels(tx, channels)
  return rows.length
}
