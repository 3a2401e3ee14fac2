import type { Database } from '../store/database.ts'
import { lockFeed, type StoredFeed } from '../store/feeds.ts'
import { insertPolls } from '../store/poll-log.ts'
import { savePolledFeeds } from '../store/polled-feeds.ts'

const retryMs = 5 * 60_000

/** Writes a poll that ended in a fault of our own down, so that it shows in the report and is not tried again at once. */
export async function pollFault(
  db: Database,
  feed: Pick<StoredFeed, 'id'>,
  { error, now }: { readonly error: unknown; readonly now: Date },
): Promise<void> {
  const reason = `openwatch could not take it in: ${error instanceof Error ? error.message : String(error)}`
  await db.transaction(async (tx) => {
    const current = await lockFeed(tx, feed.id)
    // gone, paused or removed meanwhile: it is not to be tried again
    if (current?.state !== 'active') return
    await insertPolls(tx, [
      {
        feedId: current.id,
        at: now,
        outcome: 'failed',
        bytes: 0,
        durationMs: 0,
        newEntries: 0,
        newRevisions: 0,
        skipped: 0,
        error: reason,
      },
    ])
    await savePolledFeeds(tx, [
      {
        ...current,
        lastPollAt: now,
        nextPollAt: new Date(now.getTime() + retryMs * 2 ** Math.min(current.failures, 8)),
        failures: current.failures + 1,
        failingSince: current.failingSince ?? now,
        lastError: reason,
      },
    ])
  })
}
