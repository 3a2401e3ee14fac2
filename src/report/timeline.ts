import type { DateWindow } from '../status/claim.ts'
import type { Certainty, Status } from '../status/status.ts'
import { windowEnd, windowWords } from './date-window.ts'
import type { ReportChange, ReportClaim } from './report-input.ts'
import type { ItemReport } from './status-report.ts'
import { isSettled } from './status-words.ts'

/** A status and the time for which a question had it. */
export interface TimelineBand {
  readonly status: Status
  readonly from: Date
  readonly to: Date
}

/** Something that somebody said. */
export interface TimelinePoint {
  readonly at: Date
  readonly outlet: string
  readonly quote: string
  /** The status that it tells of; null where it only gives a date. */
  readonly signal: Status | null
  readonly certainty: Certainty
  readonly decided: boolean
  /** The number of the change that it is evidence of; null where it is of none. */
  readonly change: number | null
}

/** What one outlet said. */
export interface TimelineLane {
  readonly outlet: string
  readonly points: readonly TimelinePoint[]
}

/** A date that was promised: when, and for when. */
export interface TimelinePromise {
  readonly at: Date
  readonly words: string
  /** Null where the window has no such end. */
  readonly from: Date | null
  readonly to: Date | null
}

/** The story of a question as a picture shows it. Times beyond its ends are cut by who draws it. */
export interface Timeline {
  readonly from: Date
  readonly to: Date
  /** Null where the picture ends before. */
  readonly now: Date | null
  readonly bands: readonly TimelineBand[]
  readonly lanes: readonly TimelineLane[]
  readonly promises: readonly TimelinePromise[]
}

const dayMs = 86_400_000
/** A picture has so many lanes; the outlets with the least to say share the last. */
const mostLanes = 7
/** So many points that decided nothing are drawn, the newest ones. */
const mostUndecided = 60
const mostPromises = 8
/** The shortest time that a picture shows. */
const leastMs = 14 * dayMs

/** What is known of a question's story. */
export interface Story {
  readonly item: Pick<ItemReport, 'status' | 'changes' | 'expected'>
  /** Where it stood when its watch began, and when that was. */
  readonly begun: { readonly status: Status; readonly at: Date }
  readonly claims: readonly ReportClaim[]
  readonly now: Date
}

/** The story of a question: its statuses in their time, what was said by whom, and how the promised date slipped. */
export function buildTimeline({ item, begun, claims, now }: Story): Timeline {
  const points = pointsOf(claims, item.changes)
  const promises = promisesOf(item.changes).slice(-mostPromises)
  const from = new Date(Math.min(begun.at.getTime(), now.getTime() - leastMs, ...points.map(timeOf)))
  const to = endOf(item, { from, now, promises })
  return {
    from,
    to,
    now: now <= to ? now : null,
    bands: bandsOf(item.changes, begun, to < now ? to : now),
    lanes: lanesOf(points),
    promises,
  }
}

/** A story that is over ends a while after its end; one that is not, after the window that is promised now. */
function endOf(
  { status, changes, expected }: Story['item'],
  {
    from,
    now,
    promises,
  }: { readonly from: Date; readonly now: Date; readonly promises: readonly TimelinePromise[] },
): Date {
  const settledAt = isSettled(status) ? changes.findLast(({ kind }) => kind !== 'date')?.at : undefined
  if (settledAt !== undefined) {
    const after = Math.max(leastMs, (settledAt.getTime() - from.getTime()) / 5)
    const shown = Math.max(settledAt.getTime(), ...promises.map(({ at }) => at.getTime()))
    return new Date(Math.min(now.getTime(), shown + after))
  }
  const length = now.getTime() - from.getTime()
  const ahead = Math.max(leastMs, length / 2)
  const promised = windowEnd(expected)?.getTime() ?? now.getTime()
  return new Date(
    Math.max(now.getTime() + length / 30, Math.min(promised + 7 * dayMs, now.getTime() + ahead)),
  )
}

function bandsOf(
  changes: readonly ReportChange[],
  begun: Story['begun'],
  end: Date,
): readonly TimelineBand[] {
  const bands: TimelineBand[] = []
  let standing = { status: begun.status, at: begun.at }
  const close = (to: Date) => {
    if (to > standing.at) bands.push({ status: standing.status, from: standing.at, to })
  }
  for (const change of changes) {
    if (change.to === standing.status) continue
    // a correction is told when it was made: until then the question had stood as it said
    const at = change.kind === 'correction' ? change.recordedAt : change.at
    close(at)
    standing = { status: change.to, at: at > standing.at ? at : standing.at }
  }
  close(end)
  return bands
}

function pointsOf(
  claims: readonly ReportClaim[],
  changes: readonly ReportChange[],
): readonly TimelinePoint[] {
  const name = ({ url, quote }: { readonly url: string; readonly quote: string }) => `${url} ${quote}`
  const carried = new Map(
    changes.flatMap(({ sequence, evidence }) => evidence.map((one) => [name(one), sequence] as const)),
  )
  const points = claims.map((claim): TimelinePoint => {
    const { at, outlet, quote, signal, certainty } = claim
    const change = carried.get(name(claim)) ?? null
    return { at, outlet, quote, signal, certainty, change, decided: claim.decided || change !== null }
  })
  const undecided = points.filter(({ decided }) => !decided).sort((a, b) => byTime(b, a))
  const old = new Set(undecided.slice(mostUndecided))
  return points.filter((point) => !old.has(point))
}

/** Outlets that decided something first, then those that said most; what is left shares a lane. */
function lanesOf(points: readonly TimelinePoint[]): readonly TimelineLane[] {
  const byOutlet = new Map<string, TimelinePoint[]>()
  for (const point of points) byOutlet.set(point.outlet, [...(byOutlet.get(point.outlet) ?? []), point])
  const lanes = Array.from(byOutlet, ([outlet, said]) => ({ outlet, points: said.sort(byTime) })).sort(
    (a, b) => weight(b) - weight(a) || a.outlet.localeCompare(b.outlet),
  )
  if (lanes.length <= mostLanes) return lanes
  const others = lanes.slice(mostLanes - 1)
  const shared = others.flatMap((lane) => lane.points).sort(byTime)
  return [...lanes.slice(0, mostLanes - 1), { outlet: `${others.length} others`, points: shared }]
}

function weight({ points }: TimelineLane): number {
  return points.filter(({ decided }) => decided).length * 1000 + points.length
}

function promisesOf(changes: readonly ReportChange[]): readonly TimelinePromise[] {
  const promises: TimelinePromise[] = []
  for (const { at, expectedTo, to } of changes) {
    if (expectedTo === null || isSettled(to)) continue
    const promise = promiseOf(at, expectedTo)
    const last = promises.at(-1)
    const isRepeated = last?.words === promise.words && last.to?.getTime() === promise.to?.getTime()
    if (!isRepeated) promises.push(promise)
  }
  return promises
}

function promiseOf(at: Date, window: DateWindow): TimelinePromise {
  return {
    at,
    words: windowWords(window),
    from: window.from === null ? null : new Date(`${window.from.slice(0, 10)}T00:00:00Z`),
    to: windowEnd(window),
  }
}

function timeOf({ at }: TimelinePoint): number {
  return at.getTime()
}

function byTime(a: TimelinePoint, b: TimelinePoint): number {
  return a.at.getTime() - b.at.getTime()
}
