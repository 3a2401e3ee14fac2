import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPutOff } from '../../src/pipeline/put-off.ts'
import { Rounds } from '../../src/pipeline/rounds.ts'
import { startFeedServer, type FeedServer } from '../support/feed-server.ts'
import { rss } from '../support/feed-text.ts'
import { addTestFeed } from '../support/stored-feed.ts'
import { countRows, testConfig, testSystem, type TestSystem } from '../support/system.ts'

let server: FeedServer
let system: TestSystem
let rounds: Rounds
let badId: number
let passedMs = 0

beforeAll(async () => {
  server = await startFeedServer()
  system = await testSystem({ config: await testConfig() })
  for (const path of ['/bad', '/good']) {
    const entry = { id: path, title: 'Rain', link: 'https://a.example/1', at: new Date() }
    server.set(path, { body: rss([entry]) })
  }
  const bad = await addTestFeed(system, `${server.url}/bad`, new Date())
  await addTestFeed(system, `${server.url}/good`, new Date())
  badId = bad.id
  const { db, polling } = system
  const putOff = createPutOff(() => passedMs)
  rounds = new Rounds({
    ...{ db, polling, putOff, concurrency: 4 },
    logger: pino({ level: 'silent' }),
    done: () => undefined,
  })
  await asked('/bad')
  await db.pool.query(`create function refuse() returns trigger language plpgsql as $$
    begin if new.feed_id = ${badId} then raise exception 'no such thing can be written'; end if; return new; end $$`)
  await db.pool.query('create trigger refuse before insert on poll for each row execute function refuse()')
})

afterAll(async () => {
  await rounds.stop()
  await system.end()
  await server.close()
})

async function asked(path: string): Promise<number> {
  server.requests.length = 0
  await rounds.look()
  await rounds.settled()
  return server.requests.filter((request) => request.path === path).length
}

/** Has both feeds be due. */
async function due(): Promise<void> {
  await system.db.pool.query('update feed set next_poll_at = $1', [new Date(0)])
}

function countUnchanged(): Promise<number> {
  return countRows(system.db, `poll where feed_id <> ${badId} and outcome = 'unchanged'`)
}

test('a feed that changed nothing and cannot be written does not keep others from it, and is left alone for a while', async () => {
  await due()
  expect(await asked('/bad')).toBe(1)
  expect(await countUnchanged()).toBe(1)
  expect(await asked('/bad')).toBe(0)
})

test('nor does one with news; it is asked less and less often', async () => {
  await due()
  server.set('/bad', { body: rss([{ id: '2', title: 'Sun', link: 'https://a.example/2', at: new Date() }]) })
  passedMs += 5000
  expect(await asked('/bad')).toBe(1)
  expect(await countUnchanged()).toBe(2)
  passedMs += 9000
  expect(await asked('/bad')).toBe(0)
})

test('once it can be written all goes on', async () => {
  await system.db.pool.query('drop trigger refuse on poll')
  passedMs += 1000
  expect(await asked('/bad')).toBe(1)
  expect(await countRows(system.db, 'entry')).toBe(3)
  expect(await countRows(system.db, 'feed where failures > 0')).toBe(0)
  expect(await asked('/bad')).toBe(0)
})
