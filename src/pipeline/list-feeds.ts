import { chooseFeeds, feedStates, feedTroubleText, type FeedChoice } from '../report/feed-standing.ts'
import type { ReportFeed } from '../report/report-input.ts'
import {
  readFeedEntries,
  readFeedList,
  readFeedYields,
  type FeedEntry,
  type FeedYield,
  type ListedFeed,
} from '../store/feed-list.ts'
import { readPollLog, readPollStrips, type LoggedPoll, type PollTick } from '../store/poll-strips.ts'
import { feedNamed, type FeedDesk } from './feed-desk.ts'

/** A feed with how it fared. */
export interface FeedLine {
  readonly feed: ListedFeed
  /** Why it is not well, in words; null where there is nothing to say. */
  readonly trouble: string | null
  /** Its last polls, the oldest first. */
  readonly polls: readonly PollTick[]
  /** What it brought in the last 30 days. */
  readonly brought: FeedYield
}

/** Some feeds of those that a choice lets through. */
export interface FeedPage {
  readonly lines: readonly FeedLine[]
  /** How many the choice lets through. */
  readonly found: number
  /** Of all feeds, how many are how. */
  readonly counts: Readonly<Record<ReportFeed['state'], number>>
  readonly total: number
  /** The topics of all feeds, by name. */
  readonly topics: readonly string[]
}

/** How many polls a strip has at most. */
export const stripLength = 40

const yieldMs = 30 * 86_400_000

/** The feeds that a choice lets through, from one place of the list on; those that need a look come first. */
export async function listFeedLines(
  choice: FeedChoice,
  { from, limit }: { readonly from: number; readonly limit: number },
  { db, clock }: Pick<FeedDesk, 'db' | 'clock'>,
): Promise<FeedPage> {
  const now = clock.now()
  const all = await readFeedList(db.pool, now)
  const chosen = chooseFeeds(all, choice)
  const many = (state: ReportFeed['state']) => all.filter((feed) => feed.state === state).length
  return {
    lines: await linesOf(chosen.slice(from, from + limit), { db, clock }),
    found: chosen.length,
    counts: Object.fromEntries(feedStates.map((state) => [state, many(state)])) as FeedPage['counts'],
    total: all.length,
    topics: [...new Set(all.flatMap(({ topic }) => topic ?? []))].toSorted(),
  }
}

async function linesOf(
  feeds: readonly ListedFeed[],
  { db, clock }: Pick<FeedDesk, 'db' | 'clock'>,
): Promise<FeedLine[]> {
  const now = clock.now()
  const ids = feeds.map(({ id }) => id)
  const strips = await readPollStrips(db.pool, ids, stripLength)
  const yields = await readFeedYields(db.pool, ids, new Date(now.getTime() - yieldMs))
  return feeds.map((feed) => ({
    feed,
    trouble: feedTroubleText(feed, now),
    polls: strips.get(feed.id) ?? [],
    brought: yields.get(feed.id) ?? { entries: 0, matches: 0 },
  }))
}

/** One feed in full. */
export interface FeedInFull extends FeedLine {
  readonly log: readonly LoggedPoll[]
  readonly entries: readonly FeedEntry[]
}

/** A feed with its poll log and newest entries, by its number or address; null where there is none. */
export async function readFeedInFull(
  name: string,
  desk: Pick<FeedDesk, 'db' | 'clock'>,
  limits: { readonly polls: number; readonly entries: number } = { polls: 50, entries: 30 },
): Promise<FeedInFull | null> {
  const known = await feedNamed(desk, name)
  if (known === null) return null
  const { pool } = desk.db
  const [line] = await linesOf(await readFeedList(pool, desk.clock.now(), known.id), desk)
  if (line === undefined) return null
  return {
    ...line,
    log: await readPollLog(pool, known.id, { limit: limits.polls }),
    entries: await readFeedEntries(pool, known.id, limits.entries),
  }
}
