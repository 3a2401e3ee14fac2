import type { ParsedFeed } from '../feeds/parse.ts'
import type { StoredFeed } from '../store/feeds.ts'
import { feedNamed, type FeedDesk } from './feed-desk.ts'
import { looking, see } from './look-up.ts'

/** What a feed has, asked for just now; nothing is kept. `feed` is how it is stored. */
export type TestFeedOutcome =
  | {
      readonly kind: 'feed'
      readonly feed: StoredFeed
      readonly seen: ParsedFeed
      /** How long it took to fetch and read it, in milliseconds. */
      readonly tookMs: number
    }
  | { readonly kind: 'no-feed' | 'unreachable'; readonly feed: StoredFeed; readonly reason: string }
  | { readonly kind: 'unknown' }

/** Asks for a feed, named by its number or address, as a poll would. */
export async function testFeed(name: string, desk: FeedDesk): Promise<TestFeedOutcome> {
  const feed = await feedNamed(desk, name)
  if (feed === null) return { kind: 'unknown' }
  const began = performance.now()
  const seen = await see(feed, looking(desk))
  const tookMs = Math.round(performance.now() - began)
  return seen.kind === 'feed' ? { kind: 'feed', feed, seen: seen.feed, tookMs } : { ...seen, feed }
}

/** The names of the formats as people know them. */
export const formatNames: Readonly<Record<ParsedFeed['format'], string>> = {
  rss: 'RSS',
  rdf: 'RSS 1.0 (RDF)',
  atom: 'Atom',
  json: 'JSON Feed',
  page: 'web page, read by a selector',
}
