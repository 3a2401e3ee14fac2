import { alertSchema } from '../alerts/alert.ts'
import { alertTitle } from '../alerts/message-subject.ts'
import { count, untilText } from '../report/people-time.ts'
import {
  listDeliveries,
  type DeliveryFilter,
  type DeliveryState,
  type StoredDelivery,
} from '../store/deliveries.ts'
import type { Io } from './io.ts'
import { withCommandSystem } from './open-system.ts'
import { renderTable } from './table.ts'

export interface AlertListOptions {
  readonly limit: number
  readonly state?: DeliveryState
  readonly channel?: string
  readonly item?: string
  readonly json?: boolean
}

/** How much of an id is shown: enough to name a delivery. */
export const shortId = 8

/** `openwatch alerts list`: the newest deliveries, what came of them and when the next try is. */
export async function listAlerts(io: Io, { limit, json, ...filter }: AlertListOptions): Promise<number> {
  return withCommandSystem(io, async (system) => {
    const deliveries = await listDeliveries(system.db.pool, limit, filter)
    if (json === true) io.out(`${JSON.stringify(deliveries.map(plain), null, 2)}\n`)
    else if (deliveries.length === 0) io.out(`${nothing(filter)}\n`)
    else io.out(`${tableOf(deliveries, system.clock.now(), io.width())}\n`)
    return 0
  })
}

function tableOf(deliveries: readonly StoredDelivery[], now: Date, width: number): string {
  const dead = deliveries.filter(({ state }) => state === 'dead').length
  // where nothing went wrong the alerts have the room
  const failed = deliveries.some(({ lastError }) => lastError !== null)
  const table = renderTable(
    [
      { title: 'id' },
      { title: 'when (UTC)' },
      { title: 'channel' },
      { title: 'state' },
      { title: 'tries', align: 'right' },
      { title: 'alert', flexible: true },
      ...(failed ? [{ title: 'what came back', flexible: true }] : []),
    ],
    deliveries.map((delivery) => [
      delivery.id.slice(0, shortId),
      delivery.createdAt.toISOString().slice(0, 16).replace('T', ' '),
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

/** What became of a delivery: "sent", "in 2 hours", "after the snooze". */
export function stateText({ state, nextAttemptAt }: StoredDelivery, at: Date): string {
  if (state !== 'waiting') return state
  if (nextAttemptAt === null) return 'snoozed'
  return nextAttemptAt <= at ? state : `goes ${untilText(nextAttemptAt, at)}`
}

/** What a delivery tells, in a line. */
export function subjectOf({ body, alertKind }: StoredDelivery): string {
  const alert = alertSchema.safeParse(body)
  return alert.success ? alertTitle(alert.data) : alertKind
}

/** A delivery for programs; fields may be added, none is renamed. */
function plain({ body, alertId, alertKind, itemId, ...delivery }: StoredDelivery): Record<string, unknown> {
  return {
    ...delivery,
    alert: { id: alertId, kind: alertKind, item: itemId },
    subject: subjectOf({ body, alertKind, alertId, itemId, ...delivery }),
  }
}
