import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Config } from '../../src/config/config.ts'
import { findFeed, type StoredFeed } from '../../src/store/feeds.ts'
import { falcon } from '../support/falcon.ts'
import { startFeedServer, type FeedServer } from '../support/feed-server.ts'
import { rss, type TestEntry } from '../support/feed-text.ts'
import { addTestFeed, storedFeed } from '../support/stored-feed.ts'
import { countRows, testConfig, testSystem, type TestSystem } from '../support/system.ts'

const minute = 60_000
const day = 86_400_000

const item = falcon(new Date('2026-01-01T00:00:00Z'))

let system: TestSystem
let server: FeedServer
let now: Date

beforeAll(async () => {
  server = await startFeedServer()
})

afterAll(() => server.close())

beforeEach(async () => {
  now = new Date('2026-05-01T12:00:00Z')
  server.requests.length = 0
  const config = await testConfig({ watchItems: [{ ...item, file: 'test', sinceGiven: true }] })
  system = await testSystem({ config, clock: { now: () => now } })
  return () => system.end()
})

function feedOf(path: string): Promise<StoredFeed> {
  return addTestFeed(system, server.url + path, now)
}

function again(id: number): Promise<StoredFeed> {
  return storedFeed(system, id)
}

/** Polls once more, half an hour later, with these entries in the feed; tells how many were new and how many edited. */
async function pollWith(feed: StoredFeed, entries: readonly TestEntry[]): Promise<[number, number]> {
  now = new Date(now.getTime() + 30 * minute)
  server.set(new URL(feed.url).pathname, { body: rss(entries, `At ${now.toISOString()}`) })
  const { ingested, outcome, reason } = await system.pollFeed(await again(feed.id))
  if (ingested === null) throw new Error(`${outcome}: ${reason}`)
  return [ingested.newEntries, ingested.newRevisions]
}

function ago(days: number): Date {
  return new Date(Date.parse('2026-05-01T12:00:00Z') - days * day)
}

function news(n: number, over: Partial<TestEntry> = {}): TestEntry {
  return {
    id: `id-${n}`,
    title: `News number ${n}`,
    text: `What happened on day ${n}.`,
    link: `https://a.example/${n}`,
    at: ago(n),
    ...over,
  }
}

const long =
  'The committee met again and did not come to a conclusion that it wanted to make public. '.repeat(4)

describe('never the same news twice', () => {
  test.each<[string, (n: number) => TestEntry]>([
    ['ids', (n) => news(n, { id: randomUUID() })],
    ['ids and dates', (n) => news(n, { id: randomUUID(), at: now })],
    ['ids, and no dates are given', (n) => undated(news(n, { id: randomUUID() }))],
    [
      'ids and dates, and headlines are all there is',
      (n) => news(n, { id: randomUUID(), at: now, text: '' }),
    ],
    [
      'ids, links and dates',
      (n) => news(n, { id: randomUUID(), link: `https://a.example/${randomUUID()}`, at: now }),
    ],
    [
      'ids and links',
      (n) => news(n, { id: randomUUID(), link: `https://a.example/?session=${randomUUID()}` }),
    ],
    [
      'ids, links and dates of long entries',
      (n) => news(n, { id: randomUUID(), link: `https://a.example/${randomUUID()}`, at: now, text: long }),
    ],
    [
      'ids, and all entries link to one page',
      (n) => news(n, { id: randomUUID(), link: 'https://a.example/' }),
    ],
    [
      'ids, and all entries have one title and one link',
      (n) => news(n, { id: randomUUID(), title: 'Update', link: 'https://a.example/' }),
    ],
  ])('a feed that mints new %s at every poll has its entries stored once', async (_what, minted) => {
    const feed = await feedOf('/minted')
    const polls = []
    for (let poll = 0; poll < 20; poll++) polls.push(await pollWith(feed, [5, 4, 3, 2, 1].map(minted)))
    expect(polls[0]).toEqual([5, 0])
    expect(polls.slice(1).flat().filter(Boolean)).toEqual([])
    expect(await countRows(system.db, 'entry')).toBe(5)
    expect(await countRows(system.db, 'revision')).toBe(5)
  })

  test('texts that change at every poll, under ids minted anew, are revisions of the entry that is known', async () => {
    const feed = await feedOf('/points')
    const entries = (points: number) =>
      [1, 2, 3].map((n) =>
        news(n, { id: randomUUID(), text: `${points} points`, link: `https://a.example/${n}` }),
      )
    expect(await pollWith(feed, entries(1))).toEqual([3, 0])
    expect(await pollWith(feed, entries(2))).toEqual([0, 3])
    expect(await pollWith(feed, entries(3))).toEqual([0, 3])
  })

  test('new entries among minted ids are new', async () => {
    const feed = await feedOf('/both')
    const minted = (n: number) => news(n, { id: randomUUID() })
    await pollWith(feed, [5, 4, 3].map(minted))
    expect(await pollWith(feed, [5, 4, 3, 2].map(minted))).toEqual([1, 0])
  })

  test('an entry that left the feed and returns is not new, with a new date neither', async () => {
    const feed = await feedOf('/returns')
    await pollWith(feed, [news(3), news(2)])
    expect(await pollWith(feed, [news(2), news(1)])).toEqual([1, 0])
    expect(await pollWith(feed, [news(3), news(1)])).toEqual([0, 0])
    expect(await pollWith(feed, [news(3, { at: now }), news(1, { at: now })])).toEqual([0, 0])
  })

  test('an edit is a revision of the entry that is known, and taking it back is nothing', async () => {
    const feed = await feedOf('/edit')
    await pollWith(feed, [news(1)])
    expect(await pollWith(feed, [news(1, { title: 'Corrected: news number 1' })])).toEqual([0, 1])
    expect(await pollWith(feed, [news(1)])).toEqual([0, 0])
    expect(await countRows(system.db, 'entry')).toBe(1)
  })

  test.each<[string, TestEntry, TestEntry]>([
    [
      'a thread that is opened every week',
      news(9, { title: 'Open thread', text: 'Talk here.', link: 'https://a.example/w17' }),
      news(2, { title: 'Open thread', text: 'Talk here.', link: 'https://a.example/w18' }),
    ],
    [
      'one headline for other news at another address',
      news(9, { title: 'Bug fixes', text: 'Fixes 17.', link: 'https://a.example/1.7' }),
      news(2, { title: 'Bug fixes', text: 'Fixes 18.', link: 'https://a.example/1.8' }),
    ],
    [
      'one headline and one address for news of another day',
      news(9, { title: 'Status', text: 'Down.', link: 'https://a.example/status' }),
      news(2, { title: 'Status', text: 'Up.', link: 'https://a.example/status' }),
    ],
  ])('%s is new', async (_what, before, after) => {
    const feed = await feedOf('/recurs')
    await pollWith(feed, [before])
    expect(await pollWith(feed, [after])).toEqual([1, 0])
  })

  test('entries that stand in the feed side by side are never taken for one another', async () => {
    const feed = await feedOf('/side')
    const same = { title: 'Same', text: long, link: 'https://a.example/same', at: ago(1) }
    await pollWith(feed, [news(1, same)])
    expect(await pollWith(feed, [news(1, same), news(2, same)])).toEqual([1, 0])
    expect(await pollWith(feed, [news(2, same), news(1, same)])).toEqual([0, 0])
  })
})

describe('the past that a feed brings along', () => {
  const release = { title: 'Acme releases Falcon 3', link: 'https://acme.com/falcon' }
  const past = news(20, release)
  const recent = news(6, release)

  test.each<[string, readonly (readonly TestEntry[])[], number]>([
    ['first poll is told of when it is not old', [[recent]], 1],
    ['first poll is not told of when it is old', [[past]], 0],
    ['first poll that brings anything is not told of when it is old', [[], [past]], 0],
    ['later polls is told of, though it is old', [[news(1)], [news(1), past]], 1],
  ])('by its %s', async (_what, polls, alerts) => {
    const feed = await feedOf('/past')
    for (const entries of polls) await pollWith(feed, entries)
    expect((await system.report(['falcon'])).items[0]?.changes).toHaveLength(1)
    expect(await countRows(system.db, 'alert')).toBe(alerts)
  })
})

describe('when a feed is asked next', () => {
  test('is as configured while its rhythm is not known, and by its own rhythm then', async () => {
    const feed = await feedOf('/rhythm')
    await pollWith(feed, [])
    expect(await wait(feed)).toBe(10 * minute)
    await pollWith(
      feed,
      Array.from({ length: 10 }, (_, n) => news(n, { at: new Date(now.getTime() - n * 60 * minute) })),
    )
    expect(await wait(feed)).toBeCloseTo(30 * minute, -5)
  })

  test('is no sooner than its ttl, which a 304 does not say again', async () => {
    const feed = await feedOf('/ttl')
    const body = rss([1, 2].map((n) => news(n, { at: new Date(now.getTime() - n * minute) }))).replace(
      '<item>',
      '<ttl>45</ttl><item>',
    )
    server.set('/ttl', { body, etag: '"one"' })
    for (const outcome of ['new', 'unchanged', 'unchanged']) {
      expect(await system.pollFeed(await again(feed.id))).toMatchObject({ outcome })
      expect(await wait(feed)).toBe(45 * minute)
      now = new Date(now.getTime() + 10_000)
    }
  })

  test('is soon for all feeds that speak of an item that changed lately', async () => {
    const slow = await feedOf('/slow')
    await pollWith(
      slow,
      [1, 5, 9].map((n) => news(n, { title: `Falcon 3 seen on day ${n}` })),
    )
    expect(await wait(slow)).toBeGreaterThan(6 * 60 * minute)
    const other = await feedOf('/other')
    await pollWith(other, [news(3)])
    const otherNext = (await again(other.id)).nextPollAt
    const fast = await feedOf('/fast')
    await pollWith(fast, [
      news(1, { title: 'Acme releases Falcon 3', link: 'https://acme.com/falcon', at: now }),
    ])
    expect(await wait(fast)).toBe(2 * minute)
    expect(await wait(slow)).toBe(2 * minute)
    expect((await again(other.id)).nextPollAt).toEqual(otherNext)
    now = new Date(now.getTime() + 3 * day)
    await pollWith(slow, [])
    expect(await wait(slow)).toBeGreaterThan(60 * minute)
  })
})

/** Milliseconds until the next poll. */
async function wait(feed: StoredFeed): Promise<number> {
  return ((await again(feed.id)).nextPollAt?.getTime() ?? 0) - now.getTime()
}

describe('a feed that moves', () => {
  const redirect = (to: string, status = 301) => ({ status, headers: { location: server.url + to } })
  const pollDaily = async (feed: StoredFeed, days: number) => {
    for (let n = 0; n < days; n++) {
      now = new Date(now.getTime() + day)
      await system.pollFeed(await again(feed.id))
    }
    return again(feed.id)
  }

  test('is taken to be at its new address after three days and three polls, with its past', async () => {
    const feed = await feedOf('/old')
    await pollWith(feed, [news(1)])
    server.set('/old', redirect('/new'))
    server.set('/new', { body: rss([news(1), news(2)]) })
    expect(await pollDaily(feed, 3)).toMatchObject({ url: `${server.url}/old`, movedTo: `${server.url}/new` })
    expect(await pollDaily(feed, 1)).toMatchObject({ url: `${server.url}/new`, movedTo: null })
    expect(await findFeed(system.db, `${server.url}/old`)).toMatchObject({ id: feed.id })
    expect((await feedOf('/old')).id).toBe(feed.id)
    expect(await countRows(system.db, 'entry')).toBe(2)
  })

  test.each<[string, () => void]>([
    ['for a while only', () => server.set('/old', redirect('/new', 302))],
    ['to a page that is no feed', () => server.set('/new', { body: '<html><body>Welcome</body></html>' })],
  ])('%s keeps its address', async (_what, change) => {
    const feed = await feedOf('/old')
    server.set('/old', redirect('/new'))
    server.set('/new', { body: rss([news(1)]) })
    change()
    expect(await pollDaily(feed, 6)).toMatchObject({ url: `${server.url}/old`, state: 'active' })
  })

  test('and comes back keeps its address, and counts anew when it moves again', async () => {
    const feed = await feedOf('/old')
    server.set('/old', redirect('/new'))
    server.set('/new', { body: rss([news(1)]) })
    await pollDaily(feed, 3)
    server.set('/old', { body: rss([news(1)]) })
    expect(await pollDaily(feed, 1)).toMatchObject({ movedTo: null, movedSince: null, movedPolls: 0 })
    server.set('/old', redirect('/new'))
    expect(await pollDaily(feed, 3)).toMatchObject({ url: `${server.url}/old` })
  })

  test('to where another feed is polled is retired with the reason, and the report misses nothing by it', async () => {
    const feed = await feedOf('/old')
    const known = await feedOf('/new')
    server.set('/old', redirect('/new'))
    server.set('/new', { body: rss([news(1)]) })
    await system.pollFeed(known)
    expect(await pollDaily(feed, 4)).toMatchObject({
      state: 'retired',
      retiredReason: `moved to ${server.url}/new`,
      nextPollAt: null,
    })
    expect((await system.report()).feeds).toMatchObject({ total: 1, healthy: 1 })
  })

  test('and that the configuration still names by its old address is neither added again nor removed', async () => {
    server.set('/old', redirect('/new'))
    server.set('/new', { body: rss([news(1)]) })
    const config = await testConfig({ feeds: [{ url: `${server.url}/old` }] as Config['feeds'] })
    await system.useConfig(config)
    const feed = await findFeed(system.db, `${server.url}/old`)
    if (feed === null) throw new Error('the feed was not added')
    await pollDaily(feed, 4)
    expect(await system.useConfig(config)).toMatchObject({ feedsAdded: [], feedsRemoved: [] })
    expect(await again(feed.id)).toMatchObject({ url: `${server.url}/new`, state: 'active' })
    expect(await countRows(system.db, 'feed')).toBe(1)
  })
})

describe('health', () => {
  const health = async () => {
    const { healthy, failing, stale, failures } = (await system.report()).feeds
    return { healthy, failing, stale, reason: failures[0]?.reason }
  }
  const pollIn = async (feed: StoredFeed, days: number) => {
    now = new Date(now.getTime() + days * day)
    await system.pollFeed(await again(feed.id))
  }

  test('a feed that answers, but is silent for longer than is usual for it, is stale until it speaks again', async () => {
    const feed = await feedOf('/weekly')
    const weekly = [0, 7, 14, 21].map((n) => news(n))
    await pollWith(feed, weekly)
    expect(await health()).toEqual({ healthy: 1, failing: 0, stale: 0, reason: undefined })
    await pollIn(feed, 34)
    expect(await health()).toMatchObject({ healthy: 1, stale: 0 })
    await pollIn(feed, 2)
    expect(await health()).toEqual({
      ...{ healthy: 0, failing: 1, stale: 1 },
      reason: 'answers, but nothing new since 1 May 2026, longer than is usual for it',
    })
    await pollWith(feed, [...weekly, news(99, { at: now })])
    expect(await health()).toMatchObject({ healthy: 1, stale: 0 })
  })

  test('a busy feed may be silent for two weeks', async () => {
    const feed = await feedOf('/busy')
    await pollWith(
      feed,
      [0, 1, 2].map((n) => news(n)),
    )
    await pollIn(feed, 13)
    expect(await health()).toMatchObject({ healthy: 1 })
    await pollIn(feed, 2)
    expect(await health()).toMatchObject({ healthy: 0, stale: 1 })
  })

  test('the newest entry of a feed without dates, or with new ones, is as old as when it was first seen', async () => {
    for (const [path, later] of [
      ['/undated', undated(news(1))],
      ['/redated', news(1, { at: new Date('2026-05-20T12:00:00Z') })],
    ] as const) {
      now = new Date('2026-05-01T12:00:00Z')
      const feed = await feedOf(path)
      await pollWith(feed, [path === '/undated' ? undated(news(1)) : news(1)])
      const { lastEntryAt } = await again(feed.id)
      now = new Date('2026-05-21T12:00:00Z')
      expect(await pollWith(feed, [later])).toEqual([0, 0])
      expect((await again(feed.id)).lastEntryAt).toEqual(lastEntryAt)
    }
    expect((await health()).reason).toMatch(/nothing new since (30 April|1 May) 2026/)
  })

  test('news that bears an old date is news', async () => {
    const feed = await feedOf('/late')
    await pollWith(feed, [news(1)])
    await pollIn(feed, 20)
    expect(await health()).toMatchObject({ stale: 1 })
    await pollWith(feed, [news(1), news(2)])
    expect(await health()).toMatchObject({ healthy: 1 })
  })

  test('a feed that is empty where it had entries is stale, one that never had any is not', async () => {
    const never = await feedOf('/never')
    await pollWith(never, [])
    const feed = await feedOf('/emptied')
    await pollWith(feed, [news(1)])
    await pollWith(feed, [])
    await pollIn(feed, 1)
    expect(await health()).toEqual({
      ...{ healthy: 1, failing: 1, stale: 1 },
      reason: 'answers, but has had no entries since 1 May 2026, where it had some before',
    })
    await pollWith(feed, [news(1)])
    expect(await health()).toMatchObject({ healthy: 2 })
  })

  test('a feed that fails is failing, however silent it is', async () => {
    const feed = await feedOf('/both')
    await pollWith(feed, [news(1)])
    await pollIn(feed, 60)
    server.set('/both', { status: 500 })
    await pollIn(feed, 1)
    expect(await health()).toMatchObject({ failing: 1, stale: 0 })
  })
})

/** The entry without a date. */
function undated({ at, ...entry }: TestEntry): TestEntry {
  return entry
}
