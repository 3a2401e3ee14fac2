import type { Logger } from 'pino'
import type { Retention } from '../config/schema/retention.ts'
import { maskUrl } from '../report/mask-url.ts'
import type { Database } from '../store/database.ts'
import type { Raised } from './attend.ts'
import { startAttending } from './attend-schedule.ts'
import type { Clock } from './clock.ts'
import type { Deliveries } from './deliveries.ts'
import { startDeliveryWorker } from './delivery-worker.ts'
import type { Observer } from './observer.ts'
import type { PollOptions } from './poll-feed.ts'
import { startReclaiming } from './reclaim-jobs.ts'
import type { Polled } from './record-polls.ts'
import { Rounds } from './rounds.ts'
import { startSchedule } from './schedule.ts'
import { startTending } from './tend-schedule.ts'

export interface DaemonOptions {
  readonly db: Database
  readonly clock: Clock
  readonly logger: Logger
  readonly concurrency: number
  /** When due feeds are looked for: a cron expression with seconds (UTC). */
  readonly every: string
  /** How long a job of a worker that seems dead is left alone, in milliseconds. */
  readonly graceMs: number
  /** How often channels that were forgotten are looked for, in milliseconds: every ten seconds when left out. */
  readonly tendEveryMs?: number
  /** How feeds are polled, as the configuration stands. */
  readonly polling: () => PollOptions
  /** How long things are kept, as the configuration stands. */
  readonly retention: () => Retention
  /** When what is too old is deleted, as such an expression: once an hour when left out. */
  readonly pruneAt?: string
  readonly deliveries: Deliveries
  /** Looks after what no entry brings; gives what it raised. */
  readonly attend: () => Promise<readonly Raised[]>
  /** Asks hubs for what is due; says how much that was. */
  readonly tendSubscriptions: () => Promise<number>
  /** Cuts off what is under way to the network. */
  readonly interrupt: () => void
  /** Is told what is done, so that it can be counted. */
  readonly observer?: Observer
}

/** The schedule and the workers of this process. */
export interface Daemon {
  /** When due feeds were last looked for, by the machine's clock; null before the first time. */
  lastTickAt(): Date | null
  /** Why it polls nothing although it would, in words; null while it does. */
  trouble(): string | null
  /** Names of its worker pools. */
  pools(): readonly string[]
  stop(): Promise<void>
}

/** How often hubs are looked after. */
const hubsEveryMs = 5000

/** Starts to poll due feeds and to deliver alerts. */
export async function startDaemon(options: DaemonOptions): Promise<Daemon> {
  const { logger } = options
  const { observer } = options
  const delivering = await startDeliveryWorker({ ...options, ...(observer && { tried: observer.tried }) })
  const reclaiming = await startReclaiming({ ...options, working: delivering.working })
  const rounds = new Rounds({
    ...options,
    done: (polled) => {
      logPoll(polled, logger)
      observer?.polled(polled)
    },
    ...(observer && { quiet: observer.quiet }),
  })
  const schedule = startSchedule({
    ...options,
    look: () => rounds.look(),
    ...(observer && { tended: observer.tended }),
  })
  const attending = startAttending(options)
  const tending = startTending({ tend: options.tendSubscriptions, logger, everyMs: hubsEveryMs })
  return {
    lastTickAt: () => schedule.lastTickAt(),
    trouble: () => rounds.trouble(),
    pools: () => delivering.pools(),
    async stop() {
      await Promise.all([schedule.stop(), attending.stop()])
      options.interrupt()
      await Promise.all([rounds.stop(), delivering.stop(), reclaiming.stop(), tending.stop()])
    },
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
