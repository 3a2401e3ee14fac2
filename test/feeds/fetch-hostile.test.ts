import { afterEach, beforeEach, expect, test } from 'vitest'
import { createFetcher, type Fetcher } from '../../src/feeds/fetch.ts'
import { parseFeed } from '../../src/feeds/parse.ts'
import { smallFeed, startMisbehavingServer, type MisbehavingServer } from '../support/misbehaving-server.ts'

const nothing = { etag: null, lastModified: null }
const some = { etag: '"known"', lastModified: null }
let server: MisbehavingServer
let fetcher: Fetcher

beforeEach(async () => {
  server = await startMisbehavingServer()
  fetcher = createFetcher({
    timeouts: { connectMs: 300, headersMs: 300, bodyMs: 300 },
    maxBodyBytes: 1_000_000,
    userAgent: 'test',
    allowPrivateHosts: ['127.0.0.1'],
  })
})

afterEach(async () => {
  await fetcher.close()
  await server.close()
})

test.each([
  ['/slow-headers', 'timeout'],
  ['/slow-body', 'timeout'],
  ['/endless', 'too-large'],
  ['/announced-large', 'too-large'],
  ['/wrong-length', 'connect'],
  ['/cut', 'connect'],
  ['/not-http', 'broken-answer'],
  ['/large-headers', 'broken-answer'],
])('%s fails as %s and its connection is closed', async (path, code) => {
  const began = Date.now()
  const outcome = await fetcher.fetch(server.url + path, nothing)
  expect(outcome).toMatchObject({ kind: 'failed', code })
  expect(Date.now() - began).toBeLessThan(10_000)
  await expect.poll(() => server.openSockets()).toBe(0)
})

test.each([
  ['/gzip-bomb', 'too-large'],
  ['/gzip-garbage', 'broken-answer'],
  ['/zstd', 'broken-answer'],
  ['/loop', 'redirects'],
  ['/to-file', 'redirects'],
  ['/to-nowhere', 'redirects'],
  ['/to-private', 'forbidden-address'],
  ['/to-metadata', 'forbidden-address'],
])('%s fails as %s', async (path, code) => {
  expect(await fetcher.fetch(server.url + path, nothing)).toMatchObject({ kind: 'failed', code })
})

test.each([
  ['/announced-large', 'is larger than 1 MB'],
  ['/gzip-bomb', 'unpacks to more than 5 MB'],
])('%s names the size and the setting that allows more', async (path, size) => {
  const outcome = await fetcher.fetch(server.url + path, nothing)
  if (outcome.kind !== 'failed') throw new Error(JSON.stringify(outcome))
  expect(outcome.reason).toContain(`${size}; if it really is a feed, raise polling.maxBody in openwatch.yaml`)
})

test.each(['/gzip', '/brotli', '/deflate', '/deflate-raw', '/gzip-lie'])('%s is unpacked', async (path) => {
  const outcome = await fetcher.fetch(server.url + path, nothing)
  if (outcome.kind !== 'fetched') throw new Error(JSON.stringify(outcome))
  expect(Buffer.from(outcome.body).toString()).toBe(smallFeed)
})

test('what arrived of a packed body that was cut short is kept, and what is in it is read', async () => {
  const outcome = await fetcher.fetch(`${server.url}/gzip-half`, nothing)
  if (outcome.kind !== 'fetched') throw new Error(JSON.stringify(outcome))
  const feed = await parseFeed(outcome.body, { url: outcome.url, contentType: null, now: new Date() })
  expect(feed.title).toBe('Small')
})

test('a feed has moved when permanent redirects lead to it, and not when a temporary one is among them', async () => {
  expect(await fetcher.fetch(`${server.url}/hop1`, nothing)).toMatchObject({ movedTo: `${server.url}/feed` })
  expect(await fetcher.fetch(`${server.url}/hop-mixed`, nothing)).toMatchObject({
    kind: 'fetched',
    url: `${server.url}/feed`,
    movedTo: null,
  })
})

test('410 says that a feed is over', async () => {
  expect(await fetcher.fetch(`${server.url}/gone`, nothing)).toEqual({ kind: 'gone' })
})

test('429 and 503 bring how long to wait, in seconds or as a date', async () => {
  expect(await fetcher.fetch(`${server.url}/429`, nothing)).toMatchObject({
    status: 429,
    retryAfterMs: 120_000,
  })
  const later = await fetcher.fetch(`${server.url}/503-date`, nothing)
  expect(later.kind === 'refused' && later.retryAfterMs).toBeGreaterThan(50_000)
})

test('304 is an answer only to who asked for changes', async () => {
  expect(await fetcher.fetch(`${server.url}/304`, some)).toMatchObject({ kind: 'unchanged', etag: '"known"' })
  expect(await fetcher.fetch(`${server.url}/304`, nothing)).toMatchObject({ kind: 'refused', status: 304 })
})

test('a redirect without an address is refused', async () => {
  expect(await fetcher.fetch(`${server.url}/no-location`, nothing)).toMatchObject({
    kind: 'refused',
    status: 301,
  })
})

test('a validator that changes with the same body is taken as it comes', async () => {
  const first = await fetcher.fetch(`${server.url}/new-etag`, nothing)
  const second = await fetcher.fetch(`${server.url}/new-etag`, nothing)
  if (first.kind !== 'fetched' || second.kind !== 'fetched') throw new Error('not fetched')
  expect(second.etag).not.toBe(first.etag)
  expect(Buffer.from(second.body).equals(first.body)).toBe(true)
})

test('cookies are not kept', async () => {
  await fetcher.fetch(`${server.url}/cookies`, nothing)
  await fetcher.fetch(`${server.url}/cookies`, nothing)
  expect(server.seen.map((request) => request.headers.cookie)).toEqual([undefined, undefined])
})

test('a web page in place of a feed is told apart from a broken feed', async () => {
  const outcome = await fetcher.fetch(`${server.url}/html`, nothing)
  if (outcome.kind !== 'fetched') throw new Error(outcome.kind)
  const context = { url: outcome.url, contentType: outcome.contentType, now: new Date() }
  await expect(parseFeed(outcome.body, context)).rejects.toMatchObject({ code: 'html-page' })
})
