import type { Config } from '../config/config.ts'
import { channelState, type ChannelState } from '../store/channel-state.ts'
import type { Database, Queryable } from '../store/database.ts'
import { listDeliveries, triesOf, type DeliveryTry, type StoredDelivery } from '../store/deliveries.ts'
import { listItems } from '../store/watch-items.ts'
import type { Clock } from './clock.ts'
import { reasonToWait, subjectOf } from './delivery-words.ts'

/** What is needed to tell of alerts: a live system has it. */
export interface AlertDesk {
  readonly db: Database
  readonly clock: Clock
  readonly config: () => Config
}

/** The delivery that the beginning of an id means (four signs at least). */
export type NamedDelivery =
  | { readonly kind: 'found'; readonly delivery: StoredDelivery }
  | { readonly kind: 'unknown' }
  /** Several begin so. */
  | { readonly kind: 'ambiguous' }

/** Finds a delivery by its id, or the beginning of it. */
export async function deliveryNamed(db: Queryable, id: string): Promise<NamedDelivery> {
  const name = id.trim().toLowerCase()
  const [found, second] = /^[0-9a-f-]{4,36}$/.test(name) ? await listDeliveries(db, 2, { id: name }) : []
  if (found === undefined) return { kind: 'unknown' }
  return second === undefined ? { kind: 'found', delivery: found } : { kind: 'ambiguous' }
}

/** All that is known of one alert on one channel. */
export interface ExplainedDelivery {
  readonly kind: 'explained'
  readonly delivery: StoredDelivery
  /** What it tells, in a line. */
  readonly subject: string
  readonly tries: readonly DeliveryTry[]
  readonly channel: ChannelState
  /** What it waits for, in words; null where it does not wait, or that cannot be known. */
  readonly reason: string | null
  /** The same alert on other channels. */
  readonly elsewhere: readonly StoredDelivery[]
}

/** Tells what became of an alert on a channel, try by try, and what it waits for. */
export async function explainDelivery(
  id: string,
  { db, config }: AlertDesk,
): Promise<ExplainedDelivery | Exclude<NamedDelivery, { kind: 'found' }>> {
  const named = await deliveryNamed(db.pool, id)
  if (named.kind !== 'found') return named
  const { delivery } = named
  const channel = await channelState(db.pool, delivery.channel)
  const all = await listDeliveries(db.pool, 100, { alert: delivery.alertId })
  const times = config().channels.find((one) => one.id === delivery.channel) ?? {}
  const [item] = delivery.itemId === null ? [] : await listItems(db.pool, [delivery.itemId])
  return {
    kind: 'explained',
    delivery,
    subject: subjectOf(delivery),
    tries: await triesOf(db.pool, delivery.id),
    channel,
    reason:
      delivery.state === 'waiting'
        ? reasonToWait(delivery, channel, times, item?.snoozedUntil ?? null)
        : null,
    elsewhere: all.filter((one) => one.id !== delivery.id),
  }
}
