import type { Queryable } from './database.ts'
import { batchRows, type PrunedBatch } from './retention.ts'

/**
 * What tells of openwatch itself and not of the news. Not `overdue` and `disputed`: what tells of a question is kept, and the
 * key of the one sees to it that nobody is told again.
 */
const noticeKinds = ['channel-failing', 'all-quiet', 'test', 'feed-blind', 'feed-restored']

/** Before all times: where a batch begins that has none before it. */
const begin = '0'

interface Row {
  last: string | null
  looked: number
  deleted: number
}

/**
 * Deletes, of the next alerts by their time, those about openwatch itself that are older than `before` and are settled:
 * nothing of them waits, and nothing that was given up was tried again meanwhile. With their deliveries and tries. Whose
 * question is still blind is kept: when it sees again, those are told who were told of that.
 */
export async function pruneNotices(
  db: Queryable,
  { before, after }: { readonly before: Date; readonly after: string },
): Promise<PrunedBatch> {
  const { rows } = await db.query<Row>(
    `with looked as materialized (
       select id, kind, watch_item_id, created_at from alert
       where created_at > $1::timestamptz and created_at < $2
       order by created_at fetch first ${batchRows} rows with ties
     ), old as materialized (
       select l.id from looked l
       where l.kind = any($3) and not exists (
         select from watch_item w where w.id = l.watch_item_id and l.kind = 'feed-blind' and w.blind_since <= l.created_at)
     ), held as materialized (
       -- locked, so that nobody has one of them sent again meanwhile
       select d.alert_id, d.state from delivery d join old on old.id = d.alert_id for update of d
     ), gone as (
       delete from alert where id in (
         select id from old where not exists (select from held where alert_id = old.id and state = 'waiting'))
       returning id
     )
     select (select max(created_at)::text from looked) as last, (select count(*)::int from looked) as looked,
       (select count(*)::int from gone) as deleted`,
    [after === begin ? '-infinity' : after, before, noticeKinds],
  )
  return batchOf(rows[0], 'alerts')
}

/** Deletes, of the next messages, those older than `before` all of whose alerts are gone: with notices, or with a question. */
export async function pruneMessages(
  db: Queryable,
  { before, after }: { readonly before: Date; readonly after: string },
): Promise<PrunedBatch> {
  const { rows } = await db.query<Row>(
    `with looked as materialized (
       select id, created_at from message where id > $1::uuid order by id limit ${batchRows}
     ), gone as (
       delete from message where id in (
         select id from looked l where created_at < $2 and not exists (select from delivery where message_id = l.id))
       returning id
     )
     select (select id::text from looked order by id desc limit 1) as last, (select count(*)::int from looked) as looked,
       (select count(*)::int from gone) as deleted`,
    [after === begin ? '00000000-0000-0000-0000-000000000000' : after, before],
  )
  return batchOf(rows[0], 'messages')
}

/** Forgets the digests before `before`, but for the last one of each channel: the next one covers the time since then. */
export async function pruneDigests(db: Queryable, before: Date): Promise<number> {
  const { rowCount } = await db.query(
    `delete from digest d where due_at < $1
       and exists (select from digest later where later.channel = d.channel and later.due_at > d.due_at)`,
    [before],
  )
  return rowCount ?? 0
}

function batchOf(row: Row | undefined, what: string): PrunedBatch {
  if (row === undefined) throw new Error(`pruning ${what} said nothing`)
  return { deleted: row.deleted, after: row.looked >= batchRows ? row.last : null }
}
