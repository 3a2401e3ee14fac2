import cron, { type ScheduledTask } from 'node-cron'
import type { Logger } from 'pino'
import type { Database } from '../store/database.ts'
import { dueFeeds } from '../store/feeds.ts'
import { addJobs } from '../store/jobs.ts'
import { prunePolls } from '../store/poll-log.ts'
import type { Clock } from './clock.ts'

export interface ScheduleOptions {
  readonly db: Database
  readonly clock: Clock
  readonly logger: Logger
  /** When to look for due feeds, as a cron expression with seconds (UTC). */
  readonly every: string
}

/** The running schedule. */
export interface Schedule {
  /** When it last looked for due feeds, by the machine's clock; null before the first time. */
  lastTickAt(): Date | null
  stop(): Promise<void>
}

/** Most feeds queued by one tick: the rest come with the next. */
const batch = 1000

/** When the poll log is pruned: once an hour. */
const hourly = '0 17 * * * *'

/** Queues a job for each due feed at every tick, and keeps the poll log short. */
export function startSchedule({ db, clock, logger, every }: ScheduleOptions): Schedule {
  let lastTick: Date | null = null
  let ticking = Promise.resolve()
  let pruning = Promise.resolve()
  const shared = { timezone: 'UTC', noOverlap: true }
  const tasks: ScheduledTask[] = [
    cron.schedule(every, () => (ticking = tick()), { ...shared, name: 'due-feeds' }),
    cron.schedule(hourly, () => (pruning = prune()), { ...shared, name: 'poll-log' }),
  ]

  async function tick(): Promise<void> {
    try {
      await queueDueFeeds(db, clock.now())
      lastTick = new Date()
    } catch (error) {
      logger.error({ event: 'tick-failed', err: error }, 'could not look for due feeds, trying again')
    }
  }

  async function prune(): Promise<void> {
    try {
      await prunePolls(db.pool, clock.now())
    } catch (error) {
      logger.warn({ event: 'prune-failed', err: error }, 'could not shorten the poll log, trying again')
    }
  }

  return {
    lastTickAt: () => lastTick,
    async stop() {
      for (const task of tasks) await task.destroy()
      await Promise.all([ticking, pruning])
    },
  }
}

/** Adds the jobs of all due feeds. The key keeps a feed from being queued twice, the queue keeps one request a host. */
export async function queueDueFeeds(db: Database, now: Date): Promise<number> {
  const due = await dueFeeds(db.pool, now, batch)
  await addJobs(
    db.pool,
    due.map(({ id, host }) => ({
      task: 'poll-feed',
      payload: { feedId: id },
      key: `poll:${id}`,
      queue: `host:${host}`,
      // the next tick is the next try
      maxAttempts: 1,
    })),
  )
  return due.length
}
