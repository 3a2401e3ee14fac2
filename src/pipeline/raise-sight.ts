import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { alertSchema } from '../alerts/alert.ts'
import { routeAlert } from '../alerts/route.ts'
import { feedTroubles } from '../report/feeds-report.ts'
import type { ReportFeed } from '../report/report-input.ts'
import { createSights, followSight, type SightMemory, type Sights } from '../report/sight.ts'
import type { NewAlert } from '../store/alerts.ts'
import { attendedItems, withdrawByKey, type AttendedItem } from '../store/attention.ts'
import type { Transaction } from '../store/database.ts'
import { readReportFeeds } from '../store/report-feeds.ts'
import { forgetSights, hasPoorSight, readSights, saveSights, type SeeingItem } from '../store/sight.ts'
import { aboutItem, slippages, type RaiseItemOptions } from './raise-item-alert.ts'

export interface SightOptions extends RaiseItemOptions {
  /** From when on feeds were polled without a break. */
  readonly watchedSince: Date
}

/** Feeds that one alert names at most: it would grow with the feeds, and there is one for each question. */
const mostFeeds = 50

interface Turned {
  readonly seeing: SeeingItem
  readonly turn: 'blind' | 'restored'
  readonly memory: SightMemory
}

/** The alerts of questions that have become blind, or see again; what is remembered of their sight is kept. */
export async function sightAlerts(tx: Transaction, options: SightOptions): Promise<NewAlert[]> {
  const { now } = options
  await forgetSights(tx)
  if (!(await hasPoorSight(tx, now))) return []
  const sights = createSights(await readReportFeeds(tx, now))
  const memories = new Map<string, SightMemory>()
  const turned: Turned[] = []
  for (const seeing of await readSights(tx, now, null)) {
    const { memory, turn } = followSight(seeing, sights.of(seeing), options)
    const { blindSince, turnedAt } = seeing
    if (!isDeepStrictEqual(memory, { blindSince, turnedAt })) memories.set(seeing.id, memory)
    if (turn !== null) turned.push({ seeing, turn, memory })
  }
  await saveSights(tx, memories)
  return alertsOf(tx, turned, { ...options, sights })
}

interface AlertOptions extends SightOptions {
  readonly sights: Sights<ReportFeed>
}

async function alertsOf(
  tx: Transaction,
  turned: readonly Turned[],
  options: AlertOptions,
): Promise<NewAlert[]> {
  if (turned.length === 0) return []
  const ids = turned.map(({ seeing }) => seeing.id)
  const items = new Map((await attendedItems(tx, ids)).map((item) => [item.id, item]))
  const slipped = await slippages(tx, [...items.values()])
  const alerts: NewAlert[] = []
  for (const one of turned) {
    const item = items.get(one.seeing.id)
    if (item === undefined) continue
    const slippage = slipped(item)
    alerts.push(
      one.turn === 'blind'
        ? blindAlert(one, item, { ...options, slippage })
        : await restoredAlert(tx, one, item, { ...options, slippage }),
    )
  }
  return alerts
}

interface OneAlert extends AlertOptions {
  readonly slippage: readonly string[]
}

function blindAlert({ seeing, memory }: Turned, item: AttendedItem, options: OneAlert): NewAlert {
  const { now, sights, slippage, routing, reportUrl } = options
  const alert = alertSchema.parse({
    kind: 'feed-blind',
    id: randomUUID(),
    at: now,
    ...aboutItem(item, reportUrl),
    slippage,
    ...sights.of(seeing),
    feeds: feedTroubles(sights.feedsOf(seeing), mostFeeds),
  })
  const key = blindKey(item.id, memory.blindSince)
  return { body: alert, statusChangeId: null, channels: routeAlert(alert, routing), key }
}

/** Told to those who heard that it was blind; where that still waits to be sent, both are left out. */
async function restoredAlert(
  tx: Transaction,
  { seeing }: Turned,
  item: AttendedItem,
  { now, sights, slippage, reportUrl }: OneAlert,
): Promise<NewAlert> {
  const alert = alertSchema.parse({
    kind: 'feed-restored',
    id: randomUUID(),
    at: now,
    ...aboutItem(item, reportUrl),
    slippage,
    ...sights.of(seeing),
    blindSince: seeing.blindSince,
  })
  const channels = await withdrawByKey(tx, blindKey(item.id, seeing.blindSince))
  const key = `feed-restored:${item.id}:${seeing.blindSince?.toISOString()}`
  return { body: alert, statusChangeId: null, channels, key }
}

function blindKey(itemId: string, since: Date | null): string {
  return `feed-blind:${itemId}:${since?.toISOString()}`
}
