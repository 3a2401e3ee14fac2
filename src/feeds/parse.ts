import { decode } from './decode.ts'
import { decompress, isGzip, TooLargeError } from './decompress.ts'
import { FeedFormatError } from './feed-format-error.ts'
import { isModelList, parseModelList } from './hugging-face.ts'
import { parseJsonFeed } from './json-feed.ts'
import { normalise } from './normalise.ts'
import { pageEntries } from './page-entries.ts'
import { baseOf, type ParseContext, type ParsedFeed } from './parsed-feed.ts'
import { readXml } from './read-xml.ts'
import { repair } from './repair.ts'

export { FeedFormatError } from './feed-format-error.ts'
export type { ParseContext, ParsedEntry, ParsedFeed } from './parsed-feed.ts'

/** What a body that came packed may unpack to. */
const maxUnpackedBytes = 50_000_000

/** Reads RSS, RDF, Atom, JSON Feed, Hugging Face's list of models or, by a selector, a web page from bytes, however broken. Throws FeedFormatError, and nothing else, when there is no feed in them. */
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
  const text = decode(await unpacked(body), context.contentType).trimStart()
  if (text === '') throw new FeedFormatError('empty', 'the answer is empty')
  if (context.selector != null) return pageEntries(text, context.selector, context)
  if (text.startsWith('[') && isModelList(context.url)) return parseModelList(text, context)
  if (text.startsWith('{')) return parseJsonFeed(text, context)
  const feed = await readXmlFeed(text, context, baseOf(context))
  if (feed === null) throw notAFeed(text)
  return feed
}

async function readXmlFeed(
  text: string,
  context: ParseContext,
  base: string | null,
): Promise<ParsedFeed | null> {
  const repaired = repair(text, base)
  if (repaired === null) return null
  const feed = normalise(repaired.format, await readXml(repaired), context)
  const own = feed.selfUrl ?? feed.homeUrl
  // A file has no address: its links can only be relative to what the feed says of itself.
  const unresolved = base === null && own !== null && feed.listed.some((entry) => entry.url === null)
  return unresolved ? readXmlFeed(text, context, own) : feed
}

/** Files and servers give gzip where nobody announced it. */
async function unpacked(body: Uint8Array): Promise<Uint8Array> {
  if (!isGzip(body)) return body
  try {
    return await decompress(body, 'gzip', maxUnpackedBytes)
  } catch (error) {
    if (error instanceof TooLargeError)
      throw new FeedFormatError('too-large', `this ${error.message}`, { cause: error })
    throw new FeedFormatError('broken', 'this is packed as gzip, and broken: it cannot be unpacked', {
      cause: error,
    })
  }
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
