import { isItemAlert, type Alert } from '../alert.ts'
import { noActions, type Actions } from '../alert-parts.ts'
import { characters } from '../limit.ts'
import { messageSubject } from '../message-subject.ts'
import { messageOf, type Message } from '../message.ts'
import { renderMessageMarkdown } from '../render-markdown.ts'
import { renderMessageText } from '../render.ts'

/**
 * What a webhook receives, as Standard Webhooks lays it out:
 *
 * - `type`: `alert.` and the kind of alert (`alert.status-changed`)
 * - `timestamp`: the time of the news, ISO 8601
 * - `data`: the alert as it is (`id`, `item`, `from`, `to`, `since`, `evidence[]` with `quote`, `outlet`, `url`,
 *   `claimedAt`, ... as its kind has them) and, for receivers that only pass it on, `subject`, `text` and `markdown`;
 *   `actions[]` with `label` and `url`, where openwatch can be reached from outside: one-time links for people
 *
 * Several at once (`group`, `digest` in the configuration) have the type `alerts` or `digest`, and their data is
 * `{ digest: { from, to } | null, alerts: [...], subject, text, markdown }`, where the words tell of all of them.
 *
 * Fields may be added; none is renamed or removed.
 */
export function webhookPayload({ alerts, digest }: Message, actions: Actions = noActions): string {
  const [first, ...rest] = alerts
  if (rest.length === 0 && digest === null)
    return JSON.stringify({
      type: `alert.${first.kind}`,
      timestamp: first.at.toISOString(),
      data: dataOf(first, actions),
    })
  const newest = new Date(Math.max(...alerts.map(({ at }) => at.getTime())))
  return JSON.stringify({
    type: digest === null ? 'alerts' : 'digest',
    timestamp: (digest?.to ?? newest).toISOString(),
    data: { digest, alerts: alerts.map((alert) => dataOf(alert, actions)), ...wordsOf({ alerts, digest }) },
  })
}

function dataOf(alert: Alert, actions: Actions): Record<string, unknown> {
  const links = isItemAlert(alert) ? actions(alert) : []
  return { ...alert, ...wordsOf(messageOf(alert)), ...(links.length > 0 && { actions: links }) }
}

/** For receivers that only pass it on. */
function wordsOf(message: Message): Record<string, string> {
  return {
    subject: messageSubject(message, characters(200)),
    text: renderMessageText(message, Infinity),
    markdown: renderMessageMarkdown(message),
  }
}
