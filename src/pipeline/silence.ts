import type { StoredFeed } from '../store/feeds.ts'
import type { ReadBody } from './read-body.ts'

const day = 86_400_000

export interface SilenceInput {
  readonly read: ReadBody
  readonly now: Date
  /** When the feed's newest entries were published, the newest first. */
  readonly publishedAt: readonly Date[]
  /** New entries that this poll brought. */
  readonly newEntries: number
}

/** From when on a feed is silent beyond its own rhythm, and since when it is empty where it was not. */
export type Silence = Pick<StoredFeed, 'staleAfter' | 'emptySince'>

/**
 * What a poll says about a feed's silence. It may last five times as long as the longest of its latest gaps, and 14 days
 * at least; it counts from the newest entry, or from when one came that bears an older date.
 */
export function silence(feed: StoredFeed, input: SilenceInput): Silence {
  const { read, now, publishedAt, newEntries } = input
  const newest = publishedAt[0]
  const isEmpty = read.parsed?.entries.length === 0 && newest !== undefined
  const emptySince = read.parsed === null ? feed.emptySince : isEmpty ? (feed.emptySince ?? now) : null
  if (newest === undefined || (newEntries === 0 && feed.staleAfter !== null))
    return { staleAfter: feed.staleAfter, emptySince }
  const from = newEntries > 0 && feed.lastOkAt !== null ? now : newest
  return {
    staleAfter: new Date(from.getTime() + Math.max(14 * day, 5 * longestGap(publishedAt))),
    emptySince,
  }
}

function longestGap(newestFirst: readonly Date[]): number {
  return newestFirst.reduce(
    (longest, at, n) => Math.max(longest, (newestFirst[n - 1] ?? at).getTime() - at.getTime()),
    0,
  )
}
