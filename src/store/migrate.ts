import { createHash, randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Pool, PoolClient } from 'pg'

/** `prisma/migrations` of this package: the same place seen from src/store and from dist/store. */
export const migrationsDirectory = fileURLToPath(new URL('../../prisma/migrations', import.meta.url))

/** Any two openwatch processes agree on this number: who holds the lock migrates, the others wait. */
const advisoryLock = 7_300_811_242

/** The database was migrated by other SQL than this version ships, or to what this version cannot work with. */
export class MigrationError extends Error {
  override name = 'MigrationError'
}

interface Migration {
  readonly name: string
  readonly sql: string
  /** SHA-256 of the file in hex, as Prisma notes it. */
  readonly checksum: string
}

export interface MigrationResult {
  /** Names of the migrations applied now, in order. */
  readonly applied: readonly string[]
  /** Names that the database has and this version does not know: it was migrated by a newer one. */
  readonly unknown: readonly string[]
}

/**
 * Brings the database to this version's schema: each `migration.sql` in one transaction with its row in
 * `_prisma_migrations`, then the job queue's own schema. Safe to run from many processes at once, and again.
 * @throws MigrationError when an applied migration's file has changed since, or one fails (its SQL is rolled back).
 */
export async function migrate(pool: Pool, options: { directory?: string } = {}): Promise<MigrationResult> {
  const migrations = await readMigrations(options.directory ?? migrationsDirectory)
  const client = await pool.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [advisoryLock])
    try {
      const result = await applyMissing(client, migrations)
      if (!(await hasJobQueue(client))) await migrateJobs(pool)
      return result
    } finally {
      await client.query('select pg_advisory_unlock($1)', [advisoryLock])
    }
  } finally {
    client.release()
  }
}

/** The newest migration of the job queue's own schema; test/store/schema.test.ts holds that it is the library's. */
export const newestOfJobQueue = 19

/** Whether the job queue's schema is the one of its library, which small commands need not load then. */
async function hasJobQueue(client: PoolClient): Promise<boolean> {
  const { rows } = await client.query<{ there: boolean }>(
    `select to_regclass('graphile_worker.migrations') is not null as there`,
  )
  if (rows[0]?.there !== true) return false
  const newest = await client.query<{ id: number }>('select max(id) as id from graphile_worker.migrations')
  return newest.rows[0]?.id === newestOfJobQueue
}

async function migrateJobs(pool: Pool): Promise<void> {
  const { runMigrations, Logger } = await import('graphile-worker')
  await runMigrations({ pgPool: pool, logger: new Logger(() => () => undefined) })
}

async function readMigrations(directory: string): Promise<Migration[]> {
  const folders = (await readdir(directory, { withFileTypes: true })).filter((f) => f.isDirectory())
  return Promise.all(
    folders
      .map((folder) => folder.name)
      .sort()
      .map(async (name) => {
        const sql = await readFile(join(directory, name, 'migration.sql'), 'utf8')
        return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
      }),
  )
}

async function applyMissing(client: PoolClient, migrations: readonly Migration[]): Promise<MigrationResult> {
  await client.query(createLedger)
  const { rows } = await client.query<{ migration_name: string; checksum: string }>(
    'select migration_name, checksum from _prisma_migrations where finished_at is not null and rolled_back_at is null',
  )
  const done = new Map(rows.map((row) => [row.migration_name, row.checksum]))
  const applied: string[] = []
  for (const migration of migrations) {
    const checksum = done.get(migration.name)
    if (checksum === migration.checksum) continue
    if (checksum !== undefined) {
      throw new MigrationError(
        `migration ${migration.name} was changed after it was applied to this database; ` +
          'put its migration.sql back as it was and add a new migration instead',
      )
    }
    await apply(client, migration)
    applied.push(migration.name)
  }
  const unknown = unknownOf([...done.keys()], migrations)
  if (unknown.length > 0) await refuseTooNew(client, unknown)
  return { applied, unknown }
}

/** The names of the migrations of this version. To be read at the start: an upgrade replaces the files under a process that runs. */
export async function knownMigrations(): Promise<readonly string[]> {
  return (await readMigrations(migrationsDirectory)).map(({ name }) => name)
}

/**
 * For a process that runs while a newer one migrates: throws MigrationError where the database has got a migration that is
 * not among the `known`, and such that older programs cannot go on.
 */
export async function expectUsable(pool: Pool, known: readonly string[]): Promise<void> {
  const { rows } = await pool.query<{ name: string }>(
    'select migration_name as name from _prisma_migrations where finished_at is not null and migration_name <> all($1)',
    [known],
  )
  if (rows.length > 0)
    await refuseTooNew(
      pool,
      rows.map(({ name }) => name),
    )
}

/**
 * Migrations add, and older programs go on beside newer ones. One that older programs cannot live with says so: it sets
 * `needs-migration` in the table of settings to its own name.
 */
async function refuseTooNew(db: Pool | PoolClient, unknown: readonly string[]): Promise<void> {
  const { rows } = await db.query<{ needed: string }>(
    `select value #>> '{}' as needed from setting where key = 'needs-migration'`,
  )
  const needed = rows[0]?.needed
  if (needed === undefined || !unknown.includes(needed)) return
  throw new MigrationError(
    `this openwatch is too old for its database, which a newer one has migrated (${needed}); ` +
      'install the newer version here, too',
  )
}

function unknownOf(done: readonly string[], migrations: readonly Pick<Migration, 'name'>[]): string[] {
  const known = new Set(migrations.map(({ name }) => name))
  return done.filter((name) => !known.has(name))
}

/** Tries to get the locks of a migration, while other processes work: so many, of so many seconds, with pauses. */
const patience = { tries: 20, lockSeconds: 3, pauseMs: 500 }

/** Who waits for a lock on a table keeps all others from it: rather than wait long, the migration lets them by. */
async function apply(client: PoolClient, migration: Migration): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    const fault = await tryToApply(client, migration)
    if (fault === null) return
    const isInTheWay = fault.code === '55P03' || fault.code === '40P01'
    if (!isInTheWay || tries === patience.tries) {
      const { reason, cause } = fault
      throw new MigrationError(`migration ${migration.name} failed and was rolled back: ${reason}`, { cause })
    }
    await sleep(patience.pauseMs)
  }
}

interface Fault {
  readonly reason: string
  /** Of Postgres: 55P03 a lock was not to be had in time, 40P01 a deadlock. */
  readonly code: string
  readonly cause: unknown
}

async function tryToApply(client: PoolClient, migration: Migration): Promise<Fault | null> {
  await client.query('begin')
  try {
    await client.query(`set local lock_timeout = '${patience.lockSeconds}s'`)
    await client.query(migration.sql)
    await client.query(
      `insert into _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       values ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), migration.checksum, migration.name],
    )
    await client.query('commit')
    return null
  } catch (cause) {
    await client.query('rollback')
    const reason = cause instanceof Error ? cause.message : String(cause)
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
    return { reason, code, cause }
  }
}

/** The table exactly as Prisma's own migrate creates it. */
const createLedger = `create table if not exists _prisma_migrations (
  id                  varchar(36) primary key not null,
  checksum            varchar(64) not null,
  finished_at         timestamptz,
  migration_name      varchar(255) not null,
  logs                text,
  rolled_back_at      timestamptz,
  started_at          timestamptz not null default now(),
  applied_steps_count integer not null default 0
)`
