import { EventEmitter } from 'node:events'
import { Logger as JobLogger, run, type Runner, type TaskList } from 'graphile-worker'
import type { Logger } from 'pino'
import { z } from 'zod'
import type { Database } from '../store/database.ts'
import { leaseName, reclaimJobs } from '../store/jobs.ts'
import { openLease } from '../store/lease.ts'

/** What the jobs do; a handler that throws is logged and its job counted as failed. */
export interface JobHandlers {
  readonly pollFeed: (feedId: number) => Promise<void>
  readonly deliver: (deliveryId: string) => Promise<void>
}

export interface JobsOptions {
  readonly db: Database
  readonly handlers: JobHandlers
  readonly logger: Logger
  /** Jobs at a time in this process. */
  readonly concurrency: number
  /** How long a job of a worker that seems dead is left alone, in milliseconds. */
  readonly graceMs: number
}

/** The worker of this process. */
export interface JobWorker {
  /** Waits for running jobs; what cannot finish in time is handed back to the queue. */
  stop(): Promise<void>
}

const pollPayload = z.object({ feedId: z.number() })
const deliverPayload = z.object({ deliveryId: z.string() })

/** Starts working on the queue, and handing back what dead workers held. */
export async function startJobs({
  db,
  handlers,
  logger,
  concurrency,
  graceMs,
}: JobsOptions): Promise<JobWorker> {
  const tasks: TaskList = {
    'poll-feed': (payload) => handlers.pollFeed(pollPayload.parse(payload).feedId),
    deliver: (payload) => handlers.deliver(deliverPayload.parse(payload).deliveryId),
  }
  const events = new EventEmitter()
  const pools: string[] = []
  events.on('pool:create', ({ workerPool }: { workerPool: { id: string } }) => pools.push(workerPool.id))
  const runner: Runner = await run({
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
  const reclaiming = setInterval(() => void reclaim(), Math.max(1000, graceMs / 3))
  reclaiming.unref()
  await reclaim()

  async function reclaim(): Promise<void> {
    try {
      const pools = await reclaimJobs(db.pool, graceMs)
      if (pools > 0)
        logger.info({ event: 'jobs-reclaimed', pools }, 'took over the jobs of a worker that is gone')
    } catch (error) {
      logger.warn({ event: 'jobs-reclaim-failed', err: error }, 'could not look for jobs of dead workers')
    }
  }

  return {
    async stop() {
      clearInterval(reclaiming)
      await runner.stop()
      await Promise.all(leases.map((lease) => lease.release()))
    },
  }
}
