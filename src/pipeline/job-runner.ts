import { EventEmitter } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
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
  /** Names of its worker pools at present. */
  pools(): readonly string[]
  /** Waits for running jobs; what cannot finish in time is handed back to the queue. */
  stop(): Promise<void>
}

/** How long to wait before a queue that ended is begun anew, in milliseconds. */
const pauseMs = 1000

/**
 * Starts working on jobs, with a lease that shows others that this worker lives. The queue ends itself when it cannot write
 * down that a job is done, since that job stays locked: it is begun anew then, under another name, and the lock is taken
 * from the old one as from any other that is gone.
 */
export async function startRunner(options: RunnerOptions): Promise<JobRunner> {
  const stopping = new AbortController()
  let current = await begin(options)
  const keeping = keep()

  async function keep(): Promise<void> {
    for (;;) {
      await current.ended
      if (stopping.signal.aborted) return
      options.logger.warn({ event: 'job-queue-ended' }, 'the job queue ended, beginning anew')
      await current.close()
      current = await beginAgain()
    }
  }

  async function beginAgain(): Promise<Begun> {
    for (;;) {
      await sleep(pauseMs, null, { signal: stopping.signal }).catch(() => null)
      if (stopping.signal.aborted) return nothing
      try {
        return await begin(options)
      } catch (error) {
        options.logger.warn(
          { event: 'job-queue-failed', err: error },
          'the job queue does not begin, trying again',
        )
      }
    }
  }

  return {
    pools: () => current.pools,
    async stop() {
      stopping.abort()
      await current.close()
      await keeping
      await current.close()
    },
  }
}

interface Begun {
  readonly pools: readonly string[]
  readonly ended: Promise<void>
  close(): Promise<void>
}

const nothing: Begun = { pools: [], ended: Promise.resolve(), close: () => Promise.resolve() }

async function begin({ db, tasks, logger, concurrency }: RunnerOptions): Promise<Begun> {
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
    // Without these nobody waits for a job to be written off: where that fails, the process would end.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
  })
  const ended = runner.promise.catch(() => undefined)
  const leases = await Promise.all(pools.map((pool) => openLease(db, leaseName(pool)))).catch(
    async (error: unknown) => {
      await runner.stop().catch(() => undefined)
      throw error
    },
  )
  let closing: Promise<void> | null = null
  return {
    pools,
    ended,
    close: () => (closing ??= close()),
  }

  async function close(): Promise<void> {
    // it may have stopped by itself
    await runner.stop().catch(() => undefined)
    await Promise.all(leases.map((lease) => lease.release().catch(() => undefined)))
  }
}
