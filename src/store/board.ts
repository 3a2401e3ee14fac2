import type { SparkSpan } from '../report/board.ts'
import type { ReportInput, ReportItem } from '../report/report-input.ts'
import { lastAttention, watchedSince } from './attention.ts'
import type { Database, Queryable } from './database.ts'
import { changesOf, type StoredChange } from './judgements.ts'
import { listProcesses } from './processes.ts'
import { readReportFeeds } from './report-feeds.ts'
import { evidenceOf, standingOf, wishesOf } from './report-parts.ts'
import { readSights } from './sight.ts'
import { listItemsBriefly } from './watch-items.ts'

/**
 * What the board is made from: a report without claims, with the evidence of the newest changes alone. Cheaper than the
 * whole by the many sentences that a board does not show.
 */
export async function readBoardInput({ pool }: Pick<Database, 'pool'>, now: Date): Promise<ReportInput> {
  const items = (await listItemsBriefly(pool)).filter(({ state }) => state !== 'retired')
  const ids = items.map(({ item }) => item.id)
  const changes = await changesOf(pool, ids)
  const evidence = await evidenceOf(pool, [...changes.values()].flatMap(carrying))
  const sights = new Map((await readSights(pool, now, ids)).map((sight) => [sight.id, sight]))
  return {
    items: items.map((stored): ReportItem => {
      const sight = sights.get(stored.item.id)
      return {
        ...{ item: stored.item, origin: stored.origin, state: stored.state, addedAt: stored.createdAt },
        standing: standingOf(stored),
        changes: (changes.get(stored.item.id) ?? []).map(({ itemId, ...change }) => ({
          ...change,
          evidence: evidence.get(change.id) ?? [],
        })),
        ...{ claims: [], matches: 0, lastMatchAt: null, keywordMatches: null },
        wishes: wishesOf(stored),
        ...(sight && { sight }),
      }
    }),
    feeds: await readReportFeeds(pool, now),
    watchedSince: watchedSince(await lastAttention(pool), now),
    processes: await listProcesses(pool),
  }
}

/** The changes whose sentences a board shows: the newest, and the newest that set a status. */
function carrying(changes: readonly StoredChange[]): readonly string[] {
  const inTime = [...changes].sort(
    (a, b) => a.at.getTime() - b.at.getTime() || a.recordedAt.getTime() - b.recordedAt.getTime(),
  )
  return [inTime.at(-1), inTime.findLast(({ kind }) => kind !== 'date')].flatMap((change) => change?.id ?? [])
}

/** How many entries met each question in each step of a span, oldest step first; questions without any are left out. */
export async function readSparks(
  db: Queryable,
  { until, steps, stepMs }: SparkSpan,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const { rows } = await db.query<{ id: string; step: number; entries: number }>(
    `select watch_item_id as id, floor(extract(epoch from ($1::timestamptz - at)) * 1000 / $3)::int as step,
       count(distinct entry_id)::int as entries
     from match where at > $2 and at <= $1 group by 1, 2`,
    [until, new Date(until.getTime() - steps * stepMs), stepMs],
  )
  const sparks = new Map<string, number[]>()
  for (const { id, step, entries } of rows) {
    const known = sparks.get(id) ?? Array<number>(steps).fill(0)
    known[steps - 1 - step] = entries
    sparks.set(id, known)
  }
  return sparks
}

/**
 * Two texts that stay the same for as long as a board does, time aside: `state` of questions, changes and feeds' health,
 * `matches` of the entries that met a question. Cheap enough to be asked for every second.
 */
export async function readBoardVersion(
  db: Queryable,
  now: Date,
): Promise<{ readonly state: string; readonly matches: string }> {
  const { rows } = await db.query<{ state: string; matches: string }>(
    `select concat_ws(' ',
         (select md5(string_agg(id || ' ' || xmin, ',' order by id)) from watch_item),
         (select max(id) from status_change),
         (select concat(count(*), ' ', max(id)) from rejection),
         (select concat(count(*) filter (where well), ' ', count(*), ' ',
             md5(string_agg(concat_ws(' ', id, url, title, state, last_error, failing_since, empty_since, stale_after),
               ',' order by id) filter (where not well)))
           from (select *, state = 'active' and failures = 0 and last_poll_at is not null and empty_since is null
               and coalesce(stale_after >= $1, true) as well
             from feed where origin <> 'archive') as polled),
         (select string_agg(id || (clock_timestamp() - seen_at > interval '30 seconds'), ',' order by id) from process)
       ) as state,
       (select concat(max(id)) from match) as matches`,
    [now],
  )
  return rows[0] ?? { state: '', matches: '' }
}
