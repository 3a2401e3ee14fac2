import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { findFeed, putFeed, type StoredFeed } from '../../src/store/feeds.ts'
import { startFeedServer, type FeedServer } from '../support/feed-server.ts'
import { rss, type TestEntry } from '../support/feed-text.ts'
import { countRows, testConfig, testSystem, type TestSystem } from '../support/system.ts'

const minute = 60_000
const day = 86_400_000

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
  system = await testSystem({ config: await testConfig(), clock: { now: () => now } })
  return () => system.end()
})

async function feedOf(path: string): Promise<StoredFeed> {
  const id = await putFeed(
    system.db.pool,
    { url: server.url + path, title: null, homeUrl: null, outlet: null, topic: null, everyMs: null },
    { origin: 'user', now },
  )
  return again(id)
}

async function again(id: number): Promise<StoredFeed> {
  const feed = await findFeed(system.db.prisma, id)
  if (feed === null) throw new Error('the feed is gone')
  return feed
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

/** The entry without a date. */
function undated({ at, ...entry }: TestEntry): TestEntry {
  return entry
}
