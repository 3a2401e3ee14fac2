import type { Database, Queryable } from './database.ts'
import type { Feed as FeedRow } from './generated/client.ts'
import { hostOf } from './hosts.ts'

/** `archive`: a file that was read once, never polled. */
export type FeedOrigin = 'config' | 'user' | 'archive'
export type FeedState = 'active' | 'paused' | 'retired'

/** A feed as it is kept. */
export interface StoredFeed {
  readonly id: number
  readonly url: string
  readonly title: string | null
  readonly homeUrl: string | null
  readonly outlet: string | null
  readonly topic: string | null
  readonly origin: FeedOrigin
  readonly state: FeedState
  readonly retiredReason: string | null
  readonly everyMs: number | null
  /** CSS: the address is a web page, and what this matches are its entries. */
  readonly selector: string | null
  readonly etag: string | null
  readonly lastModified: string | null
  readonly bodyHash: Uint8Array | null
  readonly createdAt: Date
  readonly lastPollAt: Date | null
  readonly lastOkAt: Date | null
  readonly lastEntryAt: Date | null
  readonly nextPollAt: Date | null
  /** Failed polls in a row. */
  readonly failures: number
  readonly failingSince: Date | null
  readonly lastError: string | null
  readonly movedTo: string | null
  readonly movedSince: Date | null
  /** Good polls in a row that were led there. */
  readonly movedPolls: number
  /** The address as first given, where a permanent redirect was taken over into `url`. */
  readonly formerUrl: string | null
  /** Whom requests go to, see hostOf. */
  readonly host: string
  /** From when on its silence is longer than is usual for it; null until there was an entry. */
  readonly staleAfter: Date | null
  /** Since when it has had no entries, having had some before. */
  readonly emptySince: Date | null
  /** When its newest entry counts, and the average time between its newest ones in milliseconds: see Publishing. */
  readonly newestAt: Date | null
  readonly usualGapMs: number | null
  /** When its document was last read, with all that it lists; a 304 is not that. */
  readonly listedAt: Date | null
  /** What its document asks, in minutes: the least time between polls, and how often it says that it changes. */
  readonly ttlMinutes: number | null
  readonly updateMinutes: number | null
}

const columns = `id, url, selector, title, home_url "homeUrl", outlet, topic, origin, state, retired_reason "retiredReason",
  every_ms "everyMs", etag, last_modified "lastModified", body_hash "bodyHash", created_at "createdAt",
  last_poll_at "lastPollAt", last_ok_at "lastOkAt", last_entry_at "lastEntryAt", next_poll_at "nextPollAt", failures,
  failing_since "failingSince", last_error "lastError", moved_to "movedTo", moved_since "movedSince",
  moved_polls "movedPolls", former_url "formerUrl", host, stale_after "staleAfter", empty_since "emptySince",
  newest_at "newestAt", usual_gap_ms "usualGapMs", listed_at "listedAt", ttl_minutes "ttlMinutes",
  update_minutes "updateMinutes"`

/** Every feed that is or was polled, archives left out; by id. */
export async function listFeeds(db: Queryable): Promise<StoredFeed[]> {
  const { rows } = await db.query<StoredFeed>(
    `select ${columns} from feed where origin <> 'archive' order by id`,
  )
  return rows
}

/** One feed by its number or address, be it the one it moved away from; null when there is none. */
export async function findFeed(
  db: Pick<Database, 'prisma'>,
  name: number | string,
): Promise<StoredFeed | null> {
  const prisma = await db.prisma()
  const row =
    typeof name === 'number'
      ? await prisma.feed.findUnique({ where: { id: name } })
      : ((await prisma.feed.findUnique({ where: { url: name } })) ??
        (await prisma.feed.findFirst({ where: { formerUrl: name } })))
  return row === null ? null : stored(row)
}

function stored(row: FeedRow): StoredFeed {
  return { ...row, origin: row.origin as FeedOrigin, state: row.state as FeedState }
}

/** The feed, locked until the transaction ends: of two polls at once the second waits and sees what the first wrote. */
export async function lockFeed(tx: Queryable, id: number): Promise<StoredFeed | null> {
  return (await lockFeeds(tx, [id])).get(id) ?? null
}

/** The feeds by number, locked likewise, in the order that everybody locks them in. */
export async function lockFeeds(
  tx: Queryable,
  ids: readonly number[],
): Promise<ReadonlyMap<number, StoredFeed>> {
  const { rows } = await tx.query<StoredFeed>({
    // named: planned once a connection, as all that every poll asks
    name: 'lock-feeds',
    text: `select ${columns} from feed where id = any($1) order by id for update`,
    values: [ids],
  })
  return new Map(rows.map((feed) => [feed.id, feed]))
}

/** What a person or the configuration says of a feed. */
export interface FeedDefinition {
  readonly url: string
  readonly title: string | null
  readonly homeUrl: string | null
  readonly outlet: string | null
  readonly topic: string | null
  readonly everyMs: number | null
}

/**
 * Adds a feed, due at once, or takes back one that had been removed. One that is there keeps its state of polling and
 * gets the new definition; one that moved away from this address is that feed. Returns its id.
 */
export async function putFeed(
  tx: Queryable,
  feed: FeedDefinition,
  as: { readonly origin: FeedOrigin; readonly now: Date },
): Promise<number> {
  const { rows } = await tx.query<{ id: number }>(
    `insert into feed (url, title, home_url, outlet, topic, every_ms, origin, created_at, next_poll_at, host)
     values (coalesce((select url from feed where former_url = $1 limit 1), $1), $2, $3, $4, $5, $6, $7, $8,
       case when $7 = 'archive' then null else $8::timestamptz end, $9)
     on conflict (url) do update set
       title = coalesce(excluded.title, feed.title), home_url = coalesce(excluded.home_url, feed.home_url),
       outlet = excluded.outlet, topic = excluded.topic, every_ms = excluded.every_ms, origin = excluded.origin,
       state = case when feed.retired_reason = 'removed' then 'active' else feed.state end,
       next_poll_at = case when feed.retired_reason = 'removed' then excluded.next_poll_at else feed.next_poll_at end,
       retired_reason = case when feed.retired_reason = 'removed' then null else feed.retired_reason end
     returning id`,
    [
      feed.url,
      feed.title,
      feed.homeUrl,
      feed.outlet,
      feed.topic,
      feed.everyMs,
      as.origin,
      as.now,
      hostOf(feed.url),
    ],
  )
  const id = rows[0]?.id
  if (id === undefined) throw new Error(`feed ${feed.url} was not stored`)
  return id
}

/** How the reason begins why a feed is retired that is polled at the address it moved to. */
export const movedReason = 'moved to '

/** Taken out on purpose, or polled at another address as another feed: nothing is missed by it. */
export function isReplaced({ retiredReason }: Pick<StoredFeed, 'retiredReason'>): boolean {
  return retiredReason === 'removed' || retiredReason?.startsWith(movedReason) === true
}

/** Stops polling a feed for good; its entries stay. `removed` means: by a person or the configuration. */
export async function retireFeed(tx: Queryable, id: number, reason: string): Promise<void> {
  await tx.query(
    `update feed set state = 'retired', retired_reason = $2, next_poll_at = null where id = $1`,
    [id, reason],
  )
}

/**
 * Takes the address that a feed has moved to over as its own. Gives `known` when another feed has it already, and does
 * nothing then.
 */
export async function moveFeed(
  tx: Queryable,
  id: number,
  to: string,
): Promise<{ readonly kind: 'moved' } | { readonly kind: 'known'; readonly isPolled: boolean }> {
  const { rows } = await tx.query<{ isPolled: boolean }>(
    `select state <> 'retired' as "isPolled" from feed where url = $1 and id <> $2`,
    [to, id],
  )
  if (rows[0] !== undefined) return { kind: 'known', ...rows[0] }
  await tx.query(
    `update feed set url = $2, host = $3, former_url = coalesce(former_url, url), moved_to = null, moved_since = null,
       moved_polls = 0 where id = $1`,
    [id, to, hostOf(to)],
  )
  return { kind: 'moved' }
}

/** Whether no configuration was ever brought into this database. */
export async function isFresh(db: Queryable): Promise<boolean> {
  const { rows } = await db.query('select from feed union all select from watch_item limit 1')
  return rows.length === 0
}
