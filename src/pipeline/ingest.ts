import type { Entry } from '../matching/entry.ts'
import type { Decision } from '../status/decision.ts'
import type { Transaction } from '../store/database.ts'
import { insertEntries, type Listed, type NewRevision } from '../store/entries.ts'
import { groupedBy } from '../store/grouped.ts'
import { together } from '../store/together.ts'
import { judgeEntries, type Judged, type JudgedEntries, type JudgeEntriesOptions } from './judge-entries.ts'
import { traced, type Tracer } from './tracer.ts'
import type { WatchSet } from './watch-set.ts'

export interface IngestOptions extends Omit<JudgeEntriesOptions, 'judge'> {
  readonly watchSet: WatchSet
  /** Whether the entries are all that the feed lists at this moment, as they are when not said. */
  readonly listing?: Listed['listing']
  readonly tracer?: Tracer
}

/** What came of an ingest. */
export interface Ingested extends Pick<JudgedEntries, 'matches' | 'changes'> {
  readonly newEntries: number
  readonly newRevisions: number
  /** Claims by what they led to; for a revision that was judged before, too. */
  readonly claims: Readonly<Partial<Record<Decision['kind'], number>>>
}

/** What one feed lists, and whose changes are recorded without telling anybody. */
export interface ListedFeed extends Listed {
  readonly silent: (revision: Judged) => boolean
}

/** Stores a feed's entries and judges those that are new, within the given transaction. */
export async function ingest(
  tx: Transaction,
  feedId: number,
  entries: readonly Entry[],
  { silent, listing = 'whole', ...options }: IngestOptions,
): Promise<Ingested & Pick<JudgedEntries, 'alerts'>> {
  const { ingested, alerts } = await ingestFeeds(tx, [{ feedId, entries, listing, silent }], options)
  const [only] = ingested
  if (only === undefined) throw new Error('an ingest came to nothing')
  return { ...only, alerts }
}

/** Stores what several feeds list and judges all that is new together, within the given transaction. In their order. */
export async function ingestFeeds(
  tx: Transaction,
  feeds: readonly ListedFeed[],
  options: Omit<IngestOptions, 'silent' | 'listing'>,
): Promise<Pick<JudgedEntries, 'alerts'> & { readonly ingested: readonly Ingested[] }> {
  const [, revisions, { judge }] = await together([
    holdIngestLock(tx),
    insertEntries(tx, feeds, options.now),
    options.watchSet.current(tx),
  ])
  const byId = new Map(feeds.map((feed) => [feed.feedId, feed]))
  const feedOf = new Map(revisions.map(({ revisionId, feedId }) => [revisionId, feedId]))
  const news = groupedBy(revisions, ({ feedId }) => feedId)
  const silent = (revision: Judged): boolean =>
    byId.get(feedOf.get(revision.revisionId) ?? 0)?.silent(revision) ?? false
  const judged = await traced(
    options.tracer,
    { name: 'judge', attributes: { revisions: revisions.length } },
    () => judgeEntries(tx, revisions, { ...options, judge, silent }),
  )
  const ingested = feeds.map(({ feedId }) => ({
    ...counted(news.get(feedId) ?? []),
    ...cameOf(judged, ({ revisionId }) => feedOf.get(revisionId) === feedId),
  }))
  return { ingested, alerts: judged.alerts }
}

function counted(revisions: readonly NewRevision[]): Pick<Ingested, 'newEntries' | 'newRevisions'> {
  const newEntries = revisions.filter((revision) => revision.isNewEntry).length
  return { newEntries, newRevisions: revisions.length - newEntries }
}

/** What of a judgement came of some revisions. */
function cameOf(
  judged: JudgedEntries,
  isOf: (match: JudgedEntries['matched'][number]) => boolean,
): Pick<Ingested, 'matches' | 'changes' | 'claims'> {
  const matched = judged.matched.filter(isOf)
  const decisions = new Set(matched.flatMap(({ decided }) => decided.map(({ decision }) => decision)))
  const claims: Partial<Record<Decision['kind'], number>> = {}
  for (const { kind } of decisions) claims[kind] = (claims[kind] ?? 0) + 1
  return {
    matches: matched.length,
    claims,
    changes: judged.changes.filter(({ decision }) => decisions.has(decision)),
  }
}

/** Any number of ingests run at once; a catch-up waits for them and keeps new ones out until it is done. */
const ingestLock = 7_300_811_243

/** Waits for a catch-up that is on, and keeps the next one out until the transaction ends: ingests, and who deletes entries. */
export async function holdIngestLock(tx: Transaction): Promise<void> {
  await tx.query('select pg_advisory_xact_lock_shared($1)', [ingestLock])
}

/** Keeps ingests out until the transaction ends, and has entries stay: what it judges is not deleted under its hands. */
export async function holdIngestsOff(tx: Transaction): Promise<void> {
  await tx.query('select pg_advisory_xact_lock($1)', [ingestLock])
}
