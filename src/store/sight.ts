import { broughtWithinMs, type SightMemory } from '../report/sight.ts'
import type { Queryable } from './database.ts'
import { groupedBy } from './grouped.ts'

/** What is kept of a watch item's sight, and the addresses of the feeds that its newer matches came by. */
export type StoredSight = SightMemory & { readonly broughtBy: readonly string[] }

/** A watch item as far as its sight goes. */
export interface SeeingItem extends StoredSight {
  readonly id: string
  readonly topic: string
}

/** What has happened needs no eyes any more. */
const seeking = "state = 'watching' and standing->>'status' <> 'happened'"

/** The sight of the items that still look for something, or of those named; in the order of their ids. */
export async function readSights(
  db: Queryable,
  now: Date,
  itemIds: readonly string[] | null,
): Promise<SeeingItem[]> {
  const { rows } = await db.query<Omit<SeeingItem, 'broughtBy'>>(
    `select id, topic, blind_since as "blindSince", sight_turned_at as "turnedAt" from watch_item
     where case when $1::text[] is null then ${seeking} else id = any($1) end order by id`,
    [itemIds],
  )
  const brought = await db.query<{ id: string; url: string }>(
    // the limit keeps the planner from reading all entries to find the few that matched
    `select distinct m.watch_item_id as id, f.url
     from match m cross join lateral (select feed_id from entry where id = m.entry_id limit 1) e
       join feed f on f.id = e.feed_id
     where m.at > $1 and f.origin <> 'archive' and ($2::text[] is null or m.watch_item_id = any($2))`,
    [new Date(now.getTime() - broughtWithinMs), itemIds],
  )
  const byItem = groupedBy(brought.rows, (row) => row.id)
  return rows.map((row) => ({ ...row, broughtBy: (byItem.get(row.id) ?? []).map(({ url }) => url) }))
}

/** Whether there is anything about sight to look at: a feed that cannot be read, or an item that is or may become blind. */
export async function hasPoorSight(db: Queryable, now: Date): Promise<boolean> {
  const { rows } = await db.query<{ poor: boolean }>(
    `select exists (select from feed where origin <> 'archive'
         and (state <> 'active' or failures > 0 or empty_since is not null or stale_after < $1))
       or exists (select from watch_item where blind_since is not null or sight_turned_at is not null) as poor`,
    [now],
  )
  return rows[0]?.poor === true
}

/** Keeps what one more look has made of the sight of items. */
export async function saveSights(tx: Queryable, sights: ReadonlyMap<string, SightMemory>): Promise<void> {
  if (sights.size === 0) return
  const ids = [...sights.keys()].toSorted()
  // in one order, so that no two transactions wait for each other
  await tx.query('select from watch_item where id = any($1) order by id for update', [ids])
  await tx.query(
    `update watch_item set blind_since = new.blind, sight_turned_at = new.turned
     from unnest($1::text[], $2::timestamptz[], $3::timestamptz[]) as new(id, blind, turned)
     where watch_item.id = new.id`,
    [ids, ids.map((id) => sights.get(id)?.blindSince), ids.map((id) => sights.get(id)?.turnedAt)],
  )
}

/** Forgets the sight of items that are not under watch any more: what they missed while paused nobody asked for. */
export async function forgetSights(tx: Queryable): Promise<void> {
  await tx.query(
    `update watch_item set blind_since = null, sight_turned_at = null
     where not (${seeking}) and (blind_since is not null or sight_turned_at is not null)`,
  )
}
