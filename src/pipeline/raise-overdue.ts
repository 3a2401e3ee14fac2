import { randomUUID } from 'node:crypto'
import { alertSchema } from '../alerts/alert.ts'
import { routeAlert } from '../alerts/route.ts'
import { windowText } from '../report/date-window.ts'
import { overdueFrom, overdueOf } from '../report/overdue.ts'
import type { NewAlert } from '../store/alerts.ts'
import { itemsPastPromise, withdrawOverdue, type AttendedItem } from '../store/attention.ts'
import type { Transaction } from '../store/database.ts'
import { aboutItem, slippages, type RaiseItemOptions } from './raise-item-alert.ts'

/** When questions were looked after last, and what has changed since. */
export interface OverdueOptions extends RaiseItemOptions {
  readonly lastAt: Date | null
}

/** A change may be committed a while after the time that it bears. */
const commitMs = 10 * 60_000

/**
 * The alerts of promises that have passed and brought nothing: once for each window, a day after its last day (UTC). A
 * window that had passed before the item was added is no news to who added it.
 */
export async function overdueAlerts(tx: Transaction, options: OverdueOptions): Promise<NewAlert[]> {
  const { now, lastAt } = options
  await withdrawOverdue(tx)
  const isFirstOfDay = lastAt === null || dayOf(lastAt) !== dayOf(now)
  const changedSince = isFirstOfDay ? null : new Date(lastAt.getTime() - commitMs)
  const late = (await itemsPastPromise(tx, now, changedSince)).filter((item) => isToBeTold(item, now))
  const slipped = await slippages(tx, late)
  return late.map((item) => overdueAlert(item, slipped(item), options))
}

function isToBeTold(item: AttendedItem, now: Date): boolean {
  const from = overdueFrom(item)
  return overdueOf(item, now) !== null && from !== null && from <= now && from > item.createdAt
}

function overdueAlert(
  item: AttendedItem,
  slippage: readonly string[],
  { now, routing, reportUrl }: RaiseItemOptions,
): NewAlert {
  const promisedUntil = overdueOf(item, now)?.promisedUntil ?? ''
  const alert = alertSchema.parse({
    kind: 'overdue',
    id: randomUUID(),
    at: now,
    ...aboutItem(item, reportUrl),
    slippage,
    expected: windowText(item.expected),
    promisedUntil,
  })
  const key = `overdue:${item.id}:${promisedUntil}`
  return { body: alert, statusChangeId: null, channels: routeAlert(alert, routing), key }
}

function dayOf(time: Date): string {
  return time.toISOString().slice(0, 10)
}
