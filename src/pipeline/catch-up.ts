import type { Database } from '../store/database.ts'
import { forgottenItems } from '../store/forgotten-items.ts'
import { listItems, markCaughtUp, type StoredItem } from '../store/watch-items.ts'
import type { Clock } from './clock.ts'
import type { JudgeConfig } from './configured-judge.ts'
import { judgeAnew } from './judge-anew.ts'

export interface CatchUpOptions {
  readonly db: Database
  readonly clock: Clock
  readonly config: JudgeConfig
  /** Where the item's page is; null when there is no page. */
  readonly reportUrl: (itemId: string) => string | null
}

/**
 * Judges the stored entries for items that came after them, silently, so that a new item knows its past; from then on
 * polls judge it. Returns the ids of the items that caught up.
 */
export async function catchUp(options: CatchUpOptions): Promise<string[]> {
  return catchUpWith(await listItems(options.db.pool), options)
}

/** Who adds an item has it catch up at once. Where that takes longer than this, it was cut off. Milliseconds. */
const longestMs = 10 * 60_000

/**
 * Does the same for items that were added a while ago and never caught up: the command was ended in the middle, or the
 * database went away. Else no poll would ever judge them.
 */
export async function catchUpForgotten(options: CatchUpOptions): Promise<string[]> {
  const { db, clock } = options
  const ids = await forgottenItems(db.pool, new Date(clock.now().getTime() - longestMs))
  return ids.length === 0 ? [] : catchUpWith(await listItems(db.pool, ids), options)
}

async function catchUpWith(
  items: readonly StoredItem[],
  { db, clock, config, reportUrl }: CatchUpOptions,
): Promise<string[]> {
  const waiting = items.filter((stored) => stored.caughtUpAt === null && stored.state !== 'retired')
  const done: string[] = []
  for (const { item } of waiting) {
    const options = { db, clock, config: () => config, reportUrl, why: 'it came under watch' }
    // an item of a kind that no longer exists is not judged: the configuration check names it
    if (!config.kinds.has(item.kind)) await markCaughtUp(db.pool, item.id, clock.now())
    else if (!(await judgeAnew(item.id, { ...options, unlessCaughtUp: true }))) continue
    done.push(item.id)
  }
  return done
}
