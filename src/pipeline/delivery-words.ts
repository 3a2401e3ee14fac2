import { alertSchema } from '../alerts/alert.ts'
import { nextDigest } from '../alerts/digest.ts'
import type { ChannelTimes } from '../alerts/due.ts'
import { alertTitle } from '../alerts/message-subject.ts'
import { quietUntil } from '../alerts/quiet-hours.ts'
import { momentText, untilText } from '../report/people-time.ts'
import type { ChannelState } from '../store/channel-state.ts'
import type { StoredDelivery } from '../store/deliveries.ts'

/** How much of an id is shown: enough to name a delivery. */
export const shortId = 8

/** What a delivery tells, in a line. */
export function subjectOf({ body, alertKind }: Pick<StoredDelivery, 'body' | 'alertKind'>): string {
  const alert = alertSchema.safeParse(body)
  return alert.success ? alertTitle(alert.data) : alertKind
}

/** What became of a delivery: "sent", "goes in 2 h", "snoozed". */
export function stateText({ state, nextAttemptAt }: StoredDelivery, at: Date): string {
  if (state !== 'waiting') return state
  if (nextAttemptAt === null) return 'snoozed'
  return nextAttemptAt <= at ? state : `goes ${untilText(nextAttemptAt, at)}`
}

/** What a delivery waits for, told by what ends at the time of its next try; null where that cannot be known. */
export function reasonToWait(
  { nextAttemptAt: at, channel, messageId, attempts }: Waiting,
  { heldUntil, failures }: Pick<ChannelState, 'heldUntil' | 'failures'>,
  { digest, quiet }: ChannelTimes,
  snoozedUntil: Date | null,
): string | null {
  if (at === null) return null
  const ends = (time: Date | null | undefined) => time?.getTime() === at.getTime()
  if (failures > 0 && ends(heldUntil)) return `${channel} failed and is left alone until then`
  if (quiet !== undefined && ends(quietUntil(quiet, new Date(at.getTime() - 1))))
    return `when the quiet hours of ${channel} end`
  if (messageId !== null) return attempts > 0 ? 'the next try' : null
  if (ends(snoozedUntil)) return 'when the snooze of its question ends'
  return digest !== undefined && ends(nextDigest(digest, at)) ? `with the digest of ${channel}` : null
}

type Waiting = Pick<StoredDelivery, 'nextAttemptAt' | 'channel' | 'messageId' | 'attempts'>

/** What became of a delivery and what happens next, in a sentence. `reason` is what it waits for. */
export function outcomeText(
  { state, nextAttemptAt, lastError, sentAt }: StoredDelivery,
  reason: string | null,
  now: Date,
): string {
  switch (state) {
    case 'sent':
      return sentAt === null ? 'It was sent.' : `It was sent on ${momentText(sentAt)}.`
    case 'withdrawn':
      return 'It was withdrawn before it was sent: what it told no longer stood.'
    case 'dead':
      return `It was given up: ${lastError ?? 'no reason given'}.`
    case 'waiting':
      if (nextAttemptAt === null)
        return 'It waits for the next status change: the question is snoozed until then.'
      return nextAttemptAt <= now
        ? 'It is due; the daemon (openwatch start) sends it.'
        : `It goes ${untilText(nextAttemptAt, now)}${reason === null ? '' : `: ${reason}`}.`
  }
}
