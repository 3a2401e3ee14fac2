import { feedHealth } from '../report/feed-health.ts'
import type { ReportFeed } from '../report/report-input.ts'
import type { Queryable } from './database.ts'
import { movedReason, type StoredFeed } from './feeds.ts'
import { isDelivered } from './subscriptions.ts'

/** A feed as lists show it. `nextPollAt`: when it may be asked, also for its host's sake. */
export interface ListedFeed
  extends
    Pick<
      StoredFeed,
      | 'id'
      | 'homeUrl'
      | 'outlet'
      | 'origin'
      | 'everyMs'
      | 'selector'
      | 'createdAt'
      | 'lastPollAt'
      | 'lastEntryAt'
      | 'usualGapMs'
      | 'formerUrl'
      | 'movedTo'
    >,
    ReportFeed {
  /** A hub delivers it: polling is only the safety net. */
  readonly isPushed: boolean
  /** Until when its host asked to be left alone; null where it may be asked. */
  readonly heldUntil: Date | null
}

type Row = Omit<ListedFeed, 'silence' | 'state'> &
  Pick<StoredFeed, 'state' | 'staleAfter' | 'emptySince' | 'lastPollAt' | 'failures'>

/**
 * Every feed that is or was polled with its health at `now`, by id; those that are polled at another address, or were
 * taken out on purpose, are left out unless one is asked for by its `id`.
 */
export async function readFeedList(db: Queryable, now: Date, id?: number): Promise<ListedFeed[]> {
  const { rows } = await db.query<Row>(
    `select f.id, f.url, f.title, f.home_url "homeUrl", f.outlet, f.topic, f.origin, f.state, f.selector,
       f.retired_reason "retiredReason", f.every_ms "everyMs", f.created_at "createdAt", f.last_poll_at "lastPollAt",
       f.last_ok_at "lastOkAt", f.last_entry_at "lastEntryAt", f.failures, f.failing_since "failingSince",
       f.last_error "lastError", f.stale_after "staleAfter", f.empty_since "emptySince", f.usual_gap_ms "usualGapMs",
       f.former_url "formerUrl", f.moved_to "movedTo",
       case when h.held_until > $1 then h.held_until end as "heldUntil",
       case when next_poll_at is not null and h.held_until > $1 then greatest(next_poll_at, h.held_until)
         else next_poll_at end as "nextPollAt",
       ${isDelivered('f.id', '$1')} as "isPushed"
     from feed f left join host h on h.name = f.host
     where f.origin <> 'archive' and case when $2::int is not null then f.id = $2 else
       coalesce(f.retired_reason, '') <> 'removed' and not starts_with(coalesce(f.retired_reason, ''), $3) end
     order by f.id`,
    [now, id ?? null, movedReason],
  )
  return rows.map(({ staleAfter, emptySince, ...row }) => ({
    ...row,
    ...feedHealth({ ...row, staleAfter, emptySince }, now),
  }))
}

/** What a feed brought. */
export interface FeedYield {
  readonly entries: number
  /** Entries among them that met a watch item. */
  readonly matches: number
}

/** What feeds brought since a time, by the time that entries count. */
export async function readFeedYields(
  db: Queryable,
  ids: readonly number[],
  since: Date,
): Promise<ReadonlyMap<number, FeedYield>> {
  const { rows } = await db.query<FeedYield & { id: number }>(
    `select f.id,
       (select count(*)::int from entry e where e.feed_id = f.id and e.at >= $2) as entries,
       coalesce(met.matches, 0) as matches
     from unnest($1::int[]) as f(id) left join (
       select e.feed_id, count(distinct m.entry_id)::int as matches
       from match m cross join lateral (select feed_id from entry where id = m.entry_id limit 1) e
       where m.at >= $2 and e.feed_id = any($1) group by e.feed_id) met on met.feed_id = f.id`,
    [ids, since],
  )
  return new Map(rows.map(({ id, ...brought }) => [id, brought]))
}

/** An entry of a feed, with the questions that it met. */
export interface FeedEntry {
  readonly id: string
  readonly title: string
  readonly url: string | null
  readonly outlet: string
  readonly at: Date
  readonly items: readonly string[]
}

/** The newest entries of a feed. */
export async function readFeedEntries(db: Queryable, feedId: number, limit: number): Promise<FeedEntry[]> {
  const { rows } = await db.query<FeedEntry>(
    `with newest as (
       select id, url, outlet, at from entry where feed_id = $1 order by at desc, id desc limit $2),
     met as (
       select entry_id, array_agg(distinct watch_item_id order by watch_item_id) as items from match
       where entry_id in (select id from newest) group by entry_id)
     select n.id::text, n.url, n.outlet, n.at, coalesce(met.items, '{}') as items, coalesce(r.title, '') as title
     from newest n left join met on met.entry_id = n.id
     left join lateral (select title from revision where entry_id = n.id order by id desc limit 1) r on true
     order by n.at desc, n.id desc`,
    [feedId, limit],
  )
  return rows
}
