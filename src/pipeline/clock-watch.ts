import type { Clock } from './clock.ts'

/** Two machines' clocks may differ by so much, in milliseconds, and one that is corrected by the network may step back by it. */
export const clockSlackMs = 60_000

/**
 * Watches a clock for being set back. The function that it gives says by how many milliseconds the clock has gone back
 * since it was asked last; 0 while it goes on as it should.
 */
export function watchClock(clock: Clock): () => number {
  let last = clock.now().getTime()
  return () => {
    const now = clock.now().getTime()
    const back = last - now
    last = now
    return back > clockSlackMs ? back : 0
  }
}
