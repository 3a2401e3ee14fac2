import { writeFile } from 'node:fs/promises'
import { loadConfig } from '../config/load.ts'
import { loadWatchFile } from '../config/load-watch-file.ts'
import type { Environment } from '../config/environment.ts'
import { configuredJudge } from '../pipeline/configured-judge.ts'
import { readItems } from '../pipeline/replay-items.ts'
import { replayEntries, type Replayed } from '../pipeline/replay.ts'
import type { Problem } from '../config/problem.ts'

export interface ReplayOptions {
  /** A file with `items:`, as in config/watch. */
  readonly watchFile: string
  /** Where the changes go, one JSON object a line. */
  readonly out: string
  /** Files of items, merged by date of publication. */
  readonly items: readonly string[]
  readonly configDirectory: string
  readonly env: Environment
  /** Is told how many of the entries are done; left out where nobody looks. */
  readonly progress?: (done: number, all: number) => void
}

export type ReplayOutcome =
  | { readonly ok: true; readonly replayed: Replayed }
  | { readonly ok: false; readonly problems: readonly Problem[] }

/** Replays items through a file of watch items on the items' own clock. Needs no database. Throws where a file cannot be read. */
export async function replay(options: ReplayOptions): Promise<ReplayOutcome> {
  const { watchFile, out, configDirectory: directory, env } = options
  const now = new Date(0)
  const loaded = await loadConfig({ directory, env, now })
  if (!loaded.ok) return loaded
  const kinds = [...loaded.config.kinds.keys()]
  const watch = await loadWatchFile(watchFile, { since: now, kinds })
  if (!watch.ok) return watch
  const entries = await readItems(options.items)
  const judge = configuredJudge(watch.items, loaded.config)
  const replayed = replayEntries(entries, {
    judge,
    items: watch.items,
    seen: (count) => options.progress?.(count, entries.length),
  })
  await writeFile(out, replayed.changes.map((change) => `${JSON.stringify(change)}\n`).join(''))
  return { ok: true, replayed }
}
