import type { Certainty, Status } from '../status/status.ts'
import { changeTitle } from './change-title.ts'
import { windowText } from './date-window.ts'
import { clip, oneLine } from './plain.ts'
import type { ReportChange, ReportEvidence } from './report-input.ts'
import { safeUrl } from './safe-url.ts'
import { slippageLine } from './slippage.ts'
import type { ItemReport } from './status-report.ts'
import { rejectionText } from './wishes.ts'

/** A sentence that carried a change, as one clean line. */
export interface ChangeQuote {
  readonly text: string
  readonly outlet: string
  /** An http(s) address; null where the feed gave none that is safe to follow. */
  readonly url: string | null
  readonly at: Date
  readonly certainty: Certainty
}

/** One change of a question, for feeds. Every text is one clean line, not escaped for anything. */
export interface ChangeEntry {
  /** Unique among the changes of its question, for ever. */
  readonly changeId: string
  readonly itemId: string
  /** Its number among the changes of its question, from 1. */
  readonly sequence: number
  readonly kind: ReportChange['kind']
  readonly from: Status
  readonly to: Status
  readonly topic: string
  readonly question: string
  /** "announced → delayed, expected late summer 2025" */
  readonly what: string
  /** In words; null where no date is promised. */
  readonly expected: string | null
  /** The time of the news. */
  readonly at: Date
  /** When it was written down, or when a person last said something about it. */
  readonly updated: Date
  /** Why that was enough. */
  readonly reason: string
  readonly quotes: readonly ChangeQuote[]
  /** How the promised date moved up to this change; empty where it did not. */
  readonly slippage: readonly string[]
  /** That a person rejected its evidence; null where nobody did. */
  readonly rejected: string | null
}

/** The changes of some questions, newest first. */
export interface ChangeFeed {
  readonly title: string
  /** When the newest of them was written down; where there is none, when the watch began. */
  readonly updated: Date
  readonly entries: readonly ChangeEntry[]
}

/** Which changes; all when nothing is named. */
export interface ChangeFilter {
  readonly topic?: string | undefined
  readonly item?: string | undefined
}

/** How many changes a feed has; readers keep what they have seen. */
const mostEntries = 100
const mostQuotes = 5

/** The newest changes of the questions that are meant; null where there is no such question. */
export function buildChangeFeed(
  items: readonly ItemReport[],
  { topic, item }: ChangeFilter = {},
): ChangeFeed | null {
  const meant = items.filter(
    (one) => (topic === undefined || one.topic === topic) && (item === undefined || one.id === item),
  )
  const [first] = meant
  if (first === undefined && (topic !== undefined || item !== undefined)) return null
  const entries = meant.flatMap(entriesOf).sort(newestFirst).slice(0, mostEntries)
  const times = [...entries.map(({ updated }) => updated), ...(entries.length > 0 ? [] : meant.map(sinceOf))]
  return {
    title: titleOf({ topic, item }, first),
    updated: new Date(Math.max(0, ...times.map((time) => time.getTime()))),
    entries,
  }
}

function sinceOf({ since }: ItemReport): Date {
  return since
}

function titleOf({ topic, item }: ChangeFilter, first: ItemReport | undefined): string {
  if (item !== undefined && first !== undefined) return `openwatch: ${clip(first.question, 200)}`
  return topic === undefined ? 'openwatch: status changes' : `openwatch: status changes of ${oneLine(topic)}`
}

function entriesOf(item: ItemReport): readonly ChangeEntry[] {
  return item.changes.map((change, index) => entryOf(item, change, item.changes.slice(0, index + 1)))
}

function entryOf(item: ItemReport, change: ReportChange, upTo: readonly ReportChange[]): ChangeEntry {
  const rejection = change.evidence[0]?.rejected
  const times = [change.recordedAt, ...change.evidence.flatMap(({ rejected }) => rejected?.at ?? [])]
  const { id, sequence, kind, from, to, at, expectedTo } = change
  return {
    ...{ changeId: id, itemId: item.id, sequence, kind, from, to, at },
    topic: oneLine(item.topic),
    question: clip(item.question, 300),
    what: clip(changeTitle(change), 300),
    expected: expectedTo === null ? null : clip(windowText(expectedTo), 100),
    updated: new Date(Math.max(...times.map((time) => time.getTime()))),
    reason: clip(change.reason, 600),
    quotes: change.evidence.slice(0, mostQuotes).flatMap(quoteOf),
    slippage: slippageUpTo(item, upTo),
    rejected: rejection === undefined ? null : oneLine(rejectionText(rejection)),
  }
}

function quoteOf({ quote, outlet, url, claimedAt, certainty }: ReportEvidence): readonly ChangeQuote[] {
  const text = clip(quote, 400)
  if (text === '') return []
  return [{ text, outlet: clip(outlet, 80) || 'source', url: safeUrl(url), at: claimedAt, certainty }]
}

/** The report tells what was promised when the watch began as the first step of the whole line. */
function slippageUpTo(item: ItemReport, upTo: readonly ReportChange[]): readonly string[] {
  const [first = null] = item.slippage
  const [dated = null] = slippageLine(null, item.changes)
  const steps = slippageLine(first === dated ? null : first, upTo).map((step) => clip(step, 80))
  return steps.length < 2 ? [] : steps
}

function newestFirst(a: ChangeEntry, b: ChangeEntry): number {
  return (
    b.updated.getTime() - a.updated.getTime() || b.at.getTime() - a.at.getTime() || b.sequence - a.sequence
  )
}
