import { basename } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { Logger } from 'pino'
import { createChannel, type ChannelSurroundings } from './alerts/channels/registry.ts'
import type { Routing } from './alerts/route.ts'
import type { Config } from './config/config.ts'
import type { Retention } from './config/schema/retention.ts'
import type { PollingBounds } from './feeds/cadence.ts'
import { createFetcher, type Fetcher, type FetcherOptions } from './feeds/fetch.ts'
import { createHubClient, type HubClient } from './feeds/hub-client.ts'
import { createParser, type Parser } from './feeds/parse-aside.ts'
import { ownNetwork } from './feeds/own-network.ts'
import { proxyFrom } from './feeds/proxy.ts'
import { attend, type Raised } from './pipeline/attend.ts'
import { createHeat } from './pipeline/heat.ts'
import { backfillFile, type BackfilledFile } from './pipeline/archive-file.ts'
import { backfill, type Archive, type Backfilled, type BackfillOptions } from './pipeline/backfill.ts'
import { catchUp, catchUpForgotten, type CatchUpOptions } from './pipeline/catch-up.ts'
import type { Clock } from './pipeline/clock.ts'
import { createDeliveries, type Deliveries } from './pipeline/deliveries.ts'
import type { LiveChannel } from './pipeline/drain-channel.ts'
import { createLinks, type Links } from './pipeline/links.ts'
import { pollFeed, type PollOptions } from './pipeline/poll-feed.ts'
import type { QuietFacts } from './pipeline/raise-system-alerts.ts'
import type { Polled } from './pipeline/record-polls.ts'
import { reviseDeliveries, type Revision } from './pipeline/revise-deliveries.ts'
import { syncConfig, type SyncedConfig } from './pipeline/sync-config.ts'
import { tendSubscriptions } from './pipeline/tend-subscriptions.ts'
import type { Tracer } from './pipeline/tracer.ts'
import { createWatchSet } from './pipeline/watch-set.ts'
import { answerHub, mayDeliver, receive, type WebSubOptions } from './pipeline/websub.ts'
import { buildReport } from './report/build.ts'
import type { StatusReport } from './report/status-report.ts'
import type { Database } from './store/database.ts'
import type { StoredFeed } from './store/feeds.ts'
import { readReportInput } from './store/report.ts'
import { findSubscription } from './store/subscriptions.ts'
import type { WebSubParts } from './web/websub.ts'

export interface ComposeOptions {
  readonly db: Database
  readonly config: Config
  readonly clock: Clock
  readonly logger: Logger
  readonly surroundings: ChannelSurroundings
  /** From 0 to 1; spreads polls and retries out. */
  readonly random?: () => number
  /** Follows what is done; nobody does when left out. */
  readonly tracer?: Tracer
  /** Where the page is, with a slash at the end; null while there is none. As the configuration says when left out. */
  readonly pageUrl?: () => string | null
}

/** A live system: every part built and joined, nothing running by itself. */
export interface System {
  readonly db: Database
  readonly clock: Clock
  readonly logger: Logger
  config(): Config
  /** Takes a new configuration into use, in this process and in the database. */
  useConfig(config: Config): Promise<SyncedConfig>
  /** Reads the archives of the configuration that were not read yet, then lets new items catch up. */
  bringIn(progress?: (archive: string, done: number, total: number) => void): Promise<void>
  backfill(archive: Archive, progress?: (done: number, total: number) => void): Promise<Backfilled>
  /** Polls a feed by hand: the daemon goes on rounds. */
  readonly pollFeed: (feed: StoredFeed) => Promise<Polled>
  /** How feeds are polled, as the configuration stands. */
  readonly polling: () => PollOptions
  /** How long things are kept. */
  readonly retention: () => Retention
  readonly deliveries: Deliveries
  /** The links in alerts by which people act on them. */
  readonly links: Links
  /** The page of all questions, with a slash at the end; null while there is no page. */
  readonly pageUrl: () => string | null
  /** The item's page; null while there is none. */
  readonly reportUrl: (itemId: string) => string | null
  /** What hubs may ask of the daemon and deliver to it. */
  readonly websub: WebSubParts
  /** Asks hubs for what is due; says how much that was. */
  readonly tendSubscriptions: () => Promise<number>
  report(itemIds?: readonly string[]): Promise<StatusReport>
  /** Looks after what no entry brings: what is overdue, what cannot be seen, questions left half added. To be called every minute. */
  readonly attend: () => Promise<Raised[]>
  /** Cuts off what is on its way to or from the network, so that jobs end. */
  readonly interrupt: () => void
  /** Ends connections to feeds and channels. The database is closed by who opened it. */
  close(): Promise<void>
}

/** Builds a system from its parts. */
export function compose(options: ComposeOptions): System {
  const { db, clock, logger, surroundings, tracer } = options
  const random = options.random ?? Math.random
  const stopping = new AbortController()
  let live = parts(options.config, surroundings, null)
  // what changed since is to be made up for, too, where the database could not take a configuration
  let inDatabase = options.config
  const watchSet = createWatchSet(() => live.config)
  const routing = (): Routing => ({ channels: [...live.channels.keys()], routes: live.config.routes })
  const page = () => pageUrl(live.config, options.pageUrl)
  const report = async (ids?: readonly string[]) =>
    buildReport(await readReportInput(db, clock.now(), ids), clock.now())
  const itemUrl = (id: string) => reportUrl(page(), id)
  const judging = () => ({ watchSet, routing: routing(), reportUrl: itemUrl })
  const links = createLinks({ db, clock, config: () => live.config, reportUrl: itemUrl })
  const common = { db, clock, random, signal: stopping.signal, ...(tracer && { tracer }) }
  const parser = createParser()
  const heat = createHeat(db, clock)
  const polling = remembered(
    () => live,
    (): PollOptions => ({ ...common, ...judging(), ...asking(live), parser, heat }),
  )

  return {
    db,
    clock,
    logger,
    config: () => live.config,
    async useConfig(config) {
      const old = live
      if (config !== old.config) live = parts(config, surroundings, old)
      await dropParts(old, live)
      const synced = await takeUp(db, { before: inDatabase, after: config, now: clock.now(), logger })
      inDatabase = config
      return synced
    },
    bringIn: (progress) => bringIn({ ...common, ...judging(), logger, config: live.config }, progress),
    backfill: (archive, progress) =>
      backfill(archive, { ...common, ...judging(), ...(progress && { progress }) }),
    pollFeed: (feed) => pollFeed(feed, polling()),
    polling,
    retention: () => live.config.retention,
    deliveries: createDeliveries({
      ...common,
      routing,
      live: () => live.channels,
      pageUrl: page,
      quietFacts: async () => quietFacts(await report()),
      links,
    }),
    links,
    pageUrl: page,
    reportUrl: itemUrl,
    report,
    interrupt: () => stopping.abort(),
    websub: websubOf(
      () => ({ ...common, ...judging(), logger, parser, leastPollMs: live.config.polling.interval.min }),
      options.config.polling.maxBody,
    ),
    attend: () =>
      lookAfter({ db, clock, logger, config: live.config, reportUrl: itemUrl, routing: routing() }),
    tendSubscriptions: () =>
      tendSubscriptions({
        ...common,
        logger,
        hubs: live.hubs,
        publicUrl: live.config.server.publicUrl,
        leastPollMs: live.config.polling.interval.min,
      }),
    close: () => closeParts({ ...live, parser }),
  }
}

/** How feeds are asked for. */
function asking({ config, fetcher, isOwnHost }: Parts) {
  return {
    fetcher,
    bounds: bounds(config),
    hostGapMs: (host: string) => (isOwnHost(host) ? 0 : hostGapMs),
    firstPollMaxAgeMs: config.polling.firstPollMaxAge,
  }
}

/** What is asked for at each poll, and is the same until `of` gives something else. */
function remembered<T>(of: () => unknown, build: () => T): () => T {
  let known: { readonly of: unknown; readonly built: T } | null = null
  return () => {
    const current = of()
    if (known === null || known.of !== current) known = { of: current, built: build() }
    return known.built
  }
}

/** Takes a configuration into the database: what it manages, and what waits. */
async function takeUp(db: Database, change: Revision): Promise<SyncedConfig> {
  const synced = await syncConfig(db, change.after, change.now)
  await reviseDeliveries(db, change)
  return synced
}

async function bringIn(
  options: BackfillOptions & CatchUpOptions & Pick<ComposeOptions, 'config' | 'logger'>,
  progress: Parameters<System['bringIn']>[0],
): Promise<void> {
  const { config, logger } = options
  for (const file of config.historyFiles) {
    const archive = basename(file)
    const read = await backfillFile(file, {
      ...options,
      progress: (done, total) => progress?.(archive, done, total),
    })
    tellOfHistory(logger, file, read)
  }
  tellOfCaughtUp(logger, await catchUp(options))
}

async function lookAfter(
  options: CatchUpOptions & Pick<ComposeOptions, 'logger'> & { readonly routing: Routing },
): Promise<Raised[]> {
  const raised = await attend({ ...options, now: options.clock.now() })
  tellOfCaughtUp(options.logger, await catchUpForgotten(options))
  return raised
}

function tellOfCaughtUp(logger: Logger, items: readonly string[]): void {
  if (items.length > 0) logger.info({ event: 'caught-up', items }, 'watch items caught up')
}

function tellOfHistory(logger: Logger, file: string, read: BackfilledFile): void {
  switch (read.kind) {
    case 'known':
      return
    case 'read':
      logger.info({ event: 'backfilled', archive: basename(file), ...read }, 'history read')
      return
    case 'unreadable':
      logger.error(
        { event: 'archive-unreadable', file, reason: read.reason },
        `the history ${file} is left out: ${read.reason}. Mend the file or take it away`,
      )
  }
}

function websubOf(options: () => WebSubOptions, maxBody: number): WebSubParts {
  return {
    maxBody,
    expects: async (id) => mayDeliver(await findSubscription(options().db.pool, id)),
    answer: (id, query) => answerHub(id, query, options()),
    receive: (id, delivery) => receive(id, delivery, options()),
  }
}

interface Parts {
  readonly config: Config
  readonly fetcher: Fetcher
  readonly hubs: HubClient
  readonly channels: ReadonlyMap<string, LiveChannel>
  readonly isOwnHost: (host: string) => boolean
}

/** Between two requests to one host of the internet. */
const hostGapMs = 1000

function bounds({ polling: { interval } }: Config): PollingBounds {
  return { minMs: interval.min, defaultMs: interval.default, maxMs: interval.max }
}

/** A hub has little to say; one that takes longer keeps others waiting, and is asked again. */
const hubTimeouts = { connectMs: 5000, headersMs: 10_000, bodyMs: 5000 }

/** Builds the parts of a configuration; those that it does not change are kept: they may be in use at this moment. */
function parts(config: Config, surroundings: ChannelSurroundings, before: Parts | null): Parts {
  const settings = fetcherOptions(config)
  const kept = before !== null && isDeepStrictEqual(settings, fetcherOptions(before.config)) ? before : null
  const liveChannel = (manners: Config['channels'][number]): LiveChannel => {
    const known = before?.channels.get(manners.id)
    if (known !== undefined && isDeepStrictEqual(known.manners, manners)) return known
    return { manners, channel: createChannel(manners, surroundings) }
  }
  return {
    config,
    fetcher: kept?.fetcher ?? createFetcher(settings),
    hubs: kept?.hubs ?? createHubClient({ ...settings, timeouts: hubTimeouts }),
    isOwnHost: ownNetwork(config.polling.allowPrivateHosts),
    channels: new Map(config.channels.map((manners) => [manners.id, liveChannel(manners)])),
  }
}

/** Ends what a new configuration has put others in the place of; feeds that are being asked answer first. */
async function dropParts(old: Parts, live: Parts): Promise<void> {
  for (const [id, one] of old.channels) if (live.channels.get(id) !== one) await one.channel.close?.()
  if (old.hubs !== live.hubs) await old.hubs.close()
  // nobody waits for a slow feed here
  if (old.fetcher !== live.fetcher) void old.fetcher.retire()
}

async function closeParts({
  fetcher,
  hubs,
  channels,
  parser,
}: Parts & { readonly parser: Parser }): Promise<void> {
  const open = [...channels.values()].map(({ channel }) => channel.close?.())
  await Promise.all([fetcher.close(), hubs.close(), parser.close(), ...open])
}

function quietFacts({ items, feeds }: StatusReport): QuietFacts {
  return { questions: items.length, healthy: feeds.healthy, total: feeds.total }
}

/** How feeds are fetched, as the configuration says. */
export function fetcherOptions({ polling }: Pick<Config, 'polling'>): FetcherOptions {
  const { timeout, maxBody, userAgent, allowPrivateHosts } = polling
  return {
    timeouts: { connectMs: Math.min(timeout, 10_000), headersMs: timeout, bodyMs: timeout },
    maxBodyBytes: maxBody,
    userAgent,
    allowPrivateHosts,
    proxy: proxyFrom(process.env),
  }
}

/** The page of an item. */
function reportUrl(page: string | null, itemId: string): string | null {
  return page === null ? null : `${page}items/${encodeURIComponent(itemId)}`
}

/** Where people reach the page: the public address where there is one, else where it was opened, else where it would be. */
export function pageUrl({ server }: Config, opened: ComposeOptions['pageUrl']): string | null {
  if (server.publicUrl !== undefined) return server.publicUrl.replace(/\/*$/, '/')
  if (opened !== undefined) return opened()
  const host = server.host.includes(':') ? `[${server.host}]` : server.host
  return `http://${host}:${server.port}/`
}
