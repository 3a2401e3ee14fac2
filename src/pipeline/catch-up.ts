import type { Database } from '../store/database.ts'
import { storedRevisions } from '../store/entries.ts'
import { listItems, markCaughtUp } from '../store/watch-items.ts'
import type { Clock } from './clock.ts'
import { holdIngestsOff } from './ingest.ts'
import { judgeEntries, type JudgeEntriesOptions } from './judge-entries.ts'
import type { JudgeConfig } from './configured-judge.ts'
import { judgeOf } from './watch-set.ts'

export interface CatchUpOptions extends Pick<JudgeEntriesOptions, 'routing' | 'reportUrl'> {
  readonly db: Database
  readonly clock: Clock
  readonly config: JudgeConfig
}

/**
 * Judges the stored entries for items that came after them, silently, so that a new item knows its past; from then on
 * polls judge it. Ingests wait meanwhile. Returns the ids of the items that caught up.
 */
export async function catchUp({ db, clock, config, ...options }: CatchUpOptions): Promise<string[]> {
  const waiting = (await listItems(db.pool)).filter(
    (stored) => stored.caughtUpAt === null && stored.state !== 'retired',
  )
  const done: string[] = []
  for (const { item } of waiting) {
    await db.transaction(async (tx) => {
      await holdIngestsOff(tx)
      // another process may have been faster
      const stored = (await listItems(tx, [item.id])).find((one) => one.caughtUpAt === null)
      if (stored === undefined) return
      const judge = judgeOf([stored], config)
      for await (const revisions of storedRevisions(tx, item.since))
        await judgeEntries(
          tx,
          revisions.map((entry) => ({ entry, entryId: entry.entryId, revisionId: entry.key })),
          { ...options, judge, now: clock.now(), silent: () => true },
        )
      await markCaughtUp(tx, item.id, clock.now())
      done.push(item.id)
    })
  }
  return done
}
