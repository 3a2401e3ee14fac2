import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import type { System } from '../compose.ts'
import { watchConfig } from '../config/watch-directory.ts'
import type { Clock } from '../pipeline/clock.ts'
import type { Metrics } from '../metrics/metrics.ts'
import { openTraces } from '../metrics/traces.ts'
import { startDaemon, type Daemon } from '../pipeline/daemon.ts'
import { startHeartbeat, type Heartbeat, type HeartbeatTimes } from '../pipeline/heartbeat.ts'
import type { Observer } from '../pipeline/observer.ts'
import { databaseAway, notReady } from '../pipeline/readiness.ts'
import { count } from '../report/people-time.ts'
import type { ReportProcess } from '../report/processes.ts'
import { renderText } from '../report/render-text.ts'
import { installationId } from '../store/settings.ts'
import { metricsRoutes, type HealthParts } from '../web/metrics.ts'
import { openPage, type Page } from '../web/page.ts'
import { buildServer } from '../web/server.ts'
import { CommandFailed } from './fault.ts'
import type { Io } from './io.ts'
import { measure } from './measure.ts'
import { openMetricsPort } from './metrics-port.ts'
import { bringIn, readConfig, withSystem } from './open-system.ts'
import { terminalPaint } from './paint.ts'
import { reload } from './reload.ts'
import { whyShut } from './shut-pages.ts'
import { keepMemorySteady } from './steady-memory.ts'
import { version } from '../version.ts'

/** Tells the daemon to stop: the first call ends it in order. */
export interface StopSignal {
  readonly stopped: Promise<string>
}

/** Which part of the work a process does, and by which clock. */
export interface ServeOptions {
  readonly kind: ReportProcess['kind']
  /** The machine's own time when left out. */
  readonly clock?: () => Clock
  /** How long a job of a worker that seems dead is left alone, in milliseconds. */
  readonly graceMs?: number
  /** When what is too old is deleted, as a cron expression with seconds (UTC): once an hour when left out. */
  readonly pruneAt?: string
  readonly heartbeat?: HeartbeatTimes
}

/** How often a process without the page looks whether it can take it over, in milliseconds. */
const takeOverMs = 2000

/** `openwatch start`: the daemon and its page, until told to stop. */
export function start(io: Io, stop: StopSignal): Promise<number> {
  return serve(io, stop, { kind: 'start' })
}

/** Runs a process of the given kind until it is told to stop. Throws CommandFailed when its database becomes too new for it. */
export async function serve(io: Io, stop: StopSignal, options: ServeOptions): Promise<number> {
  keepMemorySteady()
  const config = await readConfig(io)
  const { kind, clock } = options
  const own = {
    id: randomBytes(6).toString('hex'),
    kind,
    host: hostname(),
    pid: process.pid,
    version: version(),
  }
  const traces = await openTraces(io.env, own)
  let page: Page | null = null
  const opened = {
    // by the id others know the connections of this process
    application: `${own.id} ${kind}`,
    logLevel: 'info',
    config,
    ...(kind === 'worker' ? {} : { pageUrl: () => page?.address() ?? null }),
    ...(clock && { clock }),
    ...(traces && { tracer: traces.tracer }),
  }
  return withSystem(io, opened, async (system) => {
    const { logger, db } = system
    outliveFaults(logger)
    await bringIn(io, system)
    let daemon: Daemon | null = null
    let heart: Heartbeat | null = null
    const { metrics, vitals } = measure(system, kind, () => heart)
    const health = {
      metrics,
      installation: await installationId(db.pool),
      // a page alone is ready when it can read the database; who works, when the work is not late
      notReady: () => (kind === 'web' ? databaseAway(db) : notReady({ db, daemon, vitals })),
    }
    const port = await openMetricsPort(io, config, health)
    if (kind !== 'worker') page = await servePage(system, { ...health, hasOwnPort: port !== null })
    if (kind !== 'web') daemon = await startWork(system, metrics.observer, options)
    heart = await startHeartbeat({
      ...{ db, logger, me: own },
      doing: () => ({
        ...{ page: pageOf(page), metrics: port?.address ?? null },
        ...{ trouble: daemon?.trouble() ?? null, pools: daemon?.pools() ?? [] },
      }),
      ...(options.heartbeat && { times: options.heartbeat }),
    })
    const watching = new AbortController()
    const { signal } = watching
    const reloads = watchConfig(config.directory, () => reload(io, system, { signal }), signal)
    await greet(io, system, page).catch((error: unknown) =>
      logger.warn({ event: 'report-failed', err: error }, 'the report could not be read'),
    )
    logger.info(
      { event: 'started', database: db.where, config: config.directory, process: own.id },
      page === null ? 'a worker is at work' : 'openwatch is watching',
    )

    const why = await Promise.race([
      stop.stopped,
      heart.outdated.then(() => 'its database is too new for it'),
    ])
    logger.info({ event: 'stopping', why }, `stopping (${why})`)
    watching.abort()
    await Promise.all([closePage(page), port?.close(), daemon?.stop(), reloads])
    await Promise.all([heart.stop(), traces?.close()])
    logger.info({ event: 'stopped' }, 'stopped')
    const outdated = heart.isOutdated()
    if (outdated !== null) throw new CommandFailed(outdated)
    return 0
  })
}

/**
 * A library's promise that fails and that nobody waits for (the job queue's, when a connection is lost twice) would end the
 * process. It is told instead, and the work goes on: all that counts is written down by transactions that are waited for.
 */
function outliveFaults(logger: System['logger']): void {
  process.on('unhandledRejection', (error) =>
    logger.error({ event: 'unhandled', err: error }, 'something failed that nobody waited for'),
  )
}

interface Served extends HealthParts {
  /** Whether metrics have a port of their own: the page has none then. */
  readonly hasOwnPort: boolean
  readonly metrics: Metrics
}

function servePage(system: System, { installation, notReady, metrics, hasOwnPort }: Served): Promise<Page> {
  const { logger } = system
  return openPage({
    build: () => {
      const app = buildServer({
        installation,
        report: () => system.report(),
        notReady,
        pageUrl: system.pageUrl,
        websub: counted(system.websub, metrics.observer),
        actions: system.links,
        desk: system,
        onFault: (error) => logger.error({ event: 'page-fault', err: error }, 'a page could not be answered'),
      })
      return hasOwnPort ? app : app.register(metricsRoutes(metrics))
    },
    server: system.config().server,
    installation,
    everyMs: takeOverMs,
    takenOver: (address) =>
      logger.info({ event: 'page-taken-over', address }, `the report is at ${address} now`),
  })
}

/** Hubs deliver to the page, and what they deliver counts as what polls bring. */
function counted(websub: System['websub'], { pushed }: Observer): System['websub'] {
  return {
    ...websub,
    async receive(id, delivery) {
      const received = await websub.receive(id, delivery)
      pushed(received)
      return received
    },
  }
}

function startWork(
  system: System,
  observer: Observer,
  { graceMs = 15_000, pruneAt }: ServeOptions,
): Promise<Daemon> {
  const { concurrency } = system.config().polling
  return startDaemon({
    ...system,
    observer,
    concurrency,
    every: '*/2 * * * * *',
    graceMs,
    ...(pruneAt !== undefined && { pruneAt }),
  })
}

/** Asked when it may have changed: the page is opened, or taken over, at any time. */
function pageOf(page: Page | null): string | null {
  return page?.isOwn() === true ? page.address() : null
}

async function closePage(page: Page | null): Promise<void> {
  await page?.close()
}

async function greet(io: Io, system: System, page: Page | null): Promise<void> {
  const report = await system.report()
  const watched = `openwatch is watching ${count(report.items.length, 'question')} over ${count(report.feeds.total, 'feed')}.`
  if (page === null) {
    io.out(`${watched}\nThis worker has no page: openwatch web serves it.\nStop with Ctrl-C.\n\n`)
    return
  }
  io.out(`${renderText(report, io.width(), terminalPaint(io.colour))}\n\n`)
  const where = page.isOwn()
    ? `The report: ${page.address()}`
    : `Another openwatch on the same database serves the report at ${page.address()}; this one works along.`
  const shut = await whyShut(system)
  if (shut !== null) system.logger.warn({ event: 'pages-shut' }, 'no password is set: openwatch passwd')
  io.out(`${[watched, where, ...(shut === null ? [] : [shut])].join('\n')}\nStop with Ctrl-C.\n\n`)
}
