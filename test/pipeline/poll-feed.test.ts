import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { Rounds } from '../../src/pipeline/rounds.ts'
import { type StoredFeed } from '../../src/store/feeds.ts'
import { falcon } from '../support/falcon.ts'
import { startFeedServer, type FeedServer } from '../support/feed-server.ts'
import { rss, type TestEntry } from '../support/feed-text.ts'
import { startReceiver, type Receiver } from '../support/receiver.ts'
import { addTestFeed, storedFeed } from '../support/stored-feed.ts'
import { countRows, testConfig, testSystem, type TestSystem } from '../support/system.ts'

const now = new Date()
const item = falcon(new Date(now.getTime() - 30 * 86_400_000))
const promise: TestEntry = {
  id: '1',
  title: 'Acme will release Falcon 3 in June',
  link: 'https://acme.com/news/falcon-3',
  at: new Date(now.getTime() - 3_600_000),
}
const release: TestEntry = {
  id: '2',
  title: 'Acme releases Falcon 3',
  link: 'https://acme.com/news/falcon-3-is-here',
  at: new Date(now.getTime() - 60_000),
}

let system: TestSystem
let server: FeedServer
let receiver: Receiver

beforeAll(async () => {
  server = await startFeedServer()
  receiver = await startReceiver()
})

afterAll(async () => {
  await server.close()
  await receiver.close()
})

beforeEach(async () => {
  receiver.received.length = 0
  const config = await testConfig({
    watchItems: [{ ...item, file: 'test', sinceGiven: true }],
    channels: [
      {
        id: 'hook',
        type: 'webhook',
        group: false,
        url: receiver.url,
        headers: {},
        timeout: 5000,
        secret: undefined,
      },
    ],
  })
  system = await testSystem({ config })
  return () => system.end()
})

function feedOf(path: string): Promise<StoredFeed> {
  return addTestFeed(system, server.url + path, now)
}

function again(id: number): Promise<StoredFeed> {
  return storedFeed(system, id)
}

async function deliverAll(): Promise<void> {
  for (const channel of system.deliveries.channels()) await system.deliveries.drain(channel, () => undefined)
}

async function standing() {
  const [one] = (await system.report(['falcon'])).items
  return { status: one?.status, changes: one?.changes.length }
}

/** Polls all that is due, as the daemon does. */
async function goRound(): Promise<void> {
  const { db, polling } = system
  const rounds = new Rounds({
    ...{ db, polling, concurrency: 1, done: () => undefined },
    logger: pino({ level: 'silent' }),
  })
  await rounds.look()
  await rounds.settled()
  await rounds.stop()
}

test('news that moves a question is recorded with its sentence and told once', async () => {
  server.set('/a', { body: rss([promise]) })
  const polled = await system.pollFeed(await feedOf('/a'))
  expect(polled).toMatchObject({ outcome: 'new', ingested: { newEntries: 1, matches: 1 } })
  expect(await standing()).toEqual({ status: 'announced', changes: 1 })
  await deliverAll()
  await deliverAll()
  expect(receiver.received).toHaveLength(1)
  expect(JSON.stringify(receiver.received[0]?.body)).toContain(promise.title)
})

test('a poll is recorded also where the feeds that its news makes hot cannot be brought forward', async () => {
  await system.db.pool.query(`
    create function refuse() returns trigger language plpgsql as $$ begin
      if current_query() like '%skip locked%' then raise 'not now'; end if; return null; end $$;
    create trigger refuse before update on feed for each statement execute function refuse()`)
  server.set('/hot', { body: rss([promise]) })
  const { id } = await feedOf('/hot')
  await goRound()
  expect(await standing()).toEqual({ status: 'announced', changes: 1 })
  expect(await again(id)).toMatchObject({ failures: 0, lastError: null })
  expect(await countRows(system.db, 'poll')).toBe(1)
})

test('the same feed again changes nothing: not with the same bytes, not with others', async () => {
  server.set('/b', { body: rss([promise]) })
  const feed = await feedOf('/b')
  await system.pollFeed(feed)
  expect((await system.pollFeed(await again(feed.id))).outcome).toBe('unchanged')
  server.set('/b', { body: rss([promise], 'Another title') })
  const third = await system.pollFeed(await again(feed.id))
  expect(third).toMatchObject({ outcome: 'new', ingested: { newEntries: 0, newRevisions: 0, changes: [] } })
  expect(await standing()).toEqual({ status: 'announced', changes: 1 })
  expect(await countRows(system.db, 'alert')).toBe(1)
})

test('the server is asked with its own validators, and 304 leaves everything as it is', async () => {
  server.set('/c', { body: rss([promise]), etag: 'W/"odd one"' })
  const feed = await feedOf('/c')
  await system.pollFeed(feed)
  server.requests.length = 0
  const polled = await system.pollFeed(await again(feed.id))
  expect(polled.outcome).toBe('unchanged')
  expect(server.requests[0]?.headers['if-none-match']).toBe('W/"odd one"')
})

test('an edited entry becomes a revision and is judged again', async () => {
  server.set('/d', {
    body: rss([{ ...promise, title: 'Acme shows a rocket', text: 'Falcon 3 was on stage.' }]),
  })
  const feed = await feedOf('/d')
  await system.pollFeed(feed)
  expect(await standing()).toMatchObject({ status: 'open' })
  server.set('/d', { body: rss([promise]) })
  const polled = await system.pollFeed(await again(feed.id))
  expect(polled.ingested).toMatchObject({ newEntries: 0, newRevisions: 1 })
  expect(await standing()).toMatchObject({ status: 'announced' })
})

test('two polls of one feed at once store each entry once', async () => {
  server.set('/e', { body: rss([promise, release]) })
  const feed = await feedOf('/e')
  const other = await system.sibling()
  await Promise.all([
    system.pollFeed(feed),
    other.pollFeed(feed),
    system.pollFeed(feed),
    other.pollFeed(feed),
  ])
  expect(await countRows(system.db, 'entry')).toBe(2)
  expect(await standing()).toEqual({ status: 'happened', changes: 2 })
  expect(await countRows(system.db, 'alert')).toBe(2)
})

test('one story in eight feeds at once, judged by two workers, is one status change', async () => {
  const other = await system.sibling()
  const feeds: StoredFeed[] = []
  for (let n = 0; n < 8; n++) {
    server.set(`/f${n}`, { body: rss([{ ...release, id: `f${n}` }]) })
    feeds.push(await feedOf(`/f${n}`))
  }
  await Promise.all(feeds.map((feed, n) => (n % 2 === 0 ? system : other).pollFeed(feed)))
  expect(await countRows(system.db, 'match')).toBe(8)
  expect(await standing()).toEqual({ status: 'happened', changes: 1 })
  expect(await countRows(system.db, 'delivery')).toBe(1)
})

test("a new feed's old entries are judged in silence", async () => {
  const old = { ...promise, at: new Date(now.getTime() - 20 * 86_400_000) }
  server.set('/g', { body: rss([old]) })
  await system.pollFeed(await feedOf('/g'))
  expect(await standing()).toEqual({ status: 'announced', changes: 1 })
  expect(await countRows(system.db, 'alert')).toBe(0)
})

test.each([
  ['/not-there', {}, 'refused', '404'],
  ['/page', { body: '<html><body>no feed here</body></html>' }, 'not-a-feed', 'feed'],
  ['/down', { status: 503, headers: { 'retry-after': '7200' } }, 'refused', '503'],
])('a feed that fails (%s) says why and is tried again later', async (path, answer, outcome, words) => {
  if (Object.keys(answer).length > 0) server.set(path, answer)
  const feed = await feedOf(path)
  const polled = await system.pollFeed(feed)
  expect(polled.outcome).toBe(outcome)
  expect(polled.reason).toContain(words)
  const after = await again(feed.id)
  expect(after).toMatchObject({ failures: 1, state: 'active', lastOkAt: null })
  expect(after.nextPollAt?.getTime()).toBeGreaterThan(Date.now() + 60_000)
  const report = await system.report()
  expect(report.feeds).toMatchObject({ failing: 1, healthy: 0, total: 1 })
})

test('a feed that is gone for good is retired, visibly', async () => {
  server.set('/gone', { status: 410 })
  const feed = await feedOf('/gone')
  await system.pollFeed(feed)
  expect(await again(feed.id)).toMatchObject({ state: 'retired', nextPollAt: null })
})

test('a feed that recovers is healthy again and its error forgotten', async () => {
  const feed = await feedOf('/recovers')
  await system.pollFeed(feed)
  server.set('/recovers', { body: rss([promise]) })
  await system.pollFeed(await again(feed.id))
  expect(await again(feed.id)).toMatchObject({ failures: 0, failingSince: null, lastError: null })
})

test('the feed of a maker on a hosting site speaks for the outlet that is configured', async () => {
  server.set('/releases', { body: rss([{ ...release, link: 'https://github.com/acme/falcon/releases/3' }]) })
  const feed = await feedOf('/releases')
  await system.pollFeed({ ...feed, outlet: null })
  const { rows } = await system.db.pool.query('select outlet from entry')
  expect(rows).toEqual([{ outlet: 'github.com' }])
})

test('text that Postgres cannot hold is stored without what it cannot hold', async () => {
  server.set('/nul', {
    body: JSON.stringify(jsonFeed('Falcon 3\u0000 \ud800 is late')),
    headers: { 'content-type': 'application/feed+json' },
  })
  const polled = await system.pollFeed(await feedOf('/nul'))
  expect(polled.ingested?.newEntries).toBe(1)
})

function jsonFeed(title: string) {
  return {
    version: 'https://jsonfeed.org/version/1.1',
    title: 'Test',
    items: [{ id: 'x\u0000', title, url: 'https://example.org/x' }],
  }
}
