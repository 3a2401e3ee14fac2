import type { Database, Queryable, Transaction } from './database.ts'

/** What a batch came to. */
export interface PrunedBatch {
  readonly deleted: number
  /** Where to go on; null when there is no more. */
  readonly after: string | null
}

/** Entries and tries that are looked at in one batch: some 20 ms, for which no poll minds waiting. */
export const batchRows = 1000

/** Longer than entries that are still listed go without being noted as such, see knownEntries. */
const listedSlack = '8 days'

/**
 * Deletes, of the next entries by number, those that met no question, were first seen before `before`, and have not
 * been listed since: what its feed still lists would come back as new. What came in from archives is kept. The feeds are
 * locked, so that no poll takes an entry for known that is about to go; of one that is being polled nothing is deleted.
 */
export async function pruneEntries(
  tx: Transaction,
  { before, after }: { readonly before: Date; readonly after: string },
): Promise<PrunedBatch> {
  // a statement of its own: one that sees what polls have found listed up to the moment of the lock must begin after it
  const { rows: free } = await tx.query<{ id: number }>(
    `select id from feed
     where id in (select feed_id from (select feed_id from entry where id > $1::bigint order by id limit $2) looked)
       and origin <> 'archive' and listed_at is not null
     for no key update skip locked`,
    [after, batchRows],
  )
  const { rows } = await tx.query<{ last: string | null; looked: number; old: boolean; deleted: number }>(
    `with looked as materialized (
       select id, feed_id, first_seen_at, coalesce(listed_at, first_seen_at) as listed_at
       from entry where id > $1::bigint order by id limit $3
     ), gone as (
       delete from entry where id in (
         select l.id from looked l join feed f on f.id = l.feed_id
         where f.id = any($4) and l.first_seen_at < $2
           and l.listed_at < least($2, f.listed_at - interval '${listedSlack}')
           and not exists (select from match m where m.entry_id = l.id))
       returning id
     )
     select (select max(id)::text from looked) as last, (select count(*)::int from looked) as looked,
       coalesce((select bool_or(first_seen_at < $2) from looked), false) as old,
       (select count(*)::int from gone) as deleted`,
    [after, before, batchRows, free.map(({ id }) => id)],
  )
  const row = rows[0]
  if (row === undefined) throw new Error('pruning entries said nothing')
  // numbers grow with time: behind a batch in which nothing is old enough, nothing is
  return { deleted: row.deleted, after: row.old && row.looked === batchRows ? row.last : null }
}

/** Deletes tries of deliveries that were sent before `before`; those of what was never sent are kept. */
export async function pruneTries(
  db: Queryable,
  { before, after }: { readonly before: Date; readonly after: string },
): Promise<PrunedBatch> {
  const { rows } = await db.query<{ last: string | null; looked: number; old: boolean; deleted: number }>(
    `with looked as materialized (
       select id, delivery_id, at from delivery_attempt where id > $1::bigint order by id limit $3
     ), gone as (
       delete from delivery_attempt where id in (
         select l.id from looked l join delivery d on d.id = l.delivery_id
         where l.at < $2 and d.state = 'sent' and d.sent_at < $2)
       returning id
     )
     select (select max(id)::text from looked) as last, (select count(*)::int from looked) as looked,
       coalesce((select bool_or(at < $2) from looked), false) as old, (select count(*)::int from gone) as deleted`,
    [after, before, batchRows],
  )
  const row = rows[0]
  if (row === undefined) throw new Error('pruning tries said nothing')
  return { deleted: row.deleted, after: row.old && row.looked === batchRows ? row.last : null }
}

/** No other process prunes while one does. */
const pruneLock = 7_300_811_246

/** Does some work unless another process is doing it; null then. */
export async function whenNobodyPrunes<T>(
  db: Pick<Database, 'pool'>,
  work: () => Promise<T>,
): Promise<T | null> {
  const holder = await db.pool.connect()
  let broken = true
  try {
    const { rows } = await holder.query<{ got: boolean }>('select pg_try_advisory_lock($1) as got', [
      pruneLock,
    ])
    const result = rows[0]?.got === true ? await work() : null
    if (rows[0]?.got === true) await holder.query('select pg_advisory_unlock($1)', [pruneLock])
    broken = false
    return result
  } finally {
    // the lock goes with the connection, whatever became of it
    holder.release(broken)
  }
}
