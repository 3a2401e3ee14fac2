import fc from 'fast-check'
import { bytesOf, mutated, scrapHeap, wildText } from '../mutate.ts'
import { feedCheck, type FeedInput } from '../parsed-feed.ts'
import { xmlFeeds, xmlScraps } from '../samples/feeds.ts'
import type { Fuzzing } from '../target.ts'

const documents = fc.oneof(
  { weight: 4, arbitrary: mutated(xmlFeeds, xmlScraps) },
  { weight: 1, arbitrary: scrapHeap(xmlScraps) },
  { weight: 1, arbitrary: wildText },
)

/** RSS, RDF and Atom as bytes, with any charset claimed. */
export function start(): Fuzzing<FeedInput> {
  return {
    inputs: fc.record({
      body: fc.oneof(
        { weight: 9, arbitrary: bytesOf(documents) },
        { weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)) },
      ),
      contentType: fc.option(
        fc.oneof(
          fc.constantFrom(
            'text/xml',
            'application/rss+xml; charset=utf-8',
            'text/xml;charset=big5',
            'a; charset="',
          ),
          wildText.map((text) => `text/xml; charset=${text}`),
        ),
      ),
      url: fc.constantFrom('https://news.example/feed.xml', '', 'https://www.reddit.com/r/x/.rss'),
    }),
    check: feedCheck,
  }
}
