import { expect, test } from 'vitest'
import { parseFeed } from '../../src/feeds/parse.ts'
import { now, read, readEntry, readItem } from './read.ts'

test('RSS 2.0 is read: what a feed says of itself and of its entries', async () => {
  const feed = await read(`<?xml version="1.0"?>
    <rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/"
         xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">
    <channel><title>News &amp; more</title><link>https://www.example.org/</link><ttl>30</ttl>
      <atom:link rel="self" href="https://example.org/rss.xml"/><atom:link rel="hub" href="https://hub.example/"/>
      <sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>
      <image><title>Logo</title><link>https://example.org/logo</link></image>
      <item><title>A &lt;em&gt;bold&lt;/em&gt; claim</title><link>https://news.example.co.uk/1</link>
        <guid isPermaLink="false">id-1</guid><pubDate>Tue, 05 Aug 2025 10:00:00 PDT</pubDate>
        <author>jane@example.org (Jane Roe)</author><comments>https://example.org/talk/1</comments>
        <description>In short.</description>
        <content:encoded><![CDATA[<p>First.</p><p>Second &amp; last.</p>]]></content:encoded></item>
    </channel></rss>`)
  expect(feed).toMatchObject({
    format: 'rss',
    title: 'News & more',
    homeUrl: 'https://www.example.org/',
    selfUrl: 'https://example.org/rss.xml',
    hubs: ['https://hub.example/'],
    ttlMinutes: 30,
    updateMinutes: 360,
    skipped: [],
  })
  expect(feed.entries[0]).toMatchObject({
    id: 'id-1',
    url: 'https://news.example.co.uk/1',
    outlet: 'example.co.uk',
    title: 'A bold claim',
    text: 'In short.\nFirst.\nSecond & last.',
    author: 'Jane Roe',
    publishedAt: new Date('2025-08-05T17:00:00Z'),
    discussionUrl: 'https://example.org/talk/1',
  })
})

test('RSS 1.0 is read, with entries beside the channel and Dublin Core under any prefix', async () => {
  const feed =
    await read(`<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
      xmlns:core="http://purl.org/dc/elements/1.1/">
    <channel r:about="https://example.org/"><title>Old</title><link>https://example.org/</link>
      <items><r:Seq><r:li resource="https://example.org/1"/></r:Seq></items></channel>
    <item r:about="https://example.org/1"><title>One</title><link>https://example.org/1</link>
      <core:creator>Jane Roe</core:creator><core:date>2004-05-06T07:08:09+02:00</core:date></item></r:RDF>`)
  expect(feed).toMatchObject({ format: 'rdf', title: 'Old' })
  expect(feed.entries[0]).toMatchObject({
    url: 'https://example.org/1',
    author: 'Jane Roe',
    publishedAt: new Date('2004-05-06T05:08:09Z'),
  })
})

test('Atom is read: links by their relation, dates, and authors inherited from the feed', async () => {
  const feed =
    await read(`<a:feed xmlns:a="http://www.w3.org/2005/Atom" xml:base="https://blog.example.org/x/">
    <a:title>Blog</a:title><a:author><a:name>Jane Roe</a:name><a:email>j@example.org</a:email></a:author>
    <a:link rel="self" href="feed.atom"/><a:link href="/"/>
    <a:entry><a:id>urn:1</a:id><a:title type="html">T &amp;lt; U</a:title><a:link rel="enclosure" href="a.mp3"/>
      <a:link rel="alternate" type="text/html" href="1.html"/><a:updated>2025-01-02T00:00:00Z</a:updated>
      <a:published>2025-01-01T00:00:00Z</a:published>
      <a:source><a:title>Elsewhere</a:title><a:id>urn:no</a:id></a:source></a:entry></a:feed>`)
  expect(feed).toMatchObject({
    format: 'atom',
    title: 'Blog',
    homeUrl: 'https://blog.example.org/',
    selfUrl: 'https://blog.example.org/x/feed.atom',
  })
  expect(feed.entries[0]).toMatchObject({
    id: 'urn:1',
    title: 'T < U',
    url: 'https://blog.example.org/x/1.html',
    author: 'Jane Roe',
    publishedAt: new Date('2025-01-01T00:00:00Z'),
    updatedAt: new Date('2025-01-02T00:00:00Z'),
  })
})

test('Atom 0.3 is read, with its modes', async () => {
  const feed = await read(`<feed version="0.3" xmlns="http://purl.org/atom/ns#"><tagline>x</tagline>
    <entry><title mode="escaped" type="text/html">One &lt;b&gt;two&lt;/b&gt;</title><issued>2004-01-01T10:00:00Z</issued>
    <content mode="base64" type="text/html">PHA+cGFja2VkPC9wPg==</content></entry></feed>`)
  expect(feed.entries[0]).toMatchObject({
    title: 'One two',
    text: 'packed',
    publishedAt: new Date('2004-01-01T10:00:00Z'),
  })
})

test('XHTML inside Atom keeps the order of its text and tags', async () => {
  const entry = await readEntry(
    '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">One <b>two</b> three<p>four &lt; five</p></div></content>',
  )
  expect(entry.text).toBe('One two three\nfour < five')
})

test('plain text in Atom is not taken for markup', async () => {
  const entry = await readEntry(
    '<title>if a &lt;b&gt; c</title><summary type="text">Vec&lt;T&gt; &amp;amp; co</summary>',
  )
  expect(entry).toMatchObject({ title: 'if a <b> c', text: 'Vec<T> &amp; co' })
})

test('JSON Feed is read, 1.0 and 1.1, and what is no item in it is skipped', async () => {
  const feed = await read(
    JSON.stringify({
      version: 'https://jsonfeed.org/version/1',
      title: 'JSON',
      home_page_url: 'https://example.org/',
      feed_url: 'https://example.org/feed.json',
      hubs: [
        { type: 'rssCloud', url: 'https://cloud.example/' },
        { type: 'WebSub', url: 'https://hub.example/' },
      ],
      author: { name: 'Jane Roe' },
      items: [
        { id: 7, url: '/1', content_html: '<p>One</p>', date_published: '2025-01-01T00:00:00+01:00' },
        {
          id: '8',
          external_url: 'https://other.example/',
          content_text: 'Two <3',
          authors: [{ name: 'John' }],
        },
        'nonsense',
      ],
    }),
  )
  expect(feed).toMatchObject({
    format: 'json',
    hubs: ['https://hub.example/'],
    selfUrl: 'https://example.org/feed.json',
  })
  expect(feed.skipped).toHaveLength(1)
  expect(feed.entries).toMatchObject([
    { id: '7', url: 'https://example.org/1', text: 'One', author: 'Jane Roe' },
    { id: '8', url: 'https://other.example/', outlet: 'other.example', text: 'Two <3', author: 'John' },
  ])
})

test('a date in the future is stated, not believed', async () => {
  const entry = await readItem('<title>x</title><pubDate>Fri, 01 Jan 2027 00:00:00 GMT</pubDate>')
  expect(entry.publishedAt).toBeNull()
  expect(entry.statedAt?.getTime()).toBeGreaterThan(now.getTime())
})

test('entries fall back to media, iTunes and Dublin Core where the feed has nothing else', async () => {
  const spaces =
    'xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" ' +
    'xmlns:dc="http://purl.org/dc/elements/1.1/"'
  const entry = await readItem(
    '<media:group><media:title>Film</media:title><media:description>About it</media:description></media:group>' +
      '<itunes:author>Jane</itunes:author><dc:date>2020-02-02</dc:date>',
    spaces,
  )
  expect(entry).toMatchObject({ title: 'Film', text: 'About it', author: 'Jane' })
  expect(entry.publishedAt).toEqual(new Date('2020-02-02T00:00:00Z'))
})

test('what only looks like a tag in a headline is kept', async () => {
  expect((await readItem('<title>Vec&lt;T&gt; in &lt;b&gt;Rust&lt;/b&gt;</title>')).title).toBe(
    'Vec<T> in Rust',
  )
})

test('the caption of a picture is not the text of an entry that has one', async () => {
  const media = 'xmlns:media="http://search.yahoo.com/mrss/"'
  const entry = await readItem(
    '<description>News</description><media:description>Photo</media:description>',
    media,
  )
  expect(entry.text).toBe('News')
})

test('a word of a foreign namespace is not taken for one of the feed', async () => {
  const entry = await readItem(
    '<x:title>wrong</x:title><title>right</title><x:description>wrong</x:description>',
    'xmlns:x="http://example.org/my-own-rss-module/"',
  )
  expect(entry).toMatchObject({ title: 'right', text: '' })
})

test('a guid that is a permalink is the link where there is no other', async () => {
  expect((await readItem('<guid>https://a.example/1</guid>')).url).toBe('https://a.example/1')
  expect((await readItem('<guid isPermaLink="false">https://a.example/1</guid>')).url).toBeNull()
  expect((await readItem('<guid>https://a.example/1</guid><link>/2</link>')).url).toBe(
    'https://example.org/2',
  )
})

test('relative links in a file are relative to what the feed says of itself', async () => {
  const body = '<rss><channel><link>https://a.example/x/</link><item><link>1</link></item></channel></rss>'
  const feed = await parseFeed(Buffer.from(body), { url: '', contentType: null, now })
  expect(feed.entries[0]?.url).toBe('https://a.example/x/1')
})

test('links that are no web addresses are not links', async () => {
  const entry = await readItem('<link>javascript:alert(1)</link><title>x</title>')
  expect(entry).toMatchObject({ url: null, outlet: 'example.org' })
})
