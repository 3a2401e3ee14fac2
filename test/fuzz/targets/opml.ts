import fc from 'fast-check'
import { parseOpml, writeOpml } from '../../../src/feeds/opml.ts'
import { mutated, scrapHeap, wildText } from '../mutate.ts'
import type { Fuzzing } from '../target.ts'

const lists = [
  `<?xml version="1.0"?><opml version="2.0"><head><title>Feeds</title></head><body>
<outline text="Technology"><outline text="AI"><outline type="rss" text="A &amp; B" xmlUrl="https://a.example/feed" htmlUrl="https://a.example/"/></outline></outline>
<outline text="Page" url="https://p.example/" openwatch:selector=".post &gt; a" category="/x/Law,Courts"/></body></opml>`,
]
const scraps = [
  ...[
    '<outline ',
    '</outline>',
    '/>',
    '>',
    '<body>',
    '</body>',
    '<opml>',
    ' xmlUrl="',
    ' text="',
    " title='",
    ' category="',
    ' type="rss"',
  ],
  ...[
    '"',
    "'",
    '&amp;',
    '&#0;',
    '&',
    'https://b.example/',
    'javascript:x',
    'http://[',
    '//',
    ',',
    '/',
    '<!--',
    '<![CDATA[',
    '\u0000',
    '\ud800',
  ],
  ...[
    ' openwatch:selector="',
    ' __proto__="x"',
    ' constructor="x"',
    ' url="',
    ' htmlUrl="',
    '\n',
    '\u202e',
    '<!DOCTYPE x [<!ENTITY a "b">]>',
  ],
]

/** Lists of feeds that people bring along. What is read of one can be written, and is read from that again. */
export function start(): Fuzzing<string> {
  return {
    inputs: fc.oneof(
      { weight: 4, arbitrary: mutated(lists, scraps) },
      { weight: 1, arbitrary: scrapHeap(scraps) },
      { weight: 1, arbitrary: wildText },
    ),
    check(text) {
      const { feeds, problems } = parseOpml(text)
      for (const { url } of feeds)
        if (!/^https?:\/\//.test(url)) throw new Error(`a feed at ${url.slice(0, 80)}`)
      for (const { line, reason } of problems)
        if (!(line >= 1) || reason === '') throw new Error('a problem without a place or a reason')
      const again = parseOpml(writeOpml(feeds, 'Feeds', new Date(0)))
      const addresses = (list: typeof feeds) => list.map(({ url }) => url).join('\n')
      if (addresses(again.feeds) !== addresses(feeds))
        throw new Error('what was written is not what was read')
    },
  }
}
