import type { Alert } from '../alert.ts'

/** What a channel needs beside the alert. */
export interface SendOptions {
  /** The same for every attempt of one delivery, so that a receiver can drop repeats. */
  readonly idempotencyKey: string
  /** Aborts the attempt, when the daemon stops. */
  readonly signal: AbortSignal
  /** 1 for the first try. */
  readonly attempt: number
  readonly now: Date
}

/** What came of an attempt. Only a fault of our own is thrown. */
export type SendOutcome =
  | { readonly kind: 'sent'; readonly detail: string }
  /** Worth another try; `retryAfterMs` is the receiver's own wish, else null. */
  | { readonly kind: 'retry'; readonly reason: string; readonly retryAfterMs: number | null }
  /** The receiver will never take it: no further try. */
  | { readonly kind: 'refused'; readonly reason: string }

/** A way to reach people. */
export interface Channel {
  /** The name in config. */
  readonly id: string
  send(alert: Alert, options: SendOptions): Promise<SendOutcome>
}
