import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { holdIngestsOff } from '../../src/pipeline/ingest.ts'
import { prune } from '../../src/pipeline/retention.ts'
import type { Queryable } from '../../src/store/database.ts'
import { whenNobodyPrunes } from '../../src/store/retention.ts'
import type { StoredFeed } from '../../src/store/feeds.ts'
import { falcon } from '../support/falcon.ts'
import { startFeedServer, type FeedServer } from '../support/feed-server.ts'
import { rss, type TestEntry } from '../support/feed-text.ts'
import { addTestFeed, storedFeed } from '../support/stored-feed.ts'
import { countRows, testConfig, testSystem, type TestSystem } from '../support/system.ts'

const day = 86_400_000
const begin = new Date('2026-01-01T12:00:00Z')
const retention = { entries: 90 * day, polls: 30 * day, tries: 365 * day, notices: 400 * day }
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

test('what a feed lists under other ids at each look is not forgotten while it lists it', async () => {
  const feed = await addTestFeed(system, `${server.url}/feed`, now)
  const listed = (days: number) =>
    ['rain', 'snow', 'hail'].map((word) => entry(`${word}-${days}`, `Nothing but ${word}`))
  expect(await pollOn(0, feed, listed(0))).toBe(3)
  for (const days of [40, 80, 120, 160]) {
    expect(await pollOn(days, feed, listed(days))).toBe(0)
    expect(await pruned(days)).toMatchObject({ entries: 0 })
  }
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

test('while a question is judged anew nothing is deleted that it may be met by', async () => {
  const feed = await addTestFeed(system, `${server.url}/feed`, now)
  await pollOn(0, feed, [entry('left', 'Nothing about rockets, and neither about Gizmo 2')])
  await pollOn(20, feed, [entry('new')])
  const pruning: ReturnType<typeof pruned>[] = []
  await system.db.transaction(async (tx) => {
    await holdIngestsOff(tx)
    pruning.push(pruned(100))
    await waitedFor(tx)
    // as judging anew does for what it has found
    await tx.query(
      `insert into match (watch_item_id, entry_id, revision_id, at, story, spans)
       select 'falcon', e.id, r.id, e.at, 'a', '[]' from entry e join revision r on r.entry_id = e.id
       where r.title like '%Gizmo%'`,
    )
  })
  expect(await pruning[0]).toMatchObject({ entries: 0 })
  expect(await countRows(system.db, 'match')).toBe(1)
})

/** Comes back as soon as another connection waits for a lock. */
async function waitedFor(tx: Queryable): Promise<void> {
  for (let waits = 0; waits === 0;) {
    const { rows } = await tx.query<{ count: number }>(
      `select count(*)::int as count from pg_locks where not granted
         and pid in (select pid from pg_stat_activity where datname = current_database())`,
    )
    waits = rows[0]?.count ?? 0
  }
}

test('of an entry that says something else at each look the newest wordings are kept, and those that met a question', async () => {
  const feed = await addTestFeed(system, `${server.url}/feed`, now)
  const points = (n: number) => ({ ...entry('points'), text: `Points: ${n}, comments: ${2 * n}` })
  const edited = (n: number) => ({ ...met, text: `Falcon 3, as ${n} say` })
  for (let n = 0; n < 8; n++) await pollOn(n / 100, feed, [points(n), edited(n), entry('quiet')])
  expect(await countRows(system.db, 'revision')).toBe(17)
  expect(await pruned(0.1)).toMatchObject({ wordings: 3 })
  const { rows } = await system.db.pool.query<{ text: string }>(
    `select text from revision where text like 'Points%' order by id`,
  )
  expect(rows.map(({ text }) => text)).toEqual([3, 4, 5, 6, 7].map((n) => points(n).text))
  expect(await countRows(system.db, 'match')).toBe(8)
  // what was seen before is not looked for again
  expect(await pollOn(0.2, feed, [points(0), edited(7)])).toBe(0)
  expect(await pruned(1)).toMatchObject({ wordings: 0 })
})

test('of thousands of edited entries all are gone through', async () => {
  const feed = await addTestFeed(system, `${server.url}/feed`, now)
  const many = (look: number) =>
    Array.from({ length: 300 }, (_, n) => ({ ...entry(`many ${n}`), text: `look ${look}` }))
  for (let look = 0; look < 7; look++) await pollOn(look / 100, feed, many(look))
  expect(await pruned(0.1)).toMatchObject({ wordings: 600 })
  expect(await countRows(system.db, 'revision')).toBe(1500)
})

test('one process prunes at a time', async () => {
  await whenNobodyPrunes(system.db, async () => expect(await pruned(1)).toBeNull())
  expect(await pruned(1)).toEqual({ entries: 0, wordings: 0, polls: 0, tries: 0, notices: 0 })
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

interface Told {
  readonly kind: string
  readonly state?: 'waiting' | 'sent' | 'dead' | 'withdrawn'
  readonly item?: string
  readonly at?: Date
}

/** An alert that was told to a channel, in a message of its own. */
async function told({ kind, state = 'sent', item, at = begin }: Told): Promise<string> {
  const { pool } = system.db
  const [alert, message, delivery] = [randomUUID(), randomUUID(), randomUUID()]
  await pool.query(
    `insert into alert (id, kind, watch_item_id, created_at, body) values ($1, $2, $3, $4, '{}')`,
    [alert, kind, item ?? null, at],
  )
  await pool.query(`insert into message (id, channel, created_at, due_since) values ($1, 'a', $2, $2)`, [
    message,
    at,
  ])
  await pool.query(
    `insert into delivery (id, alert_id, channel, state, message_id, created_at) values ($1, $2, 'a', $3, $4, $5)`,
    [delivery, alert, state, message, at],
  )
  await pool.query(
    `insert into delivery_attempt (delivery_id, at, outcome, detail, duration_ms) values ($1, $2, 'sent', '', 1)`,
    [delivery, at],
  )
  return alert
}

async function kindsLeft(): Promise<string[]> {
  const { rows } = await system.db.pool.query<{ kind: string }>('select kind from alert order by kind')
  return rows.map(({ kind }) => kind)
}

test('what was told of openwatch itself goes after a while, with its deliveries and messages', async () => {
  for (const kind of ['channel-failing', 'all-quiet', 'test']) await told({ kind })
  for (const kind of ['feed-blind', 'feed-restored']) await told({ kind, item: 'falcon' })
  await told({ kind: 'all-quiet', at: new Date(begin.getTime() + 10 * day) })
  expect(await pruned(399)).toMatchObject({ notices: 0 })
  expect(await pruned(401)).toMatchObject({ notices: 5 })
  for (const table of ['alert', 'delivery', 'delivery_attempt', 'message'])
    expect(await countRows(system.db, table), table).toBe(1)
})

test('what was told of a question stays, however old: it is evidence, and nobody is told twice', async () => {
  const kinds = ['corrected', 'date-changed', 'disputed', 'overdue', 'status-changed']
  for (const kind of kinds) await told({ kind, item: 'falcon' })
  expect(await pruned(4000)).toMatchObject({ notices: 0 })
  expect(await kindsLeft()).toEqual(kinds)
  expect(await countRows(system.db, 'message')).toBe(5)
})

test('an alert that still waits to be sent stays, and one that was given up goes', async () => {
  const waits = await told({ kind: 'all-quiet', state: 'waiting' })
  await told({ kind: 'all-quiet', state: 'dead' })
  await told({ kind: 'channel-failing', state: 'withdrawn' })
  expect(await pruned(401)).toMatchObject({ notices: 2 })
  const { rows } = await system.db.pool.query<{ id: string }>('select id from alert')
  expect(rows).toEqual([{ id: waits }])
})

test('one that is being tried again meanwhile stays', async () => {
  await told({ kind: 'all-quiet', state: 'dead' })
  const pruning: ReturnType<typeof pruned>[] = []
  await system.db.transaction(async (tx) => {
    await tx.query(`update delivery set state = 'waiting'`)
    pruning.push(pruned(401))
    await waitedFor(tx)
  })
  expect(await pruning[0]).toMatchObject({ notices: 0 })
  expect(await kindsLeft()).toEqual(['all-quiet'])
})

test('as long as a question is blind, it is known who was told of that', async () => {
  await told({ kind: 'feed-blind', item: 'falcon', at: new Date(begin.getTime() + day) })
  const blind = (since: Date | null) =>
    system.db.pool.query(`update watch_item set blind_since = $1 where id = 'falcon'`, [since])
  await blind(begin)
  expect(await pruned(500)).toMatchObject({ notices: 0 })
  // blind again, which is another story
  await blind(new Date(begin.getTime() + 300 * day))
  expect(await pruned(500)).toMatchObject({ notices: 1 })
})

test('of many alerts of one moment none is passed over', async () => {
  await system.db.pool.query(
    `insert into alert (id, kind, created_at, body)
     select gen_random_uuid(), case when n % 2 = 0 then 'all-quiet' else 'status-changed' end,
       $1::timestamptz + interval '1 minute' * (n / 900), '{}' from generate_series(1, 2500) as n`,
    [begin],
  )
  await system.db.pool.query(
    `insert into message (id, channel, created_at, due_since)
     select gen_random_uuid(), 'a', $1, $1 from generate_series(1, 2500)`,
    [begin],
  )
  expect(await pruned(401)).toMatchObject({ notices: 1250 })
  expect(new Set(await kindsLeft())).toEqual(new Set(['status-changed']))
  expect(await countRows(system.db, 'message')).toBe(0)
})

test('of digests the last one is remembered, however long ago it was', async () => {
  const mark = (channel: string, days: number) =>
    system.db.pool.query('insert into digest (channel, due_at, at) values ($1, $2, $2)', [
      channel,
      new Date(begin.getTime() + days * day),
    ])
  for (const days of [0, 1, 500]) await mark('daily', days)
  for (const days of [0, 1]) await mark('gone', days)
  await pruned(600)
  const { rows } = await system.db.pool.query<{ channel: string; days: number }>(
    `select channel, extract(day from due_at - $1)::int as days from digest order by channel, due_at`,
    [begin],
  )
  expect(rows).toEqual([
    { channel: 'daily', days: 500 },
    { channel: 'gone', days: 1 },
  ])
})
