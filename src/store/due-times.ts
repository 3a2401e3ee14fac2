import type { Queryable } from './database.ts'

/** How much was brought forward. */
export interface BroughtForward {
  readonly feeds: number
  readonly deliveries: number
}

/**
 * Brings forward what waits for times of a clock that has been set back since: what was polled or tried after `now`, in
 * what was the future then. A feed waits anew for as long as it was to wait, a message is looked at at once, and held again
 * where it is to be held. Does nothing a second time, and nothing where the clock went on as it should. Times that are
 * ahead of `now` by no more than `slackMs` are left: another machine's clock may differ by that.
 */
export async function bringDueTimesForward(
  db: Queryable,
  { now, slackMs }: { readonly now: Date; readonly slackMs: number },
): Promise<BroughtForward> {
  const from = [now, new Date(now.getTime() + slackMs)]
  const feeds = await db.query<{ feeds: number }>(
    // what is locked is being polled, and gets a time of today by that
    `with ahead as materialized (
       select id, host, next_poll_at - coalesce(last_poll_at, next_poll_at) as wait, last_poll_at from feed
       where state = 'active' and next_poll_at > $1 and coalesce(last_poll_at, next_poll_at) > $2
       order by id for update skip locked
     ), eased as (
       update host h set held_until = h.held_until - (a.polled - $1) from (
         select host, max(last_poll_at) as polled from ahead group by host) a
       where a.host = h.name and h.held_until > $1 and a.polled is not null
     ), brought as (
       update feed f set next_poll_at = $1 + ahead.wait,
         last_poll_at = case when f.last_poll_at is null then null else $1::timestamptz end
       from ahead where ahead.id = f.id returning f.id
     ) select count(*)::int as feeds from brought`,
    from,
  )
  const deliveries = await db.query<{ deliveries: number }>(
    `with ahead as materialized (
       select d.id, d.channel from delivery d where d.state = 'waiting' and d.next_attempt_at > $1
         and (d.created_at > $2 or exists (select from delivery_attempt a where a.delivery_id = d.id and a.at > $2))
       for update of d skip locked
     ), freed as (
       update channel_state set held_until = null where held_until > $1 and name in (select channel from ahead)
     ), brought as (
       update delivery d set next_attempt_at = $1 from ahead where ahead.id = d.id returning d.id
     ) select count(*)::int as deliveries from brought`,
    from,
  )
  await db.query(
    `update subscription set next_at = next_at - (verified_at - $1) where next_at > $1 and verified_at > $2`,
    from,
  )
  return { feeds: feeds.rows[0]?.feeds ?? 0, deliveries: deliveries.rows[0]?.deliveries ?? 0 }
}
