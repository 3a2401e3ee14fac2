import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startRunner } from '../../src/pipeline/job-runner.ts'
import { openDatabase, type Database } from '../../src/store/database.ts'
import { createPool } from '../../src/store/pool.ts'
import { queuePool } from '../../src/store/queue-pool.ts'
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts'

let database: TestDatabase
let db: Database

beforeAll(async () => {
  database = await createTestDatabase()
  const dataDir = () => Promise.reject(new Error('a test database needs no data directory'))
  db = await openDatabase({ url: database.url, dataDir, application: 'queue', connections: 4 })
})

afterAll(async () => {
  await db.close()
  await database.drop()
})

/** What Postgres answers to every connection while it recovers from a crash. */
const starting = (() => {
  const fields = Buffer.from('SFATAL\0VFATAL\0C57P03\0Mthe database system is starting up\0\0')
  const head = Buffer.alloc(5)
  head.write('E')
  head.writeInt32BE(fields.length + 4, 1)
  return Buffer.concat([head, fields])
})()

test('that Postgres is starting is an error like any other to the job queue', async () => {
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.once('data', () => socket.end(starting))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const pool = createPool({ host: '127.0.0.1', port, user: 'nobody', database: 'none' })
  try {
    await expect(pool.connect()).rejects.toMatchObject({ code: '57P03' })
    const fault: unknown = await queuePool(pool)
      .connect()
      .catch((error: unknown) => error)
    expect(fault).toMatchObject({ message: 'the database system is starting up', cause: { code: '57P03' } })
    expect(fault).not.toHaveProperty('code')
  } finally {
    await pool.end()
    server.close()
  }
})

test('with such a pool the queue works', async () => {
  const done: unknown[] = []
  const runner = await startRunner({
    ...{ db, logger: pino({ level: 'silent' }), concurrency: 2 },
    tasks: { deliver: (payload) => void done.push(payload) },
  })
  await db.pool.query(`select graphile_worker.add_job('deliver', '{"n": 1}')`)
  for (let tries = 0; done.length === 0 && tries < 500; tries++) await sleep(20)
  await runner.stop()
  expect(done).toEqual([{ n: 1 }])
})
