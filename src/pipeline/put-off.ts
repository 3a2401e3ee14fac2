import { createSetback, type Setback } from './setback.ts'

/** Feeds of which nothing could be written down, neither what they brought nor that it went wrong. */
export interface PutOff {
  /** Their polls could not be written: each is left alone for a while, longer each time. */
  failed(feedIds: readonly number[], reason: string): void
  /** Their polls were written. */
  passed(feedIds: readonly number[]): void
  /** Those that it is too early to ask again. */
  feeds(): number[]
}

/**
 * Nothing put off yet. Such a feed is still due by the database, and would be asked at every look: only this process knows
 * that it was in vain. `passing`: milliseconds that have passed, by no clock that can be set.
 */
export function createPutOff(passing: () => number = () => performance.now()): PutOff {
  const setbacks = new Map<number, Setback>()
  return {
    failed(feedIds, reason) {
      for (const id of feedIds) {
        const setback = setbacks.get(id) ?? createSetback(passing)
        setback.failed(reason)
        setbacks.set(id, setback)
      }
    },
    passed(feedIds) {
      if (setbacks.size > 0) for (const id of feedIds) setbacks.delete(id)
    },
    feeds: () => [...setbacks].flatMap(([id, setback]) => (setback.isWaiting() ? [id] : [])),
  }
}
