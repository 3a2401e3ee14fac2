import { decode } from './decode.ts'
import { FeedFormatError } from './feed-format-error.ts'
import { parseJsonFeed } from './json-feed.ts'
import { normalise } from './normalise.ts'
import type { ParseContext, ParsedFeed } from './parsed-feed.ts'
import { readXml } from './read-xml.ts'
import { repair } from './repair.ts'

export { FeedFormatError } from './feed-format-error.ts'
export type { ParseContext, ParsedEntry, ParsedFeed } from './parsed-feed.ts'

/** Reads RSS, RDF, Atom or JSON Feed from bytes, however broken. Throws FeedFormatError, and nothing else, when there is no feed in them. */
export async function parseFeed(body: Uint8Array, context: ParseContext): Promise<ParsedFeed> {
  try {
    return await read(body, context)
  } catch (error) {
    if (error instanceof FeedFormatError) throw error
    throw new FeedFormatError('broken', 'the feed is broken in a way that could not be repaired', {
      cause: error,
    })
  }
}

async function read(body: Uint8Array, context: ParseContext): Promise<ParsedFeed> {
  const text = decode(body, context.contentType).trimStart()
  if (text === '') throw new FeedFormatError('empty', 'the answer is empty')
  if (text.startsWith('{')) return parseJsonFeed(text, context)
  const repaired = repair(text, URL.canParse(context.url) ? context.url : null)
  if (repaired === null) throw notAFeed(text)
  return normalise(repaired.format, await readXml(repaired), context)
}

function notAFeed(text: string): FeedFormatError {
  if (/<html[\s>]|<!doctype\s+html/i.test(text.slice(0, 2048))) {
    return new FeedFormatError(
      'html-page',
      'this is a web page, not a feed; look on it for the address of its feed',
    )
  }
  return new FeedFormatError('not-a-feed', 'this is neither RSS, RDF, Atom nor JSON Feed')
}
