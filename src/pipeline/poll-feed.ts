import type { PollingBounds } from '../feeds/cadence.ts'
import type { Fetcher } from '../feeds/fetch.ts'
import type { FetchOutcome } from '../feeds/fetch-outcome.ts'
import type { ParsedFeed } from '../feeds/parse.ts'
import type { Database, Transaction } from '../store/database.ts'
import { rhythmOf } from '../store/feed-rhythm.ts'
import { insertPoll, lockFeed, savePolledFeed, type PollOutcome, type StoredFeed } from '../store/feeds.ts'
import { easeHost, holdHost } from '../store/hosts.ts'
import { afterPoll } from './after-poll.ts'
import type { Clock } from './clock.ts'
import { discoverHubs } from './discover-hubs.ts'
import { followMove } from './follow-move.ts'
import { hotSince, spreadHeat } from './heat.ts'
import { hostTurn, type HostTurnOptions } from './host-turn.ts'
import { readBody, type ReadBody } from './read-body.ts'
import { ingest, type Ingested, type IngestOptions } from './ingest.ts'

export interface PollOptions
  extends Omit<IngestOptions, 'now' | 'silent'>, Pick<HostTurnOptions, 'hostGapMs' | 'patienceMs'> {
  readonly db: Database
  readonly fetcher: Fetcher
  readonly clock: Clock
  readonly bounds: PollingBounds
  /** Entries of the first poll that brings any are judged silently when they are older than this. Milliseconds. */
  readonly firstPollMaxAgeMs: number
  readonly random: () => number
  readonly signal?: AbortSignal
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
 * Polls a feed once, when it is its host's turn: fetch, parse, ingest. Everything that the poll changes is committed
 * together, the validators last, so that a crash at any moment makes the poll come again and changes nothing twice.
 */
export async function pollFeed(feed: StoredFeed, options: PollOptions): Promise<Polled> {
  const { db, clock, fetcher, bounds, signal } = options
  const turn = await hostTurn(feed.host, { ...options, now: clock.now() })
  const began = performance.now()
  if (turn.kind !== 'free') return untouched(feed, turn)
  const fetched = await fetcher.fetch(feed.url, feed, signal).finally(turn.giveBack)
  if (signal?.aborted === true) return untouched(feed, { kind: 'interrupted' })
  const read = await readBody(fetched, feed, clock.now())
  const polled = await db.transaction((tx) =>
    record(tx, feed, { ...options, fetched, read, began, refusals: turn.refusals }),
  )
  await spreadHeat(db, polled.ingested?.changes ?? [], { now: clock.now(), leastMs: bounds.minMs })
  return polled
}

interface Fetched extends PollOptions {
  readonly fetched: FetchOutcome
  readonly read: ReadBody
  /** When the request began, by performance.now(). */
  readonly began: number
  readonly refusals: number
}

/** Writes down what a fetch brought. */
async function record(tx: Transaction, feed: StoredFeed, options: Fetched): Promise<Polled> {
  const { fetched, read, began, clock, random } = options
  const current = (await lockFeed(tx, feed.id)) ?? feed
  const now = clock.now()
  const ingested =
    read.parsed === null ? null : await ingestPoll(tx, read.parsed, current, { ...options, now })
  await discoverHubs(tx, feed.id, { fetched, read, now })
  const durationMs = Math.round(performance.now() - began)
  const rhythm = await rhythmOf(tx, feed.id, { now, hotSince: hotSince(now) })
  const { newEntries = 0, newRevisions = 0 } = ingested ?? {}
  const after = afterPoll(current, { ...options, now, rhythm, newEntries, random: random() })
  await insertPoll(tx, {
    feedId: feed.id,
    at: now,
    outcome: read.outcome,
    bytes: 'bytes' in fetched ? fetched.bytes : 0,
    durationMs,
    newEntries,
    newRevisions,
    skipped: read.parsed?.skipped.length ?? 0,
    error: read.reason,
  })
  await savePolledFeed(tx, after)
  await followMove(tx, after, now)
  await holdOrEase(tx, feed.host, { ...options, now })
  return {
    feed: { id: feed.id, url: feed.url },
    outcome: read.outcome,
    reason: read.reason,
    ingested,
    nextPollAt: after.nextPollAt,
    durationMs,
  }
}

function ingestPoll(
  tx: Transaction,
  parsed: ParsedFeed,
  feed: StoredFeed,
  options: Fetched & { readonly now: Date },
): Promise<Ingested> {
  const oldest = options.now.getTime() - options.firstPollMaxAgeMs
  // a feed that was empty up to now brings its past along, too
  const isFirst = feed.lastOkAt === null || feed.lastEntryAt === null
  return ingest(tx, feed.id, withOutlet(parsed, feed), {
    ...options,
    silent: ({ entry }) => isFirst && entry.at.getTime() < oldest,
  })
}

/** 429 and 503 are said of the whole host. */
async function holdOrEase(
  tx: Transaction,
  host: string,
  { fetched, refusals, bounds, now }: Fetched & { readonly now: Date },
): Promise<void> {
  if (fetched.kind === 'refused' && (fetched.status === 429 || fetched.status === 503))
    await holdHost(tx, host, { ...bounds, now, retryAfterMs: fetched.retryAfterMs })
  else if (refusals > 0 && fetched.kind !== 'failed') await easeHost(tx, host)
}

function untouched(
  { id, url, host, nextPollAt }: StoredFeed,
  why: { readonly kind: 'interrupted' | 'busy' } | { readonly kind: 'held'; readonly until: Date },
): Polled {
  const shared = { feed: { id, url }, outcome: why.kind, ingested: null, durationMs: 0 }
  switch (why.kind) {
    case 'interrupted':
      return { ...shared, reason: null, nextPollAt }
    case 'busy':
      return { ...shared, reason: `${host} is being asked by another process; try again later`, nextPollAt }
    case 'held':
      return {
        ...shared,
        reason: `${host} asked to be left alone until ${why.until.toISOString()}`,
        nextPollAt: why.until,
      }
  }
}

/** Where the configuration says who speaks in a feed, that goes: a maker's releases on a hosting site are the maker's word. */
export function withOutlet(parsed: ParsedFeed, { outlet }: StoredFeed): ParsedFeed['entries'] {
  return outlet === null ? parsed.entries : parsed.entries.map((entry) => ({ ...entry, outlet }))
}
