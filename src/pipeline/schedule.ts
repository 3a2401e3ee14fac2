import cron, { type ScheduledTask } from 'node-cron'
import type { Logger } from 'pino'
import type { Database } from '../store/database.ts'
import { dueFeeds } from '../store/feeds.ts'
import { addJobs } from '../store/jobs.ts'
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

/** Queues a job for each due feed at every tick. */
export function startSchedule({ db, clock, logger, every }: ScheduleOptions): Schedule {
  let lastTick: Date | null = null
  let running = Promise.resolve()
  const task: ScheduledTask = cron.schedule(every, () => (running = tick()), {
    timezone: 'UTC',
    noOverlap: true,
    name: 'due-feeds',
  })

  async function tick(): Promise<void> {
    try {
      await queueDueFeeds(db, clock.now())
      lastTick = new Date()
    } catch (error) {
      logger.error({ event: 'tick-failed', err: error }, 'could not look for due feeds, trying again')
    }
  }

  return {
    lastTickAt: () => lastTick,
    async stop() {
      await task.destroy()
      await running
    },
  }
}

/** Adds the jobs of all due feeds. The key keeps a feed from being queued twice, the queue keeps one request a host. */
export async function queueDueFeeds(db: Database, now: Date): Promise<number> {
  const due = await dueFeeds(db.pool, now, batch)
  await addJobs(
    db.pool,
    due.map(({ id, url }) => ({
      task: 'poll-feed',
      payload: { feedId: id },
      key: `poll:${id}`,
      queue: `host:${hostOf(url)}`,
      // the next tick is the next try
      maxAttempts: 1,
    })),
  )
  return due.length
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url
}
