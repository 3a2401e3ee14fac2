import cron, { type ScheduledTask } from 'node-cron'
import type { Logger } from 'pino'
import type { Database } from '../store/database.ts'
import { prunePolls } from '../store/poll-log.ts'
import type { Clock } from './clock.ts'

export interface ScheduleOptions {
  readonly db: Database
  readonly clock: Clock
  readonly logger: Logger
  /** When to look for due feeds, as a cron expression with seconds (UTC). */
  readonly every: string
  readonly look: () => Promise<void>
}

/** The running schedule. */
export interface Schedule {
  /** When it last looked for due feeds, by the machine's clock; null before the first time. */
  lastTickAt(): Date | null
  stop(): Promise<void>
}

/** When the poll log is pruned: once an hour. */
const hourly = '0 17 * * * *'

/** Has due feeds looked for at every tick, and keeps the poll log short. */
export function startSchedule({ db, clock, logger, every, look }: ScheduleOptions): Schedule {
  let lastTick: Date | null = null
  let failingSince: Date | null = null
  let ticking = Promise.resolve()
  let pruning = Promise.resolve()
  const shared = { timezone: 'UTC', noOverlap: true }
  const tasks: ScheduledTask[] = [
    cron.schedule(every, () => (ticking = tick()), { ...shared, name: 'due-feeds' }),
    cron.schedule(hourly, () => (pruning = prune()), { ...shared, name: 'poll-log' }),
  ]

  async function tick(): Promise<void> {
    try {
      await look()
      lastTick = new Date()
      if (failingSince !== null)
        logger.info({ event: 'tick-recovered', failingSince }, 'due feeds are looked for again')
      failingSince = null
    } catch (error) {
      // The first one tells; that the database is still away is no news every two seconds.
      if (failingSince === null)
        logger.error({ event: 'tick-failed', err: error }, 'could not look for due feeds, trying again')
      failingSince ??= new Date()
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
