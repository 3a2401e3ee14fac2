import cron, { type ScheduledTask } from 'node-cron'
import type { Logger } from 'pino'
import type { Database } from '../store/database.ts'
import type { Retention } from '../config/schema/retention.ts'
import type { Clock } from './clock.ts'
import { prune } from './retention.ts'

export interface ScheduleOptions {
  readonly db: Database
  readonly clock: Clock
  readonly logger: Logger
  /** When to look for due feeds, as a cron expression with seconds (UTC). */
  readonly every: string
  readonly look: () => Promise<void>
  /** How long things are kept, as the configuration stands. */
  readonly retention: () => Retention
}

/** The running schedule. */
export interface Schedule {
  /** When it last looked for due feeds, by the machine's clock; null before the first time. */
  lastTickAt(): Date | null
  stop(): Promise<void>
}

/** When what is too old is deleted: once an hour. */
const hourly = '0 17 * * * *'

/** Has due feeds looked for at every tick, and what is too old deleted. */
export function startSchedule(options: ScheduleOptions): Schedule {
  const { db, clock, logger, every, look, retention } = options
  const stopping = new AbortController()
  let lastTick: Date | null = null
  let failingSince: Date | null = null
  let ticking = Promise.resolve()
  let pruning = Promise.resolve()
  const shared = { timezone: 'UTC', noOverlap: true }
  const tasks: ScheduledTask[] = [
    cron.schedule(every, () => (ticking = tick()), { ...shared, name: 'due-feeds' }),
    cron.schedule(hourly, () => (pruning = pruneAll()), { ...shared, name: 'retention' }),
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

  async function pruneAll(): Promise<void> {
    try {
      const { signal } = stopping
      const pruned = await prune({ db, now: clock.now(), retention: retention(), signal })
      if (pruned !== null) logger.info({ event: 'pruned', ...pruned }, 'what no question needs was deleted')
    } catch (error) {
      logger.warn({ event: 'prune-failed', err: error }, 'could not delete what is too old, trying again')
    }
  }

  return {
    lastTickAt: () => lastTick,
    async stop() {
      stopping.abort()
      for (const task of tasks) await task.destroy()
      await Promise.all([ticking, pruning])
    },
  }
}
