import type { Logger } from 'pino'
import type { Retention } from '../config/schema/retention.ts'
import type { Database } from '../store/database.ts'
import { bringDueTimesForward } from '../store/due-times.ts'
import type { Clock } from './clock.ts'
import { clockSlackMs, watchClock } from './clock-watch.ts'
import { repeat } from './repeat.ts'
import { prune } from './retention.ts'
import { tendIndexes, type TendedIndexes } from './tend-indexes.ts'

export interface ScheduleOptions {
  readonly db: Database
  readonly clock: Clock
  readonly logger: Logger
  /** When due feeds are looked for, beside the begin: a cron expression with seconds (UTC). */
  readonly every: string
  readonly look: () => Promise<void>
  /** How long things are kept, as the configuration stands. */
  readonly retention: () => Retention
  /** When what is too old is deleted, as such an expression: once an hour when left out. */
  readonly pruneAt?: string
  /** Told what became of indexes after that. */
  readonly tended?: (tended: Pick<TendedIndexes, 'rebuilt'> & { readonly failed: boolean }) => void
}

/** The running schedule. */
export interface Schedule {
  /** When it last looked for due feeds, by the machine's clock; null before the first time. */
  lastTickAt(): Date | null
  stop(): Promise<void>
}

const hourly = '0 17 * * * *'
const nothingTended: TendedIndexes = { rebuilt: [], dropped: [] }

/** Has due feeds looked for again and again, and what is too old deleted. */
export function startSchedule(options: ScheduleOptions): Schedule {
  const { db, clock, logger, every, look, retention, pruneAt = hourly } = options
  const stopping = new AbortController()
  const wentBackMs = watchClock(clock)
  let lastTick: Date | null = null
  let failingSince: Date | null = null
  // also at the begin: the clock may have been set back while nobody was there to see it
  let timesAreSuspect = true
  const running = [
    repeat(tick, { cron: every, name: 'due-feeds', logger, atOnce: true }),
    repeat(pruneAll, { cron: pruneAt, name: 'retention', logger }), // not just when a process begins
  ]

  async function tick(): Promise<void> {
    try {
      const backMs = wentBackMs()
      if (backMs > 0)
        logger.warn(
          { event: 'clock-set-back', backMs },
          'the clock was set back; due times are brought forward',
        )
      timesAreSuspect ||= backMs > 0
      if (timesAreSuspect) await bringForward()
      timesAreSuspect = false
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

  async function bringForward(): Promise<void> {
    const brought = await bringDueTimesForward(db.pool, { now: clock.now(), slackMs: clockSlackMs })
    if (brought.feeds + brought.deliveries > 0)
      logger.info(
        { event: 'due-times-brought-forward', ...brought },
        'what waited for a later hour waits no longer',
      )
  }

  async function pruneAll(): Promise<void> {
    try {
      const { signal } = stopping
      const pruned = await prune({ db, now: clock.now(), retention: retention(), signal })
      if (pruned === null) return
      logger.info({ event: 'pruned', ...pruned }, 'what no question needs was deleted')
    } catch (error) {
      logger.warn({ event: 'prune-failed', err: error }, 'could not delete what is too old, trying again')
      return
    }
    await rebuildIndexes(options, stopping.signal)
  }

  return {
    lastTickAt: () => lastTick,
    async stop() {
      stopping.abort()
      await Promise.all(running.map((one) => one.stop()))
    },
  }
}

/** To be called by who has pruned: of several processes one is enough. */
async function rebuildIndexes({ db, logger, tended }: ScheduleOptions, signal: AbortSignal): Promise<void> {
  try {
    const { rebuilt, dropped } = (await tendIndexes({ db, signal })) ?? nothingTended
    if (dropped.length > 0)
      logger.info({ event: 'broken-indexes-dropped', indexes: dropped }, 'unfinished indexes were taken away')
    for (const { name: index, ...sizes } of rebuilt)
      logger.info({ event: 'index-rebuilt', index, ...sizes }, `the index ${index} was built anew`)
    tended?.({ rebuilt, failed: false })
  } catch (error) {
    if (signal.aborted) return
    logger.warn({ event: 'index-rebuild-failed', err: error }, 'could not build indexes anew, trying again')
    tended?.({ rebuilt: [], failed: true })
  }
}
