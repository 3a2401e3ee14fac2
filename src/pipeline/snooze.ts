import { releaseItem } from '../store/alerts.ts'
import type { Transaction } from '../store/database.ts'
import { snoozeItem, type Snooze } from '../store/watch-items.ts'

/** No snooze at all. */
export const awake: Snooze = { until: null, toChange: false }

/** Snoozes an item, or ends its snooze; what waits to be sent for it is held or let go at once. False: no such item. */
export async function snooze(tx: Transaction, itemId: string, how: Snooze, now: Date): Promise<boolean> {
  const known = await snoozeItem(tx, itemId, how)
  if (known) await releaseItem(tx, itemId, now)
  return known
}
