import { randomUUID } from 'node:crypto'
import type { Alert } from '../../src/alerts/alert.ts'
import type { ChannelConfig } from '../../src/config/schema/channel.ts'
import type { Database } from '../../src/store/database.ts'
import { queueAlerts } from '../../src/store/alerts.ts'

/** The alert that a question was answered, at a time. */
export function statusAlert(at: Date, changes: Partial<Extract<Alert, { kind: 'status-changed' }>> = {}) {
  return {
    id: randomUUID(),
    kind: 'status-changed' as const,
    from: 'open' as const,
    to: 'announced' as const,
    since: at,
    at,
    expected: null,
    item: { id: 'release-timing', question: 'When will it be released?', topic: 'test' },
    reportUrl: null,
    slippage: [],
    evidence: [],
    origins: 1,
    reason: 'a test',
    ...changes,
  }
}

/** Queues alerts for channels, as the judge does: in one transaction. */
export async function queueFor(
  db: Database,
  alerts: readonly Alert[],
  channels: readonly string[],
  now: Date,
): Promise<void> {
  const queued = alerts.map((body) => ({ body, statusChangeId: null, channels }))
  await db.transaction((tx) => queueAlerts(tx, queued, now))
}

/** A webhook in the configuration. */
export function webhook(
  id: string,
  url: string,
  manners: Partial<Extract<ChannelConfig, { type: 'webhook' }>> = {},
): ChannelConfig {
  return { id, type: 'webhook', group: false, url, headers: {}, timeout: 2000, secret: undefined, ...manners }
}
