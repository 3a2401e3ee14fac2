import { toText } from './html-text.ts'
import { tidyHtml } from './tidy-html.ts'
import type { ParsedEntry, ParsedFeed, RichText } from './parsed-feed.ts'

/** A feed in JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/), ready for `JSON.stringify`. */
export interface JsonFeed {
  readonly version: 'https://jsonfeed.org/version/1.1'
  readonly title: string
  readonly home_page_url?: string
  readonly feed_url?: string
  readonly hubs?: readonly { readonly type: 'WebSub'; readonly url: string }[]
  readonly items: readonly JsonFeedItem[]
}

interface JsonFeedItem {
  readonly id: string
  readonly url?: string
  readonly external_url?: string
  readonly title?: string
  readonly content_html?: string
  readonly content_text?: string
  readonly summary?: string
  readonly date_published?: string
  readonly date_modified?: string
  readonly authors?: readonly { readonly name: string }[]
}

function body(content: RichText | null): Pick<JsonFeedItem, 'content_html' | 'content_text'> {
  if (content === null) return { content_text: '' }
  return content.markup
    ? { content_html: tidyHtml(content.text, content.base) }
    : { content_text: content.text }
}

function itemOf(entry: ParsedEntry): JsonFeedItem {
  return {
    id: entry.id,
    ...(entry.url !== null && { url: entry.url }),
    ...(entry.title !== '' && { title: entry.title }),
    ...body(entry.content ?? entry.summary),
    ...(entry.content !== null && entry.summary !== null && { summary: toText(entry.summary) }),
    ...(entry.statedAt !== null && { date_published: entry.statedAt.toISOString() }),
    ...(entry.updatedAt !== null && { date_modified: entry.updatedAt.toISOString() }),
    ...(entry.author !== null && { authors: [{ name: entry.author }] }),
  }
}

/** Writes a parsed feed as JSON Feed 1.1. */
export function toJsonFeed(feed: ParsedFeed): JsonFeed {
  return {
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title ?? '',
    ...(feed.homeUrl !== null && { home_page_url: feed.homeUrl }),
    ...(feed.selfUrl !== null && { feed_url: feed.selfUrl }),
    ...(feed.hubs.length > 0 && { hubs: feed.hubs.map((url) => ({ type: 'WebSub', url }) as const) }),
    items: feed.listed.map(itemOf),
  }
}
