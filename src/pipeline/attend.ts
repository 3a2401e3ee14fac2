import { queueAlerts, type NewAlert } from '../store/alerts.ts'
import { lastAttention, noteAttention, takeAttention, watchedSince } from '../store/attention.ts'
import type { Database } from '../store/database.ts'
import { overdueAlerts } from './raise-overdue.ts'
import type { RaiseItemOptions } from './raise-item-alert.ts'
import { sightAlerts } from './raise-sight.ts'

export interface AttendOptions extends RaiseItemOptions {
  readonly db: Database
}

/** An alert that no entry brought, for logs. */
export interface Raised {
  readonly itemId: string
  readonly kind: string
}

/**
 * Looks after what no entry brings: promises that have passed, questions that cannot be seen any more or can be seen
 * again. To be called every minute; of several processes one does it. Gives what there is to tell, queued already.
 */
export async function attend({ db, ...options }: AttendOptions): Promise<Raised[]> {
  const { now } = options
  return db.transaction(async (tx) => {
    if (!(await takeAttention(tx))) return []
    const last = await lastAttention(tx)
    const since = watchedSince(last, now)
    const alerts = [
      ...(await overdueAlerts(tx, { ...options, lastAt: last?.at ?? null })),
      ...(await sightAlerts(tx, { ...options, watchedSince: since })),
    ]
    const added = await queueAlerts(tx, alerts, now)
    await noteAttention(tx, { since, at: now })
    return alerts.flatMap((alert) => (added.has(alert.body.id) ? [raised(alert)] : []))
  })
}

function raised({ body }: NewAlert): Raised {
  return { itemId: body.item?.id ?? '', kind: body.kind }
}
