import type { Fetcher } from '../feeds/fetch.ts'
import type { ParsedFeed } from '../feeds/parse.ts'
import type { Database } from '../store/database.ts'
import { recentPublications } from '../store/entries.ts'
import { insertPoll, lockFeed, savePolledFeed, type PollOutcome, type StoredFeed } from '../store/feeds.ts'
import { afterPoll, type PollingBounds } from './after-poll.ts'
import type { Clock } from './clock.ts'
import { discoverHubs } from './discover-hubs.ts'
import { readBody } from './read-body.ts'
import { ingest, type Ingested, type IngestOptions } from './ingest.ts'

export interface PollOptions extends Omit<IngestOptions, 'now' | 'silent'> {
  readonly db: Database
  readonly fetcher: Fetcher
  readonly clock: Clock
  readonly bounds: PollingBounds
  /** Entries of a feed's first poll that are older than this are judged silently. Milliseconds. */
  readonly firstPollMaxAgeMs: number
  readonly random: () => number
  readonly signal?: AbortSignal
}

/** What a poll came to, for logs and the command line. */
export interface Polled {
  readonly feed: { readonly id: number; readonly url: string }
  /** `interrupted`: this process is stopping; nothing was written. */
  readonly outcome: PollOutcome | 'interrupted'
  readonly reason: string | null
  readonly ingested: Ingested | null
  readonly nextPollAt: Date | null
  readonly durationMs: number
}

/**
 * Polls a feed once: fetch, parse, ingest. Everything that the poll changes is committed together, the validators last,
 * so that a crash at any moment makes the poll come again and changes nothing twice.
 */
export async function pollFeed(feed: StoredFeed, options: PollOptions): Promise<Polled> {
  const began = performance.now()
  const { db, clock, fetcher } = options
  const fetched = await fetcher.fetch(feed.url, feed, options.signal)
  if (options.signal?.aborted === true) return interrupted(feed, began)
  const read = await readBody(fetched, feed, clock.now())
  return db.transaction(async (tx) => {
    const current = (await lockFeed(tx, feed.id)) ?? feed
    const now = clock.now()
    const ingested = read.parsed === null ? null : await ingestPoll(read.parsed, current)
    await discoverHubs(tx, feed.id, { fetched, read, now })
    const durationMs = Math.round(performance.now() - began)
    const publishedAt = await recentPublications(tx, feed.id)
    const after = afterPoll(current, {
      ...options,
      read,
      fetched,
      now,
      publishedAt,
      random: options.random(),
    })
    await insertPoll(tx, {
      feedId: feed.id,
      at: now,
      outcome: read.outcome,
      bytes: 'bytes' in fetched ? fetched.bytes : 0,
      durationMs,
      newEntries: ingested?.newEntries ?? 0,
      newRevisions: ingested?.newRevisions ?? 0,
      skipped: read.parsed?.skipped.length ?? 0,
      error: read.reason,
    })
    await savePolledFeed(tx, after)
    return {
      feed: { id: feed.id, url: feed.url },
      outcome: read.outcome,
      reason: read.reason,
      ingested,
      nextPollAt: after.nextPollAt,
      durationMs,
    }

    function ingestPoll(parsed: ParsedFeed, polled: StoredFeed): Promise<Ingested> {
      const oldest = now.getTime() - options.firstPollMaxAgeMs
      const isFirst = polled.lastOkAt === null
      return ingest(tx, feed.id, withOutlet(parsed, polled), {
        ...options,
        now,
        silent: ({ entry }) => isFirst && entry.at.getTime() < oldest,
      })
    }
  })
}

function interrupted({ id, url, nextPollAt }: StoredFeed, began: number): Polled {
  const durationMs = Math.round(performance.now() - began)
  return { feed: { id, url }, outcome: 'interrupted', reason: null, ingested: null, nextPollAt, durationMs }
}

/** Where the configuration says who speaks in a feed, that goes: a maker's releases on a hosting site are the maker's word. */
export function withOutlet(parsed: ParsedFeed, { outlet }: StoredFeed): ParsedFeed['entries'] {
  return outlet === null ? parsed.entries : parsed.entries.map((entry) => ({ ...entry, outlet }))
}
