import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { notReady } from '../../src/pipeline/readiness.ts'
import { createPutOff } from '../../src/pipeline/put-off.ts'
import { Rounds } from '../../src/pipeline/rounds.ts'
import { createSetback, type Setback } from '../../src/pipeline/setback.ts'
import { startFeedServer, type FeedServer } from '../support/feed-server.ts'
import { rss } from '../support/feed-text.ts'
import { addTestFeed } from '../support/stored-feed.ts'
import { countRows, testConfig, testSystem, type TestSystem } from '../support/system.ts'

let server: FeedServer
let system: TestSystem
let rounds: Rounds
let setback: Setback
let passedMs = 0

beforeAll(async () => {
  server = await startFeedServer()
  system = await testSystem({ config: await testConfig() })
  for (const path of ['/1', '/2']) {
    server.set(path, {
      body: rss([{ id: path, title: 'Rain', link: 'https://a.example/1', at: new Date() }]),
    })
    await addTestFeed(system, server.url + path, new Date())
  }
  setback = createSetback(() => passedMs)
  const { db, polling } = system
  const logger = pino({ level: 'silent' })
  const putOff = createPutOff(() => passedMs)
  rounds = new Rounds({ ...{ db, polling, setback, putOff, logger }, concurrency: 4, done: () => undefined })
  // what Postgres says when a table cannot grow
  await db.pool.query(`create function disk_full() returns trigger language plpgsql as $$
    begin raise exception 'could not extend file "base/1/2": No space left on device' using errcode = '53100'; end $$`)
  await db.pool.query('create trigger full_disk before insert on poll execute function disk_full()')
})

afterAll(async () => {
  await rounds.stop()
  await system.end()
  await server.close()
})

async function look(): Promise<number> {
  server.requests.length = 0
  await rounds.look()
  await rounds.settled()
  return server.requests.length
}

test('while the disk is full feeds are not asked at every look, and one is enough to find out', async () => {
  expect(await look()).toBeGreaterThan(0)
  expect(await look()).toBe(0)
  passedMs += 5000
  // both are on one host of the own network, which is asked for all that is due there
  expect(await look()).toBeGreaterThan(0)
  passedMs += 9000
  expect(await look()).toBe(0)
  expect(await countRows(system.db, 'feed where failures > 0')).toBe(0)
})

test('the process is not ready and says why', async () => {
  const reason =
    'polls cannot be written down: the disk of the database is full (could not extend file "base/1/2": No space left on device): ' +
    'free some space there; feeds are left alone, next try in 1 s'
  expect(rounds.trouble()).toBe(reason)
  const daemon = { lastTickAt: () => new Date(), trouble: () => rounds.trouble() }
  expect(await notReady({ ...{ db: system.db, daemon }, vitals: () => Promise.resolve(null) })).toBe(reason)
})

test('when there is space again all goes on, and nothing was lost', async () => {
  await system.db.pool.query('drop trigger full_disk on poll')
  passedMs += 1000
  expect(await look()).toBeGreaterThan(0)
  expect(rounds.trouble()).toBeNull()
  expect(await countRows(system.db, 'entry')).toBe(2)
})
