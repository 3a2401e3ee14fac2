import { alertSchema, type Alert } from '../alerts/alert.ts'
import { windowText } from '../report/date-window.ts'
import type { DateWindow } from '../status/claim.ts'
import { thaw } from '../status/decide.ts'
import type { Standing } from '../status/standing.ts'
import { queueAlerts } from '../store/alerts.ts'
import type { Transaction } from '../store/database.ts'
import {
  changesOf,
  recordCorrection,
  type ChangingDecision,
  type RecordedChange,
} from '../store/judgements.ts'
import { saveStandings, type StoredItem } from '../store/watch-items.ts'
import { withdrawAlerts } from '../store/withdraw.ts'
import { alertOf } from './alert-of.ts'

/** A correction, and on which channels it is told. */
export interface ToldCorrection {
  readonly change: RecordedChange
  readonly channels: readonly string[]
}

export interface NewStanding {
  readonly standing: Standing
  /** Why the question stands otherwise, for people. */
  readonly why: string
  /** The changes that no longer stand by it. */
  readonly corrects: readonly string[]
}

/**
 * Saves where a question stands when no entry moved it. Where its status or its date is another one than before, that is
 * recorded as one correction, and told to exactly those who were told of what it corrects.
 */
export async function recordStanding(
  tx: Transaction,
  { item, standing: before }: Pick<StoredItem, 'item' | 'standing'>,
  { standing, why, corrects }: NewStanding,
  options: { readonly now: Date; readonly reportUrl: (itemId: string) => string | null },
): Promise<ToldCorrection | null> {
  const { now, reportUrl } = options
  await saveStandings(tx, new Map([[item.id, standing]]), now)
  if (before.status === standing.status && isSameDate(before.expected, standing.expected)) return null
  const change = await recordCorrection(tx, item.id, decisionOf(before, standing, why, now), now)
  const history = (await changesOf(tx, [item.id])).get(item.id) ?? []
  const alert = alertSchema.parse({
    ...alertOf(item, change, history, reportUrl(item.id)),
    since: new Date(standing.since),
  })
  const channels = await queueCorrection(tx, { alert, change, corrects }, now)
  return { change, channels }
}

/**
 * Queues a correction for exactly the channels that were told of what it corrects; where that still waits, neither is
 * sent. Returns the channels.
 */
export async function queueCorrection(
  tx: Transaction,
  correction: {
    readonly alert: Alert
    readonly change: RecordedChange
    readonly corrects: readonly string[]
  },
  now: Date,
): Promise<readonly string[]> {
  const { alert, change, corrects } = correction
  const { channels, isOnItsWay } = await withdrawAlerts(tx, corrects, alert.id)
  if (channels.length > 0 || isOnItsWay)
    await queueAlerts(tx, [{ body: alert, statusChangeId: change.id, channels }], now)
  return channels
}

function decisionOf(before: Standing, after: Standing, why: string, now: Date): ChangingDecision {
  const dated = before.status === after.status ? `; expected: ${windowText(after.expected)}` : ''
  return {
    kind: 'status-changed',
    corrected: true,
    from: before.status,
    to: after.status,
    at: now,
    certainty: after.evidence[0]?.certainty ?? before.evidence[0]?.certainty ?? 'reported',
    expected: after.expected,
    evidence: after.evidence.map(thaw),
    reason: `${why}${dated}`,
  }
}

/** Whether two windows promise the same days, in whatever words. */
function isSameDate(a: DateWindow | null, b: DateWindow | null): boolean {
  if (a === null || b === null) return a === b
  return a.from === b.from && a.to === b.to && a.granularity === b.granularity
}
