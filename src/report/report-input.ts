import type { WatchItem } from '../matching/watch-item.ts'
import type { DateWindow } from '../status/claim.ts'
import type { Certainty, Status } from '../status/status.ts'
import type { ReportProcess } from './processes.ts'
import type { SightFeed, SightMemory, Viewer } from './sight.ts'

/** A sentence that carried a change, with where and when it was said. */
export interface ReportEvidence {
  readonly url: string
  readonly outlet: string
  /** Verbatim from the entry. */
  readonly quote: string
  readonly claimedAt: Date
  readonly certainty: Certainty
  /** Where a person took it out of the evidence. */
  readonly rejected?: ReportRejection
}

/** A person's word that a sentence is no evidence. */
export interface ReportRejection {
  readonly at: Date
  /** Why, as people read it ("not said"). */
  readonly words: string
  readonly note: string | null
}

/** What people asked for about an item. */
export interface Wishes {
  /** Outlets whose word does not count for it. */
  readonly muted: readonly string[]
  /** Its alerts are held until then. */
  readonly snoozedUntil: Date | null
  /** Its alerts are held until its status changes. */
  readonly snoozedToChange: boolean
  /** When somebody said to have seen where it stands. */
  readonly acknowledgedAt: Date | null
}

/** One row of the history of an item. For `date` changes `from` and `to` are the same status. */
export interface ReportChange {
  readonly id: string
  /** Its number among the changes of its item, from 1. */
  readonly sequence: number
  readonly kind: 'status' | 'date' | 'correction'
  readonly from: Status
  readonly to: Status
  /** The time of the news. */
  readonly at: Date
  /** When openwatch wrote it down. */
  readonly recordedAt: Date
  readonly certainty: Certainty
  readonly expectedFrom: DateWindow | null
  readonly expectedTo: DateWindow | null
  readonly reason: string
  /** The deciding sentence first. */
  readonly evidence: readonly ReportEvidence[]
}

/** A claim about an item, whether or not it moved anything. */
export interface ReportClaim {
  readonly url: string
  readonly outlet: string
  readonly quote: string
  readonly at: Date
  readonly signal: Exclude<Status, 'open'> | null
  readonly certainty: Certainty
  readonly window: DateWindow | null
  /** Whether it is among the evidence of a change. */
  readonly decided: boolean
  /** Why it moved nothing; null where it did. */
  readonly reason: string | null
}

/** Where an item stands now. */
export interface Standing {
  readonly status: Status
  readonly since: Date
  readonly expected: DateWindow | null
  readonly disputed: boolean
  /** What carries its status now; as the changes say when left out. */
  readonly evidence?: readonly ReportEvidence[]
}

/** An item as the store knows it. */
export interface ReportItem {
  readonly item: WatchItem
  /** `config`: managed by a file; `user`: added by CLI, page or API. */
  readonly origin: 'config' | 'user'
  readonly state: 'watching' | 'paused' | 'retired'
  /** When it was put under watch; what its `since` says when left out. */
  readonly addedAt?: Date
  readonly standing: Standing
  readonly changes: readonly ReportChange[]
  readonly claims: readonly ReportClaim[]
  /** Entries that met the item's query, and the time of the newest. */
  readonly matches: number
  readonly lastMatchAt: Date | null
  /** Entries that a keyword alert on the subject would have sent; null where not counted. */
  readonly keywordMatches: number | null
  /** Nothing when left out. */
  readonly wishes?: Wishes
  /** What is remembered of its sight, and by which feeds its matches came; nothing when left out. */
  readonly sight?: SightMemory & Pick<Viewer, 'broughtBy'>
}

/** A feed's health as the store knows it. */
export interface ReportFeed extends SightFeed {
  readonly title: string | null
  readonly lastOkAt: Date | null
  /** What went wrong last, in words; null while all is well. */
  readonly lastError: string | null
  /** Failed polls in a row. */
  readonly failures: number
  /** When the present run of failures began; null while all is well. */
  readonly failingSince: Date | null
  readonly nextPollAt: Date | null
  readonly retiredReason: string | null
  /** What makes a feed stale that answers: no entry for longer than is usual for it, or none at all where it had some. */
  readonly silence?: Silence | null
}

/** How a feed that answers is silent, and since when. */
export interface Silence {
  readonly kind: 'no-news' | 'empty'
  readonly since: Date
}

/** All that a status report is made from. */
export interface ReportInput {
  readonly items: readonly ReportItem[]
  readonly feeds: readonly ReportFeed[]
  /** From when on feeds were polled without a break; not known when left out. */
  readonly watchedSince?: Date
  /** Who works on the database; not known when left out. */
  readonly processes?: readonly ReportProcess[]
}
