import { nextDigest } from '../alerts/digest.ts'
import type { ChannelTimes } from '../alerts/due.ts'
import { quietUntil } from '../alerts/quiet-hours.ts'
import { durationText, momentText, untilText } from '../report/people-time.ts'
import { oneLine } from '../report/plain.ts'
import { wrapText } from '../report/wrap-text.ts'
import { channelState, type ChannelState } from '../store/channel-state.ts'
import { listDeliveries, triesOf, type DeliveryTry, type StoredDelivery } from '../store/deliveries.ts'
import { listItems } from '../store/watch-items.ts'
import { deliveryNamed } from './alert-retry.ts'
import { shortId, stateText, subjectOf } from './alerts.ts'
import type { Io } from './io.ts'
import { withCommandSystem } from './open-system.ts'

/** `openwatch alerts explain <id>`: what became of an alert on a channel, try by try, and what happens next. */
export async function explainAlert(io: Io, id: string): Promise<number> {
  return withCommandSystem(io, async (system) => {
    const { db, clock } = system
    const delivery = await deliveryNamed(db.pool, id)
    const tries = await triesOf(db.pool, delivery.id)
    const state = await channelState(db.pool, delivery.channel)
    const others = (await listDeliveries(db.pool, 100, { alert: delivery.alertId })).filter(
      (one) => one.id !== delivery.id,
    )
    const now = clock.now()
    const times = system.config().channels.find((channel) => channel.id === delivery.channel)
    const [item] = delivery.itemId === null ? [] : await listItems(db.pool, [delivery.itemId])
    const reason = reasonToWait(delivery, state, times ?? {}, item?.snoozedUntil ?? null)
    const lines = [
      ...wrapText(oneLine(subjectOf(delivery)), io.width(), 0),
      ...facts(delivery, state, others, now).flatMap(([name, text]) =>
        wrapText(`${name}: ${oneLine(text)}`, io.width(), 2),
      ),
      ...(tries.length === 0
        ? ['  It was not tried yet.']
        : tries.flatMap((one) => tryLines(one, io.width()))),
      ...next(delivery, reason, now)
        .split('\n')
        .flatMap((line) => wrapText(line, io.width(), 2)),
    ]
    io.out(`${lines.join('\n')}\n`)
    return 0
  })
}

function facts(
  delivery: StoredDelivery,
  { failingSince, lastError }: ChannelState,
  others: readonly StoredDelivery[],
  now: Date,
): [string, string][] {
  const all: [string, string | null][] = [
    ['channel', delivery.channel],
    ['queued', momentText(delivery.createdAt)],
    ['key', delivery.messageId],
    [
      `${delivery.channel} fails since`,
      failingSince === null
        ? null
        : `${momentText(failingSince)}, last with: ${lastError ?? 'no reason given'}`,
    ],
    [
      'elsewhere',
      others.length === 0
        ? null
        : others
            .map((one) => `${one.channel} ${stateText(one, now)} (${one.id.slice(0, shortId)})`)
            .join(', '),
    ],
  ]
  return all.flatMap(([name, text]) => (text === null ? [] : [[name, text]]))
}

const outcomes = { sent: 'taken', retry: 'failed', refused: 'given up' } as const

function tryLines({ at, outcome, detail, durationMs }: DeliveryTry, width: number): readonly string[] {
  const took = durationMs < 1000 ? `${durationMs} ms` : durationText(durationMs)
  return wrapText(`${momentText(at)}: ${outcomes[outcome]} after ${took}: ${oneLine(detail)}`, width, 2)
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

function next(
  { state, nextAttemptAt, lastError, id, sentAt }: StoredDelivery,
  reason: string | null,
  now: Date,
): string {
  switch (state) {
    case 'sent':
      return sentAt === null ? 'It was sent.' : `It was sent on ${momentText(sentAt)}.`
    case 'withdrawn':
      return 'It was withdrawn before it was sent: what it told no longer stood.'
    case 'dead':
      return `It was given up: ${lastError ?? 'no reason given'}. Once that is mended:\nopenwatch alerts retry ${id.slice(0, shortId)}`
    case 'waiting':
      if (nextAttemptAt === null)
        return 'It waits for the next status change: the question is snoozed until then.'
      return nextAttemptAt <= now
        ? 'It is due; the daemon (openwatch start) sends it.'
        : `It goes ${untilText(nextAttemptAt, now)}${reason === null ? '' : `: ${reason}`}.`
  }
}
