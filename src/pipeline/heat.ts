import type { Database } from '../store/database.ts'
import { bringForward, hotFeeds } from '../store/feed-rhythm.ts'
import type { Clock } from './clock.ts'
import type { Ingested } from './ingest.ts'

/** An item that changed within two days is hot: the feeds that its entries came from are polled as often as is allowed. */
export function hotSince(now: Date): Date {
  return new Date(now.getTime() - 2 * 86_400_000)
}

/**
 * Has the feeds of the items that have just become hot polled within `leastMs`. What made them hot is recorded already, and stays
 * so whatever comes of this: where it fails these feeds are hot from their next poll on.
 */
export async function spreadHeat(
  db: Database,
  changes: Ingested['changes'],
  { now, leastMs }: { readonly now: Date; readonly leastMs: number },
): Promise<void> {
  const hot = changes.filter(({ decision }) => decision.at > hotSince(now))
  if (hot.length === 0) return
  const ids = hot.map((change) => change.itemId)
  await bringForward(db.pool, ids, new Date(now.getTime() + leastMs)).catch(() => undefined)
}

/** How long it may take until a feed that another process made hot is known as such here, in milliseconds. */
const heatMs = 10_000

/** Which feeds are hot. */
export interface Heat {
  /** The feeds whose entries met an item that is hot, as they were ten seconds ago at most. */
  feeds(): Promise<ReadonlySet<number>>
}

/** Remembers which feeds are hot: finding out takes the longer the more items are, and every poll asks. */
export function createHeat(db: Database, clock: Clock): Heat {
  let known: { readonly at: number; readonly feeds: Promise<ReadonlySet<number>> } | null = null
  return {
    async feeds() {
      if (known === null || performance.now() - known.at > heatMs)
        known = { at: performance.now(), feeds: hotFeeds(db.pool, hotSince(clock.now())) }
      const asked = known
      try {
        return await asked.feeds
      } catch (error) {
        if (known === asked) known = null
        throw error
      }
    },
  }
}
