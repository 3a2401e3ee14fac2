import { afterEach, beforeEach, expect, test } from 'vitest'
import { createFetcher, type Fetcher } from '../../src/feeds/fetch.ts'
import { startFeedServer, type FeedServer } from '../support/feed-server.ts'

const nothing = { etag: null, lastModified: null }
let server: FeedServer
let fetcher: Fetcher

beforeEach(async () => {
  server = await startFeedServer()
  fetcher = createFetcher({
    timeouts: { connectMs: 1000, headersMs: 1000, bodyMs: 1000 },
    maxBodyBytes: 1_000_000,
    userAgent: 'openwatch-test',
    allowPrivateHosts: ['127.0.0.1'],
  })
})

afterEach(async () => {
  await fetcher.close()
  await server.close()
})

test('a feed that has not changed is answered by 304 when its ETag is sent back', async () => {
  server.set('/feed', { body: '<rss/>', etag: 'W/"odd one"' })
  const first = await fetcher.fetch(`${server.url}/feed`, nothing)
  if (first.kind !== 'fetched') throw new Error(first.kind)
  const second = await fetcher.fetch(`${server.url}/feed`, first)
  expect(second.kind).toBe('unchanged')
  expect(server.requests[1]?.headers['if-none-match']).toBe('W/"odd one"')
})
