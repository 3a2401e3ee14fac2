/** Where the time comes from. */
export interface Clock {
  now(): Date
}

/** The machine's own time. */
export const systemClock: Clock = { now: () => new Date() }

/** A clock that starts at a moment and runs `factor` times as fast as the machine's. */
export function acceleratedClock(start: Date, factor: number): Clock {
  const began = performance.now()
  return { now: () => new Date(start.getTime() + (performance.now() - began) * factor) }
}
