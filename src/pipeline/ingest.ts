import type { Entry } from '../matching/entry.ts'
import type { Transaction } from '../store/database.ts'
import { insertEntries, type Listing, type NewRevision } from '../store/entries.ts'
import { judgeEntries, type JudgedEntries, type JudgeEntriesOptions } from './judge-entries.ts'
import type { WatchSet } from './watch-set.ts'

export interface IngestOptions extends Omit<JudgeEntriesOptions, 'judge'> {
  readonly watchSet: WatchSet
  /** Whether the entries are all that the feed lists at this moment, as they are when not said. */
  readonly listing?: Listing
}

/** What came of an ingest. */
export interface Ingested extends JudgedEntries {
  readonly newEntries: number
  readonly newRevisions: number
}

/** Stores a feed's entries and judges those that are new, within the given transaction. */
export async function ingest(
  tx: Transaction,
  feedId: number,
  entries: readonly Entry[],
  options: IngestOptions,
): Promise<Ingested> {
  await holdIngestLock(tx)
  const revisions: NewRevision[] = await insertEntries(tx, feedId, entries, options.now, options.listing)
  const { judge } = await options.watchSet.current(tx)
  const judged = await judgeEntries(tx, revisions, { ...options, judge })
  const newEntries = revisions.filter((revision) => revision.isNewEntry).length
  return { ...judged, newEntries, newRevisions: revisions.length - newEntries }
}

/** Any number of ingests run at once; a catch-up waits for them and keeps new ones out until it is done. */
const ingestLock = 7_300_811_243

async function holdIngestLock(tx: Transaction): Promise<void> {
  await tx.query('select pg_advisory_xact_lock_shared($1)', [ingestLock])
}

/** Keeps ingests out until the transaction ends. */
export async function holdIngestsOff(tx: Transaction): Promise<void> {
  await tx.query('select pg_advisory_xact_lock($1)', [ingestLock])
}
