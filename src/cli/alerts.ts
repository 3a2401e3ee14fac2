import type { System } from '../compose.ts'
import { shortId, stateText, subjectOf } from '../pipeline/delivery-words.ts'
import { listAlerts, type ListedAlert } from '../pipeline/list-alerts.ts'
import { count } from '../report/people-time.ts'
import {
  listDeliveries,
  type DeliveryFilter,
  type DeliveryState,
  type StoredDelivery,
} from '../store/deliveries.ts'
import { listItems } from '../store/watch-items.ts'
import { UsageError } from './fault.ts'
import type { Io } from './io.ts'
import { withReadingSystem } from './open-system.ts'
import { noSuchItem } from './status.ts'
import { renderTable } from './table.ts'

export interface AlertListOptions {
  readonly limit: number
  readonly state?: DeliveryState
  readonly channel?: string
  readonly item?: string
  readonly json?: boolean
}

/** A terminal so wide has room for what came back; `openwatch alerts explain` tells it, too. */
const wide = 140

/**
 * `openwatch alerts list`: the newest deliveries, what came of them and when the next try is. Throws UsageError where the
 * filter names a channel or an item that there is not.
 */
export async function listNewest(io: Io, { limit, json, ...filter }: AlertListOptions): Promise<number> {
  return withReadingSystem(io, async (system) => {
    const { alerts } = await listAlerts(filter, limit, system)
    const deliveries = alerts.map(({ delivery }) => delivery)
    if (alerts.length === 0) await refuseUnknown(filter, system)
    if (json === true) io.out(`${JSON.stringify(alerts.map(plain), null, 2)}\n`)
    else if (deliveries.length === 0) io.out(`${nothing(filter)}\n`)
    else {
      // what reads a pipe or a file has the whole
      const width = io.isTerminal === true ? io.width() : Infinity
      io.out(`${tableOf(deliveries, system.clock.now(), width)}\n`)
    }
    return 0
  })
}

/** Channels that are no longer configured are known by what went to them, removed items by their history. */
async function refuseUnknown({ channel, item }: DeliveryFilter, { db, deliveries }: System): Promise<void> {
  const names = deliveries.channels()
  if (channel !== undefined && !names.includes(channel)) {
    if ((await listDeliveries(db.pool, 1, { channel })).length === 0)
      throw new UsageError(`there is no channel "${channel}"; there is ${names.join(', ') || 'none'}`)
  }
  if (item !== undefined && (await listItems(db.pool, [item])).length === 0)
    throw new UsageError(await noSuchItem(db.pool, item))
}

/** The table of deliveries; all but the alert is as wide as it must be, the alert has the rest of `width`. */
export function tableOf(deliveries: readonly StoredDelivery[], now: Date, width: number): string {
  const dead = deliveries.filter(({ state }) => state === 'dead').length
  // where nothing went wrong, or there is little room, the alerts have it
  const withErrors = width >= wide && deliveries.some(({ lastError }) => lastError !== null)
  const table = renderTable(
    [
      { title: 'id' },
      { title: 'when (UTC)' },
      { title: 'channel' },
      { title: 'state' },
      { title: 'tries', align: 'right' },
      { title: 'alert', flexible: true },
      ...(withErrors ? [{ title: 'what came back', flexible: true }] : []),
    ],
    deliveries.map((delivery) => [
      delivery.id.slice(0, shortId),
      whenText(delivery.createdAt, now, width),
      delivery.channel,
      stateText(delivery, now),
      String(delivery.attempts),
      subjectOf(delivery),
      delivery.lastError ?? '',
    ]),
    width,
  )
  if (dead === 0) return table
  return `${table}\n\n${deadText(dead)}`
}

/** "2026-05-04 12:00"; where room is short, without the year that it is. */
function whenText(at: Date, now: Date, width: number): string {
  const text = at.toISOString().slice(0, 16).replace('T', ' ')
  return width < wide && at.getUTCFullYear() === now.getUTCFullYear() ? text.slice(5) : text
}

function deadText(dead: number): string {
  return [
    `${count(dead, 'dead letter')}. openwatch alerts explain <id> says why,`,
    `openwatch alerts retry <id> (or --all) tries again.`,
  ].join('\n')
}

function nothing({ state, channel, item }: DeliveryFilter): string {
  return state === undefined && channel === undefined && item === undefined
    ? 'no alert has been sent yet'
    : 'there is no such alert; openwatch alerts list shows all'
}

/** A delivery for programs; fields may be added, none is renamed. */
function plain({ delivery, subject, reason }: ListedAlert): Record<string, unknown> {
  const { body, alertId, alertKind, itemId, ...facts } = delivery
  return { ...facts, alert: { id: alertId, kind: alertKind, item: itemId }, subject, waitsFor: reason }
}
