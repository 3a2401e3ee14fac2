import type { FetchOutcome } from '../feeds/fetch-outcome.ts'
import { advertised } from '../feeds/websub.ts'
import type { Transaction } from '../store/database.ts'
import { noteHubs } from '../store/subscriptions.ts'
import type { ReadBody } from './read-body.ts'

/** Notes which hubs a poll found, also while there is no address to deliver to: a feed may not say it again for long. */
export async function discoverHubs(
  tx: Transaction,
  feedId: number,
  { fetched, read, now }: { readonly fetched: FetchOutcome; readonly read: ReadBody; readonly now: Date },
): Promise<void> {
  if (fetched.kind !== 'fetched' && fetched.kind !== 'unchanged') return
  if (read.outcome === 'not-a-feed') return
  const named = advertised(fetched, read.parsed)
  if (named !== null) await noteHubs(tx, feedId, named, now)
}
