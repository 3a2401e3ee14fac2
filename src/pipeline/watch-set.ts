import type { WatchItem } from '../matching/watch-item.ts'
import type { Queryable } from '../store/database.ts'
import { watchSetVersion } from '../store/settings.ts'
import { watchedItems, type StoredItem } from '../store/watch-items.ts'
import { configuredJudge, type JudgeConfig } from './configured-judge.ts'
import type { Judge } from './judge.ts'

/** The items under watch, compiled for judging. */
export interface CompiledSet {
  readonly version: number
  readonly judge: Judge
}

/** Keeps the compiled set as it stands in the database, whichever process changed it. */
export interface WatchSet {
  current(db: Queryable): Promise<CompiledSet>
}

interface Compiled extends CompiledSet {
  readonly config: JudgeConfig
  /** How each item read when it was compiled, by its id. */
  readonly written: Map<string, string>
}

/**
 * Compiles the set when it is first asked for, and anew when the configuration has changed. When the set has changed, only
 * the items are compiled that are not as they were: of 100,000 that one is added to, one.
 */
export function createWatchSet(config: () => JudgeConfig): WatchSet {
  let compiled: Compiled | null = null
  return {
    async current(db) {
      const version = await watchSetVersion(db)
      if (compiled?.version === version && compiled.config === config()) return compiled
      const items = await watchedItems(db)
      const now = config()
      // somebody who asked later has had an answer before: what was read here is older
      if (compiled?.config === now && compiled.version > version) return compiled
      const before = compiled?.config === now ? compiled : { judge: judgeOf([], now), written: new Map() }
      bringUpToDate(before, known(items, now))
      compiled = { ...before, version, config: now }
      return compiled
    },
  }
}

function bringUpToDate({ judge, written }: Pick<Compiled, 'judge' | 'written'>, items: readonly WatchItem[]) {
  const left = new Set(written.keys())
  for (const item of items) {
    left.delete(item.id)
    const text = JSON.stringify(item)
    if (written.get(item.id) === text) continue
    judge.add(item)
    written.set(item.id, text)
  }
  for (const id of left) {
    judge.remove(id)
    written.delete(id)
  }
}

/** Items of kinds that exist: one of another is left out, the configuration check names it. */
function known(items: readonly WatchItem[], { kinds }: JudgeConfig): readonly WatchItem[] {
  return items.filter((item) => kinds.has(item.kind))
}

/** A judge over the given items. An item of a kind that no longer exists is left out. */
export function judgeOf(items: readonly Pick<StoredItem, 'item'>[], config: JudgeConfig): Judge {
  return configuredJudge(
    known(
      items.map((stored) => stored.item),
      config,
    ),
    config,
  )
}
