import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Config } from '../../src/config/config.ts'
import { shippedDirectory } from '../../src/config/directory.ts'
import { loadConfig } from '../../src/config/load.ts'
import { parseFeed } from '../../src/feeds/parse.ts'
import { judgeOf } from '../../src/pipeline/watch-set.ts'
import { replayEntries } from '../../src/pipeline/replay.ts'
import { initialStanding } from '../../src/status/standing.ts'
import { findFeed, putFeed } from '../../src/store/feeds.ts'
import { insertItem } from '../../src/store/watch-items.ts'
import { startFeedServer, type FeedServer } from '../support/feed-server.ts'
import { testConfig, testSystem, type TestSystem } from '../support/system.ts'

interface Change {
  readonly item: string
  readonly to: string
  readonly dateChange: boolean
  readonly at: string
  readonly quote: string
}

let config: Config
let history: string
let server: FeedServer
const systems: TestSystem[] = []

beforeAll(async () => {
  const loaded = await loadConfig({ directory: shippedDirectory(), env: {}, now: new Date() })
  if (!loaded.ok) throw new Error('the shipped configuration has mistakes')
  const [file] = loaded.config.historyFiles
  if (file === undefined) throw new Error('there is no history')
  history = await readFile(file, 'utf8')
  config = await testConfig()
  server = await startFeedServer()
})

afterAll(async () => {
  for (const system of systems) await system.end()
  await server.close()
})

/** A question decides by its own order of entries; questions among one another have none. */
const inOrder = (changes: readonly Change[]) => changes.toSorted((a, b) => a.item.localeCompare(b.item))

async function recorded(system: TestSystem): Promise<Change[]> {
  const { rows } = await system.db.pool.query<Change>(
    `select s.watch_item_id as item, s."to", s.kind = 'date' as "dateChange",
       to_char(s.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, c.quote
     from status_change s join evidence e on e.status_change_id = s.id and e.ordinal = 0 join claim c on c.id = e.claim_id
     order by s.watch_item_id, s.sequence`,
  )
  return rows
}

async function replayed(): Promise<Change[]> {
  const parsed = await parseFeed(Buffer.from(history), {
    url: '',
    contentType: 'application/feed+json',
    now: new Date(),
  })
  const entries = parsed.entries
    .map((entry, n) => ({ ...entry, key: String(n), at: entry.publishedAt ?? new Date() }))
    .toSorted((a, b) => a.at.getTime() - b.at.getTime())
  const stored = config.watchItems.map((item) => ({
    item,
    origin: 'config' as const,
    state: 'watching' as const,
    standing: initialStanding(item),
    createdAt: new Date(),
    caughtUpAt: new Date(),
  }))
  const { changes } = replayEntries(entries, { judge: judgeOf(stored, config), items: config.watchItems })
  return changes.map(({ item, to, dateChange, at, quote }) => ({ item, to, dateChange, at, quote }))
}

async function backfilled(): Promise<Change[]> {
  const system = await testSystem({ config })
  systems.push(system)
  await system.backfill({ name: 'history', body: Buffer.from(history), contentType: 'application/feed+json' })
  return recorded(system)
}

/** As it went: each entry appears in the feed at its time, and the feed is polled then. */
async function lived(): Promise<Change[]> {
  let now = new Date('2025-01-01T00:00:00Z')
  const system = await testSystem({ config, clock: { now: () => now } })
  systems.push(system)
  const id = await putFeed(
    system.db.pool,
    { url: `${server.url}/story`, title: null, homeUrl: null, outlet: null, topic: null, everyMs: null },
    { origin: 'user', now },
  )
  const feed = JSON.parse(history) as { items: { date_published: string }[] }
  for (let count = 1; count <= feed.items.length; count++) {
    const items = feed.items.slice(0, count)
    now = new Date(items.at(-1)?.date_published ?? now)
    server.set('/story', {
      body: JSON.stringify({ ...feed, items }),
      headers: { 'content-type': 'application/feed+json' },
    })
    const stored = await findFeed(system.db, id)
    if (stored !== null) expect((await system.pollFeed(stored)).outcome).toBe('new')
  }
  return recorded(system)
}

/** Items that come after their entries: they catch up with what is stored. */
async function caughtUp(): Promise<Change[]> {
  const system = await testSystem({ config: { ...config, watchItems: [] } })
  systems.push(system)
  await system.backfill({ name: 'history', body: Buffer.from(history), contentType: 'application/feed+json' })
  for (const item of config.watchItems)
    await insertItem(system.db.pool, item, {
      origin: 'user',
      standing: initialStanding(item),
      now: new Date(),
    })
  await system.bringIn()
  return recorded(system)
}

test('live polls, backfill, catching up and replay of the same entries record the same changes', async () => {
  const expected = inOrder(await replayed())
  expect(expected.length).toBeGreaterThanOrEqual(7)
  expect(inOrder(await backfilled())).toEqual(expected)
  expect(inOrder(await lived())).toEqual(expected)
  expect(inOrder(await caughtUp())).toEqual(expected)
})

test('a replay of the same entries is the same, twice', async () => {
  expect(await replayed()).toEqual(await replayed())
})
