import type { Queryable } from './database.ts'

/** How far the work of all processes is behind, in milliseconds. */
export interface Vitals {
  /** Feeds whose time has come and whose host may be asked. */
  readonly due: number
  /** For how long the longest waiting host among theirs has not been asked although something was due there; 0: none. */
  readonly lagMs: number
  readonly queues: readonly QueueVitals[]
}

/** What waits for a channel. */
export interface QueueVitals {
  readonly channel: string
  readonly waiting: number
  /** How long the oldest of them has been due, while the channel is not held back; 0: none is due. */
  readonly lateMs: number
}

/**
 * Measures how far the work is behind. `since`: work that was due before counts from then, as it may have waited for a
 * process to be started. Reads all feeds once: some milliseconds for ten thousand.
 */
export async function readVitals(
  db: Queryable,
  {
    now,
    since,
    channels,
  }: { readonly now: Date; readonly since: Date; readonly channels: readonly string[] },
): Promise<Vitals> {
  const feeds = await db.query<{ due: number; lagMs: number }>({
    name: 'vitals-feeds',
    text: `with hosts as (
         select host, count(*) filter (where next_poll_at <= $1) as due,
           min(next_poll_at) filter (where next_poll_at <= $1) as since, max(last_poll_at) as last
         from feed where state = 'active' group by host
       )
       select coalesce(sum(due), 0)::int as due,
         coalesce(greatest(0, extract(epoch from max($1::timestamptz - greatest(hosts.since, last, $2))) * 1000), 0)::float8 as "lagMs"
       from hosts left join host h on h.name = hosts.host
       where due > 0 and coalesce(h.held_until, '-infinity') <= $1`,
    values: [now, since],
  })
  const queues = await db.query<QueueVitals>({
    name: 'vitals-queues',
    text: `select asked.name as channel, count(d.id)::int as waiting,
         case when c.held_until > $1 or min(d.next_attempt_at) is null then 0
           else coalesce(greatest(0, extract(epoch from $1::timestamptz - greatest(min(d.next_attempt_at), $2)) * 1000), 0)
         end::float8 as "lateMs"
       from unnest($3::text[]) as asked(name)
       left join delivery d on d.channel = asked.name and d.state = 'waiting'
       left join channel_state c on c.name = asked.name
       group by asked.name, c.held_until order by asked.name`,
    values: [now, since, channels],
  })
  const { due = 0, lagMs = 0 } = feeds.rows[0] ?? {}
  return { due, lagMs, queues: queues.rows }
}
