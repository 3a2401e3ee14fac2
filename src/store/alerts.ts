import { randomUUID } from 'node:crypto'
import type { Queryable } from './database.ts'
import { addJobs } from './jobs.ts'

/** The body of an alert as kept: plain data with the kind and the item it tells of (its schema is with the alerts). */
export interface AlertBody {
  readonly id: string
  readonly kind: string
  readonly item: { readonly id: string }
}

/** An alert to be told on its channels. */
export interface NewAlert {
  readonly body: AlertBody
  readonly statusChangeId: string | null
  readonly channels: readonly string[]
}

/** Writes alerts, a delivery for each of their channels, and the jobs that deliver them: all or none with the transaction. */
export async function queueAlerts(tx: Queryable, alerts: readonly NewAlert[], now: Date): Promise<void> {
  for (const { body, statusChangeId, channels } of alerts) {
    const { rowCount } = await tx.query(
      `insert into alert (id, kind, watch_item_id, status_change_id, created_at, body)
       values ($1,$2,$3,$4,$5,$6) on conflict do nothing`,
      [body.id, body.kind, body.item.id, statusChangeId, now, JSON.stringify(body)],
    )
    if (rowCount === 0) continue
    for (const channel of channels) await queueDelivery(tx, body.id, channel, now)
  }
}

async function queueDelivery(tx: Queryable, alertId: string, channel: string, now: Date): Promise<void> {
  const { rows } = await tx.query<{ id: string }>(
    `insert into delivery (id, alert_id, channel, created_at, next_attempt_at) values ($1,$2,$3,$4,$4)
     on conflict (alert_id, channel) do nothing returning id`,
    [randomUUID(), alertId, channel, now],
  )
  const id = rows[0]?.id
  if (id !== undefined) await addJobs(tx, [deliverJob(id, channel)])
}

/** The job of a delivery. One queue a channel: its alerts keep their order, and none waits for another channel. */
function deliverJob(deliveryId: string, channel: string, delayMs = 0) {
  return {
    task: 'deliver' as const,
    payload: { deliveryId },
    key: `deliver:${deliveryId}`,
    queue: `channel:${channel}`,
    // a fault of our own (the database was away) must not lose an alert
    maxAttempts: 25,
    delayMs,
  }
}

/** A delivery with the alert it carries. */
export interface StoredDelivery {
  readonly id: string
  readonly channel: string
  readonly state: 'waiting' | 'sent' | 'dead'
  readonly attempts: number
  readonly createdAt: Date
  readonly nextAttemptAt: Date | null
  readonly sentAt: Date | null
  readonly lastError: string | null
  readonly alertId: string
  readonly alertKind: string
  /** To be read by the alerts' own schema. */
  readonly body: unknown
}

const columns = `d.id, d.channel, d.state, d.attempts, d.created_at "createdAt", d.next_attempt_at "nextAttemptAt",
  d.sent_at "sentAt", d.last_error "lastError", a.id "alertId", a.kind "alertKind", a.body`

/** One delivery; null when there is none. */
export async function findDelivery(db: Queryable, id: string): Promise<StoredDelivery | null> {
  const { rows } = await db.query<StoredDelivery>(
    `select ${columns} from delivery d join alert a on a.id = d.alert_id where d.id = $1`,
    [id],
  )
  return rows[0] ?? null
}

/** The newest deliveries first. */
export async function listDeliveries(db: Queryable, limit: number): Promise<StoredDelivery[]> {
  const { rows } = await db.query<StoredDelivery>(
    `select ${columns} from delivery d join alert a on a.id = d.alert_id
     order by d.created_at desc, d.channel, d.id limit $1`,
    [limit],
  )
  return rows
}

/** What came of one attempt: done, again at a time (its job is queued), or given up. */
export type AttemptResult =
  | { readonly state: 'sent'; readonly detail: string }
  | { readonly state: 'waiting'; readonly detail: string; readonly nextAt: Date; readonly delayMs: number }
  | { readonly state: 'dead'; readonly detail: string }

/** Writes an attempt down and, when there is to be another, queues it: in one transaction, to be given. */
export async function recordAttempt(
  tx: Queryable,
  delivery: Pick<StoredDelivery, 'id' | 'channel'>,
  result: AttemptResult,
  when: { readonly at: Date; readonly durationMs: number },
): Promise<void> {
  const { state, detail } = result
  await tx.query(
    `insert into delivery_attempt (delivery_id, at, outcome, detail, duration_ms) values ($1,$2,$3,$4,$5)`,
    [
      delivery.id,
      when.at,
      state === 'waiting' ? 'retry' : state === 'dead' ? 'refused' : 'sent',
      detail,
      when.durationMs,
    ],
  )
  await tx.query(
    `update delivery set state = $2, attempts = attempts + 1, next_attempt_at = $3, sent_at = $4, last_error = $5
     where id = $1`,
    [
      delivery.id,
      state,
      state === 'waiting' ? result.nextAt : null,
      state === 'sent' ? when.at : null,
      state === 'sent' ? null : detail,
    ],
  )
  if (state === 'waiting') await addJobs(tx, [deliverJob(delivery.id, delivery.channel, result.delayMs)])
}
