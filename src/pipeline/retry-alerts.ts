import type { Queryable } from '../store/database.ts'
import { listDeliveries, retryDeliveries, type StoredDelivery } from '../store/deliveries.ts'
import { deliveryNamed, type AlertDesk, type NamedDelivery } from './explain-delivery.ts'

/** Which to try again: one by its id, all of a channel with those that wait for their next try, or all dead letters. */
export type RetryWish = { readonly id: string } | { readonly channel: string } | { readonly all: true }

/** What came of it. */
export type RetryOutcome =
  /** So many are tried at once, by the daemon; those that went out as one message go again as one. */
  | { readonly kind: 'tried'; readonly alerts: number }
  | Exclude<NamedDelivery, { kind: 'found' }>
  /** It was sent or withdrawn: there is nothing to try. */
  | { readonly kind: 'over'; readonly delivery: StoredDelivery }
  | { readonly kind: 'unknown-channel'; readonly channels: readonly string[] }

/** Deliveries that are tried again at a time. */
const most = 10_000

/** Has dead letters tried again, and what waits for its next try tried at once, under their keys. */
export async function retryAlerts(wish: RetryWish, { db, clock, config }: AlertDesk): Promise<RetryOutcome> {
  const chosen = await choose(
    db.pool,
    wish,
    config().channels.map(({ id }) => id),
  )
  if ('kind' in chosen) return chosen
  const ids = chosen.deliveries.map((one) => one.id)
  return { kind: 'tried', alerts: await db.transaction((tx) => retryDeliveries(tx, ids, clock.now())) }
}

async function choose(
  db: Queryable,
  wish: RetryWish,
  channels: readonly string[],
): Promise<{ readonly deliveries: readonly StoredDelivery[] } | Exclude<RetryOutcome, { kind: 'tried' }>> {
  if ('id' in wish) {
    const named = await deliveryNamed(db, wish.id)
    if (named.kind !== 'found') return named
    const { delivery } = named
    const isOver = delivery.state === 'sent' || delivery.state === 'withdrawn'
    return isOver ? { kind: 'over', delivery } : { deliveries: [delivery] }
  }
  if ('all' in wish) return { deliveries: await listDeliveries(db, most, { state: 'dead' }) }
  const { channel } = wish
  if (!channels.includes(channel)) return { kind: 'unknown-channel', channels }
  const dead = await listDeliveries(db, most, { state: 'dead', channel })
  const waiting = await listDeliveries(db, most, { state: 'waiting', channel })
  return { deliveries: [...dead, ...waiting.filter(({ attempts }) => attempts > 0)] }
}
