const second = 1000
const hour = 3600 * second

const firstWait = 10 * second
const longestWait = 6 * hour

/** How long a delivery is tried: after this it is a dead letter. */
export const deliveryLifetime = 72 * hour

/**
 * Milliseconds until the next try, or null when the delivery is dead. `attempt` is the one that just failed (from 1);
 * waits double from 10 s to 6 h, each drawn from its upper half so that many deliveries do not come back together.
 * A receiver's own wish is kept when it is longer, up to the end of the delivery's life. `random` gives [0, 1).
 */
export function nextTryIn(
  attempt: number,
  ageMs: number,
  retryAfterMs: number | null,
  random: () => number,
): number | null {
  const left = deliveryLifetime - ageMs
  if (left <= 0) return null
  const full = Math.min(longestWait, firstWait * 2 ** Math.max(0, attempt - 1))
  const wait = Math.round(full / 2 + (full / 2) * random())
  const wished = Math.max(wait, retryAfterMs ?? 0)
  if (wished < left) return wished
  // The last try falls on the end of the life rather than being given up early.
  return left > firstWait ? left : null
}
