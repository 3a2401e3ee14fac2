import type { Logger } from 'pino'
import type { HubAnswer, HubClient } from '../feeds/hub-client.ts'
import { maskUrl } from '../report/mask-url.ts'
import { askAgainMs, callbackUrl } from '../feeds/websub.ts'
import type { Database } from '../store/database.ts'
import { claimDue, reconcile, saveHubError, type DueSubscription } from '../store/due-subscriptions.ts'
import { pollSoon } from '../store/subscriptions.ts'
import type { Clock } from './clock.ts'
import { masked } from './websub.ts'

export interface TendOptions {
  readonly db: Database
  readonly clock: Clock
  readonly logger: Logger
  readonly hubs: HubClient
  /** The address under which hubs reach the daemon; undefined: no hub is asked. */
  readonly publicUrl: string | undefined
  readonly random: () => number
  /** Least time between two polls of a feed, in milliseconds. */
  readonly leastPollMs: number
  readonly signal?: AbortSignal
}

/** Most requests to hubs taken on at a time: the rest come with the next round. */
const batch = 20

/**
 * Asks hubs for what is due: to deliver feeds that name them, to go on before a lease ends, to stop. Any number of
 * processes may do so at once. Returns how many requests were due; as many as `batch` means that there may be more.
 */
export async function tendSubscriptions(options: TendOptions): Promise<number> {
  const { db, clock, publicUrl, random, leastPollMs } = options
  const base = publicUrl ?? null
  const now = clock.now()
  const { lapsed, due } = await db.transaction(async (tx) => {
    const over = await reconcile(tx, base, now)
    if (over === null || base === null) return { lapsed: over ?? [], due: [] }
    const nextAt = ({ attempt, leaseMs }: DueSubscription) =>
      new Date(now.getTime() + askAgainMs(attempt, leaseMs, random()))
    return { lapsed: over, due: await claimDue(tx, { base, now, limit: batch, nextAt }) }
  })
  // not in that transaction: a poll locks its feed first and then what hubs deliver of it
  await pollSoon(db.pool, lapsed, { now, leastMs: leastPollMs })
  if (base !== null) await Promise.all(byHub(due).map((requests) => askHub(requests, base, options)))
  return due.length
}

function byHub(due: readonly DueSubscription[]): DueSubscription[][] {
  const hubs = new Map<string, DueSubscription[]>()
  for (const one of due) {
    const { host } = new URL(one.hub)
    hubs.set(host, [...(hubs.get(host) ?? []), one])
  }
  return [...hubs.values()]
}

/** One request at a time; a hub that cannot be reached is not bothered with the rest. */
async function askHub(due: readonly DueSubscription[], base: string, options: TendOptions): Promise<void> {
  let down: HubAnswer | null = null
  for (const one of due) {
    const { id, hub, mode, topic, secret } = one
    const request = { mode, topic, secret, callback: callbackUrl(base, id) }
    const answer: HubAnswer = down ?? (await options.hubs.ask(hub, request, options.signal))
    if (answer.kind === 'failed' && (answer.code === 'connect' || answer.code === 'timeout')) down = answer
    if (answer.kind !== 'accepted' && options.signal?.aborted !== true) await note(one, answer, options)
  }
}

async function note(
  due: DueSubscription,
  answer: Exclude<HubAnswer, { kind: 'accepted' }>,
  { db, clock, logger }: TendOptions,
): Promise<void> {
  const reason = masked(answer.reason, due)
  const wait = answer.kind === 'refused' ? (answer.retryAfterMs ?? 0) : 0
  // no hub keeps us off for longer than a day
  const notBefore = new Date(clock.now().getTime() + Math.min(wait, 86_400_000))
  await saveHubError(db.pool, due.id, { reason, notBefore })
  const fields = { hub: maskUrl(due.hub), topic: maskUrl(due.topic), mode: due.mode, attempt: due.attempt }
  logger.warn({ event: 'hub-failed', ...fields, reason }, 'a hub did not take a request; the feed is polled')
}
