import { documentOf } from '../matching/document.ts'
import { evaluate } from '../matching/evaluate.ts'
import { queryOf } from '../matching/query.ts'
import type { WatchItem } from '../matching/watch-item.ts'
import { initialStanding, type Standing } from '../status/standing.ts'
import type { Transaction } from '../store/database.ts'
import { revisionsOf, type StoredRevision } from '../store/entries.ts'
import { readStretch } from '../store/entry-search.ts'
import { changesOf, recordJudgements, type MatchRecord } from '../store/judgements.ts'
import { forgetMatches } from '../store/matched-entries.ts'
import { rejectionsOf } from '../store/rejections.ts'
import { listItems, lockItems, markCaughtUp, saveStandings, type StoredItem } from '../store/watch-items.ts'
import { configuredJudge, type JudgeConfig } from './configured-judge.ts'
import { holdIngestsOff } from './ingest.ts'
import type { ItemDesk } from './item-desk.ts'
import type { Judge } from './judge.ts'
import { judgeEntries } from './judge-entries.ts'
import { rejectedStories } from './recompute.ts'
import { recordStanding } from './record-standing.ts'
import { scanEntries } from './scan-entries.ts'

export interface JudgeAnewOptions extends Pick<ItemDesk, 'db' | 'clock' | 'reportUrl'> {
  readonly config: () => JudgeConfig
  /** Why, for people: the reason of a correction, where the question stands otherwise now. */
  readonly why: string
  /** Leave it alone where another process has judged it since it was added. */
  readonly unlessCaughtUp?: boolean
}

const judgedAtOnce = 1000

/**
 * Judges all stored entries for an item again, by its definition as it is now, and tells nobody: what it says is old news.
 * An item without a history gets the one that it would have had; one with a history keeps that, and where it stands
 * otherwise now, one correction is written behind it. Ingests wait only while what came in the meantime is looked at.
 * Returns whether it was judged.
 */
export async function judgeAnew(itemId: string, options: JudgeAnewOptions): Promise<boolean> {
  const { db, config, clock, unlessCaughtUp = false } = options
  const [asked] = await listItems(db.pool, [itemId])
  if (asked === undefined || !config().kinds.has(asked.item.kind)) return false
  if (unlessCaughtUp && asked.caughtUpAt !== null) return false
  const last = await db.transaction(newestRevision)
  const known = await matching(
    scanEntries(db, queryOf(asked.item), { field: { since: asked.item.since } }),
    asked.item,
  )
  return db.transaction(async (tx) => {
    await holdIngestsOff(tx)
    const [stored] = await lockItems(tx, [itemId])
    if (stored === undefined || stored.state === 'retired') return false
    if (unlessCaughtUp && stored.caughtUpAt !== null) return false
    // somebody edited it again: that one judges it
    if (JSON.stringify(stored.item) !== JSON.stringify(asked.item)) return false
    const late = await matching(arrivedAfter(tx, last, stored.item), stored.item)
    await forgetMatches(tx, itemId)
    const all = [...new Map([...known, ...late].map((one) => [one.key, one])).values()]
    const keys = all.sort((a, b) => a.at - b.at || Number(a.key) - Number(b.key)).map(({ key }) => key)
    const hasHistory = ((await changesOf(tx, [itemId])).get(itemId) ?? []).length > 0
    if (hasHistory) await correctHistory(tx, stored, keys, options)
    else await writeHistory(tx, stored, keys, options)
    await markCaughtUp(tx, itemId, clock.now())
    return true
  })
}

/** The newest revision while no ingest is under way: what one of them is about to store may have a lower number than what another has. */
async function newestRevision(tx: Transaction): Promise<string> {
  await holdIngestsOff(tx)
  const { rows } = await tx.query<{ last: string }>('select coalesce(max(id), 0)::text as last from revision')
  return rows[0]?.last ?? '0'
}

interface Found {
  readonly key: string
  readonly at: number
}

async function matching(
  stretches: AsyncIterable<{ readonly revisions: readonly StoredRevision[] }>,
  item: WatchItem,
): Promise<Found[]> {
  const query = queryOf(item)
  const found: Found[] = []
  for await (const { revisions } of stretches)
    for (const entry of revisions)
      if (evaluate(query, documentOf(entry))) found.push({ key: entry.key, at: entry.at.getTime() })
  return found
}

/** What was stored since a revision: little, as a rule. */
async function* arrivedAfter(tx: Transaction, afterRevision: string, { since }: WatchItem) {
  const { rows } = await tx.query<{ oldest: Date | null }>(
    `select min(e.at) as oldest from revision r join entry e on e.id = r.entry_id where r.id > $1::bigint`,
    [afterRevision],
  )
  const oldest = rows[0]?.oldest ?? null
  if (oldest === null) return
  const field = { since: oldest > since ? oldest : since, afterRevision }
  for (let before; ;) {
    const stretch = await readStretch(
      tx,
      { kind: 'everything' },
      { ...(before && { before }), size: 25_000, field },
    )
    yield stretch
    if (stretch.next === null) return
    before = stretch.next
  }
}

async function* batchesOf(tx: Transaction, keys: readonly string[]): AsyncGenerator<StoredRevision[]> {
  for (let from = 0; from < keys.length; from += judgedAtOnce)
    yield await revisionsOf(tx, keys.slice(from, from + judgedAtOnce))
}

/** As a catch-up: every change is recorded with its evidence. */
async function writeHistory(
  tx: Transaction,
  stored: StoredItem,
  keys: readonly string[],
  { config, clock, reportUrl }: JudgeAnewOptions,
): Promise<void> {
  const { item } = stored
  await saveStandings(tx, new Map([[item.id, initialStanding(item)]]), clock.now())
  const judge = configuredJudge([item], config())
  for await (const revisions of batchesOf(tx, keys))
    await judgeEntries(
      tx,
      revisions.map((entry) => ({ entry, entryId: entry.entryId, revisionId: entry.key })),
      { judge, now: clock.now(), silent: () => true, routing: { channels: [], routes: [] }, reportUrl },
    )
}

/** What is met is written down with what came of it; the ledger is only added to. */
async function correctHistory(
  tx: Transaction,
  stored: StoredItem,
  keys: readonly string[],
  { config, clock, reportUrl, why }: JudgeAnewOptions,
): Promise<void> {
  const { item, muted } = stored
  const now = clock.now()
  const rejected = await rejectedStories(tx, item.id, await rejectionsOf(tx, [item.id]))
  const judge = configuredJudge([item], config())
  let standing: Standing =
    rejected.length === 0 ? initialStanding(item) : { ...initialStanding(item), rejected }
  for await (const revisions of batchesOf(tx, keys)) {
    const records: MatchRecord[] = []
    for (const entry of revisions) {
      const judged = judgeOne(judge, standing, entry, { item, muted, why })
      if (judged === null) continue
      standing = judged.standing
      records.push(judged.record)
    }
    await recordJudgements(tx, records, now)
  }
  await recordStanding(tx, stored, { standing, why, corrects: [] }, { now, reportUrl })
}

function judgeOne(
  judge: Judge,
  standing: Standing,
  entry: StoredRevision,
  { item, muted, why }: { readonly item: WatchItem; readonly muted: readonly string[]; readonly why: string },
): { readonly standing: Standing; readonly record: MatchRecord } | null {
  const [reading] = judge.read(entry)
  if (reading === undefined) return null
  const judgement = judge.fold(standing, reading, muted)
  const decided = judgement.decided.map(({ claim, decision }) => ({
    claim,
    decision:
      decision.kind === 'unchanged'
        ? decision
        : ({ kind: 'unchanged', reason: `${decision.reason}; judged again when ${why}` } as const),
  }))
  const record = {
    itemId: item.id,
    entryId: entry.entryId,
    revisionId: entry.key,
    at: entry.at,
    story: judgement.story,
    spans: reading.spans,
    muted,
    decided,
  }
  return { standing: judgement.standing, record }
}
