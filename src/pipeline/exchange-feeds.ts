import { decode } from '../feeds/decode.ts'
import { parseOpml, writeOpml, type OpmlFeed, type OpmlList } from '../feeds/opml.ts'
import { maskUrl } from '../report/mask-url.ts'
import { setSelector } from '../store/feed-selector.ts'
import { listFeeds, putFeed, type StoredFeed } from '../store/feeds.ts'
import type { FeedDesk } from './feed-desk.ts'

/** What came of a list of feeds. */
export type ImportFeedsOutcome =
  | {
      readonly kind: 'imported'
      /** Addresses of the feeds that are polled from now on. */
      readonly added: readonly string[]
      /** How many are polled already. */
      readonly known: number
      readonly problems: OpmlList['problems']
    }
  /** No line of it could be used. */
  | { readonly kind: 'nothing'; readonly problems: OpmlList['problems'] }

/** Has the feeds of an OPML file polled, unseen; feeds that are polled already stay as they are. */
export async function importFeeds(
  file: Uint8Array,
  { db, clock }: Pick<FeedDesk, 'db' | 'clock'>,
): Promise<ImportFeedsOutcome> {
  const { feeds, problems } = parseOpml(decode(file, null))
  if (feeds.length === 0) return { kind: 'nothing', problems }
  const known = new Set(
    (await listFeeds(db.pool))
      .filter((feed) => feed.retiredReason !== 'removed')
      .flatMap((feed) => [feed.url, feed.formerUrl]),
  )
  const fresh = feeds.filter((feed) => !known.has(feed.url))
  await db.transaction(async (tx) => {
    for (const { url, title, homeUrl, topics, selector } of fresh) {
      const definition = { url, title, homeUrl, outlet: null, topic: topicOf(topics), everyMs: null }
      const id = await putFeed(tx, definition, { origin: 'user', now: clock.now() })
      await setSelector(tx, id, selector ?? null, clock.now())
    }
  })
  return {
    kind: 'imported',
    added: fresh.map(({ url }) => url),
    known: feeds.length - fresh.length,
    problems,
  }
}

/** A feed serves one topic: of folders in folders the innermost tells most. */
function topicOf(topics: readonly string[]): string | null {
  const slugs = topics.map((topic) =>
    topic
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .slice(0, 64)
      .replaceAll(/^-+|-+$/g, ''),
  )
  return slugs.findLast((slug) => slug !== '') ?? null
}

/** A list of feeds for other readers. */
export interface ExportedFeeds {
  readonly opml: string
  readonly feeds: number
  /** How many addresses had a password or key masked: these feeds cannot be read elsewhere as they stand. */
  readonly masked: number
}

/** Writes the feeds that are polled, or paused, as OPML. */
export async function exportFeeds(
  { db, clock }: Pick<FeedDesk, 'db' | 'clock'>,
  { withSecrets = false }: { readonly withSecrets?: boolean } = {},
): Promise<ExportedFeeds> {
  const feeds = (await listFeeds(db.pool)).filter((feed) => feed.state !== 'retired')
  const written = feeds.map((feed) => outlineOf(feed, withSecrets))
  return {
    opml: writeOpml(written, 'Feeds of openwatch', clock.now()),
    feeds: feeds.length,
    masked: written.filter((feed, at) => feed.url !== feeds[at]?.url).length,
  }
}

function outlineOf({ url, title, homeUrl, topic, selector }: StoredFeed, withSecrets: boolean): OpmlFeed {
  const masked = maskUrl(url)
  return {
    url: withSecrets || !masked.includes('***') ? url : masked,
    title,
    homeUrl,
    topics: topic === null ? [] : [topic],
    ...(selector !== null && { selector }),
  }
}
