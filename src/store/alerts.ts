import { randomUUID } from 'node:crypto'
import type { Queryable } from './database.ts'
import { wakeChannels } from './jobs.ts'
import { together } from './together.ts'

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
  /** Names the occasion: of two alerts with one key only the first is told. */
  readonly key?: string
}

/**
 * Writes alerts, a delivery for each of their channels, and wakes the channels: all or none with the transaction. A change
 * of status ends the snooze of its item that waited for it; what was held goes out with it. Returns the ids of the alerts
 * that are new.
 */
export async function queueAlerts(
  tx: Queryable,
  alerts: readonly NewAlert[],
  now: Date,
): Promise<ReadonlySet<string>> {
  if (alerts.length === 0) return new Set()
  const { rows } = await tx.query<{ id: string }>({
    name: 'add-alerts',
    text: `insert into alert (id, kind, watch_item_id, status_change_id, created_at, body, key)
     select id, kind, item, change, $5, body, key
     from unnest($1::uuid[], $2::text[], $3::text[], $4::bigint[], $6::jsonb[], $7::text[])
       as new(id, kind, item, change, body, key)
     on conflict do nothing returning id`,
    values: [
      alerts.map(({ body }) => body.id),
      alerts.map(({ body }) => body.kind),
      alerts.map(({ body }) => body.item?.id ?? null),
      alerts.map(({ statusChangeId }) => statusChangeId),
      now,
      alerts.map(({ body }) => JSON.stringify(body)),
      alerts.map(({ key }) => key ?? null),
    ],
  })
  const added = new Set(rows.map(({ id }) => id))
  const told = alerts.filter(({ body }) => added.has(body.id))
  const deliveries = told.flatMap(({ body, channels }) =>
    channels.map((channel) => ({ alertId: body.id, channel })),
  )
  const changed = told.flatMap(({ body }) => (isStatusChange(body) ? [body.item?.id ?? ''] : []))
  const [woken] = await together([endSnoozes(tx, changed, now), addDeliveries(tx, deliveries, now)])
  await wakeChannels(tx, [...woken, ...deliveries.map(({ channel }) => channel)])
  return added
}

/** Adds deliveries that are due at once; an alert that a channel has already stays as it is. */
export async function addDeliveries(
  tx: Queryable,
  deliveries: readonly { readonly alertId: string; readonly channel: string }[],
  now: Date,
): Promise<void> {
  if (deliveries.length === 0) return
  await tx.query({
    name: 'add-deliveries',
    text: `insert into delivery (id, alert_id, channel, created_at, next_attempt_at)
     select id, alert_id, channel, $4, $4 from unnest($1::uuid[], $2::uuid[], $3::text[]) as new(id, alert_id, channel)
     on conflict (alert_id, channel) do nothing`,
    values: [
      deliveries.map(() => randomUUID()),
      deliveries.map(({ alertId }) => alertId),
      deliveries.map(({ channel }) => channel),
      now,
    ],
  })
}

function isStatusChange({ kind, item }: AlertBody): boolean {
  return item !== undefined && (kind === 'status-changed' || kind === 'corrected')
}

/** Ends the snoozes of items that lasted until their next status change. Returns the channels that have something to send. */
async function endSnoozes(tx: Queryable, itemIds: readonly string[], now: Date): Promise<string[]> {
  if (itemIds.length === 0) return []
  const { rows } = await tx.query<{ id: string }>({
    name: 'end-snoozes',
    text: `update watch_item set snoozed_to_change = false where id = any($1) and snoozed_to_change returning id`,
    values: [itemIds],
  })
  return rows.length === 0
    ? []
    : release(
        tx,
        rows.map(({ id }) => id),
        now,
      )
}

/** Lets what is held of an item be decided upon anew: to be called when its snooze is ended or changed. */
export async function releaseItem(tx: Queryable, itemId: string, now: Date): Promise<void> {
  await wakeChannels(tx, await release(tx, [itemId], now))
}

async function release(tx: Queryable, itemIds: readonly string[], now: Date): Promise<string[]> {
  const { rows } = await tx.query<{ channel: string }>(
    `update delivery set next_attempt_at = $2 from alert
     where alert.id = delivery.alert_id and alert.watch_item_id = any($1)
       and state = 'waiting' and message_id is null and (next_attempt_at is null or next_attempt_at > $2)
     returning channel`,
    [itemIds, now],
  )
  return rows.map(({ channel }) => channel)
}

/** Lets all that is held be decided upon anew: the hours, digests or channels of the configuration may have changed. */
export async function releaseAll(tx: Queryable, now: Date): Promise<void> {
  await tx.query(
    `update delivery set next_attempt_at = $1
     where state = 'waiting' and message_id is null and (next_attempt_at is null or next_attempt_at > $1)`,
    [now],
  )
  const { rows } = await tx.query<{ channel: string }>(
    `select distinct channel from delivery where state = 'waiting'`,
  )
  await wakeChannels(
    tx,
    rows.map(({ channel }) => channel),
  )
}
