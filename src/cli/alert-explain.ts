import { outcomeText, shortId, stateText } from '../pipeline/delivery-words.ts'
import { explainDelivery } from '../pipeline/explain-delivery.ts'
import { durationText, momentText } from '../report/people-time.ts'
import { oneLine } from '../report/plain.ts'
import { wrapText } from '../report/wrap-text.ts'
import type { ChannelState } from '../store/channel-state.ts'
import type { DeliveryTry, StoredDelivery } from '../store/deliveries.ts'
import { noSuchDelivery } from './alert-retry.ts'
import type { Io } from './io.ts'
import { withReadingSystem } from './open-system.ts'

/** `openwatch alerts explain <id>`: what became of an alert on a channel, try by try, and what happens next. */
export async function explainAlert(io: Io, id: string): Promise<number> {
  return withReadingSystem(io, async (system) => {
    const explained = await explainDelivery(id, system)
    if (explained.kind !== 'explained') throw noSuchDelivery(explained.kind, id)
    const { delivery, subject, tries, channel, reason, elsewhere } = explained
    const now = system.clock.now()
    const lines = [
      ...wrapText(oneLine(subject), io.width(), 0),
      ...facts(delivery, channel, elsewhere, now).flatMap(([name, text]) =>
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

function next(delivery: StoredDelivery, reason: string | null, now: Date): string {
  const told = outcomeText(delivery, reason, now)
  return delivery.state === 'dead'
    ? `${told} Once that is mended:\nopenwatch alerts retry ${delivery.id.slice(0, shortId)}`
    : told
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
