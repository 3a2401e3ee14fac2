import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { routeDoubts } from './check-channels.ts'
import type { Config } from './config.ts'
import { settingsFile, shippedDirectory } from './directory.ts'
import type { Environment } from './environment.ts'
import { kindId, readKinds, readUsualWords } from './load-kinds.ts'
import { readSettings } from './load-settings.ts'
import { readWatchItems } from './load-watch-file.ts'
import { inReadingOrder, type Problem } from './problem.ts'
import type { Settings } from './schema.ts'
import { readSource, type Source } from './source.ts'

export type LoadedConfig =
  | {
      readonly ok: true
      readonly config: Config
      /** What may be a mistake, and may be none. */
      readonly warnings: readonly Problem[]
    }
  | { readonly ok: false; readonly problems: readonly Problem[] }

/**
 * Reads the whole configuration of a directory. All mistakes are told at once, none is thrown.
 * `now` is when the watch begins for items that do not say.
 */
export async function loadConfig({
  directory,
  env,
  now,
}: {
  readonly directory: string
  readonly env: Environment
  readonly now: Date
}): Promise<LoadedConfig> {
  const missing = await missingDirectory(directory)
  if (missing !== null) return { ok: false, problems: [missing] }

  const [main, watch, own, shipped, words] = await Promise.all([
    readSources([join(directory, settingsFile)]),
    readFolder(join(directory, 'watch')),
    readFolder(join(directory, 'kinds')),
    readFolder(join(shippedDirectory(), 'kinds')),
    readUsual(directory),
  ])
  const settings = main.sources[0] === undefined ? null : readSettings(main.sources[0], env)
  const usual = readUsualWords(words.sources[0])
  const kinds = readKinds(own.sources, usual.usual)
  const shippedKinds = readKinds(shipped.sources, usual.usual)
  const kindIds = [...new Set([...shipped.files, ...own.files].map(kindId))]
  const items = readWatchItems(watch.sources, { since: now, kinds: kindIds })
  // The shipped kinds are the user's own where the shipped directory is the one in use: their problems come once.
  const kindProblems =
    directory === shippedDirectory() ? kinds.problems : [...kinds.problems, ...shippedKinds.problems]
  const problems = [
    main.problems,
    watch.problems,
    own.problems,
    words.problems,
    usual.problems,
    settings?.problems ?? [],
    kindProblems,
    items.problems,
  ].flat()
  if (settings?.settings == null || problems.length > 0)
    return { ok: false, problems: inReadingOrder(problems) }

  return {
    ok: true,
    warnings: warnings(main.sources[0], settings.settings, items.items),
    config: {
      ...settings.settings,
      directory,
      outlets: settings.outlets,
      channels: Object.entries(settings.settings.channels).map(([id, channel]) => ({ id, ...channel })),
      watchItems: items.items,
      kinds: new Map([...shippedKinds.kinds, ...kinds.kinds].map((kind) => [kind.id, kind])),
      historyFiles: await filesOf(join(directory, 'history'), /\.json$/),
      secrets: settings.secrets,
    },
  }
}

function warnings(
  source: Source | undefined,
  settings: Settings,
  items: readonly { readonly id: string; readonly topic: string }[],
): readonly Problem[] {
  if (source === undefined) return []
  return inReadingOrder(
    routeDoubts(source, settings, {
      items: items.map(({ id }) => id),
      topics: [...new Set(items.map(({ topic }) => topic))],
    }),
  )
}

interface ReadFiles {
  readonly files: readonly string[]
  readonly sources: readonly Source[]
  readonly problems: readonly Problem[]
}

async function readFolder(folder: string): Promise<ReadFiles> {
  return readSources(await filesOf(folder, /\.(?:ya?ml|json)$/))
}

/** The words that kinds share: the directory's own file, else the one brought along. */
async function readUsual(directory: string): Promise<ReadFiles> {
  const own = await filesOf(directory, /^usual-words\.ya?ml$/)
  return readSources(own.length > 0 ? own.slice(0, 1) : [join(shippedDirectory(), 'usual-words.yaml')])
}

async function readSources(files: readonly string[]): Promise<ReadFiles> {
  const read = await Promise.all(files.map((file) => readSource(file)))
  return {
    files,
    sources: read.flatMap((result) => (result.ok ? [result.source] : [])),
    problems: read.flatMap((result) => (result.ok ? [] : result.problems)),
  }
}

/** The files of a folder in order of name; none where there is no such folder. Hidden ones are an editor's own. */
async function filesOf(folder: string, wanted: RegExp): Promise<string[]> {
  const names = await readdir(folder).catch(() => [])
  return names
    .filter((name) => wanted.test(name) && !name.startsWith('.'))
    .toSorted()
    .map((name) => join(folder, name))
}

async function missingDirectory(directory: string): Promise<Problem | null> {
  try {
    const names = await readdir(directory)
    if (names.includes(settingsFile)) return null
    const message = `there is no ${settingsFile} in this directory`
    return {
      file: directory,
      path: '',
      line: null,
      column: null,
      message,
      fix: `create it (it may be empty), or point OPENWATCH_CONFIG to the directory that has it`,
    }
  } catch {
    const message = 'the configuration directory is missing or may not be read'
    return {
      file: directory,
      path: '',
      line: null,
      column: null,
      message,
      fix: 'create it with an openwatch.yaml in it (it may be empty), or point OPENWATCH_CONFIG to another',
    }
  }
}
