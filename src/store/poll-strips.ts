import type { Queryable } from './database.ts'
import type { PollOutcome } from './poll-log.ts'

/** One poll of a strip. */
export interface PollTick {
  readonly at: Date
  readonly outcome: PollOutcome
  readonly newEntries: number
}

interface TickRow {
  feedId: number
  at: Date
  outcome: PollOutcome
  newEntries: number
}

/** The last polls of feeds, at most `limit` each, the oldest first. */
export async function readPollStrips(
  db: Queryable,
  feedIds: readonly number[],
  limit: number,
): Promise<ReadonlyMap<number, readonly PollTick[]>> {
  const { rows } = await db.query<TickRow>(
    `select f.id as "feedId", p.at, p.outcome, p.new_entries as "newEntries"
     from unnest($1::int[]) as f(id),
       lateral (select id, at, outcome, new_entries from poll where feed_id = f.id order by at desc limit $2) p
     order by f.id, p.at, p.id`,
    [feedIds, limit],
  )
  const strips = new Map<number, PollTick[]>()
  for (const { feedId, ...tick } of rows) {
    const strip = strips.get(feedId)
    if (strip === undefined) strips.set(feedId, [tick])
    else strip.push(tick)
  }
  return strips
}

/** One line of the poll log, as it is shown. */
export interface LoggedPoll extends PollTick {
  readonly id: string
  readonly bytes: number
  readonly durationMs: number
  readonly newRevisions: number
  readonly skipped: number
  readonly error: string | null
}

/** The newest polls of a feed; `before`: those older than the poll of that id. */
export async function readPollLog(
  db: Queryable,
  feedId: number,
  { limit, before }: { readonly limit: number; readonly before?: string | undefined },
): Promise<LoggedPoll[]> {
  const { rows } = await db.query<LoggedPoll>(
    `select id::text, at, outcome, bytes, duration_ms as "durationMs", new_entries as "newEntries",
       new_revisions as "newRevisions", skipped, error
     from poll where feed_id = $1 and ($3::bigint is null or id < $3) order by at desc, id desc limit $2`,
    [feedId, limit, before ?? null],
  )
  return rows
}
