import type { Alert, ItemAlert } from '../alert.ts'
import type { Message } from '../message.ts'

/** Something that a person can do about an alert by following a signed link: acknowledge, snooze, wrong. */
export interface ActionLink {
  /** What the link says: "Acknowledge", "Snooze a week", "This is wrong". */
  readonly label: string
  readonly url: string
}

/** What a channel needs beside the message. */
export interface SendOptions {
  /** The same for every attempt of one message (a UUID), so that a receiver can drop repeats. */
  readonly idempotencyKey: string
  /** Aborts the attempt, when the daemon stops. */
  readonly signal: AbortSignal
  /** 1 for the first try. */
  readonly attempt: number
  readonly now: Date
  /** What people can do about an alert; none where openwatch cannot be reached from outside. */
  readonly actions: (alert: ItemAlert) => readonly ActionLink[]
}

/** What came of an attempt. Only a fault of our own is thrown. */
export type SendOutcome =
  | { readonly kind: 'sent'; readonly detail: string }
  /** Worth another try; `retryAfterMs` is the receiver's own wish, else null. */
  | { readonly kind: 'retry'; readonly reason: string; readonly retryAfterMs: number | null }
  /**
   * The receiver will never take it: no further try. `concerns` says what has to be mended: the `channel` (a bad token,
   * an address that is gone), so that the next message would fare no better, or, where it is left out, this message.
   */
  | { readonly kind: 'refused'; readonly reason: string; readonly concerns?: 'channel' | 'message' }

/** A way to reach people. */
export interface Channel {
  /** The name in config. */
  readonly id: string
  /** Sends a message as one. Never throws for what the receiver or the network does. */
  send(message: Message, options: SendOptions): Promise<SendOutcome>
  /**
   * How many of these alerts, from the first on, one message shows whole; all where it is missing. Alerts that come
   * together and do not fit go as several messages, so that none is only counted. (A digest is one in any case.)
   */
  readonly room?: (alerts: readonly [Alert, ...Alert[]]) => number
  /** Ends connections that are kept open. */
  close?(): Promise<void>
}
