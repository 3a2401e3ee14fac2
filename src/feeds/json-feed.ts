import { z } from 'zod'
import { assembleEntry } from './assemble-entry.ts'
import { parseDate } from './dates.ts'
import { FeedFormatError } from './feed-format-error.ts'
import { baseOf, type ParseContext, type ParsedEntry, type ParsedFeed, type RichText } from './parsed-feed.ts'
import { tellApart } from './identity.ts'
import { resolveUrl } from './resolve-url.ts'
import { readJson } from './read-json.ts'

/** A string where one should be; numbers are taken as text, anything else as absent. */
const loose = z
  .union([z.string(), z.number().transform(String)])
  .nullish()
  .catch(null)
const author = z.object({ name: loose }).nullish().catch(null)

const itemSchema = z.object({
  id: loose,
  url: loose,
  external_url: loose,
  title: loose,
  content_html: loose,
  content_text: loose,
  summary: loose,
  date_published: loose,
  date_modified: loose,
  author,
  authors: z.array(author).nullish().catch(null),
})

const feedSchema = z.object({
  version: loose,
  title: loose,
  home_page_url: loose,
  feed_url: loose,
  hubs: z
    .array(z.object({ type: loose, url: loose }))
    .nullish()
    .catch(null),
  author,
  authors: z.array(author).nullish().catch(null),
  items: z.array(z.unknown()),
})

type Item = z.infer<typeof itemSchema>

function bodyOf(item: Item, base: string | null): RichText | null {
  if (item.content_html) return { text: item.content_html, markup: true, base }
  return item.content_text ? { text: item.content_text, markup: false, base } : null
}

function authorOf({ author, authors }: Pick<Item, 'author' | 'authors'>): string | null {
  return authors?.find((one) => one?.name)?.name ?? author?.name ?? null
}

function entryOf(
  item: Item,
  context: ParseContext,
  feed: { home: string; author: string | null },
): ParsedEntry {
  const base = baseOf(context)
  const own = resolveUrl(item.url, base)
  const external = resolveUrl(item.external_url, base)
  const content = bodyOf(item, base)
  const summary = item.summary ? { text: item.summary, markup: false, base } : null
  const updatedAt = parseDate(item.date_modified ?? '')
  const statedAt = parseDate(item.date_published ?? '') ?? updatedAt
  return assembleEntry(
    {
      // an empty one would make one entry of many
      guid: item.id?.trim() ? item.id : null,
      url: own ?? external,
      title: item.title?.trim() ?? '',
      author: authorOf(item) ?? feed.author,
      summary,
      content,
      statedAt,
      updatedAt,
      discussionUrl: own === null ? null : external,
    },
    { now: context.now, home: feed.home },
  )
}

/** rssCloud, the other type that the format names, is asked in another way. */
function isWebSub({ type }: { readonly type?: string | null | undefined }): boolean {
  return type == null || /^(?:websub|pubsubhubbub)$/i.test(type)
}

/** Reads JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/). Items that are none are skipped. */
export function parseJsonFeed(text: string, context: ParseContext): ParsedFeed {
  const json = readJson(text)
  const feed = feedSchema.safeParse(json)
  if (!feed.success)
    throw new FeedFormatError('not-a-feed', 'this is JSON, but not a JSON Feed: it has no list of items')
  const homeUrl = resolveUrl(feed.data.home_page_url, baseOf(context))
  const inherited = { home: homeUrl ?? context.url, author: authorOf(feed.data) }
  const entries: ParsedEntry[] = []
  const skipped: { reason: string }[] = []
  for (const one of feed.data.items) {
    const item = itemSchema.safeParse(one)
    if (item.success) entries.push(entryOf(item.data, context, inherited))
    else skipped.push({ reason: 'an item is not an object' })
  }
  const told = tellApart(entries)
  return {
    format: 'json',
    title: feed.data.title ?? null,
    homeUrl,
    hubs: (feed.data.hubs ?? [])
      .filter(isWebSub)
      .flatMap(({ url }) => resolveUrl(url, baseOf(context)) ?? []),
    selfUrl: resolveUrl(feed.data.feed_url, baseOf(context)),
    ttlMinutes: null,
    updateMinutes: null,
    ...told,
    skipped: [...skipped, ...told.skipped],
  }
}
