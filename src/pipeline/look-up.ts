import type { Services } from '../config/schema/services.ts'
import { discover, mainLinks, type FeedLink } from '../feeds/discover.ts'
import type { Fetcher } from '../feeds/fetch.ts'
import { FeedFormatError, type ParsedFeed } from '../feeds/parse.ts'
import type { Parser } from '../feeds/parse-aside.ts'
import { maskUrl } from '../report/mask-url.ts'
import { shortDayText } from '../report/people-time.ts'
import { oneLine } from '../report/plain.ts'
import type { FeedDesk } from './feed-desk.ts'

/** A feed that was asked for and read. */
export interface SeenFeed {
  readonly url: string
  readonly feed: ParsedFeed
}

/** What became of asking for an address as it is to be polled; `no-feed`: it answered, but with something else. */
export type Seen = { readonly kind: 'feed'; readonly feed: ParsedFeed } | Unseen
interface Unseen {
  readonly kind: 'no-feed' | 'unreachable'
  /** In words, with the address (its secrets masked). */
  readonly reason: string
}

/** What looks at addresses. */
export interface Looking {
  readonly fetcher: Fetcher
  readonly parser: Parser
  readonly services: Services
  readonly now: Date
}

/** What looks at addresses, as the configuration stands now. */
export function looking(desk: FeedDesk): Looking {
  const { fetcher, parser } = desk.polling()
  return { fetcher, parser, services: desk.config().services, now: desk.clock.now() }
}

/** Asks for a feed, or for a page that a selector makes one, as a poll would. Keeps nothing. */
export async function see(
  { url, selector }: { readonly url: string; readonly selector: string | null },
  { fetcher, parser, now }: Omit<Looking, 'services'>,
): Promise<Seen> {
  const outcome = await fetcher.fetch(url, { etag: null, lastModified: null })
  if (outcome.kind === 'gone')
    return { kind: 'unreachable', reason: `${maskUrl(url)} is over: its publisher says so (410)` }
  if (outcome.kind === 'unchanged')
    return { kind: 'unreachable', reason: `${maskUrl(url)} sent nothing (304)` }
  if (outcome.kind !== 'fetched') return { kind: 'unreachable', reason: outcome.reason }
  try {
    return { kind: 'feed', feed: await parser.parse(outcome.body, { ...outcome, selector, now }) }
  } catch (error) {
    if (!(error instanceof FeedFormatError)) throw error
    return { kind: 'no-feed', reason: `${maskUrl(url)}: ${error.message}` }
  }
}

/** What is behind that which a person pasted. */
export type LookUp =
  | ({ readonly kind: 'feed' } & SeenFeed)
  | { readonly kind: 'links'; readonly url: string; readonly links: readonly FeedLink[] }
  | { readonly kind: 'no-feed' | 'unreachable'; readonly url: string; readonly reason: string }

/** Finds the feed, or the feeds to choose from, behind an address or a shorthand. The only feed of a page is it. */
export async function lookUp(pasted: string, by: Looking): Promise<LookUp> {
  const found = await discover(pasted, by.fetcher, by.services, by.now)
  switch (found.kind) {
    case 'feed':
    case 'unreachable':
      return found
    case 'nothing':
      return { ...found, kind: 'no-feed' }
    case 'page': {
      const links = mainLinks(found.links)
      const [link, ...others] = links
      if (link === undefined || others.length > 0) return { kind: 'links', url: found.url, links }
      const seen = await see({ url: link.url, selector: null }, by)
      if (seen.kind === 'feed') return { ...seen, url: link.url }
      return { kind: 'unreachable', url: link.url, reason: `the page names a feed, but ${seen.reason}` }
    }
  }
}

/** "Acme news: 30 entries, the newest of 5 Aug 2025". */
export function describeFeed({ title, entries }: ParsedFeed): string {
  const newest = entries.reduce<Date | null>(
    (latest, { publishedAt: at }) => (at !== null && (latest === null || at > latest) ? at : latest),
    null,
  )
  const many = entries.length === 1 ? '1 entry' : `${entries.length} entries`
  const dated = newest === null ? 'none with a date' : `the newest of ${shortDayText(newest)}`
  const what = entries.length === 0 ? 'no entries yet' : `${many}, ${dated}`
  return title === null ? what : `${oneLine(title)}: ${what}`
}
