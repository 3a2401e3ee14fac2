import type { Logger } from 'pino'
import { z } from 'zod'
import type { Database } from '../store/database.ts'
import { reclaimJobs } from '../store/jobs.ts'
import { startRunner } from './job-runner.ts'

export interface JobsOptions {
  readonly db: Database
  /** Polls a feed; what it throws is logged and its job counted as failed. */
  readonly pollFeed: (feedId: number) => Promise<void>
  readonly logger: Logger
  /** Polls at a time in this process. */
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

/** Starts working on polls, and handing back what dead workers of any kind held. */
export async function startJobs(options: JobsOptions): Promise<JobWorker> {
  const { db, pollFeed, logger, graceMs } = options
  const runner = await startRunner({
    ...options,
    tasks: { 'poll-feed': (payload) => pollFeed(pollPayload.parse(payload).feedId) },
  })
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
    },
  }
}
