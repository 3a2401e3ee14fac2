import type { Queryable } from './database.ts'
import { groupedBy } from './grouped.ts'
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

/** Feeds of one host by their numbers, the longest overdue first. */
export interface DueHost {
  readonly host: string
  readonly feeds: readonly number[]
}

/** The due feeds of hosts that were taken, and what was seen beside. */
export interface Claim {
  /** Feeds by host, the longest overdue first; a taken host may turn out to have none. */
  readonly taken: ReadonlyMap<string, readonly DueFeed[]>
  /** Hosts that others have. */
  readonly busy: readonly string[]
  /** What more of the feeds of taken hosts is due, by number. */
  readonly left: ReadonlyMap<string, readonly number[]>
  /** Hosts that have due feeds and were not tried, the longest overdue first. */
  readonly others: readonly DueHost[]
  /** Whether there are more due feeds than could be read at once. */
  readonly isCut: boolean
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
  /** The feeds to look at, where it is known which are due; all are read where it is left out. */
  readonly among?: readonly number[]
}

/** Most due feeds that are read at once: some megabytes while they come in. */
export const mostDue = 20_000

/**
 * Takes hosts that have due feeds and that nobody has, the longest overdue first, and reads these feeds. A host is taken
 * by an advisory lock of the session that `session` is the connection of: it goes when the process does. The feeds are
 * read after the lock was had, so that what another process has just polled is not due any more.
 */
export async function claimHosts(session: Queryable, options: ClaimOptions): Promise<Claim> {
  const { now, feedsOf } = options
  const { tried, due } = await lockHosts(session, options)
  const [taken, left] = [new Map<string, DueFeed[]>(), new Map<string, number[]>()]
  const [busy, ids, others]: [string[], number[], DueHost[]] = [[], [], []]
  for (const [host, seen] of groupedBy(due, ({ host }) => host)) {
    const feeds = seen.map(({ id }) => id)
    const isTaken = tried.get(host)
    if (isTaken === undefined) others.push({ host, feeds })
    else if (!isTaken) busy.push(host)
    else {
      taken.set(host, [])
      ids.push(...feeds.slice(0, feedsOf(host)))
      left.set(host, feeds.slice(feedsOf(host)))
    }
  }
  for (const feed of ids.length === 0 ? [] : await dueFeeds(session, ids, now))
    taken.get(feed.host)?.push(feed)
  return { taken, busy, left, others, isCut: due.length === mostDue }
}

interface Locked {
  /** The hosts for which it was tried, and whether they were had. */
  readonly tried: ReadonlyMap<string, boolean>
  /** The longest overdue first. */
  readonly due: readonly { readonly id: number; readonly host: string }[]
}

/** Finds due feeds and tries to lock the first of their hosts. */
async function lockHosts(
  session: Queryable,
  { now, hosts, except, putOff, among }: ClaimOptions,
): Promise<Locked> {
  const { rows } = await session.query<{ id: number; host: string; taken: boolean | null }>({
    name: among === undefined ? 'claim-hosts' : 'claim-known-hosts',
    // A host is locked after all else is known of it, and not even tried where it is not free. Two lists, one behind the
    // other: of how much is due the planner knows so little that it would join them by comparing each with each.
    text: `with due as materialized (
       select f.id, f.host, f.next_poll_at from feed f left join host h on h.name = f.host
       where f.state = 'active' and f.next_poll_at <= $1 and f.host not in (select unnest($2::text[]))
         and f.id <> all($5::int[]) ${among === undefined ? '' : 'and f.id = any($6::int[])'}
         and (h.held_until is null or h.held_until <= $1) and ${isFree('h')}
       order by f.next_poll_at limit $4
     ), wanted as materialized (
       select host from due group by host order by min(next_poll_at) limit $3
     ), tried as materialized (
       select host, pg_try_advisory_lock(${hostLock('host')}) as taken from wanted
     )
     select 0 as id, host, taken from tried union all select id, host, null from due`,
    values: [now, except, hosts, mostDue, putOff, ...(among === undefined ? [] : [among])],
  })
  const due: { id: number; host: string }[] = []
  const tried = new Map<string, boolean>()
  for (const { id, host, taken } of rows) {
    if (taken === null) due.push({ id, host })
    else tried.set(host, taken)
  }
  return { tried, due }
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
