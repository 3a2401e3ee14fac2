import { EventEmitter } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { Logger as JobLogger, run, type TaskList } from 'graphile-worker'
import type { Logger } from 'pino'
import type { Database } from '../store/database.ts'
import { leaseName } from '../store/jobs.ts'
import { openLease } from '../store/lease.ts'
import { queuePool } from '../store/queue-pool.ts'
import { noteJobs, type JobsUnderWay } from './jobs-under-way.ts'

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
  /** Names of its worker pools: that of the present one, and of those whose jobs have not all ended. */
  readonly pools: () => readonly string[]
  /** What it is working on. */
  readonly working: () => Working
  /** Waits for running jobs; what cannot finish in time is handed back to the queue. */
  stop(): Promise<void>
}

/** What a process is working on; whatever else is locked in the names of its pools is locked by mistake. */
export interface Working {
  readonly pools: readonly string[]
  /** Ids of jobs, and of the queues that they are in. */
  readonly jobs: ReadonlySet<string>
  readonly queues: ReadonlySet<string>
}

/** How long to wait before a queue that ended is begun anew, in milliseconds. */
const pauseMs = 1000
/** How long a queue may take to write down what it did, once its last job has ended, in milliseconds. */
const lastWordsMs = 3000

/**
 * Starts working on jobs, with a lease that shows others that this worker lives. The queue ends itself when it cannot write
 * down that a job is done, since that job stays locked: it is begun anew then, under another name, and at once: what the old
 * one has under way may take long. The lock is taken from the old one as from any other that is gone.
 */
export async function startRunner(options: RunnerOptions): Promise<JobRunner> {
  const stopping = new AbortController()
  let current = await begin(options)
  const open = new Set([current])
  const isStopping = (): boolean => stopping.signal.aborted
  const keeping = keep()

  async function keep(): Promise<void> {
    while (!isStopping()) {
      await current.ended
      if (isStopping()) return
      options.logger.warn({ event: 'job-queue-ended' }, 'the job queue ended, beginning anew')
      void leave(current)
      const next = await beginAgain()
      if (next === null) return
      current = next
      open.add(current)
    }
  }

  async function leave(begun: Begun): Promise<void> {
    await begun.close()
    open.delete(begun)
  }

  async function beginAgain(): Promise<Begun | null> {
    for (;;) {
      await sleep(pauseMs, null, { signal: stopping.signal }).catch(() => null)
      if (isStopping()) return null
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
    pools: () => [...open].flatMap(({ pools }) => pools),
    working: () => ({
      pools: [...open].flatMap(({ pools }) => pools),
      jobs: new Set([...open].flatMap(({ underWay }) => [...underWay.jobs()])),
      queues: new Set([...open].flatMap(({ underWay }) => [...underWay.queues()])),
    }),
    async stop() {
      stopping.abort()
      await Promise.all([...open].map(leave))
      await keeping
      // what was just beginning when it was to stop
      await Promise.all([...open].map(leave))
    },
  }
}

interface Begun {
  readonly pools: readonly string[]
  readonly underWay: JobsUnderWay
  /** Resolves when it takes no more jobs. */
  readonly ended: Promise<void>
  close(): Promise<void>
}

async function begin({ db, tasks, logger, concurrency }: RunnerOptions): Promise<Begun> {
  const events = new EventEmitter()
  const pools: string[] = []
  const underWay = noteJobs(tasks)
  events.on('pool:create', ({ workerPool }: { workerPool: { id: string } }) => pools.push(workerPool.id))
  const ending = new Promise<void>((resolve) => events.once('pool:gracefulShutdown', () => resolve()))
  const runner = await run({
    pgPool: queuePool(db.pool),
    taskList: underWay.tasks,
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
  let closing: Promise<void> | null = null
  const leases = await Promise.all(pools.map((pool) => openLease(db, leaseName(pool)))).catch(
    async (error: unknown) => {
      await stopped()
      throw error
    },
  )
  return { pools, underWay, ended: Promise.race([ended, ending]), close: () => (closing ??= close()) }

  async function close(): Promise<void> {
    await stopped()
    await Promise.all(leases.map((lease) => lease.release().catch(() => undefined)))
  }

  /**
   * It is not waited for for ever: of two jobs that could not be written off at the same time, graphile-worker 0.17 counts
   * three as ended, and then waits for their number to be none.
   */
  async function stopped(): Promise<void> {
    // it may have stopped by itself
    const stopping = Promise.all([runner.stop().catch(() => undefined), ended])
    await underWay.idle()
    await Promise.race([stopping, sleep(lastWordsMs, undefined, { ref: false })])
  }
}
