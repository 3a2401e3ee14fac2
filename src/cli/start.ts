import { setTimeout as sleep } from 'node:timers/promises'
import { loadConfig } from '../config/load.ts'
import { formatProblems } from '../config/problem.ts'
import { watchConfig } from '../config/watch-directory.ts'
import type { System } from '../compose.ts'
import { maskUrl } from '../report/mask-url.ts'
import { startDaemon, type Daemon } from '../pipeline/daemon.ts'
import { count } from '../report/people-time.ts'
import { renderText } from '../report/render-text.ts'
import { installationId } from '../store/settings.ts'
import { openPage, type Page } from '../web/page.ts'
import { buildServer } from '../web/server.ts'
import type { Io } from './io.ts'
import { bringIn, readConfig, withSystem } from './open-system.ts'
import { terminalPaint } from './paint.ts'
import { keepMemorySteady } from './steady-memory.ts'

/** Tells the daemon to stop: the first call ends it in order. */
export interface StopSignal {
  readonly stopped: Promise<string>
}

/** How late the schedule may be, in milliseconds, before the daemon says that it is not ready. */
const lateMs = 60_000

/** How often a process without the page looks whether it can take it over, in milliseconds. */
const takeOverMs = 2000

/** How long the database may take to answer before it counts as silent, in milliseconds. */
const patienceMs = 3000

/** `openwatch start`: the daemon and its page, until told to stop. */
export async function start(io: Io, stop: StopSignal): Promise<number> {
  keepMemorySteady()
  const config = await readConfig(io)
  let page: Page | null = null
  const opened = { application: 'daemon', logLevel: 'info', config, pageUrl: () => page?.address() ?? null }
  return withSystem(io, opened, async (system) => {
    const { logger, db } = system
    await bringIn(io, system)
    const installation = await installationId(db.prisma)
    let daemon: Daemon | null = null
    page = await openPage({
      build: () =>
        buildServer({
          installation,
          report: () => system.report(),
          notReady: () => notReady(system, daemon),
          pageUrl: system.pageUrl,
          websub: system.websub,
          actions: system.links,
          desk: system,
          onFault: (error) =>
            logger.error({ event: 'page-fault', err: error }, 'a page could not be answered'),
        }),
      server: config.server,
      installation,
      everyMs: takeOverMs,
      takenOver: (address) =>
        logger.info({ event: 'page-taken-over', address }, `the report is at ${address} now`),
    })
    daemon = await startDaemon({
      ...system,
      concurrency: config.polling.concurrency,
      every: '*/2 * * * * *',
      graceMs: 15_000,
    })
    const watching = new AbortController()
    const reloads = watchConfig(config.directory, () => reload(io, system), watching.signal)
    await greet(io, system, page)
    logger.info({ event: 'started', database: db.where, config: config.directory }, 'openwatch is watching')

    const why = await stop.stopped
    logger.info({ event: 'stopping', why }, `stopping (${why})`)
    watching.abort()
    await Promise.all([page.close(), daemon.stop(), reloads])
    logger.info({ event: 'stopped' }, 'stopped')
    return 0
  })
}

async function greet(io: Io, system: System, page: Page): Promise<void> {
  const report = await system.report()
  io.out(`${renderText(report, io.width(), terminalPaint(io.colour))}\n\n`)
  const watched = `openwatch is watching ${count(report.items.length, 'question')} over ${count(report.feeds.total, 'feed')}.`
  const where = page.isOwn()
    ? `The report: ${page.address()}`
    : `Another openwatch on the same database serves the report at ${page.address()}; this one works along.`
  io.out(`${watched}\n${where}\nStop with Ctrl-C.\n\n`)
}

/** Takes changed files into use; with mistakes in them the old configuration stays. */
async function reload(io: Io, system: System): Promise<void> {
  const { logger } = system
  const { directory } = system.config()
  const loaded = await loadConfig({ directory, env: io.env, now: io.now() })
  if (!loaded.ok) {
    io.err(`${formatProblems(loaded.problems)}\nThe old configuration stays in use until this is mended.\n`)
    return
  }
  try {
    const changed = await system.useConfig(loaded.config)
    await system.bringIn()
    const feedsAdded = changed.feedsAdded.map(maskUrl)
    const feedsRemoved = changed.feedsRemoved.map(maskUrl)
    logger.info(
      { event: 'config-reloaded', ...changed, feedsAdded, feedsRemoved },
      'the changed configuration is in use',
    )
  } catch (error) {
    logger.error(
      { event: 'config-reload-failed', err: error },
      'the changed configuration could not be taken into use',
    )
  }
}

async function notReady({ db }: System, daemon: Daemon | null): Promise<string | null> {
  if (daemon === null) return 'starting'
  try {
    await answerWithin(db.pool.query('select 1'))
  } catch (error) {
    return `the database does not answer: ${error instanceof Error ? error.message : String(error)}`
  }
  const last = daemon.lastTickAt()
  if (last === null) return 'the schedule has not begun yet'
  const late = Date.now() - last.getTime()
  return late > lateMs ? `the schedule is ${Math.round(late / 1000)} s late` : null
}

async function answerWithin(answer: Promise<unknown>): Promise<void> {
  const waiting = new AbortController()
  const silence = sleep(patienceMs, undefined, { signal: waiting.signal, ref: false }).then(() => {
    throw new Error(`no answer within ${patienceMs / 1000} s`)
  })
  // whichever comes second is of no interest any more
  silence.catch(() => undefined)
  answer.catch(() => undefined)
  await Promise.race([answer, silence]).finally(() => waiting.abort())
}
