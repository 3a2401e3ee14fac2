import { randomUUID } from 'node:crypto'
import type { Channel } from '../alerts/channels/channel.ts'
import { messageOf } from '../alerts/message.ts'
import { maskUrls } from '../report/mask-url.ts'

/** What came back from a channel that was sent a test; the time is in milliseconds, secrets of addresses are masked. */
export type TestedChannel =
  | { readonly kind: 'sent'; readonly detail: string; readonly tookMs: number }
  /** It may take it later: an alert would be tried again. */
  | { readonly kind: 'retry'; readonly reason: string; readonly retryAfterMs: number | null }
  /** It will not take it; `isOurs`: for a reason that nobody can mend in the configuration. */
  | { readonly kind: 'refused'; readonly reason: string; readonly isOurs: boolean }

/** Sends a real alert through a channel at once, past queue, quiet hours and digests. */
export async function testChannel(
  channel: Channel,
  { now, reportUrl }: { readonly now: Date; readonly reportUrl: string | null },
): Promise<TestedChannel> {
  const alert = { kind: 'test' as const, id: randomUUID(), at: now, channel: channel.id, reportUrl }
  const began = performance.now()
  const outcome = await channel.send(messageOf(alert), {
    idempotencyKey: randomUUID(),
    signal: new AbortController().signal,
    attempt: 1,
    now,
    actions: () => [],
  })
  if (outcome.kind === 'sent')
    return { kind: 'sent', detail: outcome.detail, tookMs: Math.round(performance.now() - began) }
  const reason = maskUrls(outcome.reason)
  return outcome.kind === 'retry'
    ? { kind: 'retry', reason, retryAfterMs: outcome.retryAfterMs }
    : { kind: 'refused', reason, isOurs: outcome.concerns !== 'channel' }
}
