import type { Queryable } from './database.ts'

/** A request that is to be sent to a hub now. */
export interface DueSubscription {
  readonly id: string
  readonly feedId: number
  readonly hub: string
  readonly topic: string
  readonly secret: string
  readonly mode: 'subscribe' | 'unsubscribe'
  /** The request is the how manieth since the hub last confirmed; from 1. */
  readonly attempt: number
  /** The lease agreed on last, in milliseconds. */
  readonly leaseMs: number | null
}

/** Any two processes agree on this number: one looks for what is due, the others need not. */
const lock = 7_300_811_245

/** Requests to stop that a hub leaves unanswered; after these the lease may run out by itself. */
const mostFarewells = 4

/** What a subscription is wanted for: its feed names the hub and is polled, and there is a place to deliver to. */
const wanted = `(s.advertised and f.state = 'active' and $1::text is not null)`

/**
 * Brings the subscriptions in line with what is wanted, within the given transaction. `base` is the address under
 * which the daemon is reached; null when it is not. Gives the feeds whose lease has run out; null when another process
 * is at it.
 */
export async function reconcile(tx: Queryable, base: string | null, now: Date): Promise<number[] | null> {
  const { rows } = await tx.query<{ got: boolean }>('select pg_try_advisory_xact_lock($1) as got', [lock])
  if (rows[0]?.got !== true) return null
  // agreed on for a callback that is no more
  const moved = await tx.query<{ id: number }>(
    `update subscription set state = 'idle', base = null, expires_at = null, next_at = null, attempts = 0
     where base is distinct from $1 and base is not null returning feed_id as id`,
    [base],
  )
  const lapsed = await tx.query<{ id: number }>(
    `update subscription set state = 'idle' where state = 'live' and expires_at <= $1 returning feed_id as id`,
    [now],
  )
  await tx.query(
    `update subscription s set attempts = 0,
       state = case when s.state = 'live' then 'leaving' else 'idle' end,
       next_at = case when s.state = 'live' then $2::timestamptz end
     from feed f where f.id = s.feed_id and not ${wanted}
       and (s.state in ('asked', 'live', 'denied') or s.state = 'idle' and s.next_at is not null)`,
    [base, now],
  )
  await tx.query(
    `update subscription set state = 'idle', base = null, expires_at = null, next_at = null, attempts = 0
     where state = 'leaving' and (attempts >= $1 or expires_at <= $2)`,
    [mostFarewells, now],
  )
  await tx.query(`delete from subscription where state = 'idle' and not advertised`)
  await tx.query(
    `update subscription s set state = 'idle', next_at = $2, attempts = 0 from feed f
     where f.id = s.feed_id and ${wanted} and (s.state = 'idle' and s.next_at is null or s.state = 'leaving')`,
    [base, now],
  )
  return [...moved.rows, ...lapsed.rows].map((row) => row.id)
}

/**
 * Takes requests that are due, within the transaction of `reconcile`: no other process gets them. Each is as good as
 * sent: without the hub's word it is due again at `nextAt`.
 */
export async function claimDue(
  tx: Queryable,
  options: {
    readonly base: string
    readonly now: Date
    readonly limit: number
    readonly nextAt: (due: DueSubscription) => Date
  },
): Promise<DueSubscription[]> {
  const { rows } = await tx.query<DueSubscription>(
    `select id, feed_id "feedId", hub, topic, secret, attempts + 1 attempt,
       case when state = 'leaving' then 'unsubscribe' else 'subscribe' end mode,
       (extract(epoch from expires_at - verified_at) * 1000)::float8 "leaseMs"
     from subscription where next_at <= $1 order by next_at limit $2 for update`,
    [options.now, options.limit],
  )
  await tx.query(
    `update subscription s set base = $3, asked_at = $4, attempts = s.attempts + 1, next_at = due.next_at,
       state = case when s.state in ('live', 'leaving') then s.state else 'asked' end
     from unnest($1::text[], $2::timestamptz[]) as due(id, next_at) where s.id = due.id`,
    [rows.map((row) => row.id), rows.map((row) => options.nextAt(row)), options.base, options.now],
  )
  return rows
}

/** Writes down why a hub did not take a request, and when it may be asked again at the earliest. */
export async function saveHubError(
  db: Queryable,
  id: string,
  { reason, notBefore }: { readonly reason: string; readonly notBefore: Date },
): Promise<void> {
  await db.query(
    `update subscription set last_error = $2, next_at = greatest(next_at, $3) where id = $1 and state <> 'idle'`,
    [id, reason, notBefore],
  )
}
