import type { Queryable } from '../store/database.ts'
import { watchSetVersion } from '../store/settings.ts'
import { listItems, type StoredItem } from '../store/watch-items.ts'
import { configuredJudge, type JudgeConfig } from './configured-judge.ts'
import type { Judge } from './judge.ts'

/** The items under watch, compiled for judging. */
export interface CompiledSet {
  readonly version: number
  readonly judge: Judge
  readonly items: ReadonlyMap<string, StoredItem>
}

/** Keeps the compiled set as it stands in the database, whichever process changed it. */
export interface WatchSet {
  current(db: Queryable): Promise<CompiledSet>
}

/** Compiles the set when it is first asked for, and again when its version or the configuration has changed. */
export function createWatchSet(config: () => JudgeConfig): WatchSet {
  let compiled: { readonly set: CompiledSet; readonly config: JudgeConfig } | null = null
  return {
    async current(db) {
      const version = await watchSetVersion(db)
      const now = config()
      if (compiled?.set.version === version && compiled.config === now) return compiled.set
      const items = (await listItems(db)).filter(
        (item) => item.state === 'watching' && item.caughtUpAt !== null,
      )
      const set = { version, judge: judgeOf(items, now), items: new Map(items.map((i) => [i.item.id, i])) }
      compiled = { set, config: now }
      return set
    },
  }
}

/** A judge over the given items. An item of a kind that no longer exists is left out: the configuration check names it. */
export function judgeOf(items: readonly Pick<StoredItem, 'item'>[], config: JudgeConfig): Judge {
  return configuredJudge(
    items.map((stored) => stored.item).filter((item) => config.kinds.has(item.kind)),
    config,
  )
}
