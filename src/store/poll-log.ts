import type { Queryable } from './database.ts'
import type { PrunedBatch } from './retention.ts'

/** `pushed`: no poll, a hub delivered. */
export type PollOutcome = 'new' | 'unchanged' | 'refused' | 'gone' | 'failed' | 'not-a-feed' | 'pushed'

/** One line of the poll log. */
export interface PollRecord {
  readonly feedId: number
  readonly at: Date
  readonly outcome: PollOutcome
  readonly bytes: number
  readonly durationMs: number
  readonly newEntries: number
  readonly newRevisions: number
  readonly skipped: number
  readonly error: string | null
}

/** Writes polls into the log. */
export async function insertPolls(tx: Queryable, polls: readonly PollRecord[]): Promise<void> {
  await tx.query({
    name: 'insert-polls',
    text: `insert into poll (feed_id, at, outcome, bytes, duration_ms, new_entries, new_revisions, skipped, error)
     select * from unnest($1::int[], $2::timestamptz[], $3::text[], $4::int[], $5::int[], $6::int[], $7::int[],
       $8::int[], $9::text[])`,
    values: [
      polls.map((poll) => poll.feedId),
      polls.map((poll) => poll.at),
      polls.map((poll) => poll.outcome),
      polls.map((poll) => poll.bytes),
      polls.map((poll) => poll.durationMs),
      polls.map((poll) => poll.newEntries),
      polls.map((poll) => poll.newRevisions),
      polls.map((poll) => poll.skipped),
      polls.map((poll) => poll.error),
    ],
  })
}

/** A poll that changed nothing but when its feed was polled. */
export interface QuietPoll {
  readonly feedId: number
  readonly at: Date
  readonly durationMs: number
  readonly nextPollAt: Date
}

/** Numbers as Postgres writes an array of them: pg would look at each, and quote it. */
function numbers(values: readonly number[]): string {
  return `{${values.join(',')}}`
}

/** Writes quiet polls down, on their feeds and into the log, in one statement. Of a feed that was paused meanwhile: nothing. */
export async function saveQuietPolls(db: Queryable, polls: readonly QuietPoll[]): Promise<void> {
  await db.query({
    name: 'save-quiet-polls',
    // Times as numbers: they cost a tenth of what dates do to write and to read. Nothing but the id in the join: of a
    // condition on the state the planner expects, as long as it has no statistics, that it leaves next to no feeds.
    text: `with polled as (
         select id, to_timestamp(at / 1000) as at, took, to_timestamp(next / 1000) as next
         from unnest($1::int[], $2::float8[], $3::int[], $4::float8[]) as quiet(id, at, took, next)
       ), saved as (
         update feed set
           last_poll_at = case state when 'active' then polled.at else last_poll_at end,
           last_ok_at = case state when 'active' then polled.at else last_ok_at end,
           next_poll_at = case state when 'active' then polled.next else next_poll_at end
         from polled where feed.id = polled.id
         returning polled.id, polled.at, polled.took, feed.state
       )
       insert into poll (feed_id, at, outcome, duration_ms)
       select id, at, 'unchanged', took from saved where state = 'active'`,
    values: [
      numbers(polls.map((poll) => poll.feedId)),
      numbers(polls.map((poll) => poll.at.getTime())),
      numbers(polls.map((poll) => poll.durationMs)),
      numbers(polls.map((poll) => poll.nextPollAt.getTime())),
    ],
  })
}

/** Polls of a feed that are kept at most. */
const mostPolls = 200
/** Feeds whose polls are looked at in one batch. */
const batchFeeds = 200

/**
 * Deletes what is too old of the poll log of the next feeds by number: all that is older than `before`, or than a feed's
 * 200 newest.
 */
export async function prunePolls(
  db: Queryable,
  { before, after }: { readonly before: Date; readonly after: string },
): Promise<PrunedBatch> {
  const { rows } = await db.query<{ last: string | null; looked: number; deleted: number }>(
    `with looked as materialized (
       select id from feed where id > $3::int order by id limit $4
     ), kept as materialized (
       select f.id, greatest($1::timestamptz, (
         select at from poll where feed_id = f.id order by at desc offset $2 limit 1)) as oldest
       from looked f
     ), gone as (
       delete from poll p using kept where p.feed_id = kept.id and p.at < kept.oldest returning p.id
     )
     select (select max(id)::text from looked) as last, (select count(*)::int from looked) as looked,
       (select count(*)::int from gone) as deleted`,
    [before, mostPolls - 1, after, batchFeeds],
  )
  const row = rows[0]
  if (row === undefined) throw new Error('pruning polls said nothing')
  return { deleted: row.deleted, after: row.looked === batchFeeds ? row.last : null }
}
