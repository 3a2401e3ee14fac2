import { createHash, randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runMigrations as migrateJobs, Logger as JobLogger } from 'graphile-worker'
import type { Pool, PoolClient } from 'pg'

/** `prisma/migrations` of this package: the same place seen from src/store and from dist/store. */
export const migrationsDirectory = fileURLToPath(new URL('../../prisma/migrations', import.meta.url))

/** Any two openwatch processes agree on this number: who holds the lock migrates, the others wait. */
const advisoryLock = 7_300_811_242

/** The database was migrated by other SQL than this version ships. */
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
      await migrateJobs({ pgPool: pool, logger: new JobLogger(() => () => undefined) })
      return result
    } finally {
      await client.query('select pg_advisory_unlock($1)', [advisoryLock])
    }
  } finally {
    client.release()
  }
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
  const known = new Set(migrations.map((migration) => migration.name))
  return { applied, unknown: [...done.keys()].filter((name) => !known.has(name)) }
}

async function apply(client: PoolClient, migration: Migration): Promise<void> {
  await client.query('begin')
  try {
    await client.query(migration.sql)
    await client.query(
      `insert into _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       values ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), migration.checksum, migration.name],
    )
    await client.query('commit')
  } catch (cause) {
    await client.query('rollback')
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new MigrationError(`migration ${migration.name} failed and was rolled back: ${reason}`, { cause })
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
