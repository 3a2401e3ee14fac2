import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { prune } from '../../src/pipeline/retention.ts'
import { whenNobodyPrunes } from '../../src/store/retention.ts'
import type { StoredFeed } from '../../src/store/feeds.ts'
import { falcon } from '../support/falcon.ts'
import { startFeedServer, type FeedServer } from '../support/feed-server.ts'
import { rss, type TestEntry } from '../support/feed-text.ts'
import { addTestFeed, storedFeed } from '../support/stored-feed.ts'
import { countRows, testConfig, testSystem, type TestSystem } from '../support/system.ts'

const day = 86_400_000
const begin = new Date('2026-01-01T12:00:00Z')
const retention = { entries: 90 * day, polls: 30 * day, tries: 365 * day }
let system: TestSystem
let server: FeedServer
let now: Date

beforeAll(async () => {
  server = await startFeedServer()
})

afterAll(() => server.close())

beforeEach(async () => {
  now = begin
  const item = { ...falcon(new Date(begin.getTime() - 30 * day)), file: 'test', sinceGiven: true }
  system = await testSystem({ config: await testConfig({ watchItems: [item] }), clock: { now: () => now } })
  return () => system.end()
})

function entry(id: string, title = `Nothing about rockets, number ${id}`): TestEntry {
  return { id, title, at: new Date(begin.getTime() - day) }
}

const met = { ...entry('met', 'Acme will release Falcon 3 in June'), link: 'https://acme.com/news/falcon-3' }

/** What a poll some days after the beginning finds new when the feed lists these. */
async function pollOn(days: number, feed: StoredFeed, entries: readonly TestEntry[]): Promise<number> {
  now = new Date(begin.getTime() + days * day)
  server.set('/feed', { body: rss(entries, `As of day ${days}`) })
  const polled = await system.pollFeed(await storedFeed(system, feed.id))
  return polled.ingested?.newEntries ?? 0
}

function pruned(days: number) {
  return prune({ db: system.db, now: new Date(begin.getTime() + days * day), retention, pauseMs: 0 })
}

async function titles(): Promise<string[]> {
  const { rows } = await system.db.pool.query<{ title: string }>(
    'select title from revision r join entry e on e.id = r.entry_id order by r.id',
  )
  return rows.map(({ title }) => title)
}

test('what met no question goes when it is old and has left its feed, with its text; what met one stays', async () => {
  const feed = await addTestFeed(system, `${server.url}/feed`, now)
  await pollOn(0, feed, [entry('left'), met])
  await pollOn(20, feed, [entry('new')])
  expect(await pruned(89)).toMatchObject({ entries: 0 })
  expect(await pruned(91)).toMatchObject({ entries: 1 })
  expect(await titles()).toEqual([met.title, entry('new').title])
  expect(await countRows(system.db, 'revision')).toBe(2)
  expect((await system.report(['falcon'])).items[0]).toMatchObject({ status: 'announced' })
})

test('what a feed still lists is not forgotten, and does not come back as new', async () => {
  const feed = await addTestFeed(system, `${server.url}/feed`, now)
  await pollOn(0, feed, [entry('stays'), entry('left')])
  for (const days of [30, 60, 120, 200]) expect(await pollOn(days, feed, [entry('stays')])).toBe(0)
  expect(await pruned(200)).toMatchObject({ entries: 1 })
  expect(await pollOn(201, feed, [entry('stays')])).toBe(0)
})

test('a feed that has not changed for months lists what it listed', async () => {
  const feed = await addTestFeed(system, `${server.url}/feed`, now)
  await pollOn(0, feed, [entry('one'), entry('two')])
  now = new Date(begin.getTime() + 300 * day)
  expect((await system.pollFeed(await storedFeed(system, feed.id))).outcome).toBe('unchanged')
  expect(await pruned(300)).toMatchObject({ entries: 0 })
  expect(await pollOn(301, feed, [entry('one'), entry('two'), entry('three')])).toBe(1)
})

test('what came from an archive stays: nobody reads it again', async () => {
  const body = Buffer.from(rss([entry('old')]))
  await system.backfill({ name: 'archive', body, contentType: null })
  expect(await pruned(1000)).toMatchObject({ entries: 0 })
  expect(await countRows(system.db, 'entry')).toBe(1)
})

test('of a feed that is being polled nothing is deleted meanwhile, and nothing waits', async () => {
  const feed = await addTestFeed(system, `${server.url}/feed`, now)
  await pollOn(0, feed, [entry('left')])
  await pollOn(20, feed, [entry('new')])
  await system.db.transaction(async (tx) => {
    await tx.query('select from feed where id = $1 for update', [feed.id])
    expect(await pruned(100)).toMatchObject({ entries: 0 })
  })
  expect(await pruned(100)).toMatchObject({ entries: 1 })
})

test('one process prunes at a time', async () => {
  await whenNobodyPrunes(system.db, async () => expect(await pruned(1)).toBeNull())
  expect(await pruned(1)).toEqual({ entries: 0, polls: 0, tries: 0 })
})

test('more than a batch is gone through to its end, and an end that is called for is kept', async () => {
  const feed = await addTestFeed(system, `${server.url}/feed`, now)
  const many = Array.from({ length: 2300 }, (_, n) => entry(`many ${n}`))
  await pollOn(0, feed, many)
  await pollOn(20, feed, [entry('new')])
  const stop = { db: system.db, now: new Date(begin.getTime() + 100 * day), retention, pauseMs: 0 }
  expect(await prune({ ...stop, signal: AbortSignal.abort() })).toMatchObject({ entries: 0 })
  expect(await pruned(100)).toMatchObject({ entries: 2300 })
  expect(await titles()).toEqual([entry('new').title])
})

test('how an alert was sent is forgotten after a year, of one that was not sent it is kept', async () => {
  const alert = randomUUID()
  const sent = randomUUID()
  const dead = randomUUID()
  const { pool } = system.db
  await pool.query(`insert into alert (id, kind, created_at, body) values ($1, 'test', $2, '{}')`, [
    alert,
    begin,
  ])
  await pool.query(
    `insert into delivery (id, alert_id, channel, state, created_at, sent_at)
     values ($1, $3, 'a', 'sent', $4, $4), ($2, $3, 'b', 'dead', $4, null)`,
    [sent, dead, alert, begin],
  )
  await pool.query(
    `insert into delivery_attempt (delivery_id, at, outcome, detail, duration_ms)
     values ($1, $3, 'sent', '', 1), ($2, $3, 'failed', '', 1)`,
    [sent, dead, begin],
  )
  expect(await pruned(360)).toMatchObject({ tries: 0 })
  expect(await pruned(366)).toMatchObject({ tries: 1 })
  expect(await countRows(system.db, 'delivery')).toBe(2)
})
