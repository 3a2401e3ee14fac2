import type { Logger } from 'pino'
import type { Database } from '../store/database.ts'
import { reclaimJobs } from '../store/jobs.ts'

export interface ReclaimOptions {
  readonly db: Database
  readonly logger: Logger
  /** How long a job of a worker that seems dead is left alone, in milliseconds. */
  readonly graceMs: number
}

/** Hands back again and again what workers held that are gone, of this process and others. */
export async function startReclaiming({
  db,
  logger,
  graceMs,
}: ReclaimOptions): Promise<{ stop(): Promise<void> }> {
  let reclaiming = reclaim()
  const again = (): void => {
    reclaiming = reclaim()
  }
  const timer = setInterval(again, Math.max(1000, graceMs / 3))
  timer.unref()
  await reclaiming

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
      clearInterval(timer)
      await reclaiming
    },
  }
}
