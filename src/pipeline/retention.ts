import { setTimeout as sleep } from 'node:timers/promises'
import type { Retention } from '../config/schema/retention.ts'
import type { Database, Transaction } from '../store/database.ts'
import { prunePolls } from '../store/poll-log.ts'
import { pruneDigests, pruneMessages, pruneNotices } from '../store/prune-notices.ts'
import { pruneWordings } from '../store/prune-wordings.ts'
import { pruneEntries, pruneTries, whenNobodyPrunes, type PrunedBatch } from '../store/retention.ts'
import { holdIngestLock } from './ingest.ts'

export interface PruneOptions {
  readonly db: Pick<Database, 'pool' | 'transaction'>
  readonly now: Date
  /** How long things are kept, in milliseconds. */
  readonly retention: Retention
  readonly signal?: AbortSignal
  /** How long to leave the database to others between two batches, in milliseconds. */
  readonly pauseMs?: number
}

/** What was edited is looked at so far back, in milliseconds: longer than from one hourly pruning to the next. */
const lookedBackMs = 3 * 3_600_000

/** How much was deleted. */
export interface Pruned {
  readonly entries: number
  readonly polls: number
  readonly tries: number
  /** Earlier texts of entries. */
  readonly wordings: number
  /** Alerts about openwatch itself. */
  readonly notices: number
}

/**
 * Deletes what is older than the configuration wants and what no question needs: never an entry that met one, with all
 * that followed from it, nor an alert that tells of that. In small batches with pauses, each a transaction of its own, so that nothing waits for it and
 * it may be cut off at any moment. Null when another process is at it.
 */
export function prune({ db, now, retention, signal, pauseMs = 50 }: PruneOptions): Promise<Pruned | null> {
  const before = (ms: number): Date => new Date(now.getTime() - ms)
  const all = (batch: (after: string) => Promise<PrunedBatch>) => inBatches(batch, { signal, pauseMs })
  return whenNobodyPrunes(db, async () => ({
    polls: await all((after) => prunePolls(db.pool, { before: before(retention.polls), after })),
    entries: await all((after) =>
      whileNoneIsJudgedAnew((tx) => pruneEntries(tx, { before: before(retention.entries), after })),
    ),
    wordings: await all((after) =>
      whileNoneIsJudgedAnew((tx) => pruneWordings(tx, { since: before(lookedBackMs), after })),
    ),
    tries: await all((after) => pruneTries(db.pool, { before: before(retention.tries), after })),
    notices: await pruneTold(before(retention.notices)),
  }))

  /** A question that is judged anew may find that an entry meets it which has met none. */
  function whileNoneIsJudgedAnew(batch: (tx: Transaction) => Promise<PrunedBatch>): Promise<PrunedBatch> {
    return db.transaction(async (tx) => {
      await holdIngestLock(tx)
      return batch(tx)
    })
  }

  async function pruneTold(until: Date): Promise<number> {
    const notices = await all((after) => pruneNotices(db.pool, { before: until, after }))
    await all((after) => pruneMessages(db.pool, { before: until, after }))
    await pruneDigests(db.pool, until)
    return notices
  }
}

async function inBatches(
  batch: (after: string) => Promise<PrunedBatch>,
  { signal, pauseMs }: { readonly signal: AbortSignal | undefined; readonly pauseMs: number },
): Promise<number> {
  let deleted = 0
  for (let after: string | null = '0'; after !== null && signal?.aborted !== true;) {
    const done: PrunedBatch = await batch(after)
    deleted += done.deleted
    after = done.after
    if (after !== null) await sleep(pauseMs, undefined, { signal }).catch(() => undefined)
  }
  return deleted
}
