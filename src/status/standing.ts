import type { WatchItem } from '../matching/watch-item.ts'
import type { Told } from '../stories/cluster.ts'
import type { Claim, DateWindow } from './claim.ts'
import { readExpected } from './date-claim.ts'
import type { RejectedStory } from './rejected.ts'
import type { Status } from './status.ts'

/** A claim with its time as text, so that it survives JSON. */
export type KeptClaim = Omit<Claim, 'at'> & {
  readonly at: string
  /** A step was taken (an agreement signed, a date set), more than a promise repeated. */
  readonly begun?: boolean
}

/** A reading that the question remembers: enough to know a copy, an origin and a revision again. */
export interface KeptReading extends Told {
  /** The entry's identity beyond its revisions. */
  readonly entryId: string
  readonly claims: readonly KeptClaim[]
}

/** Where a question stands, with everything that deciding about the next entry needs. Plain JSON. */
export interface Standing {
  readonly status: Status
  /** When the status last changed: the time of the entry that decided it. */
  readonly since: string
  readonly expected: DateWindow | null
  readonly disputed: boolean
  /** How the status came about: the claims that carried it, empty while it is the item's own. */
  readonly evidence: readonly KeptClaim[]
  /** When the status or the date last moved. */
  readonly movedAt: string
  /** Where it stood before the last change, for corrections. */
  readonly before: {
    readonly status: Status
    readonly since: string
    readonly expected: DateWindow | null
  } | null
  readonly readings: readonly KeptReading[]
  /** Stories that a person rejected as evidence. */
  readonly rejected?: readonly RejectedStory[]
}

const mostReadings = 200
const longestMemoryMs = 90 * 86_400_000

/** Where the question stood when its watch began. */
export function initialStanding(item: WatchItem): Standing {
  const since = item.since.toISOString()
  return {
    status: item.status,
    since,
    expected: item.expected === null ? null : readExpected(item.expected, item.since),
    disputed: false,
    evidence: [],
    movedAt: since,
    before: null,
    readings: [],
  }
}

/** Remembers one more reading and forgets what is too old or too much. */
export function remember(readings: readonly KeptReading[], next: KeptReading): KeptReading[] {
  const newest = Math.max(Date.parse(next.at), ...readings.map((r) => Date.parse(r.at)))
  return [...readings, next].filter((r) => newest - Date.parse(r.at) <= longestMemoryMs).slice(-mostReadings)
}
