import { feedNames } from './feed-names.ts'
import { feedHost, feedReason } from './feed-reason.ts'
import { hasSecret, maskUrl } from './mask-url.ts'
import { shortDayText } from './people-time.ts'
import { oneLine } from './plain.ts'
import type { ReportFeed } from './report-input.ts'
import { safeUrl } from './safe-url.ts'
import type { FailureGroup, FeedFailure, FeedsReport } from './status-report.ts'

/** Counts the feeds and says of each that brings nothing why, since when, and when it is tried next. */
export function buildFeedsReport(feeds: readonly ReportFeed[]): FeedsReport {
  const counted = feeds.filter((feed) => feed.state !== 'retired' || feed.retiredReason !== null)
  const failures = named(counted.flatMap((feed) => failureOf(feed) ?? []))
  const waiting = counted.filter((feed) => feed.state === 'new')
  return {
    healthy: counted.filter((feed) => feed.state === 'healthy').length,
    failing: failures.length,
    stale: failures.filter((failure) => failure.state === 'stale').length,
    waiting: waiting.length,
    paused: counted.filter((feed) => feed.state === 'paused').length,
    total: counted.length,
    nextPollAt: earliest(waiting.map((feed) => feed.nextPollAt)),
    failures,
    groups: groupFailures(failures),
  }
}

/** Why a feed brings nothing, in the words of an alert. */
export interface FeedTrouble {
  /** Without keys and passwords. */
  readonly url: string
  readonly reason: string
  readonly nextTry: Date | null
}

/** Of some feeds those that cannot be read, at most `limit`: failing ones first, then those that are stale, over, paused. */
export function feedTroubles(feeds: readonly ReportFeed[], limit: number): readonly FeedTrouble[] {
  const order = ['failing', 'stale', 'retired'] as const
  const failures = feeds
    .flatMap((feed) => failureOf(feed) ?? [])
    .sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state))
  const paused = feeds.filter((feed) => feed.state === 'paused')
  return [
    ...failures.map(({ url, reason, nextTry }) => ({ url, reason, nextTry })),
    ...paused.map((feed) => ({ url: shownUrl(feed.url), reason: 'paused', nextTry: null })),
  ].slice(0, limit)
}

type Unnamed = Omit<FeedFailure, 'name'>

function named(failures: readonly Unnamed[]): readonly FeedFailure[] {
  const names = feedNames(failures)
  return failures.map((failure, at) => ({ ...failure, name: names[at] ?? failure.host }))
}

function failureOf(feed: ReportFeed): Unnamed | null {
  const shared = {
    // A feed's name and password are nobody's business who reads a report.
    url: shownUrl(feed.url),
    host: feedHost(feed.url),
    title: feed.title === null ? null : oneLine(feed.title),
    failures: feed.failures,
    nextTry: feed.nextPollAt,
    since: feed.failingSince ?? feed.silence?.since ?? feed.lastOkAt,
  }
  switch (feed.state) {
    case 'failing':
      return { ...shared, state: 'failing', reason: feedReason(oneLine(feed.lastError ?? ''), feed.url) }
    case 'stale':
      return { ...shared, state: 'stale', reason: staleReason(feed) }
    case 'retired':
      return { ...shared, state: 'retired', reason: oneLine(feed.retiredReason ?? 'retired'), nextTry: null }
    case 'healthy':
    case 'new':
    case 'paused':
      return null
  }
}

/** The address as configured, so that it can be found again, but without a name and password, and keys masked. */
function shownUrl(url: string): string {
  return hasSecret(url) ? maskUrl(safeUrl(url) ?? feedHost(url)) : url
}

function staleReason(feed: ReportFeed): string {
  if (feed.lastError !== null) return feedReason(oneLine(feed.lastError), feed.url)
  switch (feed.silence?.kind) {
    case 'no-news':
      return `answers, but nothing new since ${shortDayText(feed.silence.since)}, longer than is usual for it`
    case 'empty':
      return `answers, but has had no entries since ${shortDayText(feed.silence.since)}, where it had some before`
    case undefined:
  }
  return feed.lastOkAt === null
    ? 'answers, but brings nothing new'
    : `nothing new since ${shortDayText(feed.lastOkAt)}`
}

function groupFailures(failures: readonly FeedFailure[]): readonly FailureGroup[] {
  const byReason = new Map<string, FeedFailure[]>()
  for (const failure of failures) {
    const known = byReason.get(failure.reason)
    if (known === undefined) byReason.set(failure.reason, [failure])
    else known.push(failure)
  }
  const groups = Array.from(byReason, ([reason, feeds]) => ({
    reason,
    feeds,
    nextTry: earliest(feeds.map((feed) => feed.nextTry)),
    since: earliest(feeds.map((feed) => feed.since)),
  }))
  return groups.sort((a, b) => b.feeds.length - a.feeds.length || a.reason.localeCompare(b.reason))
}

/** The earliest of some times; null where there is none. */
function earliest(times: readonly (Date | null)[]): Date | null {
  let first: Date | null = null
  for (const time of times) if (time !== null && (first === null || time < first)) first = time
  return first
}
