import { windowText } from './date-window.ts'
import { isLost, type ReportProcess } from './processes.ts'
import type { ReportEvidence } from './report-input.ts'
import type { FeedFailure, ItemReport, StatusReport } from './status-report.ts'
import type { DateWindow } from '../status/claim.ts'

/** The report as plain JSON data: times as ISO strings, windows with their text for people. */
export function renderJson(report: StatusReport) {
  const { feeds } = report
  return {
    generatedAt: report.generatedAt.toISOString(),
    items: report.items.map(renderItemJson),
    feeds: {
      healthy: feeds.healthy,
      failing: feeds.failing,
      stale: feeds.stale,
      waiting: feeds.waiting,
      paused: feeds.paused,
      total: feeds.total,
      failures: feeds.failures.map(failureJson),
    },
    processes: (report.processes ?? []).map(processJson),
  }
}

/** One question as plain JSON data. */
export function renderItemJson(item: ItemReport) {
  return {
    id: item.id,
    question: item.question,
    topic: item.topic,
    kind: item.kind,
    state: item.state,
    status: item.status,
    since: item.since.toISOString(),
    expected: windowJson(item.expected),
    disputed: item.disputed,
    overdue: item.overdue,
    reason: item.reason,
    evidence: item.evidence.map(evidenceJson),
    slippage: item.slippage,
    wishes: {
      ...item.wishes,
      snoozedUntil: item.wishes.snoozedUntil?.toISOString() ?? null,
      acknowledgedAt: item.wishes.acknowledgedAt?.toISOString() ?? null,
    },
    quiet: { ...item.quiet, since: item.quiet.since.toISOString() },
    sight: { ...item.sight, blindSince: item.sight.blindSince?.toISOString() ?? null },
    changes: item.changes.map((change) => ({
      ...change,
      at: change.at.toISOString(),
      recordedAt: change.recordedAt.toISOString(),
      expectedFrom: windowJson(change.expectedFrom),
      expectedTo: windowJson(change.expectedTo),
      evidence: change.evidence.map(evidenceJson),
    })),
    ledger: item.ledger.map((entry) => ({
      ...entry,
      at: entry.at.toISOString(),
      window: windowJson(entry.window),
    })),
    undecided: item.undecided.map((claim) => ({
      ...claim,
      at: claim.at.toISOString(),
      window: windowJson(claim.window),
    })),
    matches: item.matches,
    lastMatchAt: item.lastMatchAt?.toISOString() ?? null,
    keywordMatches: item.keywordMatches,
  }
}

function evidenceJson({ rejected, claimedAt, ...evidence }: ReportEvidence) {
  return {
    ...evidence,
    claimedAt: claimedAt.toISOString(),
    ...(rejected && { rejected: { ...rejected, at: rejected.at.toISOString() } }),
  }
}

function processJson(one: ReportProcess) {
  const { silentMs, ...rest } = one
  return {
    ...rest,
    startedAt: one.startedAt.toISOString(),
    seenAt: one.seenAt.toISOString(),
    state: isLost(one) ? 'lost' : 'alive',
  }
}

/** A window as plain JSON data. */
export function windowJson(window: DateWindow | null) {
  if (window === null) return null
  const { from, to, granularity, text } = window
  return { from, to, granularity, words: text, text: windowText(window) }
}

function failureJson(failure: FeedFailure) {
  return {
    ...failure,
    since: failure.since?.toISOString() ?? null,
    nextTry: failure.nextTry?.toISOString() ?? null,
  }
}
