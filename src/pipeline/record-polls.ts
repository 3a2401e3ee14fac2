import type { PollingBounds } from '../feeds/cadence.ts'
import type { FetchOutcome } from '../feeds/fetch-outcome.ts'
import type { ParsedFeed } from '../feeds/parse.ts'
import type { Database, Transaction } from '../store/database.ts'
import { rhythmsOf } from '../store/feed-rhythm.ts'
import { lockFeeds, type StoredFeed } from '../store/feeds.ts'
import { easeHost, holdHost } from '../store/hosts.ts'
import { insertPolls, type PollOutcome } from '../store/poll-log.ts'
import { savePolledFeeds, type PolledFeed } from '../store/polled-feeds.ts'
import { together } from '../store/together.ts'
import { afterPoll } from './after-poll.ts'
import type { Clock } from './clock.ts'
import { discoverHubs } from './discover-hubs.ts'
import { followMove } from './follow-move.ts'
import { spreadHeat, type Heat } from './heat.ts'
import { traced } from './tracer.ts'
import { ingestFeeds, type Ingested, type IngestOptions } from './ingest.ts'
import type { ReadBody } from './read-body.ts'

export interface RecordOptions extends Omit<IngestOptions, 'now' | 'silent' | 'listing'> {
  readonly db: Database
  readonly clock: Clock
  readonly bounds: PollingBounds
  /** Entries of the first poll that brings any are judged silently when they are older than this. Milliseconds. */
  readonly firstPollMaxAgeMs: number
  readonly random: () => number
  readonly heat: Heat
}

/** What asking for a feed brought. */
export interface FetchedFeed {
  readonly feedId: number
  readonly url: string
  readonly host: string
  /** Which elements of a page were read as entries; null for a feed of its own. */
  readonly selector: string | null
  readonly fetched: FetchOutcome
  readonly read: ReadBody
  readonly durationMs: number
  /** How often in a row the host had asked to be left alone before. */
  readonly refusals: number
}

/** What a poll came to, for logs and the command line. */
export interface Polled {
  readonly feed: { readonly id: number; readonly url: string }
  /**
   * Of these nothing was written: `interrupted`: this process is stopping; `held`: the host asked to be left alone;
   * `busy`: another process is asking the host.
   */
  readonly outcome: PollOutcome | 'interrupted' | 'held' | 'busy'
  readonly reason: string | null
  readonly ingested: Ingested | null
  readonly nextPollAt: Date | null
  readonly durationMs: number
}

/**
 * Writes down what polls brought, in one transaction, the validators last: a crash at any moment makes the polls come
 * again and changes nothing twice. Feeds that are gone meanwhile, or read otherwise, are left out.
 */
export async function recordPolls(polls: readonly FetchedFeed[], options: RecordOptions): Promise<Polled[]> {
  const hot = await options.heat.feeds()
  return traced(options.tracer, { name: 'ingest', attributes: { polls: polls.length } }, () =>
    options.db.transaction((tx) => record(tx, polls, { ...options, hot })),
  )
}

/** Has feeds that polls made hot polled soon. */
export async function heatOf(
  polled: readonly Polled[],
  { db, clock, bounds }: Pick<RecordOptions, 'db' | 'clock' | 'bounds'>,
): Promise<void> {
  const changes = polled.flatMap(({ ingested }) => ingested?.changes ?? [])
  await spreadHeat(db, changes, { now: clock.now(), leastMs: bounds.minMs })
}

/** A poll with its feed as it stands, locked. */
interface Locked extends FetchedFeed {
  readonly feed: StoredFeed
}

/** With the feeds that are hot. */
interface HotOptions extends RecordOptions {
  readonly hot: ReadonlySet<number>
}

async function record(
  tx: Transaction,
  polls: readonly FetchedFeed[],
  options: HotOptions,
): Promise<Polled[]> {
  const feeds = await lockFeeds(
    tx,
    polls.map(({ feedId }) => feedId),
  )
  const now = options.clock.now()
  const locked = polls.flatMap((poll): Locked[] => {
    const feed = feeds.get(poll.feedId)
    // what was read with another selector than is asked for by now counts for nothing: the feed is due anew
    return feed?.selector !== poll.selector ? [] : [{ ...poll, feed }]
  })
  const ingested = await ingestPolls(tx, locked, options, now)
  const lines = locked.map((poll) => logLine(poll, ingested.get(poll.feedId), now))
  const [, , after] = await together([
    discoverHubs(tx, locked, now),
    insertPolls(tx, lines),
    afterPolls(tx, locked, { ...options, ingested, now }),
  ])
  await savePolledFeeds(tx, after)
  for (const feed of after) await followMove(tx, feed, now)
  await holdOrEase(tx, locked, { ...options, now })
  return locked.map((poll, n) => ({
    feed: { id: poll.feedId, url: poll.url },
    outcome: poll.read.outcome,
    reason: poll.read.reason,
    ingested: ingested.get(poll.feedId) ?? null,
    nextPollAt: after[n]?.nextPollAt ?? null,
    durationMs: poll.durationMs,
  }))
}

async function ingestPolls(
  tx: Transaction,
  polls: readonly Locked[],
  options: RecordOptions,
  now: Date,
): Promise<ReadonlyMap<number, Ingested>> {
  const oldest = now.getTime() - options.firstPollMaxAgeMs
  const lists = polls.flatMap(({ feed, read: { parsed } }) => {
    if (parsed === null) return []
    // a feed that was empty up to now brings its past along, too
    const isFirst = feed.lastOkAt === null || feed.lastEntryAt === null
    const silent = ({ entry }: { readonly entry: { readonly at: Date } }) =>
      isFirst && entry.at.getTime() < oldest
    return [
      { feedId: feed.id, entries: withOutlet(parsed, feed), listing: 'whole' as const, isFirst, silent },
    ]
  })
  if (lists.length === 0) return new Map()
  const { ingested } = await ingestFeeds(tx, lists, { ...options, now })
  return new Map(lists.flatMap(({ feedId }, n) => (ingested[n] === undefined ? [] : [[feedId, ingested[n]]])))
}

async function afterPolls(
  tx: Transaction,
  polls: readonly Locked[],
  options: HotOptions & { readonly now: Date; readonly ingested: ReadonlyMap<number, Ingested> },
): Promise<PolledFeed[]> {
  const { now, ingested, random, hot } = options
  const ids = polls.map(({ feedId }) => feedId)
  const rhythms = await rhythmsOf(tx, ids, now)
  return polls.map((poll) => {
    const rhythm = rhythms.get(poll.feedId) ?? { publishedAt: [], isPushed: false }
    const { newEntries = 0 } = ingested.get(poll.feedId) ?? {}
    const isHot = hot.has(poll.feedId)
    return afterPoll(poll.feed, { ...options, ...poll, rhythm, isHot, newEntries, random: random() })
  })
}

function logLine({ feedId, fetched, read, durationMs }: Locked, ingested: Ingested | undefined, now: Date) {
  const { newEntries = 0, newRevisions = 0 } = ingested ?? {}
  return {
    ...{ feedId, at: now, outcome: read.outcome, durationMs, newEntries, newRevisions },
    bytes: 'bytes' in fetched ? fetched.bytes : 0,
    skipped: read.parsed?.skipped.length ?? 0,
    error: read.reason,
  }
}

/** 429 and 503 are said of the whole host: the one that said it, wherever redirects led. */
async function holdOrEase(
  tx: Transaction,
  polls: readonly Locked[],
  { bounds, now }: { readonly bounds: PollingBounds; readonly now: Date },
): Promise<void> {
  const said = polls.map(({ host, fetched, refusals }) => ({
    host: isRefusal(fetched) ? (fetched.host ?? host) : host,
    fetched,
    refusals,
  }))
  // in one order, so that no two transactions wait for each other
  for (const { host, fetched, refusals } of said.toSorted((a, b) => (a.host < b.host ? -1 : 1))) {
    if (isRefusal(fetched)) await holdHost(tx, host, { ...bounds, now, retryAfterMs: fetched.retryAfterMs })
    else if (refusals > 0 && fetched.kind !== 'failed') await easeHost(tx, host)
  }
}

/** Whether a host asks to be left alone. */
export function isRefusal(fetched: FetchOutcome): fetched is Extract<FetchOutcome, { kind: 'refused' }> {
  return fetched.kind === 'refused' && (fetched.status === 429 || fetched.status === 503)
}

/** Where the configuration says who speaks in a feed, that goes: a maker's releases on a hosting site are the maker's word. */
export function withOutlet(parsed: ParsedFeed, { outlet }: StoredFeed): ParsedFeed['entries'] {
  return outlet === null ? parsed.entries : parsed.entries.map((entry) => ({ ...entry, outlet }))
}
