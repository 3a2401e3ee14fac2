import { randomUUID } from 'node:crypto'
import { alertSchema, type SystemAlert } from '../alerts/alert.ts'
import { failingTold } from '../alerts/backoff.ts'
import { lastDigest } from '../alerts/digest.ts'
import { routeAlert, type Routing } from '../alerts/route.ts'
import { queueAlerts } from '../store/alerts.ts'
import { channelState, failingUntold, markTold, type ChannelState } from '../store/channel-state.ts'
import type { Database } from '../store/database.ts'
import { countWaiting, listDeliveries } from '../store/deliveries.ts'
import { digestBefore, hadNews, markDigest } from '../store/digests.ts'
import { withdrawOutdated } from '../store/withdraw.ts'
import type { LiveChannel } from './drain-channel.ts'

export interface RaiseOptions {
  readonly db: Database
  readonly now: Date
  readonly routing: Routing
  /** Where the page is; null where there is none. */
  readonly pageUrl: string | null
}

/**
 * Tells the other channels of those that have been failing for an hour, once for each time that one fails. What is over
 * and was not told yet is taken back before.
 */
export async function tellOfFailing(options: RaiseOptions): Promise<void> {
  await withdrawOutdated(options.db.pool)
  const since = new Date(options.now.getTime() - failingTold)
  for (const state of await failingUntold(options.db.pool, since)) await tell(state, false, options)
}

/** Tells at once: the channel refused for good, so that a person must mend it. */
export async function tellOfRefusing(channel: string, options: RaiseOptions): Promise<void> {
  await tell(await channelState(options.db.pool, channel), true, options)
}

/** As many dead letters as `openwatch alerts retry --channel` takes at a time. */
const countedDead = 10_000

async function tell(
  state: ChannelState,
  refuses: boolean,
  { db, now, routing, pageUrl }: RaiseOptions,
): Promise<void> {
  const { name, failingSince } = state
  if (failingSince === null || !routing.channels.includes(name)) return
  const waiting = await countWaiting(db.pool, name)
  const givenUp = refuses
    ? (await listDeliveries(db.pool, countedDead, { state: 'dead', channel: name })).length
    : null
  const alert: SystemAlert = {
    ...{ kind: 'channel-failing', id: randomUUID(), at: now, reportUrl: pageUrl },
    ...{ channel: name, failingSince, waiting, error: state.lastError ?? 'no reason given' },
    ...(givenUp !== null && { givenUp }),
  }
  const key = `channel-failing:${name}:${failingSince.toISOString()}`
  await db.transaction(async (tx) => {
    if (!(await markTold(tx, name, now))) return
    const channels = routeAlert(alert, routing)
    await queueAlerts(tx, [{ body: alertSchema.parse(alert), statusChangeId: null, channels, key }], now)
  })
}

/** What a digest says when nothing moved. */
export interface QuietFacts {
  readonly questions: number
  readonly healthy: number
  readonly total: number
}

export interface DigestOptions extends RaiseOptions {
  readonly quietFacts: () => Promise<QuietFacts>
}

/**
 * Sees to a channel's latest digest time, once: where the channel asks for it and had nothing to tell, an alert says
 * that all is quiet. The first time that is seen of a channel only begins the count. `seen`: the time that this process
 * saw to last, in milliseconds. Returns the time seen to.
 */
export async function takeDigestTurn(
  name: string,
  { manners: { digest } }: LiveChannel,
  seen: number | null,
  options: DigestOptions,
): Promise<Date | null> {
  if (digest === undefined) return null
  const { db, now, pageUrl, quietFacts } = options
  const due = lastDigest(digest, now)
  if (due.getTime() === seen) return due
  const from = await digestBefore(db.pool, name, due)
  const facts = from === null || !digest.allQuiet ? null : await quietFacts()
  await db.transaction(async (tx) => {
    if (!(await markDigest(tx, name, due, now)) || from === null || facts === null) return
    if (await hadNews(tx, name, from)) return
    const alert: SystemAlert = {
      ...{ kind: 'all-quiet', id: randomUUID(), at: now, reportUrl: pageUrl, since: from },
      ...facts,
    }
    const key = `all-quiet:${name}:${due.toISOString()}`
    await queueAlerts(
      tx,
      [{ body: alertSchema.parse(alert), statusChangeId: null, channels: [name], key }],
      now,
    )
  })
  return due
}
