import { isSettled } from '../report/status-words.ts'
import type { Alert } from './alert.ts'
import type { Message } from './message.ts'

/** How much a message may disturb, for services that ring by it. */
export type Urgency = 'low' | 'normal' | 'high'

/** That of its most urgent alert; a digest is waited for and never urgent. */
export function urgencyOf({ alerts, digest }: Message): Urgency {
  const all = new Set(alerts.map(urgencyOfAlert))
  if (all.has('high') && digest === null) return 'high'
  return all.has('normal') || all.has('high') ? 'normal' : 'low'
}

/** An answer, and whatever was told that does not hold, must not be slept through; that all is well may be. */
function urgencyOfAlert(alert: Alert): Urgency {
  switch (alert.kind) {
    case 'status-changed':
      return isSettled(alert.to) ? 'high' : 'normal'
    case 'corrected':
    case 'channel-failing':
      return 'high'
    case 'date-changed':
    case 'disputed':
    case 'overdue':
    case 'feed-blind':
    case 'test':
      return 'normal'
    case 'feed-restored':
    case 'all-quiet':
      return 'low'
  }
}
