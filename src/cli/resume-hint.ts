import { isToBeResumed } from '../pipeline/known-feed.ts'
import type { StoredFeed } from '../store/feeds.ts'

/** How a feed is polled again. */
export function resumeText(id: number): string {
  return `openwatch feeds resume ${id} has it polled again`
}

/** What to do for a feed that is not polled, to follow what is said of it; nothing where nothing helps. */
export function resumeHint(feed: StoredFeed): string {
  return isToBeResumed(feed) ? `; ${resumeText(feed.id)}` : ''
}
