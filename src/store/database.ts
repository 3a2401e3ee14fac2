import type pg from 'pg'
import type { Logger } from 'pino'
import { measuredClient, type DatabaseLoad } from './database-load.ts'
import type { PrismaClient } from './generated/client.ts'
import { createPool } from './pool.ts'
import { databaseServer, databaseUrlFault, encodePassword, isOddDatabaseUrl } from './database-url.ts'
import { openEmbeddedPostgres, type EmbeddedPostgres } from './embedded/open.ts'

/** What runs SQL: the pool, or one connection within a transaction. */
export type Queryable = Pick<pg.Pool | pg.PoolClient, 'query'>

/** A connection inside a transaction. */
export type Transaction = pg.PoolClient

/** The database in use by this process. */
export interface Database {
  readonly pool: pg.Pool
  /** Prisma's client: the ordinary access, outside transactions of our own. */
  readonly prisma: () => Promise<PrismaClient>
  /** How to open further connections (the job queue's, leases). It holds the password. */
  readonly connection: pg.ClientConfig
  /** `embedded` or the server's name and port, for people; never a password. */
  readonly where: string
  /** What the statements of the pool have cost up to now. */
  readonly load: Readonly<DatabaseLoad>
  /** Runs `work` in one transaction: committed when it returns, rolled back when it throws. */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** The database cannot be reached; the message says which one and what to do. */
export class DatabaseUnavailable extends Error {
  override name = 'DatabaseUnavailable'
}

export interface DatabaseOptions {
  /** DATABASE_URL; undefined or empty: the embedded server of `dataDir`. */
  readonly url: string | undefined
  /** Makes the data directory when called; only the embedded server needs one. */
  readonly dataDir: () => Promise<string>
  /** Who connects: `daemon`, `cli`. */
  readonly application: string
  readonly logger?: Pick<Logger, 'info' | 'warn'>
  /** Most connections at a time. */
  readonly connections?: number
}

/**
 * Should this machine go without a word, the server notices within a minute and gives back what its connections hold:
 * it is asked to send keepalives, and not to let a transaction wait for its next statement for five.
 */
const serverSettings = [
  'tcp_keepalives_idle=20',
  'tcp_keepalives_interval=10',
  'tcp_keepalives_count=3',
  'idle_in_transaction_session_timeout=300000',
]
  .map((setting) => `-c ${setting}`)
  .join(' ')

/** Opens the database that DATABASE_URL names, or the embedded one. Throws DatabaseUnavailable, or the embedded server's error. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { url, application, logger } = options
  const fault = url === undefined || url === '' ? null : databaseUrlFault(url)
  if (fault !== null) throw new DatabaseUnavailable(fault)
  const embedded = url === undefined || url === '' ? await openEmbedded(options) : null
  const connection: pg.ClientConfig = {
    ...(embedded === null ? { connectionString: url } : embedded.connection),
    application_name: `openwatch ${application}`,
    // and so do we, where it is the server or the way to it that is gone: within a minute, and not after two hours
    keepAlive: true,
    keepAliveInitialDelayMillis: 40_000,
    connectionTimeoutMillis: 10_000,
    options: serverSettings,
  }
  const load = { statements: 0, seconds: 0, failures: 0 }
  // statements that do not wait for each other's answers go to the server together, see `together`
  const settings = {
    ...connection,
    max: options.connections ?? 20,
    pipeline: true,
    Client: measuredClient(load),
  }
  const pool = createPool(settings, (error) =>
    logger?.warn(
      { event: 'database-connection-lost', error: error.message },
      'a database connection was lost',
    ),
  )
  const where = embedded === null ? databaseServer(url ?? '') : 'embedded'
  await reach(pool, where, embedded === null && isOddDatabaseUrl(url ?? ''))
  let prisma: Promise<PrismaClient> | null = null
  return {
    pool,
    prisma: () => (prisma ??= openPrisma(pool)),
    connection,
    where,
    load,
    transaction: (work) => inTransaction(pool, work),
    close: async () => {
      await (await prisma)?.$disconnect()
      await pool.end()
      await embedded?.release()
    },
  }
}

/** Loaded when it is asked for: that takes longer than most of what commands do, and few need it. */
async function openPrisma(pool: pg.Pool): Promise<PrismaClient> {
  const [{ PrismaPg }, { PrismaClient }] = await Promise.all([
    import('@prisma/adapter-pg'),
    import('./generated/client.ts'),
  ])
  return new PrismaClient({ adapter: new PrismaPg(pool) })
}

async function openEmbedded(options: DatabaseOptions): Promise<EmbeddedPostgres> {
  return openEmbeddedPostgres({
    dataDir: await options.dataDir(),
    application: options.application,
    ...(options.logger && { logger: options.logger }),
  })
}

async function reach(pool: pg.Pool, where: string, odd: boolean): Promise<void> {
  try {
    await pool.query('select 1')
  } catch (cause) {
    await pool.end()
    const then = 'Check DATABASE_URL, or unset it to use the embedded one.'
    // What the driver says of an odd address may be a part of the password, taken for a host or a database.
    if (odd)
      throw new DatabaseUnavailable(`The database (${where}) cannot be used. ${encodePassword}. ${then}`)
    throw new DatabaseUnavailable(`The database (${where}) cannot be used: ${reasonOf(cause)}. ${then}`, {
      cause,
    })
  }
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error) || cause.message === '') return 'no answer'
  if (cause.message.includes('client password must be a')) {
    return 'it asks for a password, and DATABASE_URL has none (nor has PGPASSWORD)'
  }
  return cause instanceof URIError ? `the address cannot be read. ${encodePassword}` : cause.message
}

async function inTransaction<T>(pool: pg.Pool, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    // its answer comes with that of the first statement; where there is none to come, that tells
    const begun = client.query('begin')
    begun.catch(() => undefined)
    const result = await work(client)
    await begun
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch((fault: unknown) => {
      broken = fault instanceof Error ? fault : new Error(String(fault))
    })
    throw error
  } finally {
    client.release(broken)
  }
}
