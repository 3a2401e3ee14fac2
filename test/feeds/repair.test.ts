import { expect, test } from 'vitest'
import { read, readEntry, readItem } from './read.ts'

test('bare ampersands, HTML entities and numbers of windows-1252 are what they were meant to be', async () => {
  const entry = await readItem(
    '<title>AT&T &amp; R&D &ndash; caf&eacute; &#146;s &bogus;</title><link>https://a.example/?a=1&b=2</link>',
  )
  expect(entry.title).toBe('AT&T & R&D – café ’s &bogus;')
  expect(entry.url).toBe('https://a.example/?a=1&b=2')
})

test('control characters, junk before the feed and after it do not matter', async () => {
  const feed = await read(
    '\ufeff \n junk <?xml version="1.0"?>\n<rss version="2.0"><channel><title>T\u0000i\u000bt\u0001le</title></channel></rss> <p>ad</p>',
  )
  expect(feed.title).toBe('Title')
})

test('a feed that breaks off keeps every entry that had begun', async () => {
  const feed = await read(
    '<rss version="2.0"><channel><title>T</title><item><title>One</title></item><item><title>Two</title><description>half a sen',
  )
  expect(feed.entries.map((entry) => entry.title)).toEqual(['One', 'Two'])
  expect(feed.entries[1]?.text).toBe('half a sen')
})

test('an unfinished CDATA section holds what came', async () => {
  expect(
    (await read('<rss version="2.0"><channel><item><title>x</title><description><![CDATA[<p>so far'))
      .entries[0]?.text,
  ).toBe('so far')
})

test('tags that nobody closed end where the next begins', async () => {
  const entry = await readItem(
    '<title>Open<link>https://a.example/</link><description>Text <p>one<br>two</description>',
  )
  expect(entry).toMatchObject({ title: 'Open', url: 'https://a.example/', text: 'Text\none\ntwo' })
})

test('an entry that was never closed ends where the next begins', async () => {
  const feed = await read(
    '<rss version="2.0"><channel><item><title>One</title><item><title>Two</title></channel></rss>',
  )
  expect(feed.entries.map((entry) => entry.title)).toEqual(['One', 'Two'])
})

test('HTML that nobody escaped is still text', async () => {
  expect((await readItem('<description><p>One <a href="x">two</a></p></description>')).text).toBe('One two')
})

test('undeclared prefixes mean what they usually mean', async () => {
  const entry = await readItem(
    '<title>x</title><dc:creator>Jane</dc:creator><content:encoded>full</content:encoded>',
  )
  expect(entry).toMatchObject({ author: 'Jane', text: 'full' })
})

test('names in the wrong case are recognised', async () => {
  const feed = await read(
    '<RSS Version="2.0"><Channel><TITLE>T</TITLE><Item><Title>x</Title><PUBDATE>2020-01-01</PUBDATE></Item></Channel></RSS>',
  )
  expect(feed.title).toBe('T')
  expect(feed.entries[0]?.publishedAt).toEqual(new Date('2020-01-01'))
})

test('a date that cannot be read costs the date, not the feed', async () => {
  const entry = await readEntry('<title>x</title><updated>some time ago</updated>')
  expect(entry).toMatchObject({ title: 'x', statedAt: null })
})

test('entries outside the channel, a channel without a root and a root without a version are read', async () => {
  expect(
    (await read('<rss><channel><title>T</title></channel><item><title>x</title></item></rss>')).entries,
  ).toHaveLength(1)
  expect((await read('<channel><title>T</title><item><title>x</title></item></channel>')).title).toBe('T')
})

test('a feed inside a web page is read, and a page that only has elements of such names is none', async () => {
  const feed = '<rss><channel><title>T</title><item><title>x</title></item></channel></rss>'
  expect((await read(`<html><body>${feed}</body></html>`)).title).toBe('T')
  await expect(read('<html><channel><item>x</item></channel></html>')).rejects.toMatchObject({
    code: 'html-page',
  })
})

test('entities of the document type are used when they are plain text', async () => {
  const feed = await read(
    '<!DOCTYPE rss [<!ENTITY us "Example Inc."> <!ENTITY two "&us; &us;">]><rss><channel><title>&us; &two;</title></channel></rss>',
  )
  expect(feed.title).toBe('Example Inc. &two;')
})

test('entities that unfold into one another never unfold', async () => {
  const nested = Array.from({ length: 20 }, (_, n) => `<!ENTITY e${n + 1} "${`&e${n};`.repeat(10)}">`).join(
    '',
  )
  const feed = await read(
    `<!DOCTYPE rss [<!ENTITY e0 "lol">${nested}]><rss><channel><title>&e20;</title></channel></rss>`,
  )
  expect(feed.title).toBe('&e20;')
})

test('an entity used a million times adds no more than a little', async () => {
  const title = '&a;'.repeat(1_000_000)
  const feed = await read(
    `<!DOCTYPE rss [<!ENTITY a "${'a'.repeat(199)}">]><rss><channel><item><title>x</title><description>${title}</description></item></channel></rss>`,
  )
  expect(feed.entries[0]?.text.length).toBeLessThan(100_000)
})

test('entities from files and other hosts are not fetched', async () => {
  const feed = await read(
    '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]><rss><channel><title>a&x;b</title></channel></rss>',
  )
  expect(feed.title).toBe('a&x;b')
})

test('text that looks like the parser’s own marks stays text', async () => {
  expect(
    (await readItem('<title>text:0</title><description>&lt;b&gt;secret&lt;/b&gt;</description>')).title,
  ).toBe('text:0')
})

test.each([
  ['', 'empty'],
  ['   \n', 'empty'],
  ['<!doctype html><html><body>Hello</body></html>', 'html-page'],
  ['{"hello": "world"}', 'not-a-feed'],
  ['{"items": [', 'not-a-feed'],
  ['just words', 'not-a-feed'],
  ['<opml><body/></opml>', 'not-a-feed'],
  [`<rss><channel><item>${'<a>'.repeat(1000)}`, 'too-deep'],
])('%s is refused as %s', async (body, code) => {
  await expect(read(body.slice(0, 5000))).rejects.toMatchObject({ name: 'FeedFormatError', code })
})

test('a link before the outermost element of an Atom feed breaks nothing', async () => {
  const feed = await read(
    '<link>/x</link><feed xmlns="http://www.w3.org/2005/Atom"><entry><title>One</title></entry></feed>',
  )
  expect(feed.entries).toMatchObject([{ title: 'One' }])
})

test('what begins as gzip and is none says so', async () => {
  await expect(read(Buffer.from([0x1f, 0x8b, 0xff, 0xff]))).rejects.toThrow(/packed as gzip, and broken/)
})
