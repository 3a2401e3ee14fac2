/** How a hook answers from now on. */
export interface HookManner {
  /** 0: the connection is cut instead. */
  readonly status: number
  /** Milliseconds before it answers. */
  readonly delayMs?: number
  readonly retryAfter?: number
}

/** A webhook that was accepted; times in milliseconds since 1970, of this machine's monotonous clock. */
export interface Accepted {
  readonly hook: number
  readonly key: string
  /** What it tells of: the number of the feed. */
  readonly feed: number
  readonly at: number
}

export type PeerRequest =
  { readonly do: 'manner'; readonly hook: number; readonly manner: HookManner } | { readonly do: 'report' }

export interface PeerReport {
  /** When the bytes of each feed went out, by its number; null where it was not asked for. */
  readonly served: readonly (number | null)[]
  readonly accepted: readonly Accepted[]
}

/** The time, the same in every process of this machine. */
export const nowMs = (): number => performance.timeOrigin + performance.now()
