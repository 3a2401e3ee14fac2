import { setTimeout as sleep } from 'node:timers/promises'
import { acquire, type Acquired, type Acquisition } from './acquire.ts'
import { stopServer } from './server.ts'

/** Seconds a stop is waited for: with the rest of leaving it must stay below five. */
const stopSeconds = 3

/** Longest wait for the watch to end, in milliseconds. */
const leaveWithin = 4500

/** Pause before a server that does not come back is tried again, in milliseconds. */
const retryPause = 5000

/**
 * Holds the lease until the function given back is called, which stops the server when nobody else uses it. A lease lost
 * before that (the server was killed) is taken anew, with the server started anew.
 */
export function keep(wanted: Acquisition, first: Acquired): () => Promise<void> {
  const leaving = new AbortController()
  const state: { held: Acquired | null } = { held: first }
  const watching = watch(wanted, state, leaving.signal)
  let released: Promise<void> | null = null
  return () => (released ??= leave())

  async function leave(): Promise<void> {
    leaving.abort()
    if (state.held !== null) return giveBack(wanted, state.held)
    // Coming back from a loss is broken off, or undone by the watch itself where a server is on its way up.
    await Promise.race([watching, sleep(leaveWithin, undefined, { ref: false })])
  }
}

async function watch(
  wanted: Acquisition,
  state: { held: Acquired | null },
  leaving: AbortSignal,
): Promise<void> {
  const { cluster, logger } = wanted
  const isLeaving = (): boolean => leaving.aborted
  for (;;) {
    await state.held?.lease.ended
    if (isLeaving()) return
    if (state.held !== null) {
      logger?.warn({ event: 'postgres-lost', cluster: cluster.home }, 'the database server went away')
    }
    state.held = null
    try {
      const back = await acquire(wanted, leaving)
      if (!isLeaving()) state.held = back
      else await giveBack(wanted, back)
    } catch (error) {
      if (isLeaving()) return
      logger?.warn({ event: 'postgres-lost', err: error }, 'the database server does not come back')
      await sleep(retryPause, undefined, { signal: leaving }).catch(() => undefined)
    }
  }
}

async function giveBack({ cluster, binaries, logger }: Acquisition, { lease }: Acquired): Promise<void> {
  // A server that is gone by now needs no stopping.
  const last = await lease.leave().catch(() => false)
  try {
    if (!last) return
    if (await stopServer(cluster, await binaries(), stopSeconds)) {
      logger?.info({ event: 'postgres-stopped' }, 'the database server is stopped')
    } else {
      logger?.warn(
        { event: 'postgres-stop-slow' },
        'the database server is still writing and stops by itself',
      )
    }
  } finally {
    await lease.close().catch(() => undefined)
  }
}
