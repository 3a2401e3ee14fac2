import type { Queryable } from './database.ts'
import type { DeliveryState } from './deliveries.ts'

/** How many deliveries of a channel are in a state. */
export interface DeliveryCount {
  readonly channel: string
  readonly state: DeliveryState
  readonly count: number
}

/** Counts all deliveries by channel and state. */
export async function countDeliveries(db: Queryable): Promise<DeliveryCount[]> {
  const { rows } = await db.query<DeliveryCount>(
    'select channel, state, count(*)::int as count from delivery group by channel, state order by channel, state',
  )
  return rows
}

/** Until when the alerts of items are held; items that are not snoozed are left out. */
export async function snoozesOf(
  db: Queryable,
  itemIds: readonly string[],
): Promise<ReadonlyMap<string, Date>> {
  const { rows } = await db.query<{ id: string; until: Date }>(
    'select id, snoozed_until as until from watch_item where id = any($1) and snoozed_until is not null',
    [itemIds],
  )
  return new Map(rows.map(({ id, until }) => [id, until]))
}
