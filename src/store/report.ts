import type {
  ReportChange,
  ReportClaim,
  ReportEvidence,
  ReportInput,
  ReportItem,
} from '../report/report-input.ts'
import { lastAttention, watchedSince } from './attention.ts'
import type { Database, Queryable } from './database.ts'
import { groupedBy } from './grouped.ts'
import { changesOf, type StoredChange } from './judgements.ts'
import { listProcesses } from './processes.ts'
import { readReportFeeds } from './report-feeds.ts'
import { evidenceOf, standingOf, wishesOf } from './report-parts.ts'
import { readSights, type SeeingItem } from './sight.ts'
import { listItemsBriefly } from './watch-items.ts'

/** Reads all that a status report is made from; of the items those named, else all that are not retired. */
export async function readReportInput(
  { pool }: Pick<Database, 'pool'>,
  now: Date,
  itemIds?: readonly string[],
): Promise<ReportInput> {
  const items = (await listItemsBriefly(pool, itemIds)).filter(
    (stored) => itemIds !== undefined || stored.state !== 'retired',
  )
  const ids = items.map((stored) => stored.item.id)
  const changes = await changesOf(pool, ids)
  const changeIds = [...changes.values()].flatMap((all) => all.map(({ id }) => id))
  const evidence = await evidenceOf(pool, changeIds)
  const claims = await claimsOf(pool, ids)
  const matches = await matchesOf(pool, ids)
  const sights = new Map((await readSights(pool, now, ids)).map((sight) => [sight.id, sight]))
  return {
    items: items.map((stored) => ({
      item: stored.item,
      origin: stored.origin,
      state: stored.state,
      addedAt: stored.createdAt,
      standing: standingOf(stored),
      changes: (changes.get(stored.item.id) ?? []).map((change) => reportChange(change, evidence)),
      claims: claims.get(stored.item.id) ?? [],
      matches: matches.get(stored.item.id)?.count ?? 0,
      lastMatchAt: matches.get(stored.item.id)?.last ?? null,
      keywordMatches: null,
      wishes: wishesOf(stored),
      ...sightOf(sights.get(stored.item.id)),
    })),
    feeds: await readReportFeeds(pool, now),
    watchedSince: watchedSince(await lastAttention(pool), now),
    processes: await listProcesses(pool),
  }
}

function sightOf(stored: SeeingItem | undefined): Pick<ReportItem, 'sight'> {
  if (stored === undefined) return {}
  const { blindSince, turnedAt, broughtBy } = stored
  return { sight: { blindSince, turnedAt, broughtBy } }
}

function reportChange(change: StoredChange, evidence: ReadonlyMap<string, ReportEvidence[]>): ReportChange {
  const { itemId, ...rest } = change
  return { ...rest, evidence: evidence.get(change.id) ?? [] }
}

/** Claims of an item that a report shows: those with a date, those that decided, and the newest of the others. */
async function claimsOf(db: Queryable, ids: readonly string[]): Promise<Map<string, ReportClaim[]>> {
  const { rows } = await db.query<ReportClaim & { itemId: string }>(
    `select "itemId", url, outlet, quote, at, signal, certainty, "window", decided, reason from (
       select watch_item_id as "itemId", url, outlet, quote, at, signal, certainty, "window",
         decision <> 'unchanged' as decided, case when decision = 'unchanged' then reason end as reason,
         row_number() over (partition by watch_item_id, decision = 'unchanged' and "window" is null
           order by at desc, id desc) as place, id
       from claim where watch_item_id = any($1)
     ) ranked where place <= 200 order by at, id`,
    [ids],
  )
  const groups = groupedBy(rows, (row) => row.itemId)
  return new Map([...groups].map(([id, group]) => [id, group.map(({ itemId, ...claim }) => claim)]))
}

async function matchesOf(
  db: Queryable,
  ids: readonly string[],
): Promise<Map<string, { count: number; last: Date }>> {
  const { rows } = await db.query<{ id: string; count: number; last: Date }>(
    `select watch_item_id as id, count(distinct entry_id)::int as count, max(at) as last from match
     where watch_item_id = any($1) group by watch_item_id`,
    [ids],
  )
  return new Map(rows.map(({ id, count, last }) => [id, { count, last }]))
}
