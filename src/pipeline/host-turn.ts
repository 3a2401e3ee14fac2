import { setTimeout as sleep } from 'node:timers/promises'
import type { Database } from '../store/database.ts'
import { giveHostBack, takeHost } from '../store/hosts.ts'

export interface HostTurnOptions {
  readonly db: Pick<Database, 'pool'>
  readonly now: Date
  /**
   * Least time from the end of one request to a host to the begin of the next, in milliseconds; 0 for a host of the
   * user's own network.
   */
  readonly hostGapMs: (host: string) => number
  /** How long to wait for a host that another request of ours is sent to, in milliseconds. */
  readonly patienceMs?: number
  readonly signal?: AbortSignal
}

/** Leave to send one request to a host, or why not. */
export type HostTurn =
  | {
      readonly kind: 'free'
      /** How often in a row the host has asked to be left alone up to now. */
      readonly refusals: number
      readonly giveBack: () => Promise<void>
    }
  | { readonly kind: 'held'; readonly until: Date }
  | { readonly kind: 'busy' }

/** Longer than a request takes, redirects aside: a process that is gone keeps a host for no longer. */
const leaseMs = 2 * 60_000

/**
 * Waits for the turn at a host. Of all processes on one database one at a time has it, so that a poll by hand and the
 * daemon do not ask a host at once, and none has it while the host wants to be left alone.
 */
export async function hostTurn(host: string, options: HostTurnOptions): Promise<HostTurn> {
  const { db, now, signal } = options
  const gapMs = options.hostGapMs(host)
  const end = performance.now() + (options.patienceMs ?? 15_000)
  for (;;) {
    const state = await takeHost(db.pool, host, { now, leaseMs })
    if (state.kind === 'free') return { ...state, giveBack: () => giveHostBack(db.pool, host, gapMs) }
    if (state.kind === 'held' || performance.now() > end || signal?.aborted === true) return state
    await sleep(100)
  }
}
