import { afterAll, beforeAll, expect, test } from 'vitest'
import pg from 'pg'
import { isDatabaseAway } from '../../src/store/database-away.ts'
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts'

let database: TestDatabase
let administrator: pg.Client

beforeAll(async () => {
  database = await createTestDatabase()
  administrator = new pg.Client(database.connection)
  await administrator.connect()
})

afterAll(async () => {
  await administrator.end()
  await database.drop()
})

async function faultOf(work: (client: pg.Client) => Promise<unknown>): Promise<unknown> {
  const client = new pg.Client(database.connection)
  client.on('error', () => undefined)
  await client.connect()
  const fault: unknown = await work(client).then(
    () => null,
    (error: unknown) => error,
  )
  await client.end().catch(() => undefined)
  return fault
}

test('a connection that is ended under a statement, and one that is used afterwards, tell that the database is away', async () => {
  const pidOf = async (client: pg.Client) =>
    (await client.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]?.pid
  const during = await faultOf(async (client) => {
    const pid = await pidOf(client)
    const sleeping = client.query('select pg_sleep(20)')
    // awaited below
    sleeping.catch(() => undefined)
    await administrator.query('select pg_terminate_backend($1, 5000)', [pid])
    await sleeping
  })
  expect(isDatabaseAway(during)).toBe(true)
  const afterwards = await faultOf(async (client) => {
    await administrator.query('select pg_terminate_backend($1, 5000)', [await pidOf(client)])
    await client.query('select 1')
  })
  expect(isDatabaseAway(afterwards)).toBe(true)
})

test('so does a server that is not there', async () => {
  const client = new pg.Client({ host: '127.0.0.1', port: 1 })
  const fault: unknown = await client.connect().then(
    () => null,
    (error: unknown) => error,
  )
  expect(isDatabaseAway(fault)).toBe(true)
})

test('a statement that cannot be run does not, nor does another error', async () => {
  expect(isDatabaseAway(await faultOf((client) => client.query('select no_such_column')))).toBe(false)
  expect(isDatabaseAway(await faultOf((client) => client.query(`select 'x'::int`)))).toBe(false)
  expect(isDatabaseAway(new TypeError('x is not a function'))).toBe(false)
  expect(isDatabaseAway('away')).toBe(false)
})
