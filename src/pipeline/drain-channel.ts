import { findDelivery, nextDueDelivery } from '../store/alerts.ts'
import type { Database } from '../store/database.ts'
import type { Clock } from './clock.ts'
import type { Delivered } from './deliver.ts'

export interface DrainOptions {
  readonly db: Database
  readonly clock: Clock
  readonly deliver: (deliveryId: string) => Promise<Delivered>
  /** Is told of every attempt. */
  readonly done: (attempt: NonNullable<Delivered>) => void
}

/**
 * Tries a delivery, then, oldest first, whatever else is due on its channel: jobs of one queue come one after the other,
 * and a burst of alerts must not wait for the queue between any two of them. Stops at the first that must be tried again.
 */
export async function drainChannel(deliveryId: string, options: DrainOptions): Promise<void> {
  const { db, clock } = options
  const channel = (await findDelivery(db.prisma, deliveryId))?.channel
  let next: string | null = deliveryId
  while (next !== null && channel !== undefined) {
    const attempt = await options.deliver(next)
    if (attempt !== null) options.done(attempt)
    if (attempt?.state === 'waiting') return
    const due = await nextDueDelivery(db.prisma, channel, clock.now())
    // an attempt that our own stop cut off leaves its delivery due
    next = due === next ? null : due
  }
}
