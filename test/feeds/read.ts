import { parseFeed, type ParsedEntry, type ParsedFeed } from '../../src/feeds/parse.ts'

/** The time at which tests read feeds. */
export const now = new Date('2026-01-01T00:00:00Z')

/** Reads a feed that came from `https://example.org/feed`. */
export function read(body: string | Uint8Array, contentType: string | null = null): Promise<ParsedFeed> {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body
  return parseFeed(bytes, { url: 'https://example.org/feed', contentType, now })
}

/** Reads an RSS feed whose only entry has this inside. */
export async function readItem(inside: string, attributes = ''): Promise<ParsedEntry> {
  const feed = await read(
    `<rss version="2.0" ${attributes}><channel><title>Feed</title><item>${inside}</item></channel></rss>`,
  )
  return only(feed)
}

/** Reads an Atom feed whose only entry has this inside. */
export async function readEntry(inside: string, attributes = ''): Promise<ParsedEntry> {
  return only(
    await read(`<feed xmlns="http://www.w3.org/2005/Atom" ${attributes}><entry>${inside}</entry></feed>`),
  )
}

function only(feed: ParsedFeed): ParsedEntry {
  const [entry] = feed.entries
  if (entry === undefined || feed.entries.length !== 1)
    throw new Error(`${feed.entries.length} entries, not one`)
  return entry
}
