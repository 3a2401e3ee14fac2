import type { DateWindow } from '../status/claim.ts'
import type { Status } from '../status/status.ts'
import type { ReportProcess } from './processes.ts'
import type { ReportChange, ReportClaim, ReportEvidence, ReportItem, Wishes } from './report-input.ts'

/** One promise about the date: who gave it, when, in which words. */
export interface LedgerEntry {
  readonly at: Date
  readonly outlet: string
  readonly url: string
  /** As a person reads it in the slippage line ("later this summer", "no date"). */
  readonly words: string
  readonly window: DateWindow
  readonly quote: string
  /** Whether it moved the expected date; else it is only somebody's word. */
  readonly decided: boolean
}

/** What silence means: how long nothing moved, and how much of the world could be seen meanwhile. */
export interface Quiet {
  readonly since: Date
  /** Whole days. */
  readonly days: number
  readonly healthyFeeds: number
  readonly totalFeeds: number
  /** "quiet for 21 days, 23 of 24 feeds healthy"; where nobody watched so long, since which day the entries tell nothing. */
  readonly text: string
}

/** The promised window has passed and nothing came. */
export interface Overdue {
  /** The last promised day, ISO date. */
  readonly promisedUntil: string
  /** Whole days since then. */
  readonly days: number
}

/** Whether silence about a question means anything: how many of the feeds that it depends on can be read. */
export interface ItemSight {
  readonly healthy: number
  readonly total: number
  /** Since when they are too few, see followSight; null while they are enough, or not known to be too few. */
  readonly blindSince: Date | null
}

/** One question in the report. */
export interface ItemReport {
  readonly id: string
  readonly question: string
  readonly topic: string
  readonly kind: string
  readonly origin: ReportItem['origin']
  readonly state: ReportItem['state']
  readonly status: Status
  readonly since: Date
  readonly expected: DateWindow | null
  readonly disputed: boolean
  readonly overdue: Overdue | null
  /** What carries the present standing: the sentences of the newest change, then of the one that set the status. */
  readonly evidence: readonly ReportEvidence[]
  /** Why the newest change was made; null where the item stands as its watch began. */
  readonly reason: string | null
  /** Oldest first. */
  readonly changes: readonly ReportChange[]
  /** How the promised date moved, ready to be joined by arrows; empty where none was given. */
  readonly slippage: readonly string[]
  readonly ledger: readonly LedgerEntry[]
  /** Newest first. */
  readonly undecided: readonly ReportClaim[]
  readonly quiet: Quiet
  /** What people asked for that still holds. */
  readonly wishes: Wishes
  readonly sight: ItemSight
  readonly matches: number
  readonly lastMatchAt: Date | null
  readonly keywordMatches: number | null
}

/** A feed that brings nothing at present. */
export interface FeedFailure {
  readonly url: string
  /** The host, short for the url. */
  readonly host: string
  readonly title: string | null
  /** What tells it from the other failing feeds: the title or host where that is enough, else host and path. */
  readonly name: string
  readonly state: 'failing' | 'stale' | 'retired'
  readonly reason: string
  readonly since: Date | null
  readonly failures: number
  readonly nextTry: Date | null
}

/** Failing feeds that fail for one reason. */
export interface FailureGroup {
  readonly reason: string
  readonly feeds: readonly FeedFailure[]
  /** The earliest next try among them. */
  readonly nextTry: Date | null
  readonly since: Date | null
}

/** Health of all feeds: `total` = healthy + failing + waiting + paused. A feed that was taken out on purpose is not counted. */
export interface FeedsReport {
  readonly healthy: number
  /** Failing, stale, or given up with a reason (gone for good). */
  readonly failing: number
  /** Those of the failing that answer, but are silent beyond their own rhythm. */
  readonly stale: number
  /** Not polled yet. */
  readonly waiting: number
  /** Not polled because a person wants it so. */
  readonly paused: number
  readonly total: number
  /** When the next unpolled feed is due; null where none waits. */
  readonly nextPollAt: Date | null
  readonly failures: readonly FeedFailure[]
  readonly groups: readonly FailureGroup[]
}

/** Where every question stands at a moment. */
export interface StatusReport {
  readonly generatedAt: Date
  readonly items: readonly ItemReport[]
  readonly feeds: FeedsReport
  /** Who works on the database, or did until lately; not known when left out. */
  readonly processes?: readonly ReportProcess[]
}
