const second = 1000
const minute = 60 * second
const hour = 60 * minute

const firstWait = 10 * second
const longestWait = 30 * minute

/** No wait is shorter, whatever a receiver says. */
const shortestWait = second

/** A receiver's own time is kept to the letter up to so many failures in a row; after that it is a lower bound. */
const trusted = 5

/** How long a message is tried from when it might first have gone: after this it is a dead letter. */
export const deliveryLifetime = 72 * hour

/** However old it is (openwatch may have been off for days), a message is tried for so long. */
export const leastTrying = hour

/** A channel that fails for so long is told of on the others. */
export const failingTold = hour

/**
 * Milliseconds until the next try after `failures` in a row (from 1). Waits double from 10 s to 30 min, each drawn from
 * its upper half so that not all come back together. Where a receiver names its time (`Retry-After`), it has it, up to
 * the end of a message's life. `random` gives [0, 1).
 */
export function waitAfter(failures: number, retryAfterMs: number | null, random: () => number): number {
  const full = Math.min(longestWait, firstWait * 2 ** Math.min(30, Math.max(0, failures - 1)))
  const own = Math.round(full / 2 + (full / 2) * random())
  if (retryAfterMs === null) return own
  const least = failures > trusted ? own : shortestWait
  return Math.min(deliveryLifetime, Math.max(least, retryAfterMs))
}

/** Whether a message that failed once more is given up. */
export function isOver(
  { dueSince, triedSince }: { readonly dueSince: Date; readonly triedSince: Date },
  now: Date,
): boolean {
  return (
    now.getTime() - dueSince.getTime() >= deliveryLifetime &&
    now.getTime() - triedSince.getTime() >= leastTrying
  )
}
