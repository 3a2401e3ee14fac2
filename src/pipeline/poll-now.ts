import type { StoredFeed } from '../store/feeds.ts'
import { feedNamed, type FeedDesk } from './feed-desk.ts'
import { pollFeed } from './poll-feed.ts'
import type { Polled } from './record-polls.ts'

/** What a poll by hand came to; `feed` is as it stood before. */
export type PollNowOutcome =
  | { readonly kind: 'polled'; readonly feed: StoredFeed; readonly polled: Polled }
  | { readonly kind: 'unknown' }

/** How long to wait for a host that is being asked already, in milliseconds: a person waits for the answer. */
const patienceMs = 5000

/** Polls a feed now, named by its number or address, also one that is paused. */
export async function pollNow(name: string, desk: FeedDesk): Promise<PollNowOutcome> {
  const feed = await feedNamed(desk, name)
  if (feed === null) return { kind: 'unknown' }
  return { kind: 'polled', feed, polled: await pollFeed(feed, { ...desk.polling(), patienceMs }) }
}
