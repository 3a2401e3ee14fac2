import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startRunner, type JobRunner } from '../../src/pipeline/job-runner.ts'
import { startReclaiming } from '../../src/pipeline/reclaim-jobs.ts'
import { openDatabase, type Database } from '../../src/store/database.ts'
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts'

const graceMs = 300

let database: TestDatabase
let administrator: Database
let one: Database
let other: Database
let cleaning: (() => Promise<void>)[] = []

beforeAll(async () => {
  database = await createTestDatabase()
  const dataDir = () => Promise.reject(new Error('a test database needs no data directory'))
  const open = (application: string) =>
    openDatabase({ url: database.url, dataDir, application, connections: 6 })
  administrator = await open('administrator')
  one = await open('one')
  other = await open('other')
})

afterAll(async () => {
  for (const db of [administrator, one, other]) await db.close()
  await database.drop()
})

beforeEach(() => async () => {
  for (const clean of cleaning) await clean()
  cleaning = []
  await sql('delete from graphile_worker._private_jobs')
  await sql('delete from graphile_worker._private_job_queues')
})

interface ProcessOptions {
  /** What a job waits for. */
  readonly gate?: (name: string) => Promise<void>
  readonly concurrency?: number
}

/** Runs jobs as a process does, and notes in `done` those that have ended. */
async function startProcess(
  db: Database,
  done: string[],
  { gate, concurrency = 4 }: ProcessOptions = {},
): Promise<JobRunner> {
  const logger = pino({ level: 'silent' })
  const deliver = async (payload: unknown): Promise<void> => {
    const { name } = payload as { name: string }
    await gate?.(name)
    done.push(name)
  }
  const runner = await startRunner({ db, logger, concurrency, tasks: { deliver } })
  const reclaiming = await startReclaiming({ db, logger, graceMs, working: runner.working })
  cleaning.push(async () => {
    await reclaiming.stop()
    await runner.stop()
  })
  return runner
}

async function sql<T extends object>(text: string, values: readonly unknown[] = []): Promise<T[]> {
  return (await administrator.pool.query<T>(text, [...values])).rows
}

const add = (name: string, channel: string) =>
  sql(`select graphile_worker.add_job('deliver', json_build_object('name', $1::text), queue_name => $2)`, [
    name,
    `channel:${channel}`,
  ])

/** The pool that has locked the job. */
async function holderOf(name: string): Promise<string | null> {
  const rows = await sql<{ by: string | null }>(
    `select locked_by as by from graphile_worker._private_jobs where payload ->> 'name' = $1`,
    [name],
  )
  return rows[0]?.by ?? null
}

async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + 20_000
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`not within twenty seconds: ${what}`)
    await sleep(20)
  }
}

test('a job that was given to a process without its noticing, since the answer was lost on the way, is done all the same', async () => {
  const done: string[] = []
  const pool = (await startProcess(one, done)).pools().slice(0, 1)
  await sql(
    `select graphile_worker.add_job('deliver', '{"name": "given"}', queue_name => 'channel:a', run_at => now() + interval '1 hour')`,
  )
  await sql('update graphile_worker._private_job_queues set locked_at = now(), locked_by = $1', pool)
  await sql(
    'update graphile_worker._private_jobs set run_at = now(), locked_at = now(), locked_by = $1',
    pool,
  )
  await add('behind it', 'a')
  await until('both are done', () => done.length === 2)
  expect(done.toSorted()).toEqual(['behind it', 'given'])
}, 30_000)

test('a channel goes on after two processes were at its job and the one that had lost it was done first', async () => {
  const done: string[] = []
  const may = { one: false, other: false }
  const gate = (who: keyof typeof may) => (name: string) =>
    name === 'long' ? until(`${who} may end`, () => may[who]) : Promise.resolve()
  // it has no hand free to take it anew
  const first = await startProcess(one, done, { gate: gate('one'), concurrency: 1 })
  await add('long', 'a')
  await until('one is at it', () => first.working().jobs.size === 1)
  const second = await startProcess(other, done, { gate: gate('other') })
  // as when its connections were ended while it was stopped
  await sql('select graphile_worker.force_unlock_workers($1)', [first.pools()])
  await until('the other one is at it, too', () => second.working().jobs.size === 1)
  may.one = true
  await until('it is written off', async () => (await holderOf('long')) === null)
  may.other = true
  await until('both have ended', () => done.length === 2)
  await add('after', 'a')
  await until('the channel goes on', () => done.includes('after'))
}, 60_000)

test('what a process is working on stays its own for as long as it takes', async () => {
  const done: string[] = []
  let may = false
  const runner = await startProcess(one, done, { gate: () => until('it may end', () => may) })
  await add('long', 'a')
  await until('it is at it', () => runner.working().jobs.size === 1)
  await sleep(10 * graceMs)
  expect(runner.pools()).toContain(await holderOf('long'))
  may = true
  await until('it is done', () => done.length === 1)
})

test('a job that was replaced while it was worked on is not kept when its worker is lost', async () => {
  const keyed = () =>
    sql(
      `select graphile_worker.add_job('deliver', '{"name": "again"}', queue_name => 'channel:a', job_key => 'channel:a')`,
    )
  await keyed()
  await sql(
    `update graphile_worker._private_jobs set locked_at = now() - interval '1 minute', locked_by = 'pool-lost'`,
  )
  await sql(
    `update graphile_worker._private_job_queues set locked_at = now() - interval '1 minute', locked_by = 'pool-lost'`,
  )
  await keyed()
  const done: string[] = []
  await startProcess(one, done)
  await until('the later one is done', () => done.length === 1)
  await until(
    'none is left',
    async () => (await sql('select from graphile_worker._private_jobs')).length === 0,
  )
  expect(done).toEqual(['again'])
}, 30_000)

test('of two jobs that cannot be written off at the same time, while a third one takes its time, all channels go on', async () => {
  const done: string[] = []
  let may = false
  await startProcess(one, done, {
    gate: (name) => (name === 'long' ? until('it may end', () => may) : Promise.resolve()),
  })
  const release = await failWritingOff()
  await add('long', 'c')
  await add('a', 'a')
  await until('the first one has ended', () => done.length === 1)
  await add('b', 'b')
  await until('both are to be written off', async () => (await waitingLocks()) === 2)
  await release()
  await add('after a', 'a')
  await add('after b', 'b')
  await until('these channels go on', () => done.includes('after a') && done.includes('after b'))
  may = true
  await add('after long', 'c')
  await until('that one goes on', () => done.includes('after long'))
}, 60_000)

/** Has the writing off of jobs wait, and fail for all of them at the same time when the function that it gives is called. */
async function failWritingOff(): Promise<() => Promise<void>> {
  const holder = await administrator.pool.connect()
  await holder.query('select pg_advisory_lock(42)')
  await sql(`create function fail() returns trigger language plpgsql as
    $$ begin perform pg_advisory_xact_lock_shared(42); raise 'it cannot be written off'; end $$`)
  await sql(
    'create trigger fail before delete on graphile_worker._private_jobs for each row execute function fail()',
  )
  return async () => {
    await holder.query('select pg_advisory_unlock(42)')
    holder.release()
    await until('they have failed', async () => (await waitingLocks()) === 0)
    await sql('drop function fail cascade')
  }
}

async function waitingLocks(): Promise<number> {
  return (await sql(`select from pg_locks where locktype = 'advisory' and not granted`)).length
}
