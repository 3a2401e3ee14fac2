import { afterEach, beforeEach, expect, test } from 'vitest'
import { publicServices } from '../../src/config/schema/services.ts'
import { discover, feedLinks, likelyFeedUrls, mainLinks } from '../../src/feeds/discover.ts'
import { createFetcher, type Fetcher } from '../../src/feeds/fetch.ts'
import { startFeedServer, type FeedServer } from '../support/feed-server.ts'
import { smallFeed } from '../support/misbehaving-server.ts'
import { now } from './read.ts'

let server: FeedServer
let fetcher: Fetcher

beforeEach(async () => {
  server = await startFeedServer()
  fetcher = createFetcher({
    timeouts: { connectMs: 1000, headersMs: 1000, bodyMs: 1000 },
    maxBodyBytes: 1_000_000,
    userAgent: 'test',
    allowPrivateHosts: ['127.0.0.1'],
  })
})

afterEach(async () => {
  await fetcher.close()
  await server.close()
})

test('the feeds that a page announces come first, those in its text after them, comments last', () => {
  const html = `<head><base href="https://b.example/blog/">
    <link rel="alternate" type="application/rss+xml" title="Comments" href="comments/feed/">
    <link rel="alternate" type="application/atom+xml" title="All &amp; more" href="atom.xml">
    <link rel="stylesheet" href="x.css"></head><a href="/news/rss.xml">RSS</a><a href="/about">About</a>`
  expect(feedLinks(html, 'https://a.example/')).toEqual([
    { url: 'https://b.example/blog/atom.xml', title: 'All & more', how: 'link' },
    { url: 'https://b.example/news/rss.xml', title: null, how: 'anchor' },
    { url: 'https://b.example/blog/comments/feed/', title: 'Comments', how: 'link' },
  ])
})

test('an alternate in plain XML is a feed, a description for embedding the page is none', () => {
  const html = `<link rel="alternate" type="text/xml" title="RSS" href="/odd">
    <link rel="alternate" type="text/xml+oembed" href="/embed"><link rel="alternate" hreflang="de" href="/de">`
  expect(feedLinks(html, 'https://a.example/').map(({ url }) => url)).toEqual(['https://a.example/odd'])
})

test('of a page that announces its news, its comments and links to other feeds, the news are meant', () => {
  const link = (url: string, how: 'link' | 'anchor', title: string | null = null) => ({ url, title, how })
  const news = link('https://a.example/atom.xml', 'link')
  const comments = link('https://a.example/feed/2', 'link', 'Comments on A')
  const other = link('https://b.example/rss.xml', 'anchor')
  expect(mainLinks([news, other, comments])).toEqual([news])
  expect(mainLinks([other, comments])).toEqual([other])
  expect(mainLinks([comments])).toEqual([comments])
})

test('the usual places are under the page and under the site', () => {
  const urls = likelyFeedUrls('https://a.example/blog/post.html')
  expect(urls).toContain('https://a.example/blog/feed')
  expect(urls).toContain('https://a.example/feed.xml')
})

test('an address of a feed is that feed', async () => {
  server.set('/x', { body: smallFeed })
  expect(await discover(`${server.url}/x`, fetcher, publicServices, now)).toMatchObject({
    kind: 'feed',
    url: `${server.url}/x`,
  })
})

test('a page leads to the feed in its head', async () => {
  server.set('/', { body: '<html><link rel="alternate" type="application/rss+xml" href="/y"></html>' })
  expect(await discover(server.url, fetcher, publicServices, now)).toMatchObject({
    kind: 'page',
    links: [{ url: `${server.url}/y` }],
  })
})

test('a page that names no feed is tried for one in the usual places', async () => {
  server.set('/', { body: '<html>Hello</html>' })
  server.set('/feed.xml', { body: smallFeed })
  expect(await discover(server.url, fetcher, publicServices, now)).toEqual({
    kind: 'page',
    url: server.url,
    links: [{ url: `${server.url}/feed.xml`, title: 'Small', how: 'known-path' }],
  })
})

test('a link that looks like a feed and leads to a page does not keep the usual places from being tried', async () => {
  server.set('/', { body: '<html><a href="/rss">Our feeds</a></html>' })
  server.set('/rss', { body: '<html>All our feeds</html>' })
  server.set('/atom.xml', { body: smallFeed })
  expect(await discover(server.url, fetcher, publicServices, now)).toMatchObject({
    kind: 'page',
    links: [{ url: `${server.url}/atom.xml` }],
  })
})

test('of an address that is over the secrets are masked', async () => {
  server.set('/over', { status: 410 })
  const pasted = `${server.url.replace('://', '://me:hush@')}/over`
  const found = await discover(pasted, fetcher, publicServices, now)
  expect(found).toMatchObject({ kind: 'unreachable', reason: expect.stringContaining('410') as string })
  expect(found).not.toMatchObject({ reason: expect.stringContaining('hush') as string })
})

test('a page without any feed is said to have none', async () => {
  server.set('/', { body: '<html>Hello</html>' })
  expect(await discover(server.url, fetcher, publicServices, now)).toMatchObject({ kind: 'nothing' })
})

test('a host that does not answer is not asked for every usual place', async () => {
  server.set('/', { body: '<html>Hello</html>' })
  server.set('/feed', { status: 429 })
  expect(await discover(server.url, fetcher, publicServices, now)).toMatchObject({ kind: 'nothing' })
  expect(server.requests.map((request) => request.path)).toEqual(['/', '/feed'])
})

test('an address that answers nothing is told from one without a feed', async () => {
  expect(await discover(`${server.url}/none`, fetcher, publicServices, now)).toMatchObject({
    kind: 'unreachable',
    reason: expect.stringContaining('404') as string,
  })
})
