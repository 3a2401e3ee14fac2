import type { Queryable } from './database.ts'
import { hostLock, isFree } from './hosts.ts'
import type { StoredFeed } from './feeds.ts'
import { isDelivered } from './subscriptions.ts'

/** A feed whose time has come, with what a poll needs of it that comes to nothing new. */
export interface DueFeed extends Pick<
  StoredFeed,
  | 'id'
  | 'url'
  | 'host'
  | 'selector'
  | 'etag'
  | 'lastModified'
  | 'bodyHash'
  | 'everyMs'
  | 'nextPollAt'
  | 'newestAt'
  | 'usualGapMs'
  | 'ttlMinutes'
  | 'updateMinutes'
> {
  /** Nothing is wrong with it and nothing to be found out, so that a poll without news changes only when it was polled. */
  readonly isPlain: boolean
  /** Whether a hub delivers it. */
  readonly isPushed: boolean
  /** How often in a row its host has asked to be left alone up to now. */
  readonly refusals: number
}

/** The due feeds of hosts that were taken, and the hosts that others have. */
export interface Claim {
  /** Feeds by host, the longest overdue first; a taken host may turn out to have none. */
  readonly taken: ReadonlyMap<string, readonly DueFeed[]>
  readonly busy: readonly string[]
  /** Whether there may be more hosts that have due feeds. */
  readonly isCut: boolean
  /** Of the taken ones those of which more feeds may be due than were read. */
  readonly unfinished: ReadonlySet<string>
}

export interface ClaimOptions {
  readonly now: Date
  /** Most hosts to take. */
  readonly hosts: number
  /** Most feeds to read of a host. */
  readonly feedsOf: (host: string) => number
  /** Hosts to leave alone: ours already, or lately seen to be others'. */
  readonly except: readonly string[]
  /** Feeds to leave alone although they are due. */
  readonly putOff: readonly number[]
}

/** Due feeds that are looked at for each host that is wanted: of many feeds of one host only some are seen at a time. */
const feedsPerHost = 8

/**
 * Takes hosts that have due feeds and that nobody has, the longest overdue first, and reads these feeds. A host is taken
 * by an advisory lock of the session that `session` is the connection of: it goes when the process does. The feeds are
 * read after the lock was had, so that what another process has just polled is not due any more.
 */
export async function claimHosts(
  session: Queryable,
  { now, hosts, feedsOf, except, putOff }: ClaimOptions,
): Promise<Claim> {
  const most = hosts * feedsPerHost
  const { rows } = await session.query<{ host: string; taken: boolean; ids: number[]; seen: number }>({
    name: 'claim-hosts',
    text: `with due as materialized (
       select f.id, f.host, f.next_poll_at from feed f left join host h on h.name = f.host
       where f.state = 'active' and f.next_poll_at <= $1 and f.host not in (select unnest($2::text[]))
         and f.id <> all($5::int[])
         and (h.held_until is null or h.held_until <= $1) and ${isFree('h')}
       order by f.next_poll_at limit $4
     ), wanted as materialized (
       select host, array_agg(id order by next_poll_at) as ids from due group by host order by min(next_poll_at) limit $3
     )
     select host, ids, (select count(*)::int from due) as seen, pg_try_advisory_lock(${hostLock('host')}) as taken
     from wanted`,
    values: [now, except, hosts, most, putOff],
  })
  const isCut = rows.length === hosts || rows[0]?.seen === most
  const taken = rows.filter((row) => row.taken)
  const ids = taken.flatMap(({ host, ids }) => ids.slice(0, feedsOf(host)))
  const feeds = taken.length === 0 ? [] : await dueFeeds(session, ids, now)
  const byHost = new Map<string, DueFeed[]>(taken.map(({ host }) => [host, []]))
  for (const feed of feeds) byHost.get(feed.host)?.push(feed)
  const unfinished = taken.filter(({ host, ids }) => isCut || ids.length > feedsOf(host))
  return {
    taken: byHost,
    busy: rows.flatMap(({ taken, host }) => (taken ? [] : [host])),
    isCut,
    unfinished: new Set(unfinished.map(({ host }) => host)),
  }
}

async function dueFeeds(session: Queryable, ids: readonly number[], now: Date): Promise<DueFeed[]> {
  const { rows } = await session.query<DueFeed>({
    name: 'due-feeds',
    text: `select f.id, f.url, f.host, f.selector, f.etag, f.last_modified "lastModified", f.body_hash "bodyHash",
       f.every_ms "everyMs", f.next_poll_at "nextPollAt", f.newest_at "newestAt", f.usual_gap_ms "usualGapMs",
       f.ttl_minutes "ttlMinutes", f.update_minutes "updateMinutes",
       f.failures = 0 and f.last_error is null and f.last_ok_at is not null and f.moved_to is null
         and (f.stale_after is not null or f.last_entry_at is null) as "isPlain",
       ${isDelivered('f.id', '$2')} as "isPushed",
       coalesce(h.refusals, 0) as refusals
     from feed f left join host h on h.name = f.host
     where f.id = any($1) and f.state = 'active' and f.next_poll_at <= $2
       and (h.held_until is null or h.held_until <= $2) and ${isFree('h')}
     order by f.next_poll_at`,
    values: [ids, now],
  })
  return rows
}

/** Gives hosts back that the session took. */
export async function releaseHosts(session: Queryable, hosts: readonly string[]): Promise<void> {
  await session.query({
    name: 'release-hosts',
    text: `select count(pg_advisory_unlock(${hostLock('host')})) from unnest($1::text[]) as taken(host)`,
    values: [hosts],
  })
}
