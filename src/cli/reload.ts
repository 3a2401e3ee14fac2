import { loadConfig } from '../config/load.ts'
import { formatProblems } from '../config/problem.ts'
import type { System } from '../compose.ts'
import { maskUrl } from '../report/mask-url.ts'
import type { Io } from './io.ts'

/** Takes changed files into use; with mistakes in them the old configuration stays. */
export async function reload(io: Io, system: System): Promise<void> {
  const { logger } = system
  const { directory } = system.config()
  const loaded = await loadConfig({ directory, env: io.env, now: io.now() })
  if (!loaded.ok) {
    io.err(`${formatProblems(loaded.problems)}\nThe old configuration stays in use until this is mended.\n`)
    return
  }
  try {
    const changed = await system.useConfig(loaded.config)
    await system.bringIn()
    const feedsAdded = changed.feedsAdded.map(maskUrl)
    const feedsRemoved = changed.feedsRemoved.map(maskUrl)
    logger.info(
      { event: 'config-reloaded', ...changed, feedsAdded, feedsRemoved },
      'the changed configuration is in use',
    )
  } catch (error) {
    logger.error(
      { event: 'config-reload-failed', err: error },
      'the changed configuration could not be taken into use',
    )
  }
}
