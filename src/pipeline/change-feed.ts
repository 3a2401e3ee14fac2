import { join } from 'node:path'
import { settingsFile } from '../config/directory.ts'
import { pauseFeed, resumeFeed } from '../store/feed-state.ts'
import { retireFeed, type StoredFeed } from '../store/feeds.ts'
import { feedNamed, type FeedDesk } from './feed-desk.ts'

/** What can be done with the polling of a feed; `remove` keeps its entries and what they proved. */
export const feedChanges = ['pause', 'resume', 'remove'] as const
export type FeedChange = (typeof feedChanges)[number]

/** What became of it; `feed` is as it stood before. */
export type ChangeFeedOutcome =
  | { readonly kind: 'done'; readonly feed: StoredFeed }
  /** Nothing to do: it is paused or polled already. */
  | { readonly kind: 'already'; readonly feed: StoredFeed }
  | { readonly kind: 'unknown' }
  /** It is not polled as it is: nothing to pause. */
  | { readonly kind: 'retired'; readonly feed: StoredFeed }
  /** The configuration would bring it back: it is to be taken out of that file. */
  | { readonly kind: 'configured'; readonly feed: StoredFeed; readonly file: string }

/** Pauses, resumes or removes a feed, named by its number or address. */
export async function changeFeed(
  name: string,
  change: FeedChange,
  desk: Pick<FeedDesk, 'db' | 'clock' | 'config'>,
): Promise<ChangeFeedOutcome> {
  const { db, clock, config } = desk
  const feed = await feedNamed(desk, name)
  if (feed === null) return { kind: 'unknown' }
  switch (change) {
    case 'pause':
      if (feed.state === 'retired') return { kind: 'retired', feed }
      if (feed.state === 'paused') return { kind: 'already', feed }
      await pauseFeed(db.pool, feed.id)
      return { kind: 'done', feed }
    case 'resume':
      if (feed.state === 'active') return { kind: 'already', feed }
      await resumeFeed(db.pool, feed.id, clock.now())
      return { kind: 'done', feed }
    case 'remove':
      if (feed.origin === 'config')
        return { kind: 'configured', feed, file: join(config().directory, settingsFile) }
      await retireFeed(db.pool, feed.id, 'removed')
      return { kind: 'done', feed }
  }
}
