import { buildFeedsReport } from './feeds-report.ts'
import { count, dayText, daysBetween, durationText } from './people-time.ts'
import { oneLine } from './plain.ts'
import { overdueOf } from './overdue.ts'
import type {
  ReportChange,
  ReportClaim,
  ReportEvidence,
  ReportFeed,
  ReportInput,
  ReportItem,
} from './report-input.ts'
import { clearSight, createSights, followSight, type Sights } from './sight.ts'
import { slippageLedger, slippageLine } from './slippage.ts'
import { isSettled } from './status-words.ts'
import { noWishes, wishesNow } from './wishes.ts'
import type { FeedsReport, ItemReport, ItemSight, Quiet, StatusReport } from './status-report.ts'

/** The status report at a moment, items in the order given. Retired items are left out, unless they are asked for. */
export function buildReport(
  input: ReportInput,
  now: Date,
  { withRetired = false }: { readonly withRetired?: boolean } = {},
): StatusReport {
  const feeds = buildFeedsReport(input.feeds)
  const view = { feeds, sights: createSights(input.feeds), watchedSince: input.watchedSince ?? now, now }
  const items = input.items
    .filter((item) => withRetired || item.state !== 'retired')
    .map((item) => buildItemReport(item, view))
  return { generatedAt: now, items, feeds, ...(input.processes && { processes: input.processes }) }
}

/** What all questions of a report are seen by. */
interface View {
  readonly feeds: FeedsReport
  readonly sights: Sights<ReportFeed>
  readonly watchedSince: Date
  readonly now: Date
}

/** One question's part of the report. */
function buildItemReport(input: ReportItem, view: View): ItemReport {
  const { item, standing } = input
  const { now } = view
  const changes = [...input.changes].sort(byTime)
  const carrying = carryingChanges(changes)
  const claims = withCorroboration(input.claims, changes)
  return {
    id: item.id,
    question: oneLine(item.question),
    topic: item.topic,
    kind: item.kind,
    origin: input.origin,
    state: input.state,
    status: standing.status,
    since: standing.since,
    expected: isSettled(standing.status) ? null : standing.expected,
    disputed: standing.disputed,
    overdue: overdueOf(standing, now),
    evidence: carriedBy(carrying, standing),
    reason: carrying[0]?.reason ?? null,
    changes,
    slippage: slippageLine(item.expected, changes),
    ledger: slippageLedger(claims),
    undecided: claims.filter((claim) => !claim.decided).sort((a, b) => b.at.getTime() - a.at.getTime()),
    quiet: quietOf(changes.at(-1)?.at ?? null, input, view),
    sight: sightOf(input, view),
    wishes: wishesNow(input.wishes ?? noWishes, lastRecorded(changes), now),
    matches: input.matches,
    lastMatchAt: input.lastMatchAt,
    keywordMatches: input.keywordMatches,
  }
}

/** The sentences of the changes that made the standing; where a person rejected one of them, what carries it without. */
function carriedBy(
  carrying: readonly ReportChange[],
  standing: ReportItem['standing'],
): readonly ReportEvidence[] {
  const said = carrying.flatMap((change) => change.evidence)
  return said.some((one) => one.rejected !== undefined) ? (standing.evidence ?? []) : said
}

function lastRecorded(changes: readonly ReportChange[]): Date | null {
  return changes.reduce<Date | null>(
    (last, { recordedAt }) => (last === null || recordedAt > last ? recordedAt : last),
    null,
  )
}

/** The changes that made the standing: the newest, and before it the one that set the status when it only moved a date. */
function carryingChanges(changes: readonly ReportChange[]): readonly ReportChange[] {
  const newest = changes.at(-1)
  const deciding = changes.findLast((change) => change.kind !== 'date')
  return [...new Set([newest, deciding])].filter((change) => change !== undefined)
}

/** A claim that corroborated a decision decided too, although it was not enough when it came. */
function withCorroboration(
  claims: readonly ReportClaim[],
  changes: readonly ReportChange[],
): readonly ReportClaim[] {
  const key = (said: { readonly url: string; readonly quote: string }) => `${said.url} ${said.quote}`
  const carried = new Set(changes.flatMap((change) => change.evidence.map(key)))
  return claims.map((claim) => (carried.has(key(claim)) ? { ...claim, decided: true, reason: null } : claim))
}

function byTime(a: ReportChange, b: ReportChange): number {
  return a.at.getTime() - b.at.getTime() || a.recordedAt.getTime() - b.recordedAt.getTime()
}

/** By the rule that alerts follow, so that a report and an alert say the same. */
function sightOf({ item, state, sight }: ReportItem, { sights, now, watchedSince }: View): ItemSight {
  const seen = sights.of({ topic: item.topic, broughtBy: sight?.broughtBy ?? [] })
  const { memory } = followSight(sight ?? clearSight, seen, { now, watchedSince })
  return { ...seen, blindSince: state === 'watching' ? memory.blindSince : null }
}

function quietOf(
  lastMove: Date | null,
  { item, addedAt = item.since }: Pick<ReportItem, 'item' | 'addedAt'>,
  { feeds, now }: Pick<View, 'feeds' | 'now'>,
): Quiet {
  const since = lastMove ?? item.since
  // of times before the question was asked it is only known what the stored entries say
  const isLookedUp = daysBetween(since, addedAt) > 0
  const length = isLookedUp
    ? `quiet in the entries since ${dayText(since)}`
    : `quiet for ${durationText(now.getTime() - since.getTime())}`
  return {
    since,
    days: daysBetween(since, now),
    healthyFeeds: feeds.healthy,
    totalFeeds: feeds.total,
    text: `${length}, ${sightText(feeds)}`,
  }
}

function sightText({ healthy, waiting, total }: FeedsReport): string {
  if (total === 0) return 'no feeds'
  if (waiting === total) return 'no feed polled yet'
  const only = healthy * 2 < total ? 'but only ' : ''
  return `${only}${healthy} of ${count(total, 'feed')} healthy`
}
