import { findFeed, putFeed, type StoredFeed } from '../../src/store/feeds.ts'
import type { TestSystem } from './system.ts'

/** Adds a feed of nothing but its address, as a person would, and reads it back. */
export async function addTestFeed({ db }: TestSystem, url: string, now: Date): Promise<StoredFeed> {
  const feed = { url, title: null, homeUrl: null, outlet: null, topic: null, everyMs: null }
  return storedFeed({ db }, await putFeed(db.pool, feed, { origin: 'user', now }))
}

/** A feed as it stands now. */
export async function storedFeed({ db }: Pick<TestSystem, 'db'>, id: number): Promise<StoredFeed> {
  const feed = await findFeed(db, id)
  if (feed === null) throw new Error('the feed is gone')
  return feed
}
