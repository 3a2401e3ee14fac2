import { alertSchema, type Alert, type ItemAlert } from '../alerts/alert.ts'
import { isOver, waitAfter } from '../alerts/backoff.ts'
import type { ActionLink, Channel, SendOutcome } from '../alerts/channels/channel.ts'
import type { Message } from '../alerts/message.ts'
import { channelState } from '../store/channel-state.ts'
import type { Database } from '../store/database.ts'
import { hurryRetries, recordRefused, recordRetry, type Try } from '../store/delivery-outcomes.ts'
import type { SettledMessage } from '../store/outbox.ts'
import type { Clock } from './clock.ts'
import type { SentLog } from './sent-log.ts'
import { traced, type Tracer } from './tracer.ts'

export interface DeliverOptions {
  readonly db: Database
  readonly sent: SentLog
  readonly clock: Clock
  readonly random: () => number
  readonly signal: AbortSignal
  /** What people can do about an alert by a link. */
  readonly actions: (alert: ItemAlert) => readonly ActionLink[]
  readonly tracer?: Tracer
}

/** Who gets a message, and who gets it when that one will not. */
export interface Recipient {
  readonly channel: Channel
  readonly fallback: string | null
}

/** What came of one try of a message. `stopped`: cut off by our own stop, nothing is written down. */
export type Delivered =
  | (DeliveredFacts & { readonly state: 'sent' })
  | (DeliveredFacts & { readonly state: 'waiting'; readonly until: Date })
  | (DeliveredFacts & { readonly state: 'dead'; readonly channelIsIll: boolean })
  | { readonly state: 'stopped' }

interface DeliveredFacts {
  readonly channel: string
  /** The idempotency key. */
  readonly key: string
  readonly alertIds: readonly string[]
  readonly detail: string
}

/** A thrown fault is ours and may pass (a channel being closed); after so many it surely will not. */
const faultsForgiven = 3

/**
 * Sends a settled message once and has written down what came of it, for all its alerts at once. Its id is the
 * idempotency key: a crash between sending and writing sends the same again under the same key.
 */
export async function deliver(
  settled: SettledMessage,
  alerts: readonly [Alert, ...Alert[]],
  { channel, fallback }: Recipient,
  options: DeliverOptions,
): Promise<Delivered> {
  const { db, clock, sent, signal } = options
  const at = clock.now()
  const began = performance.now()
  const about = { channel: settled.channel, alerts: alerts.length }
  const outcome = await traced(options.tracer, { name: 'deliver', attributes: about }, () =>
    attempt(settled, { alerts, digest: settled.digest }, channel, options),
  )
  // an attempt that our own stop cut off says nothing about the channel
  if (outcome.kind === 'retry' && signal.aborted) return { state: 'stopped' }
  const durationMs = Math.round(performance.now() - began)
  const detail = outcome.kind === 'sent' ? outcome.detail : outcome.reason
  // what a channel took before it failed is not to be taken for its recovery
  if (outcome.kind !== 'sent') await sent.written()
  const tried: Try = { message: settled, at, durationMs, detail }
  const facts = {
    channel: settled.channel,
    key: settled.id,
    alertIds: settled.parts.map(({ alertId }) => alertId),
    detail,
  }
  switch (outcome.kind) {
    case 'sent':
      sent.add(tried)
      return { state: 'sent', ...facts }
    case 'refused': {
      const channelIsIll = outcome.concerns === 'channel'
      await db.transaction((tx) => recordRefused(tx, tried, { channelIsIll, fallback }))
      return { state: 'dead', channelIsIll, ...facts }
    }
    case 'retry':
      return { ...facts, ...(await tryAgain(tried, outcome, { fallback, ...options })) }
  }
}

async function attempt(
  settled: SettledMessage,
  message: Message,
  channel: Channel,
  { clock, signal, actions }: DeliverOptions,
): Promise<SendOutcome> {
  try {
    return await channel.send(message, {
      idempotencyKey: settled.id,
      signal,
      attempt: settled.attempts + 1,
      now: clock.now(),
      actions,
    })
  } catch (error) {
    const reason = `openwatch could not make or send it: ${error instanceof Error ? error.message : String(error)}`
    return settled.attempts + 1 < faultsForgiven
      ? { kind: 'retry', reason, retryAfterMs: null }
      : { kind: 'refused', reason }
  }
}

/** The message waits by its own tries, its channel by its failures in a row; or the message's three days are over. */
async function tryAgain(
  tried: Try,
  { retryAfterMs, reason }: Extract<SendOutcome, { kind: 'retry' }>,
  { db, clock, random, fallback }: DeliverOptions & { readonly fallback: string | null },
): Promise<
  { readonly state: 'waiting'; readonly until: Date } | Pick<DeadState, 'state' | 'channelIsIll' | 'detail'>
> {
  const { message } = tried
  const now = clock.now()
  if (isOver({ dueSince: message.dueSince, triedSince: message.createdAt }, now)) {
    const detail = `given up after three days: ${reason}`
    await db.transaction((tx) => recordRefused(tx, { ...tried, detail }, { channelIsIll: true, fallback }))
    return { state: 'dead', channelIsIll: true, detail }
  }
  const { failures } = await channelState(db.pool, message.channel)
  const after = (times: number) => new Date(now.getTime() + waitAfter(times, retryAfterMs, random))
  const until = after(failures + 1)
  await db.transaction((tx) =>
    recordRetry(tx, tried, { messageAt: after(message.attempts + 1), channelAt: until }),
  )
  return { state: 'waiting', until }
}

type DeadState = Extract<Delivered, { state: 'dead' }>

/** Reads the alerts of a message; null where one cannot be read. */
export function readAlerts(settled: SettledMessage): readonly [Alert, ...Alert[]] | null {
  const read = settled.parts.map(({ body }) => alertSchema.safeParse(body))
  const [first, ...rest] = read.flatMap((one) => (one.success ? [one.data] : []))
  return first === undefined || rest.length + 1 !== read.length ? null : [first, ...rest]
}

/** After a channel is well again, what failed with it need not sit out its wait. */
export async function afterRecovery(
  db: Database,
  channel: string,
  failuresBefore: number,
  now: Date,
): Promise<void> {
  if (failuresBefore > 1) await hurryRetries(db.pool, channel, now)
}
