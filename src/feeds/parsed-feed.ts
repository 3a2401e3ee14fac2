import type { Entry } from '../matching/entry.ts'

/** Text as a feed carries it: HTML or plain, with the address its relative links are relative to. */
export interface RichText {
  readonly text: string
  readonly markup: boolean
  readonly base: string | null
}

/** An entry with what only the feed's own form tells: for printing as JSON Feed, not for judging. */
export interface ParsedEntry extends Entry {
  /** The date exactly as stated, be it in the future; `publishedAt` is null then. */
  readonly statedAt: Date | null
  readonly updatedAt: Date | null
  readonly summary: RichText | null
  readonly content: RichText | null
}

/** A feed, whatever its format was. */
export interface ParsedFeed {
  /** `page`: a web page of which a selector makes entries. */
  readonly format: 'rss' | 'rdf' | 'atom' | 'json' | 'page'
  readonly title: string | null
  /** The page that the feed belongs to. */
  readonly homeUrl: string | null
  /** WebSub hubs. */
  readonly hubs: readonly string[]
  /** The feed's own idea of its address: WebSub's topic. */
  readonly selfUrl: string | null
  /** RSS `ttl`, in minutes. */
  readonly ttlMinutes: number | null
  /** `sy:updatePeriod` divided by `sy:updateFrequency`, in minutes. */
  readonly updateMinutes: number | null
  /** Entries to take in, in the feed's order, each with an id of its own. */
  readonly entries: readonly ParsedEntry[]
  /** All entries as they stand in the feed: `entries`, those that are there twice, those with nothing to read. */
  readonly listed: readonly ParsedEntry[]
  /** Entries that could not be used, each with why. */
  readonly skipped: readonly { readonly reason: string }[]
}

/** What is known of a body besides its bytes. */
export interface ParseContext {
  /** Where it came from; empty when it came from nowhere on the web. */
  readonly url: string
  /** What relative links are relative to, where that is not `url`. */
  readonly base?: string
  readonly contentType: string | null
  /** CSS: the body is a web page, and what this matches are its entries. */
  readonly selector?: string | null
  readonly now: Date
}

/** What relative links of a body are relative to; null when that is not known. */
export function baseOf(context: ParseContext): string | null {
  const base = context.base ?? context.url
  return URL.canParse(base) ? base : null
}
