import { basename, dirname, relative } from 'node:path'
import type { Environment } from '../config/environment.ts'
import type { Config } from '../config/config.ts'
import { shippedDirectory } from '../config/directory.ts'
import { loadConfig } from '../config/load.ts'
import type { Problem } from '../config/problem.ts'
import { settingSections, type SettingSection } from '../config/settings-report.ts'
import { grades, type Grade } from '../status/status.ts'

/** The configuration as it is in use, and as its files stand. */
export interface ShownSettings {
  readonly directory: string
  /** It is the one that openwatch brings along: changes there are lost by an update. */
  readonly isShipped: boolean
  readonly sections: readonly SettingSection[]
  /** What is wrong with the files now; while there is anything, what was in use before stays in use. */
  readonly problems: readonly Problem[]
  /** What may be a mistake, and may be none. */
  readonly doubts: readonly Problem[]
  /** Domains by grade. */
  readonly outlets: Readonly<Record<Grade, readonly string[]>>
  readonly kinds: readonly { readonly id: string; readonly description: string }[]
  readonly feeds: number
  /** Files of watch items, with how many questions each has. */
  readonly watchFiles: readonly { readonly file: string; readonly items: number }[]
  readonly historyFiles: readonly string[]
}

/** Shows every setting with where it comes from, secrets masked, and what is wrong with the files as they stand. */
export async function showSettings(
  config: Config,
  { env, now }: { readonly env: Environment; readonly now: Date },
): Promise<ShownSettings> {
  const { directory } = config
  const loaded = await loadConfig({ directory, env, now })
  const graded = [...config.outlets].toSorted(([a], [b]) => a.localeCompare(b))
  const files = [...new Set(config.watchItems.map(({ file }) => file))]
  return {
    directory,
    isShipped: directory === shippedDirectory(),
    sections: await settingSections(config, env),
    problems: loaded.ok ? [] : loaded.problems,
    doubts: loaded.ok ? loaded.warnings : [],
    outlets: Object.fromEntries(
      grades.map((grade) => [grade, graded.flatMap(([name, its]) => (its === grade ? [name] : []))]),
    ) as unknown as ShownSettings['outlets'],
    kinds: [...config.kinds.values()].map(({ id, description }) => ({ id, description })),
    feeds: config.feeds.length,
    watchFiles: files.map((file) => ({
      file: relative(directory, file),
      items: config.watchItems.filter((item) => item.file === file).length,
    })),
    historyFiles: config.historyFiles.map((file) => `${basename(dirname(file))}/${basename(file)}`),
  }
}
