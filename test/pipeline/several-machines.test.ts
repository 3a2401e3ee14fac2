import { once } from 'node:events'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrate, migrationsDirectory } from '../../src/store/migrate.ts'
import { createPool } from '../../src/store/pool.ts'
import { startCommand, type Running } from '../cli/command.ts'
import { configFolder } from '../config/folder.ts'
import { rss } from '../support/feed-text.ts'
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts'
import { startHooks, type Hooks } from '../torture/hooks.ts'

const hosts = 6
const feedsOfHost = 3
const feeds = hosts * feedsOfHost

let database: TestDatabase
let client: pg.Client
let hooks: Hooks
let world: Awaited<ReturnType<typeof startHosts>>
const running: Running[] = []
const cleaning: (() => Promise<void>)[] = []

/** Hosts that note what is asked of them, and how much of it at a time. */
async function startHosts() {
  const most = { host: 0, feed: 0 }
  const asked: { readonly feed: number; readonly at: number }[] = []
  let news = false
  const servers = await Promise.all(
    Array.from({ length: hosts }, async (_, host) => {
      const underWay: number[] = []
      const server = createServer((request, response) => {
        const feed = host * feedsOfHost + Number((request.url ?? '').slice(1))
        underWay.push(feed)
        asked.push({ feed, at: Date.now() })
        most.host = Math.max(most.host, underWay.length)
        most.feed = Math.max(most.feed, underWay.filter((one) => one === feed).length)
        response.once('close', () => underWay.splice(underWay.indexOf(feed), 1))
        setTimeout(() => response.end(rss(entriesOf(feed, news))), 60)
      })
      server.listen(0, '127.0.0.1')
      await once(server, 'listening')
      return server
    }),
  )
  return {
    most,
    asked,
    publish: () => void (news = true),
    urlOf: (feed: number) => {
      const server = servers[Math.floor(feed / feedsOfHost)]
      return `http://127.0.0.1:${(server?.address() as AddressInfo).port}/${feed % feedsOfHost}`
    },
    close() {
      for (const server of servers) {
        server.closeAllConnections()
        server.close()
      }
    },
  }
}

const began = Date.now()

function entriesOf(feed: number, news: boolean) {
  const old = { id: `old-${feed}`, title: `Weather report ${feed}`, link: `https://weather.example/${feed}` }
  const release = {
    ...{
      id: `new-${feed}`,
      title: `Acme${feed} releases Zeppelin ${feed}`,
      link: `https://acme${feed}.com/`,
    },
    at: new Date(began),
  }
  return news ? [release, old] : [old]
}

beforeAll(async () => {
  database = await createTestDatabase()
  client = new pg.Client(database.connection)
  await client.connect()
  hooks = await startHooks(() => 700)
  world = await startHosts()
  const config = await configFolder(
    {
      'openwatch.yaml': JSON.stringify({
        polling: { allowPrivateHosts: ['127.0.0.1'], concurrency: 4, interval: { min: '1s' } },
        channels: { hook: { type: 'webhook', url: hooks.urlOf('hook'), group: false } },
        feeds: Array.from({ length: feeds }, (_, feed) => ({ url: world.urlOf(feed), every: '1s' })),
      }),
      'watch/items.yaml': JSON.stringify({
        items: Array.from({ length: feeds }, (_, n) => ({
          id: `zeppelin-${n}`,
          question: `When will Acme${n} release Zeppelin ${n}?`,
          subject: [`Zeppelin ${n}`],
          official: [`acme${n}.com`],
          since: '2020-01-01',
        })),
      }),
    },
    (clean) => cleaning.push(clean),
  )
  const env = { DATABASE_URL: database.url, OPENWATCH_CONFIG: config, LOG_LEVEL: 'warn' }
  for (const kind of ['worker', 'worker', 'web']) running.push(startCommand([kind], env))
  await Promise.all(running.map((one) => one.saying('Stop with Ctrl-C.')))
})

afterAll(async () => {
  for (const { child } of running) child.kill('SIGKILL')
  await Promise.all(running.map(({ ended }) => ended))
  await client.end()
  world.close()
  await hooks.close()
  await database.drop()
  for (const clean of cleaning) await clean()
})

async function until(what: string, limitMs: number, done: () => Promise<boolean> | boolean): Promise<number> {
  const from = Date.now()
  while (!(await done())) {
    if (Date.now() - from > limitMs) throw new Error(`after ${limitMs / 1000} s still not: ${what}`)
    await sleep(50)
  }
  return Date.now() - from
}

/** The process that delivers at present, by the lock of its job. */
async function whoDelivers(): Promise<number | null> {
  const { rows } = await client.query<{ pid: number }>(
    `select p.pid from process p join graphile_worker._private_jobs j on p.doing->'pools' ? j.locked_by limit 1`,
  )
  return rows[0]?.pid ?? null
}

/** Brings the database to the schema of a version to come, as one that is started during an upgrade does. */
async function migrateToNextVersion(): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'openwatch-migrations-'))
  const pool = createPool(database.connection)
  try {
    await cp(migrationsDirectory, directory, { recursive: true })
    const folder = join(directory, '29991231000000_next')
    await mkdir(folder)
    const added = [
      'feed',
      'entry',
      'revision',
      'match',
      'claim',
      'watch_item',
      'alert',
      'delivery',
      'process',
    ]
    const sql = added
      .map((table) => `alter table "${table}" add column next_version text default 'x';`)
      .join('\n')
    await writeFile(join(folder, 'migration.sql'), sql)
    expect((await migrate(pool, { directory })).applied).toEqual(['29991231000000_next'])
  } finally {
    await pool.end()
    await rm(directory, { recursive: true, force: true })
  }
}

const count = async (sql: string) =>
  (await client.query<{ n: number }>(`select (${sql})::int as n`)).rows[0]?.n ?? 0

test('two workers go on beside a newer version that migrates; of one that is killed in the middle, the work moves on within a minute, and nothing comes twice', async () => {
  await until(
    'every feed is polled',
    30_000,
    () => new Set(world.asked.map(({ feed }) => feed)).size === feeds,
  )
  world.publish()
  await until('some alerts have come', 30_000, () => hooks.arrived.length >= 3)
  await migrateToNextVersion()
  let pid: number | null = null
  await until('somebody delivers', 10_000, async () => (pid = await whoDelivers()) !== null)
  const killed = running.find(({ child }) => child.pid === pid)
  expect(killed).toBeDefined()
  killed?.child.kill('SIGKILL')
  const killedAt = Date.now()
  const delivered = until(
    'every alert is sent',
    60_000,
    async () => (await count(`select count(*) from delivery where state = 'sent'`)) === feeds,
  )
  const polled = until('every feed is polled again', 60_000, () => {
    const since = world.asked.filter(({ at }) => at > killedAt + 1000)
    return new Set(since.map(({ feed }) => feed)).size === feeds
  })
  const tookMs = { delivered: await delivered, polled: await polled }
  expect(tookMs.delivered).toBeLessThan(60_000)
  expect(tookMs.polled).toBeLessThan(30_000)

  expect(running.filter(({ said }) => /"level":[56]0/.test(said.err)).map(({ said }) => said.err)).toEqual([])
  expect(world.most).toEqual({ host: 1, feed: 1 })
  expect(await count('select count(*) from status_change')).toBe(feeds)
  expect(await count('select count(*) from entry')).toBe(2 * feeds)
  const keys = new Map<string, Set<string>>()
  for (const { alertIds, key } of hooks.arrived)
    for (const id of alertIds) keys.set(id, (keys.get(id) ?? new Set()).add(key))
  expect(keys.size).toBe(feeds)
  expect([...keys.values()].filter((under) => under.size > 1)).toEqual([])
}, 180_000)
