import { randomUUID } from 'node:crypto'
import type { Prisma, Queryable } from './database.ts'
import type { Alert as AlertRow, Delivery as DeliveryRow } from './generated/client.ts'
import { addJobs } from './jobs.ts'

/** The body of an alert as kept: plain data with the kind and the item it tells of, if any (its schema is with the alerts). */
export interface AlertBody {
  readonly id: string
  readonly kind: string
  readonly item?: { readonly id: string }
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
      [body.id, body.kind, body.item?.id ?? null, statusChangeId, now, JSON.stringify(body)],
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

/** One delivery; null when there is none. */
export async function findDelivery(prisma: Prisma, id: string): Promise<StoredDelivery | null> {
  const row = await prisma.delivery.findUnique({ where: { id }, include: { alert: true } })
  return row === null ? null : stored(row)
}

/** The oldest delivery of a channel whose time has come; null when there is none. */
export async function nextDueDelivery(prisma: Prisma, channel: string, now: Date): Promise<string | null> {
  const row = await prisma.delivery.findFirst({
    where: { channel, state: 'waiting', nextAttemptAt: { lte: now } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: { id: true },
  })
  return row?.id ?? null
}

/** The newest deliveries first. */
export async function listDeliveries(prisma: Prisma, limit: number): Promise<StoredDelivery[]> {
  const rows = await prisma.delivery.findMany({
    include: { alert: true },
    orderBy: [{ createdAt: 'desc' }, { channel: 'asc' }, { id: 'asc' }],
    take: limit,
  })
  return rows.map(stored)
}

function stored({ alert, state, ...row }: DeliveryRow & { alert: AlertRow }): StoredDelivery {
  return { ...row, state: state as StoredDelivery['state'], alertKind: alert.kind, body: alert.body }
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
