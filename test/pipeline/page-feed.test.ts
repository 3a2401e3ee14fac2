import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Polled } from '../../src/pipeline/record-polls.ts'
import { setSelector } from '../../src/store/feed-selector.ts'
import { pauseFeed, resumeFeed } from '../../src/store/feed-state.ts'
import { findFeed, putFeed, type StoredFeed } from '../../src/store/feeds.ts'
import { startFeedServer, type FeedServer } from '../support/feed-server.ts'
import { countRows, testConfig, testSystem, type TestSystem } from '../support/system.ts'
import { takeDue } from '../support/take-due.ts'

const now = new Date()
let system: TestSystem
let server: FeedServer
let id: number

beforeAll(async () => {
  server = await startFeedServer()
})

afterAll(() => server.close())

const page = (...posts: string[]) =>
  `<title>News</title><main>${posts.map((post) => `<p class="post"><a href="/${post}">${post}</a></p>`).join('')}</main><a href="/about">About</a>`

beforeEach(async () => {
  system = await testSystem({ config: await testConfig({}) })
  server.set('/news', { body: page('one', 'two'), headers: { 'content-type': 'text/html' } })
  id = await putFeed(
    system.db.pool,
    { url: `${server.url}/news`, title: null, homeUrl: null, outlet: null, topic: null, everyMs: null },
    { origin: 'user', now },
  )
  await setSelector(system.db.pool, id, '.post a', now)
  return () => system.end()
})

async function feed(): Promise<StoredFeed> {
  const found = await findFeed(system.db, id)
  if (found === null) throw new Error('the feed is gone')
  return found
}

async function poll(): Promise<Polled> {
  return system.pollFeed(await feed())
}

test('a page is polled like a feed: what is new on it is a new entry, what stays is none', async () => {
  expect((await poll()).ingested?.newEntries).toBe(2)
  server.set('/news', { body: page('three', 'one', 'two') })
  expect((await poll()).ingested?.newEntries).toBe(1)
  expect((await poll()).outcome).toBe('unchanged')
  expect(await countRows(system.db, 'entry')).toBe(3)
})

test('a page on which the selector matches nothing any more is failing, with the reason in words', async () => {
  await poll()
  server.set('/news', { body: '<main>All new!</main>' })
  expect(await poll()).toMatchObject({ outcome: 'not-a-feed' })
  expect(await feed()).toMatchObject({
    failures: 1,
    lastError: expect.stringContaining('matches the selector .post a') as string,
  })
})

test('another selector reads the same page anew, the same one leaves it alone', async () => {
  await poll()
  await setSelector(system.db.pool, id, '.post a', now)
  expect((await poll()).outcome).toBe('unchanged')
  await setSelector(system.db.pool, id, 'a', now)
  expect((await poll()).ingested?.newEntries).toBe(1)
})

test('a page that is given another selector while it is asked is read with that one', async () => {
  server.set('/news', { body: page('one', 'two'), headers: { 'content-type': 'text/html', etag: '"1"' } })
  const asked = await feed()
  await setSelector(system.db.pool, id, '[href="/about"]', now)
  expect(await system.pollFeed(asked)).toMatchObject({ outcome: 'interrupted', ingested: null })
  expect(await feed()).toMatchObject({ selector: '[href="/about"]', etag: null, lastPollAt: null })
  expect((await poll()).ingested?.newEntries).toBe(1)
})

test('a paused feed is not due, a resumed one is at once', async () => {
  const due = async () => {
    const taken = await takeDue(system.db, new Date())
    await taken.giveBack()
    return [...taken.byHost.values()].flat().map((one) => one.id)
  }
  await pauseFeed(system.db.pool, id)
  expect(await due()).toEqual([])
  await resumeFeed(system.db.pool, id, now)
  expect(await due()).toEqual([id])
})
