import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createFetcher } from '../../src/feeds/fetch.ts'
import { hostTurn, type HostTurn } from '../../src/pipeline/host-turn.ts'
import { type StoredFeed } from '../../src/store/feeds.ts'
import { giveHostBack, hostOf, takeHost } from '../../src/store/hosts.ts'
import { insertPolls, prunePolls } from '../../src/store/poll-log.ts'
import { startFeedServer, type FeedServer } from '../support/feed-server.ts'
import { rss } from '../support/feed-text.ts'
import { takeDue, type TakenFeeds } from '../support/take-due.ts'
import { addTestFeed, storedFeed } from '../support/stored-feed.ts'
import { countRows, testConfig, testSystem, type TestSystem } from '../support/system.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const begin = new Date('2026-05-01T12:00:00Z')

let system: TestSystem
let server: FeedServer
let now: Date

beforeAll(async () => {
  server = await startFeedServer()
})

afterAll(() => server.close())

beforeEach(async () => {
  now = begin
  server.requests.length = 0
  system = await testSystem({ config: await testConfig(), clock: { now: () => now } })
  return async () => {
    for (const other of others.splice(0)) await other.giveBack()
    await system.end()
  }
})

function feedOf(path: string): Promise<StoredFeed> {
  const url = path.startsWith('http') ? path : server.url + path
  return addTestFeed(system, url, now)
}

function again(id: number): Promise<StoredFeed> {
  return storedFeed(system, id)
}

function later(ms: number): Date {
  return (now = new Date(now.getTime() + ms))
}

const others: TakenFeeds[] = []

/** Takes what is due at this moment, as another process would; it keeps it until the end of the test. */
async function takenByAnother(): Promise<TakenFeeds['byHost']> {
  const taken = await takeDue(system.db, now)
  others.push(taken)
  return taken.byHost
}

describe('a host that answers 429 or 503', () => {
  test.each([429, 503])('(%s) holds all its feeds until Retry-After, in every process', async (status) => {
    server.set('/limited', { status, headers: { 'retry-after': '7200' } })
    server.set('/fine', { body: rss([]) })
    const limited = await feedOf('/limited')
    const fine = await feedOf('/fine')
    const elsewhere = await feedOf('https://elsewhere.example/feed')
    await system.pollFeed(limited)
    const other = await system.sibling()
    later(119 * minute)
    expect(await other.pollFeed(fine)).toMatchObject({ outcome: 'held', ingested: null })
    expect(server.requests).toHaveLength(1)
    expect([...(await takenByAnother()).keys()]).toEqual([elsewhere.host])
    expect((await system.report()).feeds.failures[0]?.nextTry).toEqual(new Date(begin.getTime() + 2 * hour))
    later(2 * minute)
    expect(await other.pollFeed(fine)).toMatchObject({ outcome: 'new' })
  })

  test('without saying for how long is left alone for longer each time, and asked as before once it answers', async () => {
    let status = 429
    server.set('/limited', () => (status === 200 ? { body: rss([]) } : { status }))
    const feed = await feedOf('/limited')
    const waits = []
    for (let n = 0; n < 4; n++) {
      await system.pollFeed(await again(feed.id))
      const { nextPollAt } = await system.pollFeed(await again(feed.id))
      waits.push(((nextPollAt?.getTime() ?? 0) - now.getTime()) / minute)
      later(day)
    }
    expect(waits).toEqual([5, 10, 20, 40])
    status = 200
    await system.pollFeed(await again(feed.id))
    status = 429
    await system.pollFeed(await again(feed.id))
    expect((await system.pollFeed(await again(feed.id))).nextPollAt).toEqual(
      new Date(now.getTime() + 5 * minute),
    )
  })

  test('404 holds nobody else', async () => {
    server.set('/fine', { body: rss([]) })
    await system.pollFeed(await feedOf('/no-such-feed'))
    expect(await system.pollFeed(await feedOf('/fine'))).toMatchObject({ outcome: 'new' })
  })
})

describe('one request at a time to a host', () => {
  const turn = (gapMs: number, patienceMs = 0): Promise<HostTurn> =>
    hostTurn('a.example', { db: system.db, now, hostGapMs: () => gapMs, patienceMs })

  test('the due feeds of a host are taken together, by one process', async () => {
    const paths = ['https://a.example/1', 'https://a.example/2', 'https://user:secret@b.example:8443/feed']
    for (const path of paths) await feedOf(path)
    const taken = [...(await takenByAnother())].map(([host, feeds]) => [host, feeds.map(({ url }) => url)])
    expect(taken).toEqual([
      ['a.example', paths.slice(0, 2)],
      ['b.example:8443', paths.slice(2)],
    ])
    expect((await takenByAnother()).size).toBe(0)
    await others[0]?.giveBack()
    expect((await takenByAnother()).size).toBe(2)
  })

  test('a host that is asked by hand is not taken, and one that is taken is not asked by hand', async () => {
    await feedOf('https://a.example/1')
    const byHand = await turn(0)
    if (byHand.kind !== 'free') throw new Error(byHand.kind)
    expect((await takenByAnother()).size).toBe(0)
    await byHand.giveBack()
    expect((await takenByAnother()).size).toBe(1)
    expect(await turn(0)).toEqual({ kind: 'busy' })
  })

  test('of many that want it at once, one has it', async () => {
    const turns = await Promise.all(Array.from({ length: 8 }, () => turn(0)))
    expect(turns.map((one) => one.kind).toSorted()).toEqual([...Array<string>(7).fill('busy'), 'free'])
  })

  test('who waits has it when it is given back, after the gap', async () => {
    const first = await turn(400)
    if (first.kind !== 'free') throw new Error(first.kind)
    await first.giveBack()
    const gaveBack = performance.now()
    expect(await turn(400)).toEqual({ kind: 'busy' })
    expect((await turn(400, 10_000)).kind).toBe('free')
    expect(performance.now() - gaveBack).toBeGreaterThan(380)
  })

  test('a process that is gone keeps a host no longer than its lease', async () => {
    await takeHost(system.db.pool, 'a.example', { now, leaseMs: 300 })
    expect(await turn(0)).toEqual({ kind: 'busy' })
    expect((await turn(0, 10_000)).kind).toBe('free')
  })

  test('polls in two processes follow one another', async () => {
    let running = 0
    let most = 0
    const fetcher = createFetcher({
      timeouts: { connectMs: 1000, headersMs: 1000, bodyMs: 1000 },
      maxBodyBytes: 1e6,
      userAgent: 'test',
      allowPrivateHosts: ['127.0.0.1'],
    })
    const counted = async (): Promise<void> => {
      const mine = await hostTurn(hostOf(server.url), { db: system.db, now, hostGapMs: () => 0 })
      if (mine.kind !== 'free') throw new Error(mine.kind)
      most = Math.max(most, ++running)
      await fetcher.fetch(`${server.url}/slow`, { etag: null, lastModified: null })
      running--
      await mine.giveBack()
    }
    server.set('/slow', { body: rss([]), delayMs: 50 })
    await Promise.all([counted(), counted(), counted()])
    await fetcher.close()
    expect(most).toBe(1)
    expect(server.requests).toHaveLength(3)
  })

  test('a host that was given back is free at once when there is no gap', async () => {
    expect((await turn(0)).kind).toBe('free')
    await giveHostBack(system.db.pool, 'a.example', 0)
    expect((await turn(0, 50)).kind).toBe('free')
  })
})

describe('a feed that fails', () => {
  test('is asked ever more seldom, down to once a day, and never given up', async () => {
    server.set('/broken', { status: 500 })
    const feed = await feedOf('/broken')
    const waits = []
    for (let n = 0; n < 14; n++) {
      const { nextPollAt } = await system.pollFeed(await again(feed.id))
      waits.push(((nextPollAt?.getTime() ?? 0) - now.getTime()) / minute)
      later(2 * day)
    }
    expect(waits.slice(0, 4)).toEqual([5, 10, 20, 40])
    expect(waits.slice(-3)).toEqual([1440, 1440, 1440])
    expect(await again(feed.id)).toMatchObject({ state: 'active', failures: 14 })
    server.set('/broken', { body: rss([]) })
    expect((await system.pollFeed(await again(feed.id))).nextPollAt).toEqual(
      new Date(now.getTime() + 10 * minute),
    )
  })
})

test('the poll log keeps the 200 newest polls of a feed, and none older than 30 days', async () => {
  const busy = await feedOf('/busy')
  const rare = await feedOf('/rare')
  const poll = (feedId: number, at: Date) =>
    insertPolls(system.db.pool, [
      {
        ...{ feedId, at, outcome: 'unchanged', bytes: 0, durationMs: 1 },
        ...{ newEntries: 0, newRevisions: 0, skipped: 0, error: null },
      },
    ])
  for (let n = 0; n < 250; n++) await poll(busy.id, new Date(now.getTime() - n * minute))
  for (let n = 0; n < 40; n++) await poll(rare.id, new Date(now.getTime() - n * day))
  const prune = () => prunePolls(system.db.pool, { before: new Date(now.getTime() - 30 * day), after: '0' })
  expect(await prune()).toEqual({ deleted: 50 + 9, after: null })
  expect(await countRows(system.db, `poll where feed_id = ${busy.id}`)).toBe(200)
  expect(await countRows(system.db, `poll where feed_id = ${rare.id}`)).toBe(31)
  expect(await prune()).toEqual({ deleted: 0, after: null })
})
