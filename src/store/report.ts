import type {
  ReportChange,
  ReportClaim,
  ReportEvidence,
  ReportInput,
  ReportRejection,
  Wishes,
  ReportItem,
} from '../report/report-input.ts'
import { rejectionWords } from '../status/rejected.ts'
import type { Certainty } from '../status/status.ts'
import { lastAttention, watchedSince } from './attention.ts'
import type { Database, Queryable } from './database.ts'
import type { Claim as ClaimRow } from './generated/client.ts'
import { groupedBy } from './grouped.ts'
import { changesOf, type StoredChange } from './judgements.ts'
import { listProcesses } from './processes.ts'
import { readReportFeeds } from './report-feeds.ts'
import { readSights, type SeeingItem } from './sight.ts'
import { rejectionsOf, type Rejection } from './rejections.ts'
import { listItems, type StoredItem } from './watch-items.ts'

/** Reads all that a status report is made from; of the items those named, else all that are not retired. */
export async function readReportInput(
  { pool, prisma }: Pick<Database, 'pool' | 'prisma'>,
  now: Date,
  itemIds?: readonly string[],
): Promise<ReportInput> {
  const items = (await listItems(pool, itemIds)).filter(
    (stored) => itemIds !== undefined || stored.state !== 'retired',
  )
  const ids = items.map((stored) => stored.item.id)
  const changes = await changesOf(pool, ids)
  const evidence = await evidenceOf({ pool, prisma }, ids)
  const claims = await claimsOf(pool, ids)
  const matches = await matchesOf(pool, ids)
  const sights = new Map((await readSights(pool, now, ids)).map((sight) => [sight.id, sight]))
  return {
    items: items.map((stored) => ({
      item: stored.item,
      origin: stored.origin,
      state: stored.state,
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

function standingOf({ standing }: StoredItem) {
  const { status, since, expected, disputed } = standing
  const carried = standing.evidence.map(({ url, outlet, quote, at, certainty }) => ({
    ...{ url, outlet, quote, certainty },
    claimedAt: new Date(at),
  }))
  return { status, since: new Date(since), expected, disputed, evidence: carried }
}

function wishesOf({ muted, snoozedUntil, snoozedToChange, acknowledgedAt }: StoredItem): Wishes {
  return { muted, snoozedUntil, snoozedToChange, acknowledgedAt }
}

function reportChange(change: StoredChange, evidence: ReadonlyMap<string, ReportEvidence[]>): ReportChange {
  const { itemId, ...rest } = change
  return { ...rest, evidence: evidence.get(change.id) ?? [] }
}

async function evidenceOf(
  { pool, prisma }: Pick<Database, 'pool' | 'prisma'>,
  ids: readonly string[],
): Promise<Map<string, ReportEvidence[]>> {
  const rows = await prisma.evidence.findMany({
    where: { statusChange: { watchItemId: { in: [...ids] } } },
    include: { claim: { include: { match: { select: { story: true } } } } },
    orderBy: [{ statusChangeId: 'asc' }, { ordinal: 'asc' }],
  })
  const rejected = new Map(
    (await rejectionsOf(pool, ids)).map((one) => [`${one.itemId} ${one.story}`, rejection(one)]),
  )
  const groups = groupedBy(rows, (row) => String(row.statusChangeId))
  return new Map(
    [...groups].map(([id, group]) => [
      id,
      group.map(({ claim }) => evidence(claim, rejected.get(`${claim.watchItemId} ${claim.match.story}`))),
    ]),
  )
}

function evidence(
  { url, outlet, quote, at, certainty }: ClaimRow,
  rejected: ReportRejection | undefined,
): ReportEvidence {
  const said = { url, outlet, quote, claimedAt: at, certainty: certainty as Certainty }
  return rejected === undefined ? said : { ...said, rejected }
}

function rejection({ at, reason, note }: Rejection): ReportRejection {
  return { at, words: rejectionWords[reason], note }
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
