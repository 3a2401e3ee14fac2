import type { Logger } from 'pino'
import { z } from 'zod'
import type { Database } from '../store/database.ts'
import { whyUnable } from '../store/database-away.ts'
import { wakeForgotten } from '../store/jobs.ts'
import { waitingChannels } from '../store/outbox.ts'
import type { Clock } from './clock.ts'
import type { Deliveries } from './deliveries.ts'
import type { Tried } from './drain-channel.ts'
import { startRunner, type Working } from './job-runner.ts'
import { createSetback, type Setback } from './setback.ts'

export interface DeliveryWorkerOptions {
  readonly db: Database
  readonly clock: Clock
  readonly logger: Logger
  readonly deliveries: Deliveries
  /** How often channels that were forgotten are looked for, in milliseconds: every ten seconds when left out. */
  readonly tendEveryMs?: number
  /** Told of every try, besides the log. */
  readonly tried?: (tried: Tried) => void
}

/** Delivers until it is stopped. */
export interface DeliveryWorker {
  /** Names of its worker pools. */
  pools(): readonly string[]
  /** What it is working on. */
  readonly working: () => Working
  stop(): Promise<void>
}

/** How often channels that were forgotten are looked for, and channels and digests are looked after. Milliseconds. */
const usualTendMs = 10_000

/** More slots than channels, so that none waits for a slow one, also when the configuration gets more of them. */
const spareSlots = 4

/** Jobs of an earlier version name a delivery: what is due is found without them. */
const payloadSchema = z.object({ channel: z.string().optional() })

/**
 * Starts delivering, in a worker beside that of the polls: a slow poll never delays an alert. A channel's job is added
 * with the alert, in one transaction; should it ever be missing, the channel is woken within seconds all the same.
 */
export async function startDeliveryWorker(options: DeliveryWorkerOptions): Promise<DeliveryWorker> {
  const { db, clock, logger, deliveries } = options
  const setbacks = new Map<string, Setback>()
  const runner = await startRunner({
    db,
    logger,
    concurrency: deliveries.channels().length + spareSlots,
    tasks: {
      deliver: async (payload) => {
        const { channel } = payloadSchema.parse(payload)
        if (channel !== undefined) await drain(channel)
      },
    },
  })
  let tending = Promise.resolve()
  let isTending = false
  const timer = setInterval(() => {
    if (!isTending) tending = tend()
  }, options.tendEveryMs ?? usualTendMs)
  timer.unref()
  await wake(await waitingChannels(db.pool))

  /** While nothing can be written down, sending would be in vain or twice: the channel is left alone, longer each time. */
  async function drain(channel: string): Promise<void> {
    const setback = setbacks.get(channel) ?? createSetback()
    setbacks.set(channel, setback)
    if (setback.isWaiting()) return
    try {
      await deliveries.drain(channel, (tried) => tell(tried, options))
      setback.passed()
    } catch (error) {
      const why = whyUnable(error) ?? (error instanceof Error ? whyUnable(error.cause) : null)
      if (why === null) throw error
      setback.failed(why)
      logger.warn({ event: 'deliveries-unwritten', channel, err: error }, `${channel} is left alone: ${why}`)
    }
  }

  async function wake(channels: readonly string[]): Promise<void> {
    const woken = await wakeForgotten(db.pool, channels, clock.now())
    if (woken.length > 0) logger.debug({ event: 'channels-woken', channels: woken }, 'channels woken')
  }

  async function tend(): Promise<void> {
    isTending = true
    try {
      await wake(deliveries.channels())
      await deliveries.tend()
    } catch (error) {
      logger.warn(
        { event: 'tend-deliveries-failed', err: error },
        'could not look after channels, trying again',
      )
    } finally {
      isTending = false
    }
  }

  return {
    pools: () => runner.pools(),
    working: () => runner.working(),
    async stop() {
      clearInterval(timer)
      await Promise.all([runner.stop(), tending])
    },
  }
}

async function tell(tried: Tried, { deliveries, logger, ...options }: DeliveryWorkerOptions): Promise<void> {
  options.tried?.(tried)
  const { state, channel, key, alertIds: alerts, detail } = tried
  const fields = { event: 'delivery', state, channel, key, alerts, detail }
  if (state === 'sent') logger.info(fields, 'alert delivered')
  else logger.warn(fields, state === 'dead' ? 'alert given up' : 'alert not delivered, trying again')
  if (state === 'dead' && tried.channelIsIll) await deliveries.tellOfRefusing(channel)
}
