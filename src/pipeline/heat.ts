import type { Database } from '../store/database.ts'
import { bringForward } from '../store/feed-rhythm.ts'
import type { Ingested } from './ingest.ts'

/** An item that changed within two days is hot: the feeds that its entries came from are polled as often as is allowed. */
export function hotSince(now: Date): Date {
  return new Date(now.getTime() - 2 * 86_400_000)
}

/** Has the feeds of the items that have just become hot polled within `leastMs`. */
export async function spreadHeat(
  db: Database,
  changes: Ingested['changes'],
  { now, leastMs }: { readonly now: Date; readonly leastMs: number },
): Promise<void> {
  const hot = changes.filter(({ decision }) => decision.at > hotSince(now))
  if (hot.length === 0) return
  const ids = hot.map((change) => change.itemId)
  await bringForward(db.pool, ids, new Date(now.getTime() + leastMs))
}
