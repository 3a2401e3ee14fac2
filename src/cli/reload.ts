import { setTimeout as sleep } from 'node:timers/promises'
import { loadConfig } from '../config/load.ts'
import { formatProblems } from '../config/problem.ts'
import type { System } from '../compose.ts'
import { maskUrl } from '../report/mask-url.ts'
import type { Io } from './io.ts'

export interface ReloadOptions {
  /** Ends the waiting for a next try. */
  readonly signal: AbortSignal
  /** From one try to the next, in milliseconds. */
  readonly everyMs?: number
}

/**
 * Takes changed files into use; with mistakes in them the old configuration stays. Where the database keeps it from that
 * (it is away for a moment, say), it tries again with the files as they are by then, until it comes through.
 */
export async function reload(io: Io, system: System, options: ReloadOptions): Promise<void> {
  const { signal, everyMs = 5000 } = options
  for (let tries = 1; ; tries++) {
    const done = await tryReload(io, system, tries)
    if (done) return
    await sleep(everyMs, undefined, { signal }).catch(() => undefined)
    if (signal.aborted) return
  }
}

/** False where it is to be tried again. */
async function tryReload(io: Io, system: System, tries: number): Promise<boolean> {
  const { logger } = system
  const { directory } = system.config()
  const loaded = await loadConfig({ directory, env: io.env, now: io.now() })
  if (!loaded.ok) {
    io.err(`${formatProblems(loaded.problems)}\nThe old configuration stays in use until this is mended.\n`)
    return true
  }
  try {
    const changed = await system.useConfig(loaded.config)
    await system.bringIn()
    const feedsAdded = changed.feedsAdded.map(maskUrl)
    const feedsRemoved = changed.feedsRemoved.map(maskUrl)
    logger.info(
      { event: 'config-reloaded', ...changed, feedsAdded, feedsRemoved, ...(tries > 1 && { tries }) },
      'the changed configuration is in use',
    )
    return true
  } catch (error) {
    // that it still fails is no news every five seconds
    if (tries === 1)
      logger.error(
        { event: 'config-reload-failed', err: error },
        'the changed configuration could not be taken into use, trying again',
      )
    return false
  }
}
