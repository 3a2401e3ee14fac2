import fc from 'fast-check'
import { selector as selectorSchema } from '../../../src/config/schema/selector.ts'
import { feedLinks, likelyFeedUrls, mainLinks } from '../../../src/feeds/discover.ts'
import { toText } from '../../../src/feeds/html-text.ts'
import { tidyHtml } from '../../../src/feeds/tidy-html.ts'
import { bytesOf, mutated, scrapHeap } from '../mutate.ts'
import { feedCheck } from '../parsed-feed.ts'
import { htmlScraps, selectorScraps, webPages } from '../samples/pages.ts'
import type { Fuzzing } from '../target.ts'

interface PageInput {
  readonly html: string
  readonly body: Uint8Array
  readonly selector: string
  readonly url: string
}

/** Pages on which feeds are looked for, pages of which a selector makes entries, and the HTML within entries. */
export function start(): Fuzzing<PageInput> {
  const pages = fc.oneof(
    { weight: 3, arbitrary: mutated(webPages, htmlScraps) },
    { weight: 1, arbitrary: scrapHeap(htmlScraps) },
  )
  return {
    inputs: pages.chain((html) =>
      fc.record({
        html: fc.constant(html),
        body: bytesOf(fc.constant(html)),
        selector: fc.oneof(
          fc.constantFrom('a', '.post a', 'div', 'li, p', '*', ':not(:has(a))', 'h2 > a[href]'),
          scrapHeap(selectorScraps, 12),
        ),
        url: fc.constantFrom(
          'https://news.example/news/',
          'https://news.example',
          'http://127.0.0.1:1/a?b#c',
        ),
      }),
    ),
    async check({ html, body, selector, url }) {
      expectLinks(feedLinks(html, url))
      likelyFeedUrls(url)
      expectText(toText({ text: html, markup: true, base: url }))
      tidyHtml(html, url)
      const read = selectorSchema().safeParse(selector)
      if (read.success) await feedCheck({ body, contentType: 'text/html', url, selector: read.data })
    },
  }
}

function expectLinks(links: ReturnType<typeof feedLinks>): void {
  for (const { url } of links) if (!/^https?:\/\//.test(url)) throw new Error(`a feed at ${url.slice(0, 80)}`)
  if (links.length > 0 && mainLinks(links).length === 0) throw new Error('links, and none of them is meant')
}

function expectText(text: string): void {
  if (text.includes('\0')) throw new Error('NUL in the text of a page')
}
