import { hash as digest } from 'node:crypto'
import type { FetchOutcome } from '../feeds/fetch-outcome.ts'
import { FeedFormatError, type ParsedFeed } from '../feeds/parse.ts'
import type { Parser } from '../feeds/parse-aside.ts'
import type { StoredFeed } from '../store/feeds.ts'
import type { PollOutcome } from '../store/poll-log.ts'

/** What a fetch brought, read as far as it can be. `hash` is that of a body that was parsed or is known. */
export interface ReadBody {
  readonly outcome: PollOutcome
  readonly parsed: ParsedFeed | null
  readonly hash: Uint8Array | null
  readonly reason: string | null
}

/** Reads what a fetch brought; a body that is no feed is an outcome, not an error. */
export async function readBody(
  fetched: FetchOutcome,
  feed: Pick<StoredFeed, 'bodyHash' | 'selector'>,
  { parser, now }: { readonly parser: Parser; readonly now: Date },
): Promise<ReadBody> {
  switch (fetched.kind) {
    case 'unchanged':
      return { outcome: 'unchanged', parsed: null, hash: feed.bodyHash, reason: null }
    case 'gone':
      return {
        outcome: 'gone',
        parsed: null,
        hash: null,
        reason: 'the publisher says that this feed is over (410)',
      }
    case 'refused':
    case 'failed':
      return { outcome: fetched.kind, parsed: null, hash: null, reason: fetched.reason }
    case 'fetched': {
      const hash = digest('sha256', fetched.body, 'buffer')
      if (feed.bodyHash !== null && hash.equals(feed.bodyHash))
        return { outcome: 'unchanged', parsed: null, hash, reason: null }
      try {
        const { body, url, base, contentType } = fetched
        const parsed = await parser.parse(body, { url, base, contentType, selector: feed.selector, now })
        return { outcome: 'new', parsed, hash, reason: null }
      } catch (error) {
        if (!(error instanceof FeedFormatError)) throw error
        return { outcome: 'not-a-feed', parsed: null, hash: null, reason: error.message }
      }
    }
  }
}
