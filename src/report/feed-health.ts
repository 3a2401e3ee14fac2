import type { ReportFeed, Silence } from './report-input.ts'

/** What is kept of a feed that tells how it is. */
export interface FeedFacts {
  readonly state: 'active' | 'paused' | 'retired'
  readonly failures: number
  readonly lastPollAt: Date | null
  /** When its newest entry was published. */
  readonly lastEntryAt: Date | null
  /** From when on its silence is longer than is usual for it. */
  readonly staleAfter: Date | null
  /** Since when it has had no entries, having had some before. */
  readonly emptySince: Date | null
}

/** How a feed is at `now`: healthy only when it answers and what it says is no older than is usual for it. */
export function feedHealth(feed: FeedFacts, now: Date): Pick<ReportFeed, 'state' | 'silence'> {
  const silence = silenceOf(feed, now)
  if (feed.state !== 'active') return { state: feed.state, silence: null }
  if (feed.lastPollAt === null) return { state: 'new', silence: null }
  if (feed.failures > 0) return { state: 'failing', silence: null }
  return { state: silence === null ? 'healthy' : 'stale', silence }
}

function silenceOf({ emptySince, staleAfter, lastEntryAt }: FeedFacts, now: Date): Silence | null {
  if (emptySince !== null) return { kind: 'empty', since: emptySince }
  if (staleAfter === null || staleAfter >= now) return null
  return { kind: 'no-news', since: lastEntryAt ?? staleAfter }
}
