import { randomBytes } from 'node:crypto'
import type { Queryable } from './database.ts'

/**
 * `idle`: nothing is agreed with the hub. `asked`: it was asked and has not confirmed. `live`: it delivers until
 * `expiresAt`. `denied`: it said no. `leaving`: it was told to stop and has not confirmed.
 */
export type SubscriptionState = 'idle' | 'asked' | 'live' | 'denied' | 'leaving'

/** A feed at a hub. */
export interface Subscription {
  /** Names the callback: as secret as the secret. */
  readonly id: string
  readonly feedId: number
  readonly hub: string
  readonly topic: string
  readonly state: SubscriptionState
  readonly secret: string
  /** Requests since the hub last confirmed. */
  readonly attempts: number
  readonly verifiedAt: Date | null
  readonly expiresAt: Date | null
  readonly nextAt: Date | null
  /** Deliveries that were taken, and that were ignored because the signature was wrong or missing. */
  readonly deliveries: number
  readonly rejected: number
  readonly lastError: string | null
}

const columns = `id, feed_id "feedId", hub, topic, state, secret, attempts, verified_at "verifiedAt",
  expires_at "expiresAt", next_at "nextAt", deliveries, rejected, last_error "lastError"`

/** Notes the hubs that a feed names, and that it names no others. Nothing is asked of a hub yet. */
export async function noteHubs(
  tx: Queryable,
  feedId: number,
  named: { readonly hubs: readonly string[]; readonly topic: string },
  now: Date,
): Promise<void> {
  const { hubs, topic } = named
  await tx.query(
    `update subscription set advertised = not advertised
     where feed_id = $1 and advertised <> (hub = any($2) and topic = $3)`,
    [feedId, hubs, topic],
  )
  await tx.query(
    `insert into subscription (id, secret, feed_id, hub, topic, created_at)
     select id, secret, $4, hub, $5, $6 from unnest($1::text[], $2::text[], $3::text[]) as new(id, secret, hub)
     on conflict (feed_id, hub, topic) do nothing`,
    [hubs.map(() => unguessable()), hubs.map(() => unguessable()), hubs, feedId, topic, now],
  )
}

/** Notes that feeds name no hub. */
export async function noteNoHubs(tx: Queryable, feedIds: readonly number[]): Promise<void> {
  await tx.query({
    name: 'note-no-hubs',
    text: `update subscription set advertised = false where feed_id = any($1) and advertised`,
    values: [feedIds],
  })
}

function unguessable(): string {
  return randomBytes(32).toString('base64url')
}

/** The subscription that a callback names; null when there is none. */
export async function findSubscription(db: Queryable, id: string): Promise<Subscription | null> {
  const { rows } = await db.query<Subscription>(`select ${columns} from subscription where id = $1`, [id])
  return rows[0] ?? null
}

/** Every subscription of a feed. */
export async function subscriptionsOf(db: Queryable, feedId: number): Promise<Subscription[]> {
  const { rows } = await db.query<Subscription>(
    `select ${columns} from subscription where feed_id = $1 order by created_at, hub`,
    [feedId],
  )
  return rows
}

/** The hub confirms that it delivers. False when it was not asked to, for just this topic. */
export async function confirmSubscription(
  db: Queryable,
  { id, topic }: { readonly id: string; readonly topic: string },
  lease: { readonly now: Date; readonly expiresAt: Date; readonly renewAt: Date },
): Promise<boolean> {
  const { rowCount } = await db.query(
    `update subscription set state = 'live', verified_at = $3, expires_at = $4, next_at = $5, attempts = 0,
       last_error = null
     where id = $1 and topic = $2 and state in ('asked', 'live')`,
    [id, topic, lease.now, lease.expiresAt, lease.renewAt],
  )
  return rowCount === 1
}

/** The hub confirms that it delivers no more. False when it was not asked to stop, for just this topic. */
export async function confirmEnd(
  db: Queryable,
  { id, topic }: { readonly id: string; readonly topic: string },
): Promise<boolean> {
  const { rowCount } = await db.query(
    `update subscription set state = 'idle', base = null, expires_at = null, next_at = null, attempts = 0,
       last_error = null
     where id = $1 and topic = $2 and state = 'leaving'`,
    [id, topic],
  )
  return rowCount === 1
}

/** The hub says no, at once or later. Gives the feed, or null when nothing was asked of the hub for this topic. */
export async function denySubscription(
  db: Queryable,
  { id, topic }: { readonly id: string; readonly topic: string },
  denial: { readonly reason: string; readonly askAgainAt: Date },
): Promise<number | null> {
  const { rows } = await db.query<{ feedId: number }>(
    `update subscription set state = 'denied', expires_at = null, next_at = $4, last_error = $3
     where id = $1 and topic = $2 and state in ('asked', 'live') returning feed_id "feedId"`,
    [id, topic, denial.reason, denial.askAgainAt],
  )
  return rows[0]?.feedId ?? null
}

/** Counts a delivery; `rejected`: its signature was wrong or missing. */
export async function countDelivery(
  db: Queryable,
  id: string,
  outcome: 'taken' | 'rejected',
  now: Date,
): Promise<void> {
  await db.query(
    outcome === 'taken'
      ? `update subscription set deliveries = deliveries + 1, delivered_at = $2 where id = $1`
      : `update subscription set rejected = rejected + 1, rejected_at = $2 where id = $1`,
    [id, now],
  )
}

/**
 * Whether a hub delivers a feed, so that it need not be polled often, as SQL over the given parameters: confirmed, not
 * over, and the last delivery was signed as it should be.
 */
export function isDelivered(feedId: string, now: string): string {
  return `exists (select from subscription where feed_id = ${feedId} and state = 'live' and expires_at > ${now}
    and (rejected_at is null or delivered_at > rejected_at))`
}

/** Whether a hub delivers a feed. */
export async function hasLiveSubscription(db: Queryable, feedId: number, now: Date): Promise<boolean> {
  const { rows } = await db.query<{ live: boolean }>(`select ${isDelivered('$1', '$2')} as live`, [
    feedId,
    now,
  ])
  return rows[0]?.live === true
}

/** The feeds that hubs deliver. */
export async function deliveredFeeds(db: Queryable, now: Date): Promise<ReadonlySet<number>> {
  const { rows } = await db.query<{ id: number }>(
    `select id from feed where ${isDelivered('feed.id', '$1')}`,
    [now],
  )
  return new Set(rows.map(({ id }) => id))
}

/** What a hub brought ends a feed's silence, too: how long the next may last the next poll finds out. */
export async function endSilence(tx: Queryable, feedId: number, newest: Date): Promise<void> {
  await tx.query(
    `update feed set last_entry_at = greatest(last_entry_at, $2), stale_after = null, empty_since = null where id = $1`,
    [feedId, newest],
  )
}

/** Has feeds polled at once that a hub does not deliver, or not as it should; `leastMs` after their last poll at the earliest. */
export async function pollSoon(
  db: Queryable,
  feedIds: readonly number[],
  { now, leastMs }: { readonly now: Date; readonly leastMs: number },
): Promise<void> {
  if (feedIds.length === 0) return
  await db.query(
    `update feed set next_poll_at = least(next_poll_at, greatest($2, last_poll_at + make_interval(secs => $3)))
     where id = any($1) and state = 'active' and failures = 0`,
    [feedIds, now, leastMs / 1000],
  )
}
