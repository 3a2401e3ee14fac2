import type { ChangeEntry, ChangeFeed } from '../report/change-feed.ts'
import type { FeedAddresses } from './feed-out-addresses.ts'
import { entryHtml, entryText, entryTitle } from './feed-out-content.ts'

/** The changes as a JSON Feed 1.1 (jsonfeed.org); `_openwatch` has the facts for programs. */
export function renderJsonFeed(feed: ChangeFeed, addresses: FeedAddresses): string {
  return JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title,
    home_page_url: addresses.home,
    feed_url: addresses.self,
    language: 'en',
    authors: [{ name: 'openwatch' }],
    items: feed.entries.map((entry) => itemOf(entry, addresses)),
  })
}

function itemOf(entry: ChangeEntry, addresses: FeedAddresses) {
  const { itemId, sequence, kind, from, to, expected, topic, at, updated, quotes } = entry
  const external = quotes.find(({ url }) => url !== null)?.url ?? null
  return {
    id: addresses.entryId(entry),
    url: addresses.page(entry),
    ...(external === null ? {} : { external_url: external }),
    title: entryTitle(entry).toWellFormed(),
    content_html: entryHtml(entry).toWellFormed(),
    content_text: entryText(entry).toWellFormed(),
    date_published: at.toISOString(),
    date_modified: updated.toISOString(),
    tags: [topic, to, kind].filter((tag) => tag !== ''),
    _openwatch: { item: itemId, change: sequence, kind, from, to, expected },
  }
}
