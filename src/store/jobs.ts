import type { Queryable } from './database.ts'

/** One job for the queue. Of two waiting jobs with one key the later replaces the earlier. */
export interface JobSpec {
  readonly task: 'poll-feed' | 'deliver'
  readonly payload: Readonly<Record<string, unknown>>
  readonly key: string
  /** Jobs of one queue run one after the other. */
  readonly queue: string
  /** How often the queue itself tries a job that throws. */
  readonly maxAttempts: number
  /** Milliseconds from now, 0 when not given. */
  readonly delayMs?: number
}

/** Adds jobs; in a transaction they come to be when it commits. */
export async function addJobs(db: Queryable, jobs: readonly JobSpec[]): Promise<void> {
  if (jobs.length === 0) return
  await db.query(
    `select from graphile_worker.add_jobs(array(
       select row(task, payload, queue, now() + make_interval(secs => delay_ms / 1000.0), max_attempts, key, 0, null)::graphile_worker.job_spec
       from unnest($1::text[], $2::json[], $3::text[], $4::float8[], $5::text[],
         $6::int[])
         as job(task, payload, queue, delay_ms, key, max_attempts)))`,
    [
      jobs.map((job) => job.task),
      jobs.map((job) => JSON.stringify(job.payload)),
      jobs.map((job) => job.queue),
      jobs.map((job) => job.delayMs ?? 0),
      jobs.map((job) => job.key),
      jobs.map((job) => job.maxAttempts),
    ],
  )
}

/** Names the connection that shows a worker pool to be alive. Postgres cuts names at 63 bytes. */
export function leaseName(poolId: string): string {
  return `openwatch worker ${poolId}`.slice(0, 63)
}

/**
 * Hands back the jobs of worker pools that are gone: whose lease connection is no longer there. The queue itself
 * would only do so after four hours. Jobs locked less than `graceMs` ago are left: their pool may just be starting.
 * Returns how many pools were found dead.
 */
export async function reclaimJobs(db: Queryable, graceMs: number): Promise<number> {
  const { rows } = await db.query<{ pool: string }>(
    `with held as (
       select locked_by, locked_at from graphile_worker._private_jobs where locked_by is not null
       union all
       select locked_by, locked_at from graphile_worker._private_job_queues where locked_by is not null
     )
     select locked_by as pool from held group by locked_by
     having max(locked_at) < now() - make_interval(secs => $1)
       and not exists (
         select from pg_stat_activity where application_name = left('openwatch worker ' || locked_by, 63))`,
    [graceMs / 1000],
  )
  if (rows.length === 0) return 0
  await db.query('select graphile_worker.force_unlock_workers($1)', [rows.map((row) => row.pool)])
  return rows.length
}
