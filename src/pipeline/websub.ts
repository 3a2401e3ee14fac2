import type { Logger } from 'pino'
import { mask } from '../config/mask.ts'
import { maskUrl } from '../report/mask-url.ts'
import { FeedFormatError, type ParsedFeed } from '../feeds/parse.ts'
import type { Parser } from '../feeds/parse-aside.ts'
import { askDeniedAgainMs, isSigned, readHubCall, renewAfterMs } from '../feeds/websub.ts'
import { clip } from '../report/plain.ts'
import type { Database } from '../store/database.ts'
import { lockFeed } from '../store/feeds.ts'
import { insertPolls } from '../store/poll-log.ts'
import {
  confirmEnd,
  confirmSubscription,
  countDelivery,
  denySubscription,
  endSilence,
  findSubscription,
  pollSoon,
  type Subscription,
} from '../store/subscriptions.ts'
import type { Clock } from './clock.ts'
import { spreadHeat } from './heat.ts'
import { ingest, type Ingested, type IngestOptions } from './ingest.ts'
import { withOutlet } from './record-polls.ts'

export interface WebSubOptions extends Omit<IngestOptions, 'now' | 'silent'> {
  readonly db: Database
  readonly clock: Clock
  readonly logger: Logger
  readonly parser: Parser
  /** From 0 to 1; spreads renewals out. */
  readonly random: () => number
  /** Least time between two polls of a feed, in milliseconds. */
  readonly leastPollMs: number
}

/** What is sent to a callback. */
export interface Delivery {
  readonly body: Uint8Array
  readonly contentType: string | null
  /** `X-Hub-Signature`. */
  readonly signature: string | undefined
}

/** What came of a delivery. `gone`: the hub should stop. Anything else is as good as taken, in a hub's eyes. */
export type Received =
  | { readonly kind: 'gone' }
  | { readonly kind: 'ignored'; readonly reason: string }
  | { readonly kind: 'ingested'; readonly ingested: Ingested }

/** Answers a hub's GET: the challenge to send back, '' for a denial that is taken note of, null for what was not asked for. */
export async function answerHub(
  id: string,
  query: Readonly<Record<string, unknown>>,
  options: Pick<WebSubOptions, 'db' | 'clock' | 'logger' | 'random' | 'leastPollMs'>,
): Promise<string | null> {
  const call = readHubCall(query)
  if (call === null) return null
  const { db, logger } = options
  const now = options.clock.now()
  const of = { id, topic: call.topic }
  const fields = { topic: maskUrl(call.topic) }
  if (call.kind === 'denied') {
    const subscription = await findSubscription(db.pool, id)
    const reason = masked(clip(call.reason, 200), subscription)
    const askAgainAt = new Date(now.getTime() + askDeniedAgainMs)
    const feedId = await denySubscription(db.pool, of, { reason, askAgainAt })
    if (feedId === null) return null
    await pollSoon(db.pool, [feedId], { now, leastMs: options.leastPollMs })
    logger.warn({ event: 'hub-denied', ...fields, reason }, 'a hub will not deliver a feed, which is polled')
    return ''
  }
  if (call.mode === 'unsubscribe') {
    if (!(await confirmEnd(db.pool, of))) return null
    logger.info({ event: 'unsubscribed', ...fields }, 'a hub delivers a feed no more')
    return call.challenge
  }
  const expiresAt = new Date(now.getTime() + call.leaseMs)
  const renewAt = new Date(now.getTime() + renewAfterMs(call.leaseMs, options.random()))
  if (!(await confirmSubscription(db.pool, of, { now, expiresAt, renewAt }))) return null
  logger.info({ event: 'subscribed', ...fields, expiresAt }, 'a hub delivers a feed')
  return call.challenge
}

/** Whether a callback is one that a hub may deliver to. */
export function mayDeliver(subscription: Subscription | null): subscription is Subscription {
  if (subscription?.verifiedAt == null) return false
  return subscription.state !== 'leaving' && subscription.state !== 'denied'
}

/**
 * Takes a delivery in, as a poll of the feed would. One that is signed wrongly or not at all is ignored and counted
 * (7.1), and the feed is asked itself; so it is when a hub only says that there is news.
 */
export async function receive(id: string, delivery: Delivery, options: WebSubOptions): Promise<Received> {
  const { db, clock, logger } = options
  const subscription = await findSubscription(db.pool, id)
  if (!mayDeliver(subscription)) return { kind: 'gone' }
  const fields = { feed: subscription.feedId, topic: maskUrl(subscription.topic) }
  const soon = { now: clock.now(), leastMs: options.leastPollMs }
  if (!isSigned(delivery.body, delivery.signature, subscription.secret)) {
    const reason = delivery.signature === undefined ? 'not signed' : 'signed wrongly'
    await countDelivery(db.pool, id, 'rejected', soon.now)
    await pollSoon(db.pool, [subscription.feedId], soon)
    logger.warn({ event: 'push-ignored', ...fields, reason }, 'a delivery of a hub was ignored')
    return { kind: 'ignored', reason }
  }
  const read = await readDelivery(delivery, subscription, { ...options, now: soon.now })
  if (typeof read === 'string') {
    await countDelivery(db.pool, id, 'taken', soon.now)
    await pollSoon(db.pool, [subscription.feedId], soon)
    logger.debug({ event: 'push-ignored', ...fields, reason: read }, 'a hub delivered no feed')
    return { kind: 'ignored', reason: read }
  }
  const ingested = await takeIn(subscription, { ...delivery, parsed: read }, options)
  if (ingested === null) return { kind: 'gone' }
  await spreadHeat(db, ingested.changes, soon)
  const { newEntries, matches } = ingested
  logger.info({ event: 'pushed', ...fields, newEntries, matches }, 'pushed')
  return { kind: 'ingested', ingested }
}

async function readDelivery(
  { body, contentType }: Delivery,
  { topic }: Subscription,
  { parser, now }: { readonly parser: Parser; readonly now: Date },
): Promise<ParsedFeed | string> {
  try {
    return await parser.parse(body, { url: topic, contentType, now })
  } catch (error) {
    if (error instanceof FeedFormatError) return error.message
    throw error
  }
}

/** The feed is locked first, as a poll does: of a poll and a delivery at once the second sees what the first wrote. */
function takeIn(
  { id, feedId }: Subscription,
  { parsed, body }: Delivery & { readonly parsed: ParsedFeed },
  options: WebSubOptions,
): Promise<Ingested | null> {
  const began = performance.now()
  return options.db.transaction(async (tx) => {
    const feed = await lockFeed(tx, feedId)
    if (feed?.state !== 'active') return null
    const now = options.clock.now()
    const entries = withOutlet(parsed, feed)
    const ingested = await ingest(tx, feedId, entries, {
      ...options,
      now,
      silent: () => false,
      listing: 'part',
    })
    const newest = entries.reduce(
      (latest, entry) => Math.max(latest, (entry.publishedAt ?? now).getTime()),
      0,
    )
    if (ingested.newEntries > 0) await endSilence(tx, feedId, new Date(newest))
    await countDelivery(tx, id, 'taken', now)
    const { newEntries, newRevisions } = ingested
    await insertPolls(tx, [
      {
        ...{ feedId, at: now, outcome: 'pushed', bytes: body.byteLength, newEntries, newRevisions },
        ...{ durationMs: Math.round(performance.now() - began), skipped: parsed.skipped.length, error: null },
      },
    ])
    return ingested
  })
}

/** A hub's words without what is between it and us. */
export function masked(text: string, of: Pick<Subscription, 'id' | 'secret'> | null): string {
  return of === null ? text : mask(text, new Set([of.id, of.secret]))
}
