import { durationText } from '../report/people-time.ts'

/** Remembers that something cannot be written down at present, and for how long to leave it. */
export interface Setback {
  /** Something could not be written: wait, longer each time. */
  failed(reason: string): void
  /** Something was written: all is well. */
  passed(): void
  /** Whether there was one that has not passed. */
  isThere(): boolean
  /** Whether it is too early to try again. */
  isWaiting(): boolean
  /** What is wrong with the writing of polls and when it is tried again, in words; null while nothing is. */
  inWords(): string | null
}

const firstMs = 5000
const longestMs = 5 * 60_000
/** What goes wrong within this time of the last fault belongs to the same try, in milliseconds. */
const sameTryMs = 1000

/** No setback yet. `passing`: milliseconds that have passed, by no clock that can be set. */
export function createSetback(passing: () => number = () => performance.now()): Setback {
  let now: { readonly reason: string; readonly waitMs: number; readonly at: number } | null = null
  const leftMs = () => (now === null ? 0 : now.at + now.waitMs - passing())
  return {
    failed(reason) {
      if (now !== null && passing() - now.at < sameTryMs) return
      const waitMs = now === null ? firstMs : Math.min(longestMs, now.waitMs * 2)
      now = { reason, waitMs, at: passing() }
    },
    passed: () => void (now = null),
    isThere: () => now !== null,
    isWaiting: () => leftMs() > 0,
    inWords() {
      if (now === null) return null
      const left = leftMs()
      return `polls cannot be written down: ${now.reason}; feeds are left alone, ${left > 0 ? `next try in ${durationText(left)}` : 'trying again now'}`
    },
  }
}
