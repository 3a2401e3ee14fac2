import { alertSchema } from '../alerts/alert.ts'
import { inOrder, planMessages, type Candidate, type PlanOptions } from '../alerts/plan-messages.ts'
import type { Manners } from '../config/schema/channels/manners.ts'
import { digestBefore } from '../store/digests.ts'
import type { Transaction } from '../store/database.ts'
import { giveUp } from '../store/delivery-outcomes.ts'
import { hold, settle, unsettled, type WaitingDelivery } from '../store/outbox.ts'

/** How much one message of a channel has room for. */
type Room = Pick<PlanOptions, 'room'>

/** What settling came to. */
export interface Settled {
  /** How many messages may go now. */
  readonly messages: number
  /** How many deliveries were held until later. */
  readonly held: number
  /** When the burst is over that messages are waiting for; null where none is. */
  readonly burstEnds: Date | null
}

const dayMs = 86_400_000

/**
 * Decides upon all that is due on a channel: what is held until when, and what goes out as which messages. Their content
 * is settled then, each under a key of its own.
 */
export async function settleMessages(
  tx: Transaction,
  channel: string,
  manners: Manners & Room,
  now: Date,
): Promise<Settled> {
  const waiting = await unsettled(tx, channel, now)
  if (waiting.length === 0) return { messages: 0, held: 0, burstEnds: null }
  const { candidates, unreadable } = read(waiting)
  await giveUp(tx, unreadable, {
    reason: 'the stored alert cannot be read by this version of openwatch',
    fallback: null,
    now,
  })
  const plan = planMessages(inOrder(candidates), { ...manners, now })
  await hold(tx, plan.holds)
  const messages = []
  for (const { digest, ...message } of plan.messages)
    messages.push({
      ...message,
      digest: digest === null ? null : { from: await digestBegin(tx, channel, manners, digest), to: digest },
    })
  await settle(tx, channel, messages, now)
  return { messages: messages.length, held: plan.holds.length, burstEnds: plan.burstEnds }
}

function read(waiting: readonly WaitingDelivery[]): { candidates: Candidate[]; unreadable: string[] } {
  const candidates: Candidate[] = []
  const unreadable: string[] = []
  for (const one of waiting) {
    const alert = alertSchema.safeParse(one.body)
    if (!alert.success) unreadable.push(one.id)
    else
      candidates.push({
        deliveryId: one.id,
        alert: alert.data,
        since: one.since,
        snooze: { until: one.snoozedUntil, toChange: one.snoozedToChange },
      })
  }
  return { candidates, unreadable }
}

/** A digest covers the time since the one before it. */
async function digestBegin(tx: Transaction, channel: string, { digest }: Manners, to: Date): Promise<Date> {
  const before = await digestBefore(tx, channel, to)
  return before ?? new Date(to.getTime() - (digest?.every === 'week' ? 7 : 1) * dayMs)
}
