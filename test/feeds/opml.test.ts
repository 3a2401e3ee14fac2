import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseOpml, writeOpml } from '../../src/feeds/opml.ts'

test('folders and categories become topics, and a feed that is there twice is one', () => {
  const { feeds, problems } = parseOpml(`<opml version="2.0"><body>
    <outline text="Technology"><outline text="AI"><outline type="rss" text="A &amp; B" xmlUrl="https://a.example/feed" htmlUrl="https://a.example/"/></outline></outline>
    <outline text="Policy"><outline text="A again" xmlUrl="https://a.example/feed" category="/x/Law,Courts"/></outline>
  </body></opml>`)
  expect(problems).toEqual([])
  expect(feeds).toEqual([
    {
      url: 'https://a.example/feed',
      title: 'A & B',
      homeUrl: 'https://a.example/',
      topics: ['Technology', 'AI', 'Policy', 'Law', 'Courts'],
    },
  ])
})

test('what cannot be used is reported with its line, and the rest is read', () => {
  const { feeds, problems } = parseOpml(
    '<opml>\n<body>\n<outline text="Bad" xmlUrl="ftp://a/"/>\n<outline text="Good" xmlurl="https://b.example/?a=1&b=2">\n</body>',
  )
  expect(feeds.map((feed) => feed.url)).toEqual(['https://b.example/?a=1&b=2'])
  expect(problems).toEqual([{ line: 3, reason: expect.stringContaining('ftp://a/') as string }])
})

test('of an address that cannot be used the password is not told', () => {
  const { problems } = parseOpml('<opml><outline type="rss" xmlUrl="ftp://jane:hush@a.example/"/></opml>')
  expect(problems[0]?.reason).toContain('a.example')
  expect(problems[0]?.reason).not.toContain('hush')
})

test('what is no OPML is said to be none', () => {
  expect(parseOpml('hello').problems).toHaveLength(1)
})

test('what is written is read back the same', () => {
  const text = fc
    .string({ minLength: 1 })
    .map((raw) => raw.replace(/[^ -~]|,|\//g, '').trim())
    .filter((clean) => clean !== '')
  const feed = fc.record({
    url: fc.webUrl().map((url) => new URL(url).href),
    title: text,
    homeUrl: fc.constant(null),
    topics: fc.uniqueArray(text, { maxLength: 3 }),
  })
  fc.assert(
    fc.property(fc.uniqueArray(feed, { selector: (one) => one.url }), (feeds) => {
      expect(parseOpml(writeOpml(feeds, 'Feeds', new Date(0)))).toEqual({ feeds, problems: [] })
    }),
  )
})

test('a page with a selector is no feed to other readers, and comes back with its selector', () => {
  const page = {
    url: 'https://a.example/news',
    title: 'News',
    homeUrl: null,
    topics: [],
    selector: '.post > a[href^="/n"]',
  }
  const written = writeOpml([page], 'Feeds', new Date(0))
  expect(written).not.toContain('xmlUrl')
  expect(parseOpml(written)).toEqual({ feeds: [page], problems: [] })
})

test('addresses of the feed scheme are those of the web', () => {
  const of = (url: string) => `<opml><body><outline type="rss" xmlUrl="${url}"/></body></opml>`
  expect(parseOpml(of('feed://a.example/rss')).feeds).toMatchObject([{ url: 'http://a.example/rss' }])
  expect(parseOpml(of('feed:https://a.example/rss')).feeds).toMatchObject([{ url: 'https://a.example/rss' }])
})

test.each(['https://***@a.example/rss', 'https://a.example/rss?token=***&amp;n=1'])(
  'what was exported with its secret masked is no feed: %s',
  (url) => {
    const { feeds, problems } = parseOpml(`<opml><body><outline text="A" xmlUrl="${url}"/></body></opml>`)
    expect(feeds).toEqual([])
    expect(problems).toEqual([{ line: 1, reason: expect.stringContaining('--with-secrets') as string }])
  },
)

test('a file that was cut off is told where, and what came before is read', () => {
  const { feeds, problems } = parseOpml(
    '<opml>\n<body>\n<outline xmlUrl="https://a.example/"/>\n<outline type="rss" xmlUrl="https://b.exam',
  )
  expect(feeds.map(({ url }) => url)).toEqual(['https://a.example/'])
  expect(problems).toEqual([{ line: 4, reason: expect.stringContaining('cut off') as string }])
})
