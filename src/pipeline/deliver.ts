import { alertSchema } from '../alerts/alert.ts'
import { nextTryIn } from '../alerts/backoff.ts'
import { messageOf } from '../alerts/message.ts'
import type { Channel, SendOutcome } from '../alerts/channels/channel.ts'
import { findDelivery, recordAttempt, type AttemptResult, type StoredDelivery } from '../store/alerts.ts'
import type { Database } from '../store/database.ts'
import type { Clock } from './clock.ts'

export interface DeliverOptions {
  readonly db: Database
  readonly clock: Clock
  /** Null when the configuration no longer has the channel. */
  readonly channel: (id: string) => Channel | null
  readonly random: () => number
  readonly signal: AbortSignal
}

/** What came of one attempt; null when there was nothing left to deliver. */
export type Delivered = (AttemptResult & { readonly channel: string; readonly alertId: string }) | null

/**
 * Tries a delivery once and writes down what came of it, with the next try queued in the same transaction. The delivery's
 * id is the idempotency key: a crash between sending and writing sends again under the same key.
 */
export async function deliver(deliveryId: string, options: DeliverOptions): Promise<Delivered> {
  const { db, clock } = options
  const delivery = await findDelivery(db.prisma, deliveryId)
  if (delivery?.state !== 'waiting') return null
  const at = clock.now()
  const began = performance.now()
  const outcome = await attempt(delivery, options)
  if (outcome === 'stopped') return null
  const result = resultOf(outcome, delivery, at, options.random)
  const durationMs = Math.round(performance.now() - began)
  await db.transaction((tx) => recordAttempt(tx, delivery, result, { at, durationMs }))
  return { ...result, channel: delivery.channel, alertId: delivery.alertId }
}

async function attempt(
  delivery: StoredDelivery,
  { channel, clock, signal }: DeliverOptions,
): Promise<SendOutcome | 'stopped'> {
  const target = channel(delivery.channel)
  if (target === null)
    return {
      kind: 'refused',
      reason: `there is no channel "${delivery.channel}" in the configuration any more`,
    }
  const alert = alertSchema.safeParse(delivery.body)
  if (!alert.success)
    return { kind: 'refused', reason: `the stored alert cannot be read: ${alert.error.message}` }
  const outcome = await target.send(messageOf(alert.data), {
    idempotencyKey: delivery.id,
    signal,
    attempt: delivery.attempts + 1,
    now: clock.now(),
    actions: () => [],
  })
  // an attempt that our own stop cut off says nothing about the channel
  return outcome.kind === 'retry' && signal.aborted ? 'stopped' : outcome
}

function resultOf(
  outcome: SendOutcome,
  delivery: StoredDelivery,
  at: Date,
  random: () => number,
): AttemptResult {
  switch (outcome.kind) {
    case 'sent':
      return { state: 'sent', detail: outcome.detail }
    case 'refused':
      return { state: 'dead', detail: outcome.reason }
    case 'retry': {
      const age = at.getTime() - delivery.createdAt.getTime()
      const delayMs = nextTryIn(delivery.attempts + 1, age, outcome.retryAfterMs, random)
      if (delayMs === null) return { state: 'dead', detail: `given up after three days: ${outcome.reason}` }
      return { state: 'waiting', detail: outcome.reason, nextAt: new Date(at.getTime() + delayMs), delayMs }
    }
  }
}
