import type { Certainty, Grade, Status } from './status.ts'

export const granularities = [
  'day',
  'week',
  'month',
  'quarter',
  'season',
  'half',
  'year',
  'vague',
  'none',
] as const
export type Granularity = (typeof granularities)[number]

/** A claimed date as a window of UTC days, both ends included. `none`: the date was withdrawn ("indefinitely"). */
export interface DateWindow {
  /** ISO date (`2025-06-01`), null where the window has no such end. */
  readonly from: string | null
  readonly to: string | null
  readonly granularity: Granularity
  /** The words of the entry ("later this summer"). */
  readonly text: string
}

/** What a matched entry says about a question. */
export interface Claim {
  /** The revision that says it. */
  readonly entryKey: string
  readonly url: string
  readonly outlet: string
  readonly grade: Grade
  /** When the entry counts (its publication). */
  readonly at: Date
  /** The status that the entry asserts; null where it only gives a date. */
  readonly signal: Exclude<Status, 'open'> | null
  readonly certainty: Certainty
  readonly window: DateWindow | null
  /** The sentence that says so, verbatim from the entry's title or text. */
  readonly quote: string
  /** Names the origin: claims of copies of one story share it. */
  readonly origin: string
}
