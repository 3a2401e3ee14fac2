import type { Alert } from '../alert.ts'
import { renderAlertMarkdown, renderAlertText } from '../render.ts'

/**
 * What a webhook receives, as Standard Webhooks lays it out:
 *
 * - `type`: `alert.` and the kind of alert (`alert.status-changed`)
 * - `timestamp`: the time of the news, ISO 8601
 * - `data`: the alert as it is (`id`, `item`, `from`, `to`, `since`, `evidence[]` with `quote`, `outlet`, `url`,
 *   `claimedAt`, ... as its kind has them) and, for receivers that only pass it on, `text` and `markdown`
 *
 * Fields may be added; none is renamed or removed.
 */
export function webhookPayload(alert: Alert): string {
  return JSON.stringify({
    type: `alert.${alert.kind}`,
    timestamp: alert.at.toISOString(),
    data: { ...alert, text: renderAlertText(alert, Infinity), markdown: renderAlertMarkdown(alert) },
  })
}
