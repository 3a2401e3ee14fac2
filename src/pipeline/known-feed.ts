import { isReplaced, type StoredFeed } from '../store/feeds.ts'

/** How a feed stands that was to be added and is there, in words to follow its name. */
export function knownText({ state, retiredReason }: Pick<StoredFeed, 'state' | 'retiredReason'>): string {
  switch (state) {
    case 'active':
      return 'is polled already'
    case 'paused':
      return 'is there already, but paused'
    case 'retired':
      return `is there already, but retired: ${retiredReason ?? 'it is over'}`
  }
}

/** Whether it would be polled if it were resumed, and is not. */
export function isToBeResumed(feed: Pick<StoredFeed, 'state' | 'retiredReason'>): boolean {
  return feed.state !== 'active' && !isReplaced(feed)
}
