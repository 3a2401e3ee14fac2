import { failingTold, deliveryLifetime } from '../alerts/backoff.ts'
import type { Channel } from '../alerts/channels/channel.ts'
import { quietFor } from '../alerts/due.ts'
import type { Manners } from '../config/schema/channels/manners.ts'
import { channelState } from '../store/channel-state.ts'
import { giveUp } from '../store/delivery-outcomes.ts'
import { wakeChannelLater } from '../store/jobs.ts'
import {
  dueMessages,
  holdMessage,
  nextDue,
  patience,
  unsettle,
  waitingIds,
  type SettledMessage,
} from '../store/outbox.ts'
import { afterRecovery, deliver, readAlerts, type Delivered, type DeliverOptions } from './deliver.ts'
import { settleMessages } from './settle-messages.ts'

/** A try that came to an end. */
export type Tried = Exclude<Delivered, { state: 'stopped' }>

/** A channel in use. */
export interface LiveChannel {
  readonly channel: Channel
  readonly manners: Manners
}

export interface DrainOptions extends DeliverOptions {
  /** Null when the configuration no longer has the channel. */
  readonly channel: (name: string) => LiveChannel | null
  /** Is told of every try, and waited for. */
  readonly done: (tried: Tried) => Promise<void> | void
}

/**
 * Sends all that is due on a channel, oldest first, until there is nothing more, then has the channel woken for what is
 * due next. A try that fails holds the channel as a whole, so that a receiver which is down is not asked once for each
 * alert; the other channels have drains of their own. Rejects where what was sent cannot be written down: it is kept in
 * `sent`, and written before anything else is sent.
 */
export async function drainChannel(name: string, options: DrainOptions): Promise<void> {
  const { db, clock, sent } = options
  await sent.written()
  const until = await drain(name, options)
  if (until === null) return
  await wakeChannelLater(db.pool, name, Math.max(0, until.getTime() - clock.now().getTime()))
}

/** Drains, and says when to look again; null: when woken. */
async function drain(name: string, options: DrainOptions): Promise<Date | null> {
  const { db, clock, signal } = options
  const live = options.channel(name)
  if (live === null) {
    const reason = `there is no channel "${name}" in the configuration any more`
    const ids = await waitingIds(db.pool, name)
    await db.transaction((tx) => giveUp(tx, ids, { reason, fallback: null, now: clock.now() }))
    return null
  }
  while (!isAborted(signal)) {
    const state = await channelState(db.pool, name)
    if (state.heldUntil !== null && state.heldUntil > clock.now())
      return (await nextDue(db.pool, name)) === null ? null : state.heldUntil
    const messages = await dueMessages(db.pool, name, clock.now())
    // what keeps failing goes after what was not tried yet
    if (!messages.some(({ attempts }) => attempts < patience)) {
      const now = clock.now()
      const manners = { ...live.manners, room: live.channel.room }
      const settled = await db.transaction((tx) => settleMessages(tx, name, manners, now))
      if (settled.messages > 0 || settled.held > 0) continue
      if (messages.length === 0) return settled.burstEnds ?? nextDue(db.pool, name)
    }
    const ended = await sendAll(messages, live, state.failures, options)
    if (ended) break
  }
  // stopped on the way: whoever comes next goes on
  return isAborted(signal) ? clock.now() : ((await channelState(db.pool, name)).heldUntil ?? clock.now())
}

/** Sends messages and sees that it is all written down; true where the channel must be left alone now. */
async function sendAll(
  messages: readonly SettledMessage[],
  live: LiveChannel,
  failures: number,
  options: DrainOptions,
): Promise<boolean> {
  try {
    return await sendEach(messages, live, failures, options)
  } finally {
    await options.sent.written()
  }
}

/** Sends messages one after the other; true where the channel must be left alone now. */
async function sendEach(
  messages: readonly SettledMessage[],
  live: LiveChannel,
  failures: number,
  options: DrainOptions,
): Promise<boolean> {
  const { db, clock, signal, done, sent } = options
  const recipient = { channel: live.channel, fallback: live.manners.fallback ?? null }
  let failed = failures
  for (const message of messages) {
    if (isAborted(signal) || sent.isFaulty()) return true
    const alerts = await sendable(message, live, options)
    if (alerts === null) continue
    const delivered = await deliver(message, alerts, recipient, options)
    if (delivered.state === 'stopped') return true
    await done(delivered)
    if (delivered.state === 'waiting') {
      await giveUpOld(message.channel, live, delivered.detail, options)
      return true
    }
    if (delivered.state === 'sent') {
      await afterRecovery(db, message.channel, failed, clock.now())
      failed = 0
    }
  }
  return false
}

/** The alerts of a message that may go as it is now; null where it may not, which is seen to. */
async function sendable(
  message: SettledMessage,
  { manners }: LiveChannel,
  { db, clock }: DrainOptions,
): Promise<ReturnType<typeof readAlerts>> {
  const alerts = readAlerts(message)
  if (message.isBroken || alerts === null) {
    await unsettle(db.pool, message.id)
    return null
  }
  const quiet = quietFor(alerts, manners, clock.now())
  if (quiet !== null) await holdMessage(db.pool, message.id, quiet)
  return quiet === null ? alerts : null
}

/** On a channel that has been failing for long, what is three days old dies with what was tried. */
async function giveUpOld(
  name: string,
  { manners }: LiveChannel,
  detail: string,
  { db, clock }: DrainOptions,
): Promise<void> {
  const now = clock.now()
  const { failingSince } = await channelState(db.pool, name)
  if (failingSince === null || now.getTime() - failingSince.getTime() < failingTold) return
  const old = await waitingIds(db.pool, name, new Date(now.getTime() - deliveryLifetime))
  const reason = `given up after three days: ${detail}`
  await db.transaction((tx) => giveUp(tx, old, { reason, fallback: manners.fallback ?? null, now }))
}

function isAborted(signal: AbortSignal): boolean {
  return signal.aborted
}
