import { EventEmitter } from 'node:events'
import { Logger as JobLogger, run, type TaskList } from 'graphile-worker'
import type { Logger } from 'pino'
import type { Database } from '../store/database.ts'
import { leaseName } from '../store/jobs.ts'
import { openLease } from '../store/lease.ts'

export interface RunnerOptions {
  readonly db: Database
  /** What the jobs of each name do; one that throws is logged and its job counted as failed. */
  readonly tasks: TaskList
  readonly logger: Logger
  /** Jobs at a time. */
  readonly concurrency: number
}

/** Works on jobs of the queue. */
export interface JobRunner {
  /** Names of its worker pools. */
  readonly pools: readonly string[]
  /** Waits for running jobs; what cannot finish in time is handed back to the queue. */
  stop(): Promise<void>
}

/** Starts working on jobs, with a lease that shows others that this worker lives. */
export async function startRunner({ db, tasks, logger, concurrency }: RunnerOptions): Promise<JobRunner> {
  const events = new EventEmitter()
  const pools: string[] = []
  events.on('pool:create', ({ workerPool }: { workerPool: { id: string } }) => pools.push(workerPool.id))
  const runner = await run({
    pgPool: db.pool,
    taskList: tasks,
    concurrency,
    noHandleSignals: true,
    pollInterval: 1000,
    events,
    logger: new JobLogger(() => (level: string, message) => {
      if (level === 'error') logger.error({ event: 'job-queue', message }, message)
    }),
  })
  const leases = await Promise.all(pools.map((pool) => openLease(db, leaseName(pool))))
  return {
    pools,
    async stop() {
      await runner.stop()
      await Promise.all(leases.map((lease) => lease.release()))
    },
  }
}
