import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startHeartbeat, type Heartbeat } from '../../src/pipeline/heartbeat.ts'
import { openDatabase, type Database } from '../../src/store/database.ts'
import { leaseName, reclaimJobs } from '../../src/store/jobs.ts'
import { openLease } from '../../src/store/lease.ts'
import { listProcesses, type OwnProcess } from '../../src/store/processes.ts'
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts'

const times = { everyMs: 50, lostMs: 400, forgetMs: 60_000 }
const logger = pino({ level: 'silent' })

let database: TestDatabase
const closing: (() => Promise<unknown>)[] = []

beforeEach(async () => {
  database = await createTestDatabase()
})

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
  await database.drop()
})

async function connected(id: string): Promise<Database> {
  const dataDir = () => Promise.reject(new Error('a test database needs no data directory'))
  const db = await openDatabase({ url: database.url, dataDir, application: `${id} worker`, connections: 4 })
  closing.push(() => db.close())
  return db
}

const worker = (id: string, changes: Partial<OwnProcess> = {}): OwnProcess => ({
  ...{ id, kind: 'worker', host: 'alpha', pid: process.pid, version: '0.1.0' },
  ...changes,
})

async function living(db: Database, me: OwnProcess, pools: readonly string[] = []): Promise<Heartbeat> {
  const doing = () => ({ page: null, metrics: null, trouble: null, pools })
  const heart = await startHeartbeat({ db, logger, me, doing, times })
  closing.push(() => heart.stop())
  return heart
}

async function until(what: string, done: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 10_000
  while (!(await done())) {
    if (performance.now() > end) throw new Error(`still waiting for ${what}`)
    await sleep(20)
  }
}

test('a process is listed with what it does while it lives, and gone when it ends in order', async () => {
  const db = await connected('aaaa')
  const heart = await living(db, worker('aaaa'), ['pool-1'])
  expect(await listProcesses(db.pool)).toEqual([
    expect.objectContaining({ id: 'aaaa', kind: 'worker', host: 'alpha', pid: process.pid, page: null }),
  ])
  await heart.stop()
  expect(await listProcesses(db.pool)).toEqual([])
})

test('of one that falls silent, locks, transactions and leases are taken, and those of the living are not', async () => {
  const silent = await connected('dead')
  const lease = await openLease(silent, leaseName('pool-of-the-dead'))
  closing.push(() => lease.release())
  const held = await silent.pool.connect()
  await held.query('begin; select pg_advisory_xact_lock(4711)')
  const db = await connected('aaaa')
  await db.pool.query(
    `insert into process values ('dead', 'worker', 'beta', 1, '0.1.0', now(), now(), '{"pools": ["pool-of-the-dead"]}')`,
  )
  const other = await connected('bbbb')
  await living(db, worker('aaaa'))
  await living(other, worker('bbbb'))
  const pids = async (id: string) => {
    const { rows } = await db.pool.query<{ pid: number }>(
      'select pid from pg_stat_activity where starts_with(application_name, $1) order by pid',
      [`openwatch ${id}`],
    )
    return rows.map(({ pid }) => pid)
  }
  const before = await pids('bbbb')
  await until('the lock to be free', async () => {
    const { rows } = await db.pool.query<{ free: boolean }>('select pg_try_advisory_lock(4711) as free')
    return rows[0]?.free === true
  })
  await expect(held.query('commit')).rejects.toThrow()
  held.release(true)
  expect(await pids('dead')).toEqual([])
  expect(await pids('bbbb')).toEqual(before)
  expect((await listProcesses(db.pool)).map(({ id }) => id)).toEqual(['dead', 'aaaa', 'bbbb'])
})

test('the jobs of a lost process are free for others although its lease was still up', async () => {
  const silent = await connected('dead')
  const lease = await openLease(silent, leaseName('pool-2'))
  const db = await connected('aaaa')
  await db.pool.query(`select graphile_worker.add_job('deliver', '{}', queue_name => 'channel:x')`)
  await db.pool.query(
    `update graphile_worker._private_jobs set locked_by = 'pool-2', locked_at = now() - interval '20 s'`,
  )
  expect(await reclaimJobs(db.pool, 100)).toBe(0)
  await db.pool.query(
    `insert into process values ('dead', 'worker', 'beta', 1, '0.1.0', now(), now() - interval '1 min', '{"pools": ["pool-2"]}')`,
  )
  await living(db, worker('aaaa'))
  // the machine of the dead one is gone, so that nobody opens its lease again
  const released = lease.release().catch(() => undefined)
  await until('the jobs to be free', async () => (await reclaimJobs(db.pool, 100)) === 1)
  await released
})

test('a new process forgets those of its host that have ended, and no others', async () => {
  const ended = spawn(process.execPath, ['-e', ''])
  await once(ended, 'exit')
  const db = await connected('aaaa')
  await db.pool.query(
    `insert into process select id, 'worker', host, pid, '0.1.0', now(), now() from
     (values ('ended', 'alpha', $1::int), ('alive', 'alpha', $2::int), ('elsewhere', 'beta', $1::int)) as t(id, host, pid)`,
    [ended.pid, process.pid],
  )
  await living(db, worker('mine'))
  expect((await listProcesses(db.pool)).map(({ id }) => id).sort()).toEqual(['alive', 'elsewhere', 'mine'])
})

test('a process that meets a database too new for it says so, one that meets an addition goes on', async () => {
  const db = await connected('aaaa')
  const heart = await living(db, worker('aaaa'))
  const applied = (name: string) =>
    db.pool.query(
      `insert into _prisma_migrations (id, checksum, migration_name, finished_at) values ($1, '', $1, now())`,
      [name],
    )
  await applied('29991231000000_adds')
  await sleep(300)
  expect(heart.isOutdated()).toBeNull()
  await applied('29991231000001_breaks')
  await db.pool.query(`insert into setting values ('needs-migration', '"29991231000001_breaks"')`)
  await heart.outdated
  expect(heart.isOutdated()).toMatch(
    /^this openwatch is too old for its database, .*29991231000001_breaks.*install/,
  )
})
