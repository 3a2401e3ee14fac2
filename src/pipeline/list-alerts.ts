import type { ChannelConfig } from '../config/schema/channel.ts'
import { countDeliveries, snoozesOf } from '../store/alert-list.ts'
import { channelStates, unused, type ChannelState } from '../store/channel-state.ts'
import {
  listDeliveries,
  type DeliveryFilter,
  type DeliveryState,
  type StoredDelivery,
} from '../store/deliveries.ts'
import { reasonToWait, subjectOf } from './delivery-words.ts'
import type { AlertDesk } from './explain-delivery.ts'

/** One alert on one channel, as a list shows it. */
export interface ListedAlert {
  readonly delivery: StoredDelivery
  /** What it tells, in a line. */
  readonly subject: string
  /** What it waits for, in words; null where it does not wait, or that cannot be known. */
  readonly reason: string | null
}

/** The newest deliveries that a filter lets through, and where the rest begins: `after` of the next list; null at the end. */
export async function listAlerts(
  filter: DeliveryFilter,
  limit: number,
  { db, config }: AlertDesk,
): Promise<{ readonly alerts: readonly ListedAlert[]; readonly next: string | null }> {
  const found = await listDeliveries(db.pool, limit + 1, filter)
  const shown = found.slice(0, limit)
  const states = await channelStates(db.pool)
  const snoozes = await snoozesOf(db.pool, [...new Set(shown.flatMap(({ itemId }) => itemId ?? []))])
  const times = new Map(config().channels.map((channel) => [channel.id, channel]))
  const reasonOf = (delivery: StoredDelivery) =>
    reasonToWait(
      delivery,
      states.get(delivery.channel) ?? unused(delivery.channel),
      times.get(delivery.channel) ?? {},
      snoozes.get(delivery.itemId ?? '') ?? null,
    )
  return {
    alerts: shown.map((delivery) => ({
      delivery,
      subject: subjectOf(delivery),
      reason: delivery.state === 'waiting' ? reasonOf(delivery) : null,
    })),
    next: found.length > limit ? (shown.at(-1)?.id ?? null) : null,
  }
}

/** A channel and how it is. */
export interface ListedChannel {
  readonly id: string
  /** Null for one that is no longer configured, though something went or goes to it. */
  readonly config: ChannelConfig | null
  readonly state: ChannelState
  readonly counts: Readonly<Record<DeliveryState, number>>
}

/** All channels of the configuration in its order, then those that only have a past. */
export async function listChannels({ db, config }: AlertDesk): Promise<ListedChannel[]> {
  const states = await channelStates(db.pool)
  const counted = await countDeliveries(db.pool)
  const configured = new Map(config().channels.map((channel) => [channel.id, channel]))
  const names = new Set([...configured.keys(), ...counted.map(({ channel }) => channel)])
  return [...names].map((id) => {
    const many = (state: DeliveryState) =>
      counted.find((one) => one.channel === id && one.state === state)?.count ?? 0
    return {
      id,
      config: configured.get(id) ?? null,
      state: states.get(id) ?? unused(id),
      counts: {
        waiting: many('waiting'),
        sent: many('sent'),
        dead: many('dead'),
        withdrawn: many('withdrawn'),
      },
    }
  })
}
