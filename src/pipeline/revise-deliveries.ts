import { isDeepStrictEqual } from 'node:util'
import type { Config } from '../config/config.ts'
import { releaseAll } from '../store/alerts.ts'
import { endHolds } from '../store/channel-state.ts'
import type { Database } from '../store/database.ts'

/**
 * Takes a new configuration into account for what waits: held alerts are decided upon anew, by the hours and digests that
 * hold now, and a channel whose settings were changed is tried at once, since that may have mended it.
 */
export async function reviseDeliveries(
  db: Database,
  { before, after, now }: { readonly before: Config; readonly after: Config; readonly now: Date },
): Promise<void> {
  const changed = after.channels.filter(
    (channel) => !before.channels.some((old) => isDeepStrictEqual(old, channel)),
  )
  await db.transaction(async (tx) => {
    await endHolds(
      tx,
      changed.map(({ id }) => id),
    )
    await releaseAll(tx, now)
  })
}
