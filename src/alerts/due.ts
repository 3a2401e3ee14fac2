import type { Status } from '../status/status.ts'
import { statusAfter } from './alert-words.ts'
import { isItemAlert, type Alert } from './alert.ts'
import { lastDigest, nextDigest, type DigestTimes } from './digest.ts'
import { quietUntil, type QuietHours } from './quiet-hours.ts'

/** What a channel was asked to do with alerts: the part of its configuration that says when they go. */
export interface ChannelTimes {
  readonly quiet?: (QuietHours & { readonly except: readonly Status[] }) | undefined
  readonly digest?: (DigestTimes & { readonly except: readonly Status[] }) | undefined
}

/** How long a person wants to hear nothing of a watch item. */
export interface Snooze {
  readonly until: Date | null
  /** Until its next status change. */
  readonly toChange: boolean
}

/** Whether an alert may go now; `until: null`: not before something happens that ends its wait. */
export type Due =
  | { readonly kind: 'go'; readonly digest: Date | null }
  | { readonly kind: 'hold'; readonly until: Date | null }

/** Where an alert stands in time. `since`: from when on it might have gone, but for a digest. */
export interface Waiting {
  readonly alert: Alert
  readonly since: Date
  readonly snooze: Snooze
}

/**
 * Decides when an alert goes: after its question's snooze, then with the digest, then after the quiet hours. A digest
 * whose time has come is settled in quiet hours, too, and held as a whole (see `quietFor`).
 */
export function dueAt({ alert, since, snooze }: Waiting, times: ChannelTimes, now: Date): Due {
  const snoozed = snoozeHolds(alert, snooze, now)
  if (snoozed !== null) return snoozed
  if (times.digest !== undefined && isForDigest(alert, times.digest.except)) {
    const due = nextDigest(times.digest, since)
    return due > now ? { kind: 'hold', until: due } : { kind: 'go', digest: lastDigest(times.digest, now) }
  }
  const until = quietFor([alert], times, now)
  return until === null ? { kind: 'go', digest: null } : { kind: 'hold', until }
}

/** Until when a message waits for the end of quiet hours; null when it may go. One urgent alert in it takes all along. */
export function quietFor(alerts: readonly Alert[], { quiet }: ChannelTimes, now: Date): Date | null {
  if (quiet === undefined || alerts.some((alert) => isUrgent(alert, quiet.except))) return null
  return quietUntil(quiet, now)
}

function snoozeHolds(alert: Alert, { until, toChange }: Snooze, now: Date): Due | null {
  if (!isItemAlert(alert)) return null
  if (until !== null && until > now) return { kind: 'hold', until }
  return toChange && !endsSnooze(alert.kind) ? { kind: 'hold', until: null } : null
}

/** Whether an alert is the status change that a snoozed question waits for. */
export function endsSnooze(kind: Alert['kind']): boolean {
  return kind === 'status-changed' || kind === 'corrected'
}

/** What is about openwatch itself is of no use in a digest. */
function isForDigest(alert: Alert, except: readonly Status[]): boolean {
  return isItemAlert(alert) && !isExcepted(alert, except)
}

/** A test was asked for by somebody who is awake. */
function isUrgent(alert: Alert, except: readonly Status[]): boolean {
  return alert.kind === 'test' || isExcepted(alert, except)
}

function isExcepted(alert: Alert, except: readonly Status[]): boolean {
  const status = statusAfter(alert)
  return status !== null && except.includes(status)
}
