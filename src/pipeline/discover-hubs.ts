import type { FetchOutcome } from '../feeds/fetch-outcome.ts'
import { advertised } from '../feeds/websub.ts'
import type { Transaction } from '../store/database.ts'
import { noteHubs, noteNoHubs } from '../store/subscriptions.ts'
import type { ReadBody } from './read-body.ts'

interface Read {
  readonly feedId: number
  readonly fetched: FetchOutcome
  readonly read: ReadBody
}

/** Notes which hubs polls found, also while there is no address to deliver to: a feed may not say it again for long. */
export async function discoverHubs(tx: Transaction, polls: readonly Read[], now: Date): Promise<void> {
  const without: number[] = []
  for (const { feedId, fetched, read } of polls) {
    if ((fetched.kind !== 'fetched' && fetched.kind !== 'unchanged') || read.outcome === 'not-a-feed')
      continue
    const named = advertised(fetched, read.parsed)
    if (named?.hubs.length === 0) without.push(feedId)
    else if (named !== null) await noteHubs(tx, feedId, named, now)
  }
  if (without.length > 0) await noteNoHubs(tx, without)
}
