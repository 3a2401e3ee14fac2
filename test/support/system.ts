import { pino, type Logger } from 'pino'
import { compose, type System } from '../../src/compose.ts'
import type { Config } from '../../src/config/config.ts'
import { systemClock, type Clock } from '../../src/pipeline/clock.ts'
import { openDatabase, type Database } from '../../src/store/database.ts'
import { createTestDatabase, type TestDatabase } from './postgres.ts'
import { shippedConfig } from './shipped-config.ts'

/** A system over a database of its own. */
export interface TestSystem extends System {
  readonly config: System['config']
  /** What the console channel wrote. */
  readonly written: string[]
  /** Another system on the same database, as a second process would be. */
  sibling(): Promise<System>
  /** Closes everything and drops the database. */
  end(): Promise<void>
}

/** Read once a process: reading it takes as long as many a test. Nobody writes into a configuration. */
let shipped: Promise<Config> | null = null

/** The shipped configuration, changed as a test wants it. Loopback feeds are allowed. */
export async function testConfig(changes: Partial<Config> = {}): Promise<Config> {
  const config = await (shipped ??= shippedConfig())
  return {
    ...config,
    feeds: [],
    historyFiles: [],
    polling: { ...config.polling, allowPrivateHosts: ['127.0.0.1'] },
    ...changes,
  }
}

export interface TestSystemOptions {
  readonly config: Config
  readonly clock?: Clock
  readonly logger?: Logger
  /** Where there is no test run that has a server: a migrated and empty database from elsewhere. */
  readonly createDatabase?: () => Promise<Pick<TestDatabase, 'url' | 'drop'>>
}

/** Builds a system and brings its configuration in. */
export async function testSystem(options: TestSystemOptions): Promise<TestSystem> {
  const database = await (options.createDatabase ?? createTestDatabase)()
  const written: string[] = []
  const opened: { system: System; db: Database }[] = []
  const open = async () => {
    const db = await openDatabase({ url: database.url, dataDir: unused, application: 'test', connections: 5 })
    const system = compose({
      db,
      config: options.config,
      clock: options.clock ?? systemClock,
      logger: options.logger ?? pino({ level: 'silent' }),
      surroundings: { output: { write: (text: string) => written.push(text) }, width: () => 80 },
      random: () => 0.5,
    })
    opened.push({ system, db })
    return system
  }
  const system = await open()
  await system.useConfig(options.config)
  await system.bringIn()
  return {
    ...system,
    written,
    sibling: open,
    async end() {
      for (const one of opened) {
        await one.system.close()
        await one.db.close()
      }
      await database.drop()
    },
  }
}

function unused(): Promise<string> {
  throw new Error('a test database needs no data directory')
}

/** How many rows a table has. */
export async function countRows(db: Database, table: string): Promise<number> {
  const { rows } = await db.pool.query<{ count: number }>(`select count(*)::int as count from ${table}`)
  return rows[0]?.count ?? 0
}
