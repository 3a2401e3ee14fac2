import { FeedFormatError, parseFeed, type ParsedFeed } from '../../src/feeds/parse.ts'
import { toJsonFeed } from '../../src/feeds/to-json-feed.ts'

/** A body that somebody calls a feed. */
export interface FeedInput {
  readonly body: Uint8Array
  readonly contentType: string | null
  readonly url: string
  readonly selector?: string
}

const now = new Date('2026-01-01T00:00:00Z')

/** A feed comes out of it that can be stored and shown, or FeedFormatError. */
export async function feedCheck({ body, contentType, url, selector }: FeedInput): Promise<void> {
  let feed: ParsedFeed
  try {
    feed = await parseFeed(body, { url, contentType, now, selector: selector ?? null })
  } catch (error) {
    if (error instanceof FeedFormatError && error.code !== 'broken') return
    if (error instanceof FeedFormatError && error.message !== brokenWithoutReason) return
    throw error
  }
  expectUsable(feed)
  JSON.stringify(toJsonFeed(feed))
}

/** This is what a fault of our own is made into: it says nothing to anybody. */
const brokenWithoutReason = 'the feed is broken in a way that could not be repaired'

/** Holds a feed against what all that follows takes for granted. */
export function expectUsable({ entries, homeUrl, selfUrl, hubs, ...feed }: ParsedFeed): void {
  const ids = new Set(entries.map(({ id }) => id))
  if (ids.size !== entries.length) throw new Error('two entries have one id')
  for (const minutes of [feed.ttlMinutes, feed.updateMinutes])
    if (minutes !== null && !(minutes >= 0)) throw new Error(`${minutes} minutes is no time`)
  for (const text of [feed.title, homeUrl, selfUrl, ...hubs]) expectStorable('feed', text)
  for (const entry of entries) {
    const { publishedAt, statedAt, updatedAt } = entry
    if (publishedAt !== null && publishedAt > now) throw new Error('published after it was read')
    for (const date of [publishedAt, statedAt, updatedAt])
      if (date !== null && Number.isNaN(date.getTime())) throw new Error('a date that is none')
    for (const text of [entry.id, entry.title, entry.text, entry.author, entry.outlet])
      expectStorable('entry', text)
    for (const address of [entry.url, entry.discussionUrl])
      if (address !== null && !/^https?:\/\//.test(address))
        throw new Error(`an address ${address.slice(0, 80)}`)
    if (entry.id === '') throw new Error('an entry without an id')
  }
}

function expectStorable(what: string, text: string | null): void {
  if (text === null) return
  if (text.includes('\0')) throw new Error(`NUL in a text of the ${what}, which Postgres refuses`)
  if (!text.isWellFormed()) throw new Error(`half a character in a text of the ${what}`)
}
