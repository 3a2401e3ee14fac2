import pg from 'pg'
import type { Queryable } from './database.ts'

/** An index that takes more than it needs. Sizes in bytes. */
export interface BloatedIndex {
  readonly name: string
  readonly bytes: number
  readonly neededBytes: number
}

/**
 * The indexes of our tables that are at least so large and take more than twice what they need, the largest first. What one
 * needs is what a row of it took when it was last built anew, or else is estimated by the widths of its columns, at the 90 %
 * that a new one is filled to. Sizes and rows are those of the last vacuum or analyze: of one moment, so that an index which has
 * grown since is not taken for bloated. Indexes on expressions are left out.
 */
export async function bloatedIndexes(
  db: Queryable,
  { leastBytes }: { readonly leastBytes: number },
): Promise<BloatedIndex[]> {
  const { rows } = await db.query<BloatedIndex>(
    `with measured as (
       select c.relname as name, c.relpages::float8 * current_setting('block_size')::int as bytes, c.reltuples as rows,
         (select case when count(s.avg_width) = i.indnatts then sum(s.avg_width) end
          from pg_attribute a left join pg_stats s
            on s.schemaname = current_schema() and s.tablename = t.relname and s.attname = a.attname
          where a.attrelid = i.indrelid and a.attnum = any(i.indkey) and a.attnum > 0) as width,
         (r.value->>'bytesPerRow')::float8 as measured
       from pg_index i join pg_class c on c.oid = i.indexrelid join pg_class t on t.oid = i.indrelid
       join pg_am am on am.oid = c.relam
       left join setting r on r.key = '${rebuiltKey}' || c.relname
       where t.relnamespace = current_schema()::regnamespace and t.relkind = 'r' and am.amname = 'btree'
         and i.indisvalid and i.indislive and c.reltuples >= 0
     ), needed as (
       -- a row: a header of 8 bytes, its columns to a multiple of 8, a pointer of 4; a page: less than all of it is for rows
       select name, bytes, greatest(measured * rows,
         rows * (12 + ceil(width / 8.0) * 8) / ((1 - 40.0 / current_setting('block_size')::int) * 0.9)
       ) + 2 * current_setting('block_size')::int as needed
       from measured where width is not null
     )
     select name, bytes, round(needed)::float8 as "neededBytes" from needed
     where bytes >= $1 and bytes > 2 * needed order by bytes desc, name`,
    [leastBytes],
  )
  return rows
}

/** How large a row of an index was when it was last built anew is kept in the settings under this and its name. */
const rebuiltKey = 'index:'

/** Builds an index anew while all goes on, and remembers what it needs. Gives its size then, in bytes. Not within a transaction. */
export async function rebuildIndex(session: Queryable, name: string): Promise<number> {
  await session.query(`reindex index concurrently ${pg.escapeIdentifier(name)}`)
  const { rows } = await session.query<{ bytes: number }>(
    `with now as (
       select pg_relation_size(oid)::float8 as bytes, reltuples as rows from pg_class
       where relname = $1 and relnamespace = current_schema()::regnamespace
     ), kept as (
       insert into setting (key, value)
       select '${rebuiltKey}' || $1, jsonb_build_object('bytesPerRow', bytes / rows) from now where rows > 0
       on conflict (key) do update set value = excluded.value
     )
     select bytes from now`,
    [name],
  )
  return rows[0]?.bytes ?? 0
}

/**
 * Takes away what rebuilding left behind that was cut off: it is of no use to anybody, and has to be kept up with every row.
 * Gives the names. Not within a transaction.
 */
export async function dropLeftovers(session: Queryable): Promise<string[]> {
  const { rows } = await session.query<{ name: string }>(
    `select c.relname as name from pg_index i join pg_class c on c.oid = i.indexrelid
     where c.relnamespace = current_schema()::regnamespace and not i.indisvalid and c.relname ~ '_cc(new|old)[0-9]*$'
       and not exists (select from pg_stat_progress_create_index p where p.relid = i.indrelid)
     order by c.relname`,
  )
  for (const { name } of rows)
    await session.query(`drop index concurrently if exists ${pg.escapeIdentifier(name)}`)
  return rows.map(({ name }) => name)
}

/** No other process rebuilds while one does. */
const indexLock = 7_300_811_255

/** Whether this session is now the one that rebuilds: until it ends. It waits a minute for those who use a table, no longer. */
export async function takeIndexTurn(session: Queryable): Promise<{ readonly pid: number } | null> {
  await session.query(`set lock_timeout = '1min'`)
  const { rows } = await session.query<{ got: boolean; pid: number }>(
    'select pg_try_advisory_lock($1) as got, pg_backend_pid() as pid',
    [indexLock],
  )
  return rows[0]?.got === true ? { pid: rows[0].pid } : null
}

/** Has a statement of another session end at once. */
export async function cancelStatement(db: Queryable, pid: number): Promise<void> {
  await db.query('select pg_cancel_backend($1)', [pid])
}
