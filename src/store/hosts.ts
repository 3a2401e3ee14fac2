import type { Queryable } from './database.ts'

/** Whom a request to an address goes to: the host, with the port where that is not the usual one. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : ''
}

/** How a host stands: held after it asked to be left alone, busy with another request of ours, or free. */
export type HostState =
  | { readonly kind: 'held'; readonly until: Date }
  | { readonly kind: 'busy' }
  | { readonly kind: 'free'; readonly refusals: number }

/** The key of the advisory lock that a process on its rounds holds of a host, as SQL over the host's name. */
export function hostLock(name: string): string {
  return `hashtextextended('openwatch host ' || ${name}, 0)`
}

/**
 * Whether a host is free for the next request, as SQL over its row. What is further ahead than any process could have taken
 * it for was written before the database's clock was set back.
 */
export function isFree(host: string): string {
  return `(${host}.free_at is null or ${host}.free_at not between clock_timestamp() and clock_timestamp() + interval '10 minutes')`
}

/**
 * Takes a host for one request, unless it is held at `now` or another process has it, on its rounds or for one request, too. The host is free again when it is
 * given back, at the latest after `leaseMs`: the process may be gone by then.
 */
export async function takeHost(
  db: Queryable,
  name: string,
  { now, leaseMs }: { readonly now: Date; readonly leaseMs: number },
): Promise<HostState> {
  const { rows } = await db.query<{ refusals: number }>(
    `insert into host (name, free_at) select $1, clock_timestamp() + make_interval(secs => $2)
     where pg_try_advisory_xact_lock(${hostLock('$1::text')})
     on conflict (name) do update set free_at = excluded.free_at
       where ${isFree('host')} and coalesce(host.held_until, '-infinity') <= $3
     returning refusals`,
    [name, leaseMs / 1000, now],
  )
  if (rows[0] !== undefined) return { kind: 'free', refusals: rows[0].refusals }
  const held = await db.query<{ until: Date }>(
    'select held_until as until from host where name = $1 and held_until > $2',
    [name, now],
  )
  const until = held.rows[0]?.until
  return until === undefined ? { kind: 'busy' } : { kind: 'held', until }
}

/** The hosts that asked to be left alone, and until when. */
export async function heldHosts(db: Queryable, now: Date): Promise<ReadonlyMap<string, Date>> {
  const { rows } = await db.query<{ name: string; until: Date }>(
    'select name, held_until as until from host where held_until > $1',
    [now],
  )
  return new Map(rows.map(({ name, until }) => [name, until]))
}

/** Gives a host back; the next request to it may begin after `gapMs`. */
export async function giveHostBack(db: Queryable, name: string, gapMs: number): Promise<void> {
  await db.query('update host set free_at = clock_timestamp() + make_interval(secs => $2) where name = $1', [
    name,
    gapMs / 1000,
  ])
}

/** Has the next requests to hosts that were asked on a round wait for `gapMs` from now. */
export async function spaceHosts(db: Queryable, names: readonly string[], gapMs: number): Promise<void> {
  await db.query({
    name: 'space-hosts',
    text: `insert into host (name, free_at)
       select name, clock_timestamp() + make_interval(secs => $2) from unnest($1::text[]) as asked(name) order by name
       on conflict (name) do update set free_at = excluded.free_at`,
    values: [names, gapMs / 1000],
  })
}

/** How long a host is left alone that answered 429 or 503; milliseconds. */
export interface Hold {
  readonly now: Date
  /** What it asked for; null where it said nothing: five minutes then, and twice as long each time. */
  readonly retryAfterMs: number | null
  readonly minMs: number
  readonly maxMs: number
}

/** Holds all requests to a host back for a while. */
export async function holdHost(tx: Queryable, name: string, hold: Hold): Promise<void> {
  await tx.query(
    `insert into host as h (name, refusals, held_until) values ($1, 1, ${until('0')})
     on conflict (name) do update set refusals = h.refusals + 1, held_until = greatest(h.held_until, ${until('h.refusals')})`,
    [name, hold.now, hold.retryAfterMs, hold.minMs, hold.maxMs],
  )
}

function until(refusals: string): string {
  return `$2::timestamptz + make_interval(secs =>
    least($5::float8, greatest($4::float8, coalesce($3::float8, 300000 * 2.0 ^ least(${refusals}, 20)))) / 1000)`
}

/** A host that answers again is asked as before. */
export async function easeHost(tx: Queryable, name: string): Promise<void> {
  await tx.query('update host set refusals = 0, held_until = null where name = $1', [name])
}
