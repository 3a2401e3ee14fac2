import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { compose } from '../src/compose.ts'
import type { Config } from '../src/config/config.ts'
import { shippedDirectory } from '../src/config/directory.ts'
import { loadConfig } from '../src/config/load.ts'
import { systemClock } from '../src/pipeline/clock.ts'
import { openDatabase, type Database } from '../src/store/database.ts'
import { openEmbeddedPostgres } from '../src/store/embedded/open.ts'
import { findFeed, listFeeds, putFeed } from '../src/store/feeds.ts'
import { migrate } from '../src/store/migrate.ts'
import { closeOnce } from './close-once.ts'

/** The product's poll path over a Postgres of its own, with the settings of the house (what is committed is on disk). */
export interface PollingSystem {
  readonly db: Database
  /** Polls feeds, eight at a time, each as the daemon's job does it. Throws when one does not come to `outcome`. */
  readonly poll: (urls: readonly string[], outcome: 'new' | 'unchanged') => Promise<void>
  close(): Promise<void>
}

/** As many as the daemon polls at a time, if not told otherwise. */
const concurrency = 8

/** Starts Postgres in a temporary directory and registers the feeds, beside the watch items that openwatch brings along. */
export const openPollingSystem = async (urls: readonly string[]): Promise<PollingSystem> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'openwatch-bench-'))
  const undo: (() => Promise<unknown>)[] = [() => rm(dataDir, { recursive: true, force: true })]
  const close = closeOnce(async () => {
    for (const step of undo.toReversed()) await step()
  })
  try {
    // As root the server is another account's, which must get through.
    await chmod(dataDir, 0o711)
    const server = await openEmbeddedPostgres({ dataDir, application: 'bench', systemDirectories: [dataDir] })
    undo.push(() => server.release())
    const db = await openDatabase({
      url: server.url,
      dataDir: () => Promise.resolve(dataDir),
      application: 'bench',
    })
    undo.push(() => db.close())
    await migrate(db.pool)
    const system = compose({
      db,
      config: await benchConfig(),
      clock: systemClock,
      logger: pino({ level: 'silent' }),
      surroundings: { output: { write: () => undefined }, width: () => 80 },
    })
    undo.push(() => system.close())
    await system.useConfig(system.config())
    const ids = await register(db, urls)
    return {
      db,
      poll: (some, outcome) =>
        pollAll(
          some.map((url) => ids.get(url) ?? 0),
          outcome,
          system,
        ),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

const benchConfig = async (): Promise<Config> => {
  const loaded = await loadConfig({ directory: shippedDirectory(), env: {}, now: new Date() })
  if (!loaded.ok) throw new Error(loaded.problems.map(({ message }) => message).join('; '))
  const { config } = loaded
  const polling = { ...config.polling, allowPrivateHosts: ['127.0.0.1'] }
  return { ...config, polling, feeds: [], historyFiles: [] }
}

const register = async (db: Database, urls: readonly string[]): Promise<ReadonlyMap<string, number>> => {
  const definition = { title: null, homeUrl: null, outlet: null, topic: null, everyMs: null }
  const now = new Date()
  await db.transaction(async (tx) => {
    for (const url of urls) await putFeed(tx, { url, ...definition }, { origin: 'user', now })
  })
  return new Map((await listFeeds(db.prisma)).map(({ url, id }) => [url, id]))
}

const pollAll = async (
  ids: readonly number[],
  outcome: 'new' | 'unchanged',
  { db, pollFeed }: Pick<ReturnType<typeof compose>, 'db' | 'pollFeed'>,
): Promise<void> => {
  const waiting = ids[Symbol.iterator]()
  const work = async (): Promise<void> => {
    for (const id of waiting) {
      const feed = await findFeed(db.prisma, id)
      if (feed === null) throw new Error(`feed ${id} is not registered`)
      const polled = await pollFeed(feed)
      if (polled.outcome === outcome) continue
      throw new Error(
        `${feed.url} came to ${polled.outcome} (${polled.reason ?? 'no reason'}), not ${outcome}`,
      )
    }
  }
  await Promise.all(Array.from({ length: concurrency }, work))
}
