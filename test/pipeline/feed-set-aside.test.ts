import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { changeFeed } from '../../src/pipeline/change-feed.ts'
import { pollFault } from '../../src/pipeline/poll-fault.ts'
import type { StoredFeed } from '../../src/store/feeds.ts'
import { startFeedServer, type FeedServer } from '../support/feed-server.ts'
import { rss } from '../support/feed-text.ts'
import { addTestFeed, storedFeed } from '../support/stored-feed.ts'
import { testConfig, testSystem, type TestSystem } from '../support/system.ts'

const now = new Date('2026-05-01T12:00:00Z')
let system: TestSystem
let server: FeedServer

beforeAll(async () => {
  server = await startFeedServer()
})

afterAll(() => server.close())

beforeEach(async () => {
  system = await testSystem({ config: await testConfig({ watchItems: [] }), clock: { now: () => now } })
  return () => system.end()
})

/** Polls a feed which answers so, and has it paused or removed before the answer is written down. */
async function polledWhile(
  change: 'pause' | 'remove',
  answer: Parameters<FeedServer['set']>[1],
): Promise<StoredFeed> {
  server.set('/feed', answer)
  const feed = await addTestFeed(system, `${server.url}/feed`, now)
  expect(await changeFeed(String(feed.id), change, system)).toMatchObject({ kind: 'done' })
  await system.pollFeed(feed)
  return storedFeed(system, feed.id)
}

test.each([
  ['brings news', { body: rss([{ id: '1', title: 'Rain' }]) }],
  ['fails', { status: 500 }],
])('a feed that is paused while a poll of it %s is not due again', async (_, answer) => {
  expect(await polledWhile('pause', answer)).toMatchObject({ state: 'paused', nextPollAt: null })
})

test('a feed that was removed stays so, and not as one that its publisher has ended, so that it can be brought back', async () => {
  const removed = { state: 'retired', retiredReason: 'removed', nextPollAt: null }
  expect(await polledWhile('remove', { status: 410 })).toMatchObject(removed)
  expect(await addTestFeed(system, `${server.url}/feed`, now)).toMatchObject({ state: 'active' })
})

test('a feed that was paused is not due again by a fault of ours while it was asked', async () => {
  const { id } = await addTestFeed(system, `${server.url}/feed`, now)
  await changeFeed(String(id), 'pause', system)
  await pollFault(system.db, { id }, { error: new Error('no such thing'), now })
  expect(await storedFeed(system, id)).toMatchObject({ state: 'paused', nextPollAt: null, lastError: null })
})
