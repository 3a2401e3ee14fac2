import type { Logger } from 'pino'
import { compose, type System } from '../compose.ts'
import type { Config } from '../config/config.ts'
import { defaultConfig } from '../config/default-config.ts'
import { configDirectory } from '../config/directory.ts'
import { loadConfig } from '../config/load.ts'
import { systemClock, type Clock } from '../pipeline/clock.ts'
import { count } from '../report/people-time.ts'
import type { Tracer } from '../pipeline/tracer.ts'
import { dataDirectory } from '../store/data-directory.ts'
import { openDatabase, type Database } from '../store/database.ts'
import { isFresh } from '../store/feeds.ts'
import { migrate } from '../store/migrate.ts'
import { ConfigProblems } from './fault.ts'
import { progressLine, type Io } from './io.ts'
import { createLogger } from './logger.ts'
import { terminalPaint } from './paint.ts'

/** Reads the configuration of this call. Throws ConfigProblems with all mistakes. */
export async function readConfig(io: Io): Promise<Config> {
  const loaded = await loadConfig({ directory: configDirectory(io.env, io.cwd), env: io.env, now: io.now() })
  if (!loaded.ok) throw new ConfigProblems(loaded.problems)
  return loaded.config
}

/** Opens the database of this call, migrated. */
export async function openStore(io: Io, application: string, logger: Logger): Promise<Database> {
  const db = await openDatabase({
    url: io.env['DATABASE_URL'],
    dataDir: () => dataDirectory(io.env),
    application,
    logger,
  })
  try {
    const { unknown } = await migrate(db.pool)
    if (unknown.length > 0)
      logger.warn(
        { event: 'database-newer', migrations: unknown },
        'the database was migrated by a newer openwatch',
      )
    return db
  } catch (error) {
    await db.close()
    throw error
  }
}

export interface OpenOptions {
  readonly application: string
  readonly logLevel: string
  /** Made when the database is open; the machine's own time when left out. */
  readonly clock?: () => Clock
  /** Where the page is, for alerts; null without one. The address of the configuration when left out. */
  readonly pageUrl?: () => string | null
  readonly config?: Config
  readonly tracer?: Tracer
}

/** Builds the system of this call and hands it to `work`; closes everything afterwards, whatever came of it. */
export async function withSystem<T>(
  io: Io,
  options: OpenOptions,
  work: (system: System) => Promise<T>,
): Promise<T> {
  const config = options.config ?? (await readConfig(io))
  const logger = createLogger(io.env, options.logLevel, io.progress)
  const db = await openStore(io, options.application, logger)
  const system = compose({
    db,
    config,
    clock: options.clock?.() ?? systemClock,
    ...(options.pageUrl && { pageUrl: options.pageUrl }),
    ...(options.tracer && { tracer: options.tracer }),
    logger,
    surroundings: { output: { write: io.out }, width: io.width, paint: terminalPaint(io.colour) },
  })
  try {
    return await work(system)
  } finally {
    await system.close()
    await db.close()
  }
}

/** The same for a command beside the daemon: on a database that no daemon has seen yet, the configuration is brought in. */
export function withCommandSystem<T>(
  io: Io,
  work: (system: System) => Promise<T>,
  config?: Config,
): Promise<T> {
  const options = { application: 'cli', logLevel: 'warn', ...(config && { config }) }
  return withSystem(io, options, async (system) => {
    if (await isFresh(system.db.pool)) await bringIn(io, system)
    return work(system)
  })
}

/**
 * The same for a command that only reads what is stored: mistakes in the configuration are told in a line, and do not keep
 * anybody from looking.
 */
export async function withReadingSystem<T>(io: Io, work: (system: System) => Promise<T>): Promise<T> {
  const directory = configDirectory(io.env, io.cwd)
  const loaded = await loadConfig({ directory, env: io.env, now: io.now() })
  if (loaded.ok) return withCommandSystem(io, work, loaded.config)
  const [first] = loaded.problems
  const where = first === undefined ? '' : ` (${first.file}${first.line === null ? '' : `:${first.line}`})`
  io.err(
    `openwatch: ${count(loaded.problems.length, 'mistake')} in the configuration${where}; what is stored is shown all the same.\n` +
      'openwatch check-config tells what is wrong.\n\n',
  )
  const config = defaultConfig(directory)
  return withSystem(io, { application: 'cli', logLevel: 'warn', config }, work)
}

/** Brings the configuration into the database and reads its history, with progress on a terminal. */
export async function bringIn(io: Io, system: System): Promise<void> {
  await system.useConfig(system.config())
  const line = progressLine(io, 'reading the story so far')
  await system.bringIn((_archive, done, total) => line.show(done, total))
  line.clear()
}
