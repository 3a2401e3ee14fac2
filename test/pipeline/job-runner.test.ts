import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startRunner } from '../../src/pipeline/job-runner.ts'
import { openDatabase, type Database } from '../../src/store/database.ts'
import { reclaimJobs } from '../../src/store/jobs.ts'
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts'

let database: TestDatabase
let administrator: Database
let db: Database

beforeAll(async () => {
  database = await createTestDatabase()
  const dataDir = () => Promise.reject(new Error('a test database needs no data directory'))
  administrator = await openDatabase({ url: database.url, dataDir, application: 'other', connections: 2 })
  db = await openDatabase({ url: database.url, dataDir, application: 'test', connections: 6 })
})

afterAll(async () => {
  await db.close()
  await administrator.close()
  await database.drop()
})

// the server has the databases of other tests, too
const cutOff = () =>
  administrator.pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()
       and (application_name like 'openwatch test%' or application_name like 'openwatch worker%')`,
  )

test('a job that is done while all connections are lost is written off all the same, and the next ones are done', async () => {
  const done: string[] = []
  const unhandled: unknown[] = []
  const note = (reason: unknown) => void unhandled.push(reason)
  process.on('unhandledRejection', note)
  const runner = await startRunner({
    db,
    logger: pino({ level: 'silent' }),
    concurrency: 2,
    tasks: {
      deliver: async (payload) => {
        const { name } = payload as { name: string }
        if (name === 'cut') await cutOff()
        done.push(name)
      },
    },
  })
  const add = (name: string) =>
    administrator.pool.query(
      `select graphile_worker.add_job('deliver', json_build_object('name', $1::text), queue_name => 'channel:x')`,
      [name],
    )
  const left = async () =>
    (await administrator.pool.query('select from graphile_worker._private_jobs')).rowCount ?? 0
  for (const round of [1, 2, 3]) {
    await add('cut')
    await add(`after ${round}`)
    const end = performance.now() + 20_000
    while ((await left()) > 0) {
      if (performance.now() > end) throw new Error(`${await left()} jobs left after ${done.join(', ')}`)
      await reclaimJobs(administrator.pool, 500)
      await sleep(50)
    }
    expect(done.at(-1)).toBe(`after ${round}`)
  }
  await runner.stop()
  process.off('unhandledRejection', note)
  expect(unhandled).toEqual([])
}, 60_000)
