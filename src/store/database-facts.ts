import type { Queryable } from './database.ts'

/** What a database says of itself. */
export interface DatabaseFacts {
  readonly version: string
  /** By its own clock. */
  readonly now: Date
  /** Migrations that were applied. */
  readonly migrations: number
  /** What all of it takes on the disk. */
  readonly bytes: number
}

/** Asks a migrated database for its version, time and size. */
export async function databaseFacts(db: Queryable): Promise<DatabaseFacts> {
  const { rows } = await db.query<{ version: string; now: Date; migrations: number; bytes: string }>(
    `select current_setting('server_version') as version, clock_timestamp() as now,
       (select count(*)::int from _prisma_migrations where finished_at is not null) as migrations,
       pg_database_size(current_database()) as bytes`,
  )
  const [facts] = rows
  if (facts === undefined) throw new Error('the database said nothing of itself')
  return { ...facts, bytes: Number(facts.bytes) }
}
