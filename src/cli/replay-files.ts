import { resolve } from 'node:path'
import { configDirectory } from '../config/directory.ts'
import { ConfigProblems } from './fault.ts'
import { progressLine, type Io } from './io.ts'
import { replay } from './replay.ts'

/** `openwatch replay`. Throws ConfigProblems for mistakes in the watch items or the configuration. */
export async function replayFiles(
  io: Io,
  items: readonly string[],
  options: { readonly watch: string; readonly out: string },
): Promise<number> {
  const line = progressLine(io, 'replaying')
  const outcome = await replay({
    watchFile: resolve(io.cwd, options.watch),
    out: resolve(io.cwd, options.out),
    items: items.map((file) => resolve(io.cwd, file)),
    configDirectory: configDirectory(io.env, io.cwd),
    env: io.env,
    progress: line.show,
  })
  line.clear()
  if (!outcome.ok) throw new ConfigProblems(outcome.problems)
  const { changes } = outcome.replayed
  io.out(`${changes.length} changes recorded in ${options.out}\n`)
  return 0
}
