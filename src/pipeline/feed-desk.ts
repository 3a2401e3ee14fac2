import type { Config } from '../config/config.ts'
import { findFeed, type StoredFeed } from '../store/feeds.ts'
import type { Database } from '../store/database.ts'
import type { Clock } from './clock.ts'
import type { PollOptions } from './poll-feed.ts'

/** What is needed to change which feeds are polled: a live system has it. */
export interface FeedDesk {
  readonly db: Database
  readonly clock: Clock
  readonly config: () => Config
  readonly polling: () => PollOptions
}

/** A feed by its number or its address; null where there is none, or it was taken out on purpose. */
export async function feedNamed({ db }: Pick<FeedDesk, 'db'>, name: string): Promise<StoredFeed | null> {
  const feed = await findFeed(db, /^\d{1,9}$/.test(name) ? Number(name) : name)
  return feed?.origin === 'archive' || feed?.retiredReason === 'removed' ? null : feed
}

/** The feed at an address, unless it was taken out on purpose. */
export async function polledFeed({ db }: Pick<FeedDesk, 'db'>, url: string): Promise<StoredFeed | null> {
  const known = await findFeed(db, url)
  return known?.retiredReason === 'removed' ? null : known
}
