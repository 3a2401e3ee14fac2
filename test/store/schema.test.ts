import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createHash } from 'node:crypto'
import type pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { migrate, migrationsDirectory, newestOfJobQueue } from '../../src/store/migrate.ts'
import { createPool } from '../../src/store/pool.ts'
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts'
import { sqlOfSchema } from '../support/schema-engine.ts'

let database: TestDatabase
let pool: pg.Pool

beforeEach(async () => {
  database = await createTestDatabase()
  pool = createPool(database.connection)
})

afterEach(async () => {
  await pool.end()
  await database.drop()
})

const schema = () => readFile(new URL('../../prisma/schema.prisma', import.meta.url), 'utf8')

/** Tables with columns, types, nullability and defaults; then constraints and indexes: one line each. */
async function described(db: pg.Pool): Promise<string[]> {
  const { rows } = await db.query<{ line: string }>(`
    select line from (
      select format('%s.%s %s%s%s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
        case when a.attnotnull then ' not null' else '' end,
        coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')) as line
      from pg_attribute a join pg_class c on c.oid = a.attrelid left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
      where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and a.attnum > 0 and not a.attisdropped
      union all
      select format('%s: %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) from pg_constraint
      where connamespace = 'public'::regnamespace
      union all
      select indexdef from pg_indexes where schemaname = 'public'
    ) lines where position('_prisma_migrations' in line) = 0 order by line`)
  return rows.map((row) => row.line)
}

/** What schema.prisma means, by Prisma's own word: a second database made from it. */
async function wanted(): Promise<string[]> {
  const other = await createTestDatabase()
  const otherPool = createPool(other.connection)
  try {
    await otherPool.query('drop schema public cascade; create schema public')
    await otherPool.query(await sqlOfSchema(await schema(), other.url))
    return await described(otherPool)
  } finally {
    await otherPool.end()
    await other.drop()
  }
}

test('the migrations lead to exactly what schema.prisma says', async () => {
  const lines = await described(pool)
  expect(lines.length).toBeGreaterThan(100)
  expect(lines).toEqual(await wanted())
})

test.each([
  ['a column that the schema lacks', 'alter table feed add column extra text'],
  ['another type', 'alter table poll alter column bytes type bigint'],
  ['another nullability', 'alter table entry alter column outlet drop not null'],
  ['a missing unique', 'drop index feed_url_key'],
  ['a missing foreign key', 'alter table match drop constraint match_entry_id_fkey'],
  ['a missing table', 'drop table evidence'],
])('the comparison sees %s', async (_what, change) => {
  const before = await described(pool)
  await pool.query(change)
  expect(await described(pool)).not.toEqual(before)
})

test('migrating again does nothing', async () => {
  expect(await migrate(pool)).toEqual({ applied: [], unknown: [] })
})

test("the job queue's schema is at the newest of its library, which is looked for without loading it", async () => {
  const { rows } = await pool.query<{ id: number }>('select max(id) as id from graphile_worker.migrations')
  expect(rows).toEqual([{ id: newestOfJobQueue }])
})

test.each([
  ['is missing', 'drop schema graphile_worker cascade'],
  ['is an older one', 'delete from graphile_worker.migrations where id = 19'],
])("a job queue's schema that %s is brought to that of its library", async (_what, sql) => {
  await pool.query(sql)
  await migrate(pool)
  const { rows } = await pool.query<{ id: number }>('select max(id) as id from graphile_worker.migrations')
  expect(rows).toEqual([{ id: newestOfJobQueue }])
})

test('every migration is noted as Prisma notes it, with the checksum of its file', async () => {
  const { rows } = await pool.query<Record<string, unknown>>('select * from _prisma_migrations')
  expect(rows.length).toBeGreaterThan(0)
  for (const row of rows) {
    const sql = await readFile(join(migrationsDirectory, String(row['migration_name']), 'migration.sql'))
    expect(row).toMatchObject({
      checksum: createHash('sha256').update(sql).digest('hex'),
      applied_steps_count: 1,
      rolled_back_at: null,
      logs: null,
    })
    expect(row['id']).toMatch(/^[0-9a-f-]{36}$/)
    expect(row['finished_at']).toBeInstanceOf(Date)
  }
})

test('four processes that migrate an empty database at once do it once', async () => {
  await pool.query('drop schema public cascade; create schema public; drop schema graphile_worker cascade')
  const pools = Array.from({ length: 4 }, () => createPool(database.connection))
  const results = await Promise.all(pools.map((one) => migrate(one)))
  await Promise.all(pools.map((one) => one.end()))
  expect(results.filter((result) => result.applied.length > 0)).toHaveLength(1)
})

test('a migration that was changed after it was applied is refused by name', async () => {
  await withMigrations(async (directory, names) => {
    await writeFile(join(directory, names[0] ?? '', 'migration.sql'), 'select 1')
    await expect(migrate(pool, { directory })).rejects.toThrow(
      `migration ${names[0]} was changed after it was applied`,
    )
  })
})

test('a migration that fails is rolled back whole, and applied when it is mended', async () => {
  await withMigrations(async (directory) => {
    await addMigration(directory, 'create table half (id int); select no_such_function()')
    await expect(migrate(pool, { directory })).rejects.toThrow(
      '29991231000000_next failed and was rolled back',
    )
    expect((await pool.query(`select to_regclass('half') as half`)).rows).toEqual([{ half: null }])
    await addMigration(directory, 'create table half (id int)')
    expect((await migrate(pool, { directory })).applied).toEqual(['29991231000000_next'])
  })
})

test('an older version on a database that a newer one migrated says which migrations it does not know', async () => {
  await withMigrations(async (directory) => {
    await addMigration(directory, 'create table newer (id int)')
    await migrate(pool, { directory })
    expect(await migrate(pool)).toEqual({ applied: [], unknown: ['29991231000000_next'] })
  })
})

async function withMigrations(work: (directory: string, names: string[]) => Promise<void>): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'openwatch-migrations-'))
  try {
    await cp(migrationsDirectory, directory, { recursive: true })
    const { rows } = await pool.query<{ name: string }>(
      'select migration_name as name from _prisma_migrations',
    )
    await work(
      directory,
      rows.map((row) => row.name),
    )
  } finally {
    await rm(directory, { recursive: true })
  }
}

async function addMigration(directory: string, sql: string): Promise<void> {
  const folder = join(directory, '29991231000000_next')
  await cp(join(directory, '20261122000000_init'), folder, { recursive: true })
  await writeFile(join(folder, 'migration.sql'), sql)
}
