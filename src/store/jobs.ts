import type { Queryable } from './database.ts'
import { together } from './together.ts'

/** One job for the queue. Of two waiting jobs with one key the later replaces the earlier. */
export interface JobSpec {
  readonly task: 'deliver'
  readonly payload: Readonly<Record<string, unknown>>
  readonly key: string
  /** Jobs of one queue run one after the other. */
  readonly queue: string
  /** How often the queue itself tries a job that throws. */
  readonly maxAttempts: number
  /** Milliseconds from now, 0 when not given. */
  readonly delayMs?: number
}

/**
 * Adds jobs; in a transaction they come to be when it commits. `keepEarlier`: a waiting job with the key keeps its time
 * (which is not for jobs that mean news).
 */
export async function addJobs(
  db: Queryable,
  jobs: readonly JobSpec[],
  { keepEarlier = false }: { readonly keepEarlier?: boolean } = {},
): Promise<void> {
  if (jobs.length === 0) return
  await db.query({
    name: 'add-jobs',
    text: `select from graphile_worker.add_jobs(array(
       select row(task, payload, queue, now() + make_interval(secs => delay_ms / 1000.0), max_attempts, key, 0, null)::graphile_worker.job_spec
       from unnest($1::text[], $2::json[], $3::text[], $4::float8[], $5::text[],
         $6::int[])
         as job(task, payload, queue, delay_ms, key, max_attempts)), $7)`,
    values: [
      jobs.map((job) => job.task),
      jobs.map((job) => JSON.stringify(job.payload)),
      jobs.map((job) => job.queue),
      jobs.map((job) => job.delayMs ?? 0),
      jobs.map((job) => job.key),
      jobs.map((job) => job.maxAttempts),
      keepEarlier,
    ],
  })
}

/** Transactions that wake channels one after the other, in whatever order, must not wait for each other in a circle. */
const wakeLock = 7_300_811_271

/** Has channels send what is due. */
export async function wakeChannels(db: Queryable, channels: Iterable<string>): Promise<void> {
  const names = [...new Set(channels)].toSorted()
  if (names.length === 0) return
  const jobs = names.map((name) => channelJob(name))
  await together([db.query('select pg_advisory_xact_lock($1)', [wakeLock]), addJobs(db, jobs)])
}

/** Has a channel look again in a while, unless it is to be woken before. */
export async function wakeChannelLater(db: Queryable, channel: string, delayMs: number): Promise<void> {
  await addJobs(db, [channelJob(channel, delayMs)], { keepEarlier: true })
}

/**
 * Queues those of the channels that have something due and no job that would send it: there is none such as long as
 * nothing goes wrong. Returns which they were.
 */
export async function wakeForgotten(
  db: Queryable,
  channels: readonly string[],
  now: Date,
): Promise<string[]> {
  const { rows } = await db.query<{ name: string }>(
    `select name from unnest($1::text[]) as name
     where exists (select from delivery where channel = name and state = 'waiting' and next_attempt_at <= $2)
       and not exists (select from channel_state c where c.name = name and c.held_until > $2)
       and not exists (
         select from graphile_worker.jobs where key = 'channel:' || name
           and (locked_at is not null or (run_at <= now() and attempts < max_attempts)))
     order by name`,
    [channels, now],
  )
  const names = rows.map(({ name }) => name)
  await wakeChannels(db, names)
  return names
}

/** One job, and one queue, a channel: nobody else sends to it meanwhile, and it holds up no other. */
function channelJob(channel: string, delayMs = 0): JobSpec {
  return {
    task: 'deliver',
    payload: { channel },
    key: `channel:${channel}`,
    queue: `channel:${channel}`,
    // a fault of our own (the database was away) must not lose an alert
    maxAttempts: 25,
    delayMs,
  }
}

/** Names the connection that shows a worker pool to be alive. Postgres cuts names at 63 bytes. */
export function leaseName(poolId: string): string {
  return `openwatch worker ${poolId}`.slice(0, 63)
}

/** Whether a time is more than so many seconds away, as SQL: also ahead, where it was written before the clock was set back. */
function isLongAgo(time: string, seconds: string): string {
  return `${time} not between now() - make_interval(secs => ${seconds}) and now() + make_interval(secs => ${seconds})`
}

/**
 * Hands back the jobs of worker pools that are gone: whose lease connection is no longer there. The queue itself
 * would only do so after four hours. Jobs locked less than `graceMs` ago are left: their pool may just be starting. Those
 * locked in the future were locked before the database's clock was set back. `own`: pools that are known to live.
 * Returns how many pools were found dead.
 */
export async function reclaimJobs(
  db: Queryable,
  graceMs: number,
  own: readonly string[] = [],
): Promise<number> {
  const { rows } = await db.query<{ pool: string }>(
    `with held as (
       select locked_by, locked_at from graphile_worker._private_jobs where locked_by is not null
       union all
       select locked_by, locked_at from graphile_worker._private_job_queues where locked_by is not null
     )
     select locked_by as pool from held where locked_by <> all($2::text[]) group by locked_by
     having ${isLongAgo('max(locked_at)', '$1')}
       and not exists (
         select from pg_stat_activity where application_name = left('openwatch worker ' || locked_by, 63))`,
    [graceMs / 1000, own],
  )
  if (rows.length === 0) return 0
  await db.query('select graphile_worker.force_unlock_workers($1)', [rows.map((row) => row.pool)])
  return rows.length
}

/**
 * Deletes jobs that will never be done: each gave its key up to a later one while it was worked on, and was left behind when its
 * worker was lost or it failed. Returns how many.
 */
export async function forgetReplacedJobs(db: Queryable): Promise<number> {
  const { rowCount } = await db.query(
    `delete from graphile_worker._private_jobs where key is null and attempts >= max_attempts and locked_at is null`,
  )
  return rowCount ?? 0
}

/** What worker pools have locked for longer than `graceMs`: ids of jobs and of queues. */
export interface LockedJobs {
  readonly jobs: readonly string[]
  readonly queues: readonly string[]
}

/** Reads what worker pools have locked for longer than `graceMs`. */
export async function lockedJobs(
  db: Queryable,
  pools: readonly string[],
  graceMs: number,
): Promise<LockedJobs> {
  const { rows } = await db.query<{ jobs: string[]; queues: string[] }>({
    name: 'locked-jobs',
    text: `select
       array(select id::text from graphile_worker._private_jobs where locked_by = any($1)
         and ${isLongAgo('locked_at', '$2')}) as jobs,
       array(select id::text from graphile_worker._private_job_queues where locked_by = any($1)
         and ${isLongAgo('locked_at', '$2')}) as queues`,
    values: [pools, graceMs / 1000],
  })
  return rows[0] ?? { jobs: [], queues: [] }
}

/** Unlocks jobs and queues, where it is still these pools that have locked them. */
export async function unlockJobs(
  db: Queryable,
  pools: readonly string[],
  { jobs, queues }: LockedJobs,
): Promise<void> {
  await db.query(
    `with job as (
       update graphile_worker._private_jobs set locked_at = null, locked_by = null
       where id = any($2::bigint[]) and locked_by = any($1))
     update graphile_worker._private_job_queues set locked_at = null, locked_by = null
     where id = any($3::int[]) and locked_by = any($1)`,
    [pools, jobs, queues],
  )
}
