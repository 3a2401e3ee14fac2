import { nextPollAt, publishing, type PollingBounds } from '../feeds/cadence.ts'
import type { FetchOutcome } from '../feeds/fetch-outcome.ts'
import type { DueFeed } from '../store/due-feeds.ts'
import type { StoredFeed } from '../store/feeds.ts'
import type { StoredRhythm } from '../store/feed-rhythm.ts'
import { hostOf } from '../store/hosts.ts'
import type { PolledFeed } from '../store/polled-feeds.ts'
import type { ReadBody } from './read-body.ts'
import { silence } from './silence.ts'

interface PollResult {
  readonly read: ReadBody
  readonly fetched: FetchOutcome
  readonly now: Date
  readonly rhythm: StoredRhythm
  /** Whether its entries met an item that changed of late. */
  readonly isHot: boolean
  /** New entries that the poll brought. */
  readonly newEntries: number
  readonly bounds: PollingBounds
  /** From 0 to 1, spreads polls out. */
  readonly random: number
}

/** What a poll leaves on its feed: validators, health and the time of the next poll. */
export function afterPoll(feed: StoredFeed, result: PollResult): PolledFeed {
  const { read, fetched, now } = result
  const ok = read.outcome === 'new' || read.outcome === 'unchanged'
  const failures = ok ? 0 : feed.failures + 1
  return {
    id: feed.id,
    title: feed.title ?? read.parsed?.title ?? null,
    homeUrl: feed.homeUrl ?? read.parsed?.homeUrl ?? null,
    ...stateOf(feed, read),
    ...validators(feed, fetched, ok),
    bodyHash: ok ? read.hash : feed.bodyHash,
    lastPollAt: now,
    lastOkAt: ok ? now : feed.lastOkAt,
    lastEntryAt: newestEntry(feed, result.rhythm),
    listedAt: read.parsed === null ? feed.listedAt : now,
    nextPollAt: next(feed, result, failures),
    ...asked(feed, read),
    failures,
    failingSince: ok ? null : (feed.failingSince ?? now),
    lastError: read.reason,
    ...moved(feed, result, ok),
    ...publishing(result.rhythm.publishedAt, now),
    ...silence(feed, { ...result, publishedAt: result.rhythm.publishedAt }),
  }
}

/** A feed that is over is retired; one that was taken out on purpose stays so, for who did that may bring it back. */
function stateOf(
  { state, retiredReason }: StoredFeed,
  { outcome, reason }: ReadBody,
): Pick<StoredFeed, 'state' | 'retiredReason'> {
  return outcome === 'gone' && state !== 'retired'
    ? { state: 'retired', retiredReason: reason }
    : { state, retiredReason }
}

/** A body that could not be read keeps the old validators: the next poll must fetch it again. */
function validators(feed: StoredFeed, fetched: FetchOutcome, ok: boolean) {
  const has = ok && (fetched.kind === 'fetched' || fetched.kind === 'unchanged')
  const { etag, lastModified } = has ? fetched : feed
  return { etag, lastModified }
}

/** Where permanent redirects lead; a poll that failed says nothing about it. */
function moved(feed: StoredFeed, { fetched, now }: PollResult, ok: boolean) {
  const { movedTo, movedSince, movedPolls } = feed
  if (!ok || !('movedTo' in fetched)) return { movedTo, movedSince, movedPolls }
  if (fetched.movedTo === null) return { movedTo: null, movedSince: null, movedPolls: 0 }
  if (fetched.movedTo === movedTo) return { movedTo, movedSince, movedPolls: movedPolls + 1 }
  return { movedTo: fetched.movedTo, movedSince: now, movedPolls: 1 }
}

/** What its document asks; a 304, or one that cannot be read, does not say it again. */
function asked(feed: StoredFeed, { parsed }: ReadBody): Pick<StoredFeed, 'ttlMinutes' | 'updateMinutes'> {
  const { ttlMinutes, updateMinutes } = parsed ?? feed
  return { ttlMinutes, updateMinutes }
}

/** By what is stored: an entry without a date, or with a new one, counts by when it was first seen. */
function newestEntry({ lastEntryAt }: StoredFeed, { publishedAt }: StoredRhythm): Date | null {
  const newest = publishedAt[0] ?? null
  if (newest === null || lastEntryAt === null) return newest ?? lastEntryAt
  return newest > lastEntryAt ? newest : lastEntryAt
}

function next(feed: StoredFeed, result: PollResult, failures: number): Date | null {
  const { read, fetched, now, rhythm, bounds, random } = result
  // paused or removed while it was asked, or asked by hand
  if (read.outcome === 'gone' || feed.state !== 'active') return null
  if (feed.everyMs !== null && failures === 0) return after(feed.everyMs, now, random)
  const unreadable = read.outcome === 'not-a-feed'
  return nextPollAt({
    now,
    // a page where a feed should be is a failure of the feed, however well it was served
    outcome: unreadable ? { kind: 'failed', code: 'broken-answer', reason: read.reason ?? '' } : fetched,
    failures,
    rhythm: { ...publishing(rhythm.publishedAt, now), ...asked(feed, read) },
    hot: result.isHot,
    pushed: rhythm.isPushed,
    random,
    bounds,
  })
}

function after(everyMs: number, now: Date, random: number): Date {
  return new Date(now.getTime() + everyMs * (0.9 + 0.2 * random))
}

/**
 * Whether a poll changes nothing but when its feed was polled: nothing new, nothing wrong before, the same validators,
 * no move, no hub named.
 */
export function isQuiet(feed: DueFeed, fetched: FetchOutcome, read: ReadBody): boolean {
  if (fetched.kind !== 'unchanged' && fetched.kind !== 'fetched') return false
  if (read.outcome !== 'unchanged' || !feed.isPlain || feed.refusals > 0) return false
  if (fetched.etag !== feed.etag || fetched.lastModified !== feed.lastModified) return false
  if (fetched.movedTo !== null || (fetched.links ?? []).length > 0) return false
  // a host that a redirect leads to may have refused before
  return fetched.url === feed.url || hostOf(fetched.url) === feed.host
}

/** When a feed is polled next after a quiet poll. */
export function nextAfterQuiet(
  feed: DueFeed,
  fetched: FetchOutcome,
  { now, isHot, bounds, random }: Pick<PollResult, 'now' | 'bounds' | 'random' | 'isHot'>,
): Date {
  const { everyMs, isPushed } = feed
  if (everyMs !== null) return after(everyMs, now, random)
  const found = nextPollAt({
    now,
    outcome: fetched,
    failures: 0,
    rhythm: feed,
    random,
    bounds,
    hot: isHot,
    pushed: isPushed,
  })
  if (found === null) throw new Error('a feed that answers is never over')
  return found
}
