import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startSchedule } from '../../src/pipeline/schedule.ts'
import { bringDueTimesForward } from '../../src/store/due-times.ts'
import { takeHost } from '../../src/store/hosts.ts'
import { reclaimJobs } from '../../src/store/jobs.ts'
import { expectSigns, listProcesses } from '../../src/store/processes.ts'
import { queueFor, statusAlert, webhook } from '../support/alerts.ts'
import { startFeedServer, type FeedServer } from '../support/feed-server.ts'
import { rss } from '../support/feed-text.ts'
import { addTestFeed, storedFeed } from '../support/stored-feed.ts'
import { testConfig, testSystem, type TestSystem } from '../support/system.ts'

const minute = 60_000
const hour = 60 * minute
const begin = new Date('2026-10-31T23:30:00Z')

let server: FeedServer
let system: TestSystem
let now: Date

beforeAll(async () => {
  server = await startFeedServer()
  server.set('/fine', { body: rss([]) })
  server.set('/limited', { status: 429, headers: { 'retry-after': '1800' } })
})

afterAll(() => server.close())

beforeEach(async () => {
  now = begin
  server.requests.length = 0
  system = await testSystem({
    config: await testConfig({ channels: [webhook('hook', 'http://127.0.0.1:1/')] }),
    clock: { now: () => now },
  })
  return () => system.end()
})

const later = (ms: number): Date => (now = new Date(now.getTime() + ms))
const bringForward = () => bringDueTimesForward(system.db.pool, { now, slackMs: minute })

async function polled(path: string) {
  const feed = await addTestFeed(system, server.url + path, now)
  await system.pollFeed(feed)
  return storedFeed(system, feed.id)
}

async function nextAttempts(): Promise<Date[]> {
  const { rows } = await system.db.pool.query<{ at: Date }>(
    'select next_attempt_at as at from delivery order by created_at',
  )
  return rows.map(({ at }) => at)
}

test('a feed waits for as long as it was to wait, and not for an hour more', async () => {
  const before = await polled('/fine')
  const waitMs = (before.nextPollAt?.getTime() ?? 0) - now.getTime()
  expect(waitMs).toBeGreaterThan(minute)
  later(-hour)
  expect(await bringForward()).toEqual({ feeds: 1, deliveries: 0 })
  const after = await storedFeed(system, before.id)
  expect(after).toMatchObject({ lastPollAt: now, nextPollAt: new Date(now.getTime() + waitMs) })
  expect(await bringForward()).toEqual({ feeds: 0, deliveries: 0 })
})

test('a feed that was never polled is due at once', async () => {
  const { id } = await addTestFeed(system, `${server.url}/fine`, now)
  later(-hour)
  await bringForward()
  expect((await storedFeed(system, id)).nextPollAt).toEqual(now)
})

test('a host that asked to be left alone is left alone for just as long', async () => {
  await polled('/limited')
  later(-hour)
  await bringForward()
  const { rows } = await system.db.pool.query<{ until: Date }>('select held_until as until from host')
  expect(rows).toEqual([{ until: new Date(now.getTime() + 30 * minute) }])
})

test('an alert goes out at once, also one that is being tried again', async () => {
  await queueFor(system.db, [statusAlert(now)], ['hook'], now)
  await system.deliveries.drain('hook', () => undefined)
  later(1)
  await queueFor(system.db, [statusAlert(now)], ['hook'], now)
  later(-hour)
  expect(await bringForward()).toEqual({ feeds: 0, deliveries: 2 })
  expect(await nextAttempts()).toEqual([now, now])
  const tried: string[] = []
  await system.deliveries.drain('hook', ({ state }) => void tried.push(state))
  // nobody listens there: what matters is that it was tried, and that the hold of before did not keep it
  expect(tried).toEqual(['waiting'])
})

test('while the clock goes on as it should, and between two machines that differ by seconds, nothing is touched', async () => {
  const { nextPollAt, id } = await polled('/fine')
  await queueFor(system.db, [statusAlert(now)], ['hook'], now)
  later(-30_000)
  expect(await bringForward()).toEqual({ feeds: 0, deliveries: 0 })
  expect((await storedFeed(system, id)).nextPollAt).toEqual(nextPollAt)
})

test('the schedule notices, says so, and looks for what is due', async () => {
  const { id } = await polled('/fine')
  const lines: string[] = []
  let looks = 0
  const schedule = startSchedule({
    ...system,
    logger: pino({ level: 'info' }, { write: (line) => void lines.push(line) }),
    every: '* * * * * *',
    look: async () => {
      looks++
      await Promise.resolve()
    },
  })
  const until = async (done: () => boolean) => {
    const end = performance.now() + 10_000
    while (!done()) {
      if (performance.now() > end) throw new Error(`still waiting; ${looks} looks, ${lines.join('')}`)
      await sleep(5)
    }
  }
  try {
    await until(() => looks > 1)
    later(-hour)
    await until(() => lines.some((line) => line.includes('due-times-brought-forward')))
    const looked = looks
    await until(() => looks > looked)
  } finally {
    await schedule.stop()
  }
  const events = lines.map((line) => (JSON.parse(line) as { event: string }).event)
  expect(events).toEqual(['clock-set-back', 'due-times-brought-forward'])
  expect((await storedFeed(system, id)).lastPollAt).toEqual(now)
})

test("what the database's own clock has set in the future holds nobody up when that is set back", async () => {
  const { pool } = system.db
  await pool.query(`insert into host (name, free_at) values ('a.example', now() + interval '1 hour')`)
  expect((await takeHost(pool, 'a.example', { now, leaseMs: 1000 })).kind).toBe('free')
  await pool.query(`select graphile_worker.add_job('deliver', '{}')`)
  await pool.query(
    `update graphile_worker._private_jobs set locked_by = 'gone', locked_at = now() + interval '1 hour'`,
  )
  expect(await reclaimJobs(pool, 15_000)).toBe(1)
  await pool.query(
    `insert into process values ('silent', 'worker', 'beta', 1, '0', now(), now() + interval '1 hour', '{}')`,
  )
  await expectSigns(pool)
  const seenAt = (await listProcesses(pool))[0]?.seenAt.getTime() ?? Infinity
  expect(seenAt).toBeLessThan(Date.now() + minute)
})
