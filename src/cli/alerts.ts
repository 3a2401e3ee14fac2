import { alertSubject } from '../alerts/render.ts'
import { alertSchema } from '../alerts/alert.ts'
import { untilText } from '../report/people-time.ts'
import { listDeliveries, type StoredDelivery } from '../store/deliveries.ts'
import type { Io } from './io.ts'
import { withCommandSystem } from './open-system.ts'
import { renderTable } from './table.ts'

/** `openwatch alerts list`: the newest deliveries, what came of them and when the next try is. */
export async function listAlerts(io: Io, limit: number): Promise<number> {
  return withCommandSystem(io, async (system) => {
    const deliveries = await listDeliveries(system.db.pool, limit)
    const now = system.clock.now()
    const table = renderTable(
      [
        { title: 'when' },
        { title: 'channel' },
        { title: 'state' },
        { title: 'tries', align: 'right' },
        { title: 'alert', flexible: true },
        { title: 'what came back', flexible: true },
      ],
      deliveries.map((delivery) => [
        delivery.createdAt.toISOString().slice(0, 16).replace('T', ' '),
        delivery.channel,
        state(delivery, now),
        String(delivery.attempts),
        subject(delivery),
        delivery.lastError ?? '',
      ]),
      io.width(),
    )
    io.out(deliveries.length === 0 ? 'no alert has been sent yet\n' : `${table}\n`)
    return 0
  })
}

function state({ state: now, nextAttemptAt }: StoredDelivery, at: Date): string {
  if (now !== 'waiting' || nextAttemptAt === null || nextAttemptAt <= at) return now
  return `again ${untilText(nextAttemptAt, at)}`
}

function subject({ body, alertKind }: StoredDelivery): string {
  const alert = alertSchema.safeParse(body)
  return alert.success ? alertSubject(alert.data) : alertKind
}
