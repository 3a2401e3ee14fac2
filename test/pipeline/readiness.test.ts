import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { behind, notReady } from '../../src/pipeline/readiness.ts'
import { openDatabase, type Database } from '../../src/store/database.ts'
import { readVitals } from '../../src/store/vitals.ts'
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts'

const now = new Date('2026-03-01T12:00:00Z')
const longAgo = new Date('2026-03-01T00:00:00Z')

let database: TestDatabase
let db: Database

beforeAll(async () => {
  database = await createTestDatabase()
  const dataDir = () => Promise.reject(new Error('a test database needs no data directory'))
  db = await openDatabase({ url: database.url, dataDir, application: 'test', connections: 3 })
})

afterAll(async () => {
  await db.close()
  await database.drop()
})

beforeEach(async () => {
  await db.pool.query('truncate feed, host, alert, delivery, channel_state cascade')
})

/** A feed whose times are given in minutes before now. */
async function feed(
  host: string,
  dueFor: number,
  polledFor: number | null = null,
  state = 'active',
): Promise<void> {
  const before = (minutes: number) => new Date(now.getTime() - minutes * 60_000)
  await db.pool.query(
    `insert into feed (url, host, origin, state, created_at, next_poll_at, last_poll_at) values ($1, $2, 'user', $3, now(), $4, $5)`,
    [
      `https://${host}/${Math.random()}`,
      host,
      state,
      before(dueFor),
      polledFor === null ? null : before(polledFor),
    ],
  )
}

async function waiting(channel: string, dueFor: number): Promise<void> {
  const { rows } = await db.pool.query<{ id: string }>(
    `insert into alert (id, kind, created_at, body) values (gen_random_uuid(), 'x', now(), '{}') returning id`,
  )
  await db.pool.query(
    `insert into delivery (id, alert_id, channel, created_at, next_attempt_at) values (gen_random_uuid(), $1, $2, now(), $3)`,
    [rows[0]?.id, channel, new Date(now.getTime() - dueFor * 60_000)],
  )
}

const vitals = (since = longAgo) => readVitals(db.pool, { now, since, channels: ['hook', 'mail'] })

test('without anything due, nothing is late', async () => {
  await feed('a.example', -5)
  expect(await vitals()).toEqual({
    due: 0,
    lagMs: 0,
    queues: [
      { channel: 'hook', waiting: 0, lateMs: 0 },
      { channel: 'mail', waiting: 0, lateMs: 0 },
    ],
  })
  expect(behind(await vitals())).toBeNull()
})

test('feeds that are due and not polled are late, by the time that their host was not asked', async () => {
  await feed('a.example', 9)
  await feed('a.example', 8, 3)
  await feed('b.example', 4)
  await feed('c.example', 60, null, 'paused')
  expect(await vitals()).toMatchObject({ due: 3, lagMs: 4 * 60_000 })
  expect(behind(await vitals())).toBeNull()
  await feed('d.example', 7)
  expect(behind(await vitals())).toBe(
    'the schedule is late: feeds have been due for 7 min (4 in all) and are not polled',
  )
})

test('what was due before the process began counts from then, and a host that asked to be left alone does not count', async () => {
  await feed('a.example', 600)
  expect((await vitals(new Date(now.getTime() - 60_000))).lagMs).toBe(60_000)
  await db.pool.query(`insert into host (name, held_until) values ('a.example', $1)`, [
    new Date(now.getTime() + 60_000),
  ])
  expect(await vitals()).toMatchObject({ due: 0, lagMs: 0 })
})

test('alerts that are due and not sent are a stuck queue, unless the channel is held back', async () => {
  await waiting('hook', 6)
  await waiting('hook', -60)
  await waiting('gone-from-the-configuration', 900)
  expect((await vitals()).queues[0]).toEqual({ channel: 'hook', waiting: 2, lateMs: 6 * 60_000 })
  expect(behind(await vitals())).toBe('the queue is stuck: alerts are due and not sent on hook for 6 min')
  await db.pool.query(`insert into channel_state (name, held_until) values ('hook', $1)`, [
    new Date(now.getTime() + 60_000),
  ])
  expect(behind(await vitals())).toBeNull()
})

test('a daemon is not ready before it has looked for due feeds, when it has not for long, and without its database', async () => {
  const ready = (lastTickAt: Date | null) =>
    notReady({ db, daemon: { lastTickAt: () => lastTickAt, trouble: () => null }, vitals: () => vitals() })
  expect(await notReady({ db, daemon: null, vitals: () => vitals() })).toBe('starting')
  expect(await ready(null)).toBe('the schedule has not begun yet')
  expect(await ready(new Date())).toBeNull()
  expect(await ready(new Date(Date.now() - 90_000))).toBe('nobody has looked for due feeds for 2 min')
  const pool = { query: () => Promise.reject(new Error('connection refused')) }
  expect(
    await notReady({
      db: { pool: pool as never },
      daemon: { lastTickAt: () => new Date(), trouble: () => null },
      vitals: () => vitals(),
    }),
  ).toBe('the database does not answer: connection refused')
})
