import type { Logger } from 'pino'
import type { Database } from '../store/database.ts'
import { forgetReplacedJobs, lockedJobs, reclaimJobs, unlockJobs, type LockedJobs } from '../store/jobs.ts'
import type { Working } from './job-runner.ts'

export interface ReclaimOptions {
  readonly db: Database
  readonly logger: Logger
  /** How long a job of a worker that seems dead is left alone, in milliseconds. */
  readonly graceMs: number
  /** What this process works on; left out where it has no worker. */
  readonly working?: () => Working
}

const nothing: LockedJobs = { jobs: [], queues: [] }

/**
 * Hands back again and again what workers held that are gone, of this process and others, and what is locked for this
 * process that it does not work on. That happens: a job is given out, and the connection is lost before we hear of it; or
 * another process took a job from us, was done with it first, and so took away what our queue would have been freed by. Nobody
 * else can know that nobody is working on it.
 */
export async function startReclaiming(options: ReclaimOptions): Promise<{ stop(): Promise<void> }> {
  const { db, logger, graceMs, working } = options
  let suspects = nothing
  let isReclaiming = false
  let reclaiming = reclaim()
  const again = (): void => {
    if (!isReclaiming) reclaiming = reclaim()
  }
  const timer = setInterval(again, Math.max(100, graceMs / 3))
  timer.unref()
  await reclaiming

  async function reclaim(): Promise<void> {
    isReclaiming = true
    try {
      const pools = await reclaimJobs(db.pool, graceMs, working?.().pools)
      if (pools > 0)
        logger.info({ event: 'jobs-reclaimed', pools }, 'took over the jobs of a worker that is gone')
      if (working !== undefined) suspects = await handBack(suspects, working)
      await forgetReplacedJobs(db.pool)
    } catch (error) {
      suspects = nothing
      logger.warn({ event: 'jobs-reclaim-failed', err: error }, 'could not look for jobs of dead workers')
    } finally {
      isReclaiming = false
    }
  }

  /** Only what was found twice: at the first look its end may just be on its way to the database. */
  async function handBack(before: LockedJobs, working: () => Working): Promise<LockedJobs> {
    const { pools } = working()
    const locked = await lockedJobs(db.pool, pools, graceMs)
    const { jobs, queues } = working()
    const idle = {
      jobs: locked.jobs.filter((id) => !jobs.has(id)),
      queues: locked.queues.filter((id) => !queues.has(id)),
    }
    const twice = {
      jobs: idle.jobs.filter((id) => before.jobs.includes(id)),
      queues: idle.queues.filter((id) => before.queues.includes(id)),
    }
    if (twice.jobs.length + twice.queues.length > 0) {
      await unlockJobs(db.pool, pools, twice)
      logger.warn({ event: 'jobs-handed-back', ...twice }, 'handed back jobs that nobody was working on')
    }
    return idle
  }

  return {
    async stop() {
      clearInterval(timer)
      await reclaiming
    },
  }
}
