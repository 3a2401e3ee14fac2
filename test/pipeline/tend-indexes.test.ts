import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { tendIndexes } from '../../src/pipeline/tend-indexes.ts'
import { testConfig, testSystem, type TestSystem } from '../support/system.ts'

let system: TestSystem

beforeEach(async () => {
  system = await testSystem({ config: await testConfig() })
  // entries of a year of which one in fifty is kept, as when it met a question
  await system.db.pool.query(`alter table entry set (autovacuum_enabled = false)`)
  await addEntries(0, 20_000)
  await system.db.pool.query('delete from entry where id % 50 <> 0')
  await system.db.pool.query('vacuum analyze entry')
})

afterEach(() => system.end())

async function addEntries(from: number, to: number): Promise<void> {
  await system.db.pool.query(
    `insert into entry (feed_id, identity, outlet, first_seen_at, at)
     select 1, sha256(n::text::bytea), 'a.example', at, at
     from generate_series($1::int, $2::int - 1) n, lateral (select timestamptz '2025-01-01' + n * interval '26 min' as at) t`,
    [from, to],
  )
}

async function sizes(): Promise<ReadonlyMap<string, number>> {
  const { rows } = await system.db.pool.query<{ name: string; bytes: number }>(
    `select c.relname as name, pg_relation_size(c.oid)::int as bytes from pg_index i join pg_class c on c.oid = i.indexrelid
     where i.indrelid = 'entry'::regclass`,
  )
  return new Map(rows.map(({ name, bytes }) => [name, bytes]))
}

async function countInvalid(): Promise<number> {
  const { rows } = await system.db.pool.query('select from pg_index where not indisvalid')
  return rows.length
}

const leastBytes = 100_000

test('an index that grows at its end and of which most rows were deleted is built anew, once', async () => {
  const before = await sizes()
  const tended = await tendIndexes({ db: system.db, leastBytes })
  expect(tended?.rebuilt.map(({ name }) => name)).toContain('entry_pkey')
  const after = await sizes()
  for (const { name, bytesBefore, bytesAfter } of tended?.rebuilt ?? []) {
    expect([bytesBefore, bytesAfter]).toEqual([before.get(name), after.get(name)])
    expect(bytesAfter).toBeLessThan(bytesBefore / 4)
  }
  expect(await tendIndexes({ db: system.db, leastBytes })).toEqual({ rebuilt: [], dropped: [] })
})

test('an index that is full, or small, is left as it is', async () => {
  expect(await tendIndexes({ db: system.db, leastBytes: 2_000_000 })).toEqual({ rebuilt: [], dropped: [] })
  await addEntries(20_000, 40_000)
  await system.db.pool.query('vacuum full analyze entry')
  expect(await tendIndexes({ db: system.db, leastBytes })).toEqual({ rebuilt: [], dropped: [] })
})

test('what took so much when it was built last is not built again and again, however little it is thought to need', async () => {
  await tendIndexes({ db: system.db, leastBytes })
  await system.db.pool.query(
    `update setting set value = jsonb_build_object('bytesPerRow', 1e6) where key like 'index:%'`,
  )
  await addEntries(20_000, 40_000)
  await system.db.pool.query('delete from entry where id % 50 <> 0')
  await system.db.pool.query('vacuum analyze entry')
  expect(await tendIndexes({ db: system.db, leastBytes })).toEqual({ rebuilt: [], dropped: [] })
})

test('what a rebuilding left behind that was cut off is taken away first', async () => {
  const other = new pg.Client(system.db.connection)
  await other.connect()
  await other.query('begin')
  await other.query('lock table entry in row exclusive mode')
  const stopping = new AbortController()
  const cutOff = tendIndexes({ db: system.db, leastBytes, signal: stopping.signal }).catch(
    (error: unknown) => error,
  )
  while ((await countInvalid()) === 0) await new Promise((resolve) => setImmediate(resolve))
  stopping.abort()
  expect(String(await cutOff)).toMatch(/the index \w+ could not be built anew$/)
  await other.query('rollback')
  await other.end()
  const tended = await tendIndexes({ db: system.db, leastBytes })
  expect(tended?.dropped).toEqual([expect.stringMatching(/_ccnew$/)])
  expect(tended?.rebuilt.map(({ name }) => name)).toContain('entry_pkey')
  expect(await countInvalid()).toBe(0)
})

test('of two processes one does it', async () => {
  const both = await Promise.all([1, 2].map(() => tendIndexes({ db: system.db, leastBytes })))
  expect(both.filter((one) => one !== null && one.rebuilt.length > 0)).toHaveLength(1)
})
