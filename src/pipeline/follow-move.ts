import { maskUrl } from '../report/mask-url.ts'
import type { Transaction } from '../store/database.ts'
import { moveFeed, movedReason, retireFeed } from '../store/feeds.ts'
import type { PolledFeed } from '../store/polled-feeds.ts'

/** A move that is taken back within days was none. */
const leastMs = 3 * 86_400_000
const leastPolls = 3

/**
 * Takes over the address that permanent redirects have led to for three days and three good polls. A feed that is polled
 * at that address already takes this one's place.
 */
export async function followMove(tx: Transaction, feed: PolledFeed, now: Date): Promise<void> {
  const { id, state, movedTo, movedSince, movedPolls, failures } = feed
  if (state === 'retired') return
  if (movedTo === null || movedSince === null || failures > 0 || movedPolls < leastPolls) return
  if (now.getTime() - movedSince.getTime() < leastMs) return
  const move = await moveFeed(tx, id, movedTo)
  if (move.kind === 'known' && move.isPolled) await retireFeed(tx, id, movedReason + maskUrl(movedTo))
}
