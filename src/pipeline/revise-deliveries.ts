import { isDeepStrictEqual } from 'node:util'
import type { Logger } from 'pino'
import type { Config } from '../config/config.ts'
import { count } from '../report/people-time.ts'
import { releaseAll } from '../store/alerts.ts'
import { endHolds } from '../store/channel-state.ts'
import type { Database } from '../store/database.ts'
import { countWaiting } from '../store/deliveries.ts'
import { waitingChannels } from '../store/outbox.ts'

export interface Revision {
  readonly before: Config
  readonly after: Config
  readonly now: Date
  /** Is warned of what waits for channels that are gone. */
  readonly logger?: Pick<Logger, 'warn'>
}

/**
 * Takes a new configuration into account for what waits: held alerts are decided upon anew, by the hours and digests that
 * hold now, and a channel whose settings were changed is tried at once, since that may have mended it. What waits for a
 * channel that is gone will be given up, which is told before.
 */
export async function reviseDeliveries(
  db: Database,
  { before, after, now, logger }: Revision,
): Promise<void> {
  const changed = after.channels.filter(
    (channel) => !before.channels.some((old) => isDeepStrictEqual(old, channel)),
  )
  if (logger !== undefined) await warnOfGone(db, after, logger)
  await db.transaction(async (tx) => {
    await endHolds(
      tx,
      changed.map(({ id }) => id),
    )
    await releaseAll(tx, now)
  })
}

async function warnOfGone(db: Database, { channels }: Config, logger: Pick<Logger, 'warn'>): Promise<void> {
  const gone = (await waitingChannels(db.pool)).filter((name) => !channels.some(({ id }) => id === name))
  for (const channel of gone) {
    const waiting = await countWaiting(db.pool, channel)
    logger.warn(
      { event: 'channel-gone', channel, waiting },
      `there is no channel "${channel}" in the configuration any more, which gives up ${count(waiting, 'alert')} that waited for it. ` +
        `Once it is there again, openwatch alerts retry --channel ${channel} has them sent`,
    )
  }
}
