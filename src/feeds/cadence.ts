import type { FetchOutcome } from './fetch-outcome.ts'

const minute = 60_000
const hour = 60 * minute

/** Least time between polls of a feed that a hub delivers. */
const pushedMs = 6 * hour

/** How a feed publishes, as its newest entries tell: all that the time of the next poll needs of them. */
export interface Publishing {
  /** When its newest entry was published; null when it has none. */
  readonly newestAt: Date | null
  /** Average time between its newest entries, in milliseconds; null when there are fewer than two. */
  readonly usualGapMs: number | null
}

interface Rhythm extends Publishing {
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
function ownRhythm({ newestAt, usualGapMs, updateMinutes }: Rhythm, now: Date): number | null {
  if (newestAt === null || usualGapMs === null) return updateMinutes === null ? null : updateMinutes * minute
  return Math.max(usualGapMs, (now.getTime() - newestAt.getTime()) / 4) / 2
}

/** Reads from the dates of entries how a feed publishes: the newest twenty count, dates after `now` do not. */
export function publishing(dates: readonly Date[], now: Date): Publishing {
  const times = dates
    .map((date) => date.getTime())
    .filter((at) => at <= now.getTime())
    .sort((a, b) => b - a)
    .slice(0, 20)
  const [newest, oldest] = [times[0], times.at(-1)]
  if (newest === undefined || oldest === undefined) return { newestAt: null, usualGapMs: null }
  return {
    newestAt: new Date(newest),
    usualGapMs: times.length < 2 ? null : (newest - oldest) / (times.length - 1),
  }
}
