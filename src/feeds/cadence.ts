import type { FetchOutcome } from './fetch-outcome.ts'

const minute = 60_000
const hour = 60 * minute

/** Least time between polls of a feed that a hub delivers. */
const pushedMs = 6 * hour

/** What is known about how a feed publishes. */
interface Rhythm {
  /** When its newest entries were published, in any order; dates after `now` do not count. */
  readonly publishedAt: readonly Date[]
  readonly ttlMinutes: number | null
  /** From `sy:updatePeriod` and `sy:updateFrequency`. */
  readonly updateMinutes: number | null
}

export interface CadenceInput {
  readonly now: Date
  readonly outcome: FetchOutcome
  /** Polls in a row that failed, this one included; 0 after a good one. */
  readonly failures: number
  readonly rhythm: Rhythm
  /** A number from 0 to 1 that spreads polls out. */
  readonly random: number
  /** A watch item of this feed changed lately: poll as often as is allowed. */
  readonly hot?: boolean
  /** A hub delivers the feed: polls are there for what the hub misses. */
  readonly pushed?: boolean
  readonly bounds: PollingBounds
}

/** Least and most time between polls, and the time between those of a feed whose rhythm is not known; milliseconds. */
export interface PollingBounds {
  readonly minMs: number
  readonly defaultMs: number
  readonly maxMs: number
}

/** When to poll a feed next; null when it is over for good (410). */
export function nextPollAt(input: CadenceInput): Date | null {
  const { outcome, now } = input
  if (outcome.kind === 'gone') return null
  const wait = outcome.kind === 'refused' || outcome.kind === 'failed' ? backoff(input) : interval(input)
  return new Date(now.getTime() + wait)
}

function backoff(input: CadenceInput): number {
  const { minMs, maxMs } = input.bounds
  const exponent = Math.min(Math.max(0, input.failures - 1), 20)
  const wait = Math.min(maxMs, Math.max(minMs, 5 * minute) * 2 ** exponent)
  const spread = wait * (0.8 + 0.4 * input.random)
  const asked = input.outcome.kind === 'refused' ? (input.outcome.retryAfterMs ?? 0) : 0
  return Math.max(minMs, Math.min(maxMs, Math.max(spread, asked)))
}

function interval(input: CadenceInput): number {
  const { rhythm, outcome } = input
  const { minMs, defaultMs, maxMs } = input.bounds
  const asked = Math.max(
    (rhythm.ttlMinutes ?? 0) * minute,
    outcome.kind === 'fetched' || outcome.kind === 'unchanged' ? (outcome.cache.maxAgeMs ?? 0) : 0,
  )
  const usual = ownRhythm(rhythm, input.now) ?? defaultMs
  const own = input.pushed === true ? Math.max(pushedMs, usual) : input.hot === true ? minMs : usual
  const wait = Math.max(own, Math.min(asked, hour))
  return Math.min(maxMs, Math.max(minMs, wait * (0.9 + 0.2 * input.random)))
}

/** Half the usual gap between entries, so that one is seen soon after it appears; a feed that fell silent slows down. */
function ownRhythm(rhythm: Rhythm, now: Date): number | null {
  const times = rhythm.publishedAt
    .map((date) => date.getTime())
    .filter((at) => at <= now.getTime())
    .sort((a, b) => b - a)
    .slice(0, 20)
  const newest = times[0]
  const oldest = times.at(-1)
  if (newest === undefined || oldest === undefined || times.length < 2)
    return rhythm.updateMinutes === null ? null : rhythm.updateMinutes * minute
  const gap = Math.max((newest - oldest) / (times.length - 1), (now.getTime() - newest) / 4)
  return gap / 2
}
