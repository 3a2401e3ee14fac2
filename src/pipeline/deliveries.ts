import type { Routing } from '../alerts/route.ts'
import type { Database } from '../store/database.ts'
import type { Clock } from './clock.ts'
import type { Links } from './links.ts'
import { drainChannel, type LiveChannel, type Tried } from './drain-channel.ts'
import { SentLog } from './sent-log.ts'
import type { Tracer } from './tracer.ts'
import { takeDigestTurn, tellOfFailing, tellOfRefusing, type QuietFacts } from './raise-system-alerts.ts'
import { testChannel, type TestedChannel } from './test-channel.ts'

/** The part of a system that delivers. */
export interface Deliveries {
  /** Names of the channels in use. */
  channels(): readonly string[]
  /** Sends all that is due on a channel; `done` is told of every try. */
  drain(channel: string, done: (tried: Tried) => Promise<void> | void): Promise<void>
  /** Sends a test by a channel at once, past queue, quiet hours and digests; null where there is no such channel. */
  test(channel: string): Promise<TestedChannel | null>
  /** Tells the others of a channel that refuses for good. */
  tellOfRefusing(channel: string): Promise<void>
  /** Tells of channels that have failed for an hour, and sees to digests whose time has come. */
  tend(): Promise<void>
}

export interface DeliveriesOptions {
  readonly db: Database
  readonly clock: Clock
  readonly random: () => number
  readonly signal: AbortSignal
  /** The channels in use now, by name. */
  readonly live: () => ReadonlyMap<string, LiveChannel>
  readonly routing: () => Routing
  /** Where the page is; null where there is none. */
  readonly pageUrl: () => string | null
  readonly quietFacts: () => Promise<QuietFacts>
  readonly links: Pick<Links, 'ready' | 'of'>
  readonly tracer?: Tracer
}

/** Joins what delivers with the configuration in use. */
export function createDeliveries(options: DeliveriesOptions): Deliveries {
  const { clock, live, links } = options
  const raising = () => ({
    ...options,
    now: clock.now(),
    routing: options.routing(),
    pageUrl: options.pageUrl(),
  })
  const seen = new Map<string, number>()
  const sent = new Map<string, SentLog>()
  const sentBy = (channel: string): SentLog => {
    const log = sent.get(channel) ?? new SentLog(options.db, channel)
    sent.set(channel, log)
    return log
  }
  return {
    channels: () => [...live().keys()],
    async drain(channel, done) {
      await links.ready()
      await drainChannel(channel, {
        ...options,
        sent: sentBy(channel),
        actions: links.of,
        channel: (name) => live().get(name) ?? null,
        done,
      })
    },
    async test(name) {
      const found = live().get(name)
      if (found === undefined) return null
      return testChannel(found.channel, { now: clock.now(), reportUrl: options.pageUrl() })
    },
    tellOfRefusing: (channel) => tellOfRefusing(channel, raising()),
    async tend() {
      await tellOfFailing(raising())
      for (const [name, channel] of live()) {
        const due = await takeDigestTurn(name, channel, seen.get(name) ?? null, raising())
        if (due !== null) seen.set(name, due.getTime())
      }
    },
  }
}
