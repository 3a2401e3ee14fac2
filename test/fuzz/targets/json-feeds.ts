import fc from 'fast-check'
import { bytesOf, mutated, scrapHeap } from '../mutate.ts'
import { feedCheck, type FeedInput } from '../parsed-feed.ts'
import { jsonFeeds, jsonScraps } from '../samples/feeds.ts'
import type { Fuzzing } from '../target.ts'

/** Fields of JSON Feed and of the list of models, with any values in them. */
const anyFields = fc
  .dictionary(
    fc.constantFrom('version', 'title', 'items', 'hubs', 'feed_url', 'home_page_url', '__proto__'),
    fc.oneof(
      fc.jsonValue(),
      fc.array(
        fc.dictionary(
          fc.constantFrom(
            ...['id', 'url', 'title', 'content_html', 'content_text', 'summary', 'date_published', 'authors'],
            ...['createdAt', 'tags', 'pipeline_tag', 'external_url', 'attachments', '_meta'],
          ),
          fc.jsonValue(),
        ),
        { maxLength: 6 },
      ),
    ),
  )
  .map((data) => JSON.stringify(data))

/** JSON Feed and Hugging Face's list of models. */
export function start(): Fuzzing<FeedInput> {
  return {
    inputs: fc.record({
      body: bytesOf(
        fc.oneof(
          { weight: 4, arbitrary: mutated(jsonFeeds, jsonScraps) },
          { weight: 2, arbitrary: anyFields },
          { weight: 1, arbitrary: scrapHeap(jsonScraps).map((text) => `{${text}`) },
        ),
      ),
      contentType: fc.constantFrom(null, 'application/feed+json', 'application/json; charset=utf-16'),
      url: fc.constantFrom('https://news.example/feed.json', '', 'https://hf.example/api/models?author=acme'),
    }),
    check: feedCheck,
  }
}
