import { afterEach, beforeEach, expect, test } from 'vitest'
import { createFetcher, type Fetcher } from '../../src/feeds/fetch.ts'
import { startFeedServer, type FeedServer } from '../support/feed-server.ts'

const nothing = { etag: null, lastModified: null }
let server: FeedServer
let other: FeedServer
let fetcher: Fetcher

beforeEach(async () => {
  server = await startFeedServer()
  other = await startFeedServer()
  fetcher = createFetcher({
    timeouts: { connectMs: 1000, headersMs: 1000, bodyMs: 1000 },
    maxBodyBytes: 1_000_000,
    userAgent: 'openwatch-test (+https://example.org)',
    allowPrivateHosts: ['127.0.0.1', 'localhost'],
  })
})

afterEach(async () => {
  await fetcher.close()
  await server.close()
  await other.close()
})

test('a feed that has not changed is answered by 304 when its validators are sent back as they came', async () => {
  server.set('/feed', { body: '<rss/>', etag: 'W/"odd one"', lastModified: 'yesterday, about noon' })
  const first = await fetcher.fetch(`${server.url}/feed`, nothing)
  if (first.kind !== 'fetched') throw new Error(first.kind)
  const second = await fetcher.fetch(`${server.url}/feed`, first)
  expect(second).toMatchObject({
    kind: 'unchanged',
    etag: 'W/"odd one"',
    lastModified: 'yesterday, about noon',
  })
  expect(server.requests[1]?.headers).toMatchObject({
    'if-none-match': 'W/"odd one"',
    'if-modified-since': 'yesterday, about noon',
  })
})

test('a fetch tells who asks, and brings body, type, size and how long the answer keeps', async () => {
  server.set('/feed', {
    body: '<rss/>',
    headers: { 'content-type': 'text/xml', 'cache-control': 'max-age=600' },
  })
  const outcome = await fetcher.fetch(`${server.url}/feed#part`, nothing)
  expect(outcome).toMatchObject({
    kind: 'fetched',
    contentType: 'text/xml',
    bytes: 6,
    url: `${server.url}/feed`,
    movedTo: null,
    cache: { maxAgeMs: 600_000 },
  })
  expect(server.requests[0]?.headers['user-agent']).toBe('openwatch-test (+https://example.org)')
})

test('user and password of a feed address are sent as Basic, and shown in no outcome', async () => {
  server.set('/feed', (request) => ({ status: request.headers.authorization === undefined ? 401 : 500 }))
  const outcome = await fetcher.fetch(`${server.url.replace('//', '//jane:s3cret%21@')}/feed`, nothing)
  expect(outcome).toMatchObject({ kind: 'refused', status: 500 })
  expect(server.requests[0]?.headers.authorization).toBe(
    `Basic ${Buffer.from('jane:s3cret!').toString('base64')}`,
  )
  expect(JSON.stringify(outcome)).not.toMatch(/s3cret|jane/)
})

test('user and password stay behind when a redirect leads to another host, also when it leads back', async () => {
  server.set('/start', { status: 302, headers: { location: `${other.url}/away` } })
  other.set('/away', { status: 302, headers: { location: `${server.url}/feed` } })
  server.set('/feed', { body: '<rss/>' })
  await fetcher.fetch(`${server.url.replace('//', '//jane:s3cret@')}/start`, nothing)
  expect(server.requests[0]?.headers.authorization).toBeDefined()
  expect(other.requests[0]?.headers.authorization).toBeUndefined()
  expect(server.requests[1]?.headers.authorization).toBeUndefined()
})

test('user and password are kept on the way within one host, and in the address it moved to', async () => {
  server.set('/old', { status: 301, headers: { location: '/new' } })
  server.set('/new', { body: '<rss/>' })
  const outcome = await fetcher.fetch(`${server.url.replace('//', '//jane:s3cret@')}/old`, nothing)
  expect(server.requests[1]?.headers.authorization).toBeDefined()
  expect(outcome).toMatchObject({
    kind: 'fetched',
    url: `${server.url}/new`,
    movedTo: `${server.url.replace('//', '//jane:s3cret@')}/new`,
  })
})

test('user and password that a server puts into a redirect are not used', async () => {
  server.set('/old', { status: 302, headers: { location: `${other.url.replace('//', '//evil:evil@')}/new` } })
  await fetcher.fetch(`${server.url}/old`, nothing)
  expect(other.requests[0]?.headers.authorization).toBeUndefined()
})

test('a redirect to an address in letters of its own is followed', async () => {
  // as bytes of UTF-8 on the wire
  const location = Buffer.from('/новости', 'utf8').toString('latin1')
  server.set('/old', { status: 301, headers: { location } })
  server.set(encodeURI('/новости'), { body: '<rss/>' })
  expect(await fetcher.fetch(`${server.url}/old`, nothing)).toMatchObject({
    kind: 'fetched',
    movedTo: server.url + encodeURI('/новости'),
  })
})

test('where a redirect leads that is longer than a database can look for is read, and not taken for a new address', async () => {
  const path = `/${'long'.repeat(600)}`
  server.set('/old', { status: 301, headers: { location: path } })
  server.set(path, { body: '<rss/>' })
  expect(await fetcher.fetch(`${server.url}/old`, nothing)).toMatchObject({
    kind: 'fetched',
    url: server.url + path,
    movedTo: null,
  })
})

test.each(['utf-8', 'none', 'deflate', 'br', 'zstd'])(
  'an answer that is said to be packed as %s and is not is read as it is',
  async (coding) => {
    server.set('/plain', { body: ' <rss/>', headers: { 'content-encoding': coding } })
    const outcome = await fetcher.fetch(`${server.url}/plain`, nothing)
    expect(outcome).toMatchObject({ kind: 'fetched', body: Buffer.from(' <rss/>') })
  },
)

test('an answer that is packed in a way that was not asked for is said to be', async () => {
  const body = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 1])
  server.set('/zstd', { body, headers: { 'content-encoding': 'zstd' } })
  expect(await fetcher.fetch(`${server.url}/zstd`, nothing)).toMatchObject({
    kind: 'failed',
    reason: expect.stringContaining('packed as "zstd", which was not asked for') as string,
  })
})

test('relative links of a feed are relative to its Content-Location, unless that is no web address', async () => {
  server.set('/good', { body: 'x', headers: { 'content-location': '/feeds/real.xml' } })
  server.set('/bad', { body: 'x', headers: { 'content-location': 'javascript:alert(1)' } })
  expect(await fetcher.fetch(`${server.url}/good`, nothing)).toMatchObject({
    base: `${server.url}/feeds/real.xml`,
  })
  expect(await fetcher.fetch(`${server.url}/bad`, nothing)).toMatchObject({ base: `${server.url}/bad` })
})

test.each([
  ['ftp://example.org/feed', 'bad-url'],
  ['file:///etc/passwd', 'bad-url'],
  ['no address at all', 'bad-url'],
  ['http://no-such-host.invalid/feed', 'dns'],
  ['http://127.0.0.1:1/feed', 'connect'],
])('%s fails as %s, with a reason for people', async (url, code) => {
  const outcome = await fetcher.fetch(url, nothing)
  expect(outcome).toMatchObject({ kind: 'failed', code })
  expect(outcome.kind === 'failed' && outcome.reason.length).toBeGreaterThan(20)
})

test('a fetch that is called off ends at once', async () => {
  server.set('/slow', { body: 'x', delayMs: 20_000 })
  const began = Date.now()
  const outcome = await fetcher.fetch(`${server.url}/slow`, nothing, AbortSignal.timeout(30))
  expect(outcome).toMatchObject({ kind: 'failed', code: 'aborted' })
  expect(Date.now() - began).toBeLessThan(10_000)
})
