import type { Queryable } from './database.ts'
import { batchRows, type PrunedBatch } from './retention.ts'

/** Wordings of an entry that are kept, the newest, beside those that met a question. */
export const keptWordings = 5

/**
 * Deletes, of the entries that the next revisions belong to, the newest first, the wordings before the five newest that met
 * no question: some feeds count comments or points in their entries, and each look is another wording. Goes back to what was
 * seen at `since`: an entry that was not edited since has no more than it had.
 */
export async function pruneWordings(
  db: Queryable,
  { since, after }: { readonly since: Date; readonly after: string },
): Promise<PrunedBatch> {
  const { rows } = await db.query<{ last: string | null; looked: number; recent: boolean; deleted: number }>(
    `with looked as materialized (
       select id, entry_id, seen_at from revision where id < $1::bigint order by id desc limit ${batchRows}
     ), kept as materialized (
       -- not by a limit: for one the planner may go through all revisions, from the newest on
       select entry_id, (
         select (array_agg(id order by id desc))[${keptWordings}] from revision where entry_id = edited.entry_id) as oldest
       from (select distinct entry_id from looked where seen_at >= $2) as edited
     ), gone as (
       delete from revision r using kept
       where r.entry_id = kept.entry_id and r.id < kept.oldest
         and not exists (select from match m where m.revision_id = r.id)
       returning r.id
     )
     select (select min(id)::text from looked) as last, (select count(*)::int from looked) as looked,
       coalesce((select bool_and(seen_at >= $2) from looked), false) as recent, (select count(*)::int from gone) as deleted`,
    [after === begin ? newest : after, since],
  )
  const row = rows[0]
  if (row === undefined) throw new Error('pruning wordings said nothing')
  // numbers grow with time: behind a batch that goes back further than asked, all does
  return { deleted: row.deleted, after: row.recent && row.looked === batchRows ? row.last : null }
}

/** Where a batch begins that has none before it, and the number that no revision reaches. */
const begin = '0'
const newest = '9223372036854775807'
