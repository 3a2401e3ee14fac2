import type { Logger } from 'pino'
import { maskUrl } from '../report/mask-url.ts'
import type { Database } from '../store/database.ts'
import { findFeed, type StoredFeed } from '../store/feeds.ts'
import type { Clock } from './clock.ts'
import type { Deliveries } from './deliveries.ts'
import { startDeliveryWorker } from './delivery-worker.ts'
import { startJobs } from './jobs.ts'
import { pollFault } from './poll-fault.ts'
import type { Polled } from './poll-feed.ts'
import { startSchedule } from './schedule.ts'
import { startTending } from './tend-schedule.ts'

export interface DaemonOptions {
  readonly db: Database
  readonly clock: Clock
  readonly logger: Logger
  readonly concurrency: number
  /** When to look for due feeds: a cron expression with seconds (UTC). */
  readonly every: string
  /** How long a job of a worker that seems dead is left alone, in milliseconds. */
  readonly graceMs: number
  readonly pollFeed: (feed: StoredFeed) => Promise<Polled>
  readonly deliveries: Deliveries
  /** Asks hubs for what is due; says how much that was. */
  readonly tendSubscriptions: () => Promise<number>
  /** Cuts off what is under way to the network. */
  readonly interrupt: () => void
}

/** The schedule and the workers of this process. */
export interface Daemon {
  /** When due feeds were last looked for, by the machine's clock; null before the first time. */
  lastTickAt(): Date | null
  stop(): Promise<void>
}

/** How often hubs are looked after. */
const hubsEveryMs = 5000

/** Starts to queue due feeds and to work on the queue. */
export async function startDaemon(options: DaemonOptions): Promise<Daemon> {
  const { db, logger } = options
  const jobs = await startJobs({
    ...options,
    pollFeed: (feedId) => pollDue(feedId, options),
  })
  const delivering = await startDeliveryWorker(options)
  const schedule = startSchedule({ ...options, db })
  const tending = startTending({ tend: options.tendSubscriptions, logger, everyMs: hubsEveryMs })
  return {
    lastTickAt: () => schedule.lastTickAt(),
    async stop() {
      await schedule.stop()
      options.interrupt()
      await Promise.all([jobs.stop(), delivering.stop(), tending.stop()])
    },
  }
}

/** Polls a feed unless it was polled since it was queued. A fault of ours is written down as a failed poll, too. */
async function pollDue(feedId: number, options: DaemonOptions): Promise<void> {
  const { db, clock, logger } = options
  const feed = await findFeed(db.prisma, feedId)
  if (feed?.state !== 'active' || feed.nextPollAt === null || feed.nextPollAt > clock.now()) return
  try {
    const polled = await options.pollFeed(feed)
    logPoll(polled, logger)
  } catch (error) {
    logger.error(
      { event: 'poll-fault', feed: maskUrl(feed.url), err: error },
      `polling ${maskUrl(feed.url)} went wrong`,
    )
    await pollFault(db, feed, { error, now: clock.now() })
  }
}

function logPoll(polled: Polled, logger: Logger): void {
  const { feed, outcome, reason, ingested, nextPollAt, durationMs } = polled
  const fields = { event: 'polled', feed: maskUrl(feed.url), outcome, durationMs, nextPollAt }
  if (outcome === 'new' || outcome === 'unchanged')
    logger.info(
      { ...fields, newEntries: ingested?.newEntries ?? 0, matches: ingested?.matches ?? 0 },
      'polled',
    )
  else if (outcome === 'interrupted') logger.debug(fields, 'poll cut off')
  else if (outcome === 'held' || outcome === 'busy') logger.debug({ ...fields, reason }, 'poll put off')
  else logger.warn({ ...fields, reason }, 'poll failed')
  for (const { itemId, decision } of ingested?.changes ?? []) {
    const { kind, at, reason: why } = decision
    const to = kind === 'status-changed' ? decision.to : decision.expected
    logger.info({ event: kind, item: itemId, to, at, reason: why }, `${itemId}: ${kind}`)
  }
}
