import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm, writeFile, mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts'
import { startFeedServer, type FeedServer } from '../support/feed-server.ts'
import { rss } from '../support/feed-text.ts'
import { startReceiver, type Receiver } from '../support/receiver.ts'

const bin = fileURLToPath(new URL('../../bin/openwatch.mjs', import.meta.url))
const feeds = 50
const entriesPerFeed = 10
const hosts = 10

let database: TestDatabase
let servers: FeedServer[]
let receiver: Receiver
let config: string
let client: pg.Client
const children: ChildProcess[] = []

beforeAll(async () => {
  database = await createTestDatabase()
  servers = await Promise.all(Array.from({ length: hosts }, () => startFeedServer()))
  receiver = await startReceiver()
  client = new pg.Client(database.connection)
  await client.connect()
  config = await mkdtemp(join(tmpdir(), 'openwatch-crash-'))
  await chmod(config, 0o755)
})

afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  await client.end()
  await Promise.all(servers.map((server) => server.close()))
  await receiver.close()
  await database.drop()
  await rm(config, { recursive: true, force: true })
})

function daemon(): ChildProcess {
  const child = spawn(process.execPath, [bin, 'start'], {
    env: {
      ...process.env,
      OPENWATCH_CONFIG: config,
      OPENWATCH_PORT: '0',
      DATABASE_URL: database.url,
      LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  children.push(child)
  return child
}

async function count(sql: string): Promise<number> {
  const { rows } = await client.query<{ n: number }>(`select (${sql})::int as n`)
  return rows[0]?.n ?? 0
}

async function until(what: string, done: () => Promise<boolean>, limitMs = 60_000): Promise<void> {
  const end = Date.now() + limitMs
  while (!(await done())) {
    if (Date.now() > end) throw new Error(`still waiting after ${limitMs / 1000} s: ${what}`)
    await sleep(50)
  }
}

/** Each feed has its own product, released in its third entry. */
async function writeWorld(): Promise<void> {
  const now = Date.now()
  const items = []
  const urls = []
  for (let n = 0; n < feeds; n++) {
    const entries = Array.from({ length: entriesPerFeed }, (_, e) => ({
      id: `${n}-${e}`,
      title: e === 2 ? `Acme${n} releases Zeppelin ${n}` : `Weather report ${n}-${e}`,
      link: `https://acme${n}.com/${e}`,
      at: new Date(now - (entriesPerFeed - e) * 60_000),
    }))
    const server = servers[n % hosts]
    if (server === undefined) throw new Error('too few servers')
    server.set(`/feed${n}`, { body: rss(entries), delayMs: 20 + (n % 7) * 30 })
    urls.push(`${server.url}/feed${n}`)
    items.push({
      id: `zeppelin-${n}`,
      question: `When will Acme${n} release Zeppelin ${n}?`,
      subject: [`Zeppelin ${n}`],
      official: [`acme${n}.com`],
      since: '2020-01-01',
    })
  }
  await mkdir(join(config, 'watch'))
  await writeFile(join(config, 'watch', 'items.yaml'), JSON.stringify({ items }))
  await writeFile(
    join(config, 'openwatch.yaml'),
    JSON.stringify({
      polling: { allowPrivateHosts: ['127.0.0.1'], concurrency: 8 },
      channels: { hook: { type: 'webhook', url: receiver.url } },
      feeds: urls,
    }),
  )
}

test(
  'a daemon killed in the middle of polling 50 feeds loses nothing and does nothing twice',
  { timeout: 180_000 },
  async () => {
    await writeWorld()
    const first = daemon()
    await until('some feeds are polled', async () => (await count('select count(*) from poll')) >= 10)
    first.kill('SIGKILL')
    await once(first, 'exit')
    const polledBefore = await count('select count(distinct feed_id) from poll')
    expect(polledBefore).toBeLessThan(feeds)

    const second = daemon()
    await until(
      'every feed is polled',
      async () => (await count('select count(*) from feed where last_ok_at is not null')) === feeds,
    )
    await until(
      'every alert is delivered',
      async () => (await count(`select count(*) from delivery where state = 'sent'`)) === feeds,
    )
    second.kill('SIGTERM')
    expect(await once(second, 'exit')).toEqual([0, null])

    expect(await count('select count(*) from entry')).toBe(feeds * entriesPerFeed)
    expect(await count('select count(*) from revision')).toBe(feeds * entriesPerFeed)
    expect(await count('select count(*) from match')).toBe(feeds)
    expect(await count(`select count(*) from status_change where "to" = 'happened'`)).toBe(feeds)
    expect(await count('select count(*) from status_change')).toBe(feeds)
    expect(await count('select count(*) from alert')).toBe(feeds)
    expect(await count(`select count(*) from delivery where state <> 'sent'`)).toBe(0)
    const keys = new Set(receiver.received.map((request) => request.headers['webhook-id']))
    expect(keys.size).toBe(feeds)
  },
)
