import type { Claim, DateWindow } from './claim.ts'
import type { Certainty, Status } from './status.ts'

/** What a claim led to. */
export type Decision =
  | {
      readonly kind: 'status-changed'
      readonly from: Status
      readonly to: Status
      /** The time of the entry that decided it. */
      readonly at: Date
      readonly certainty: Certainty
      readonly expected: DateWindow | null
      /** The deciding claim first, then those that had corroborated it. */
      readonly evidence: readonly Claim[]
      /** For people: why this was enough. */
      readonly reason: string
      /** A revision took the evidence away: the change before this one was wrong. */
      readonly corrected?: true
    }
  | {
      /** The status stays; the promised date was given, made narrower, moved or withdrawn. */
      readonly kind: 'date-changed'
      readonly status: Status
      readonly at: Date
      readonly certainty: Certainty
      readonly from: DateWindow | null
      readonly expected: DateWindow | null
      readonly evidence: readonly Claim[]
      readonly reason: string
    }
  | {
      /** Kept, with the reason, so that a missed alert can be explained. */
      readonly kind: 'unchanged'
      readonly reason: string
    }
