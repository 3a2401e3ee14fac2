import type { AlertKind } from '../../config/schema/alert-kinds.ts'
import type { DeliveryState } from '../../store/deliveries.ts'

/** What became of a delivery, as the page calls it. */
export const deliveryNames: Readonly<Record<DeliveryState, string>> = {
  waiting: 'waiting',
  sent: 'sent',
  dead: 'given up',
  withdrawn: 'withdrawn',
}

const shapes: Readonly<Record<DeliveryState, string>> = {
  waiting: 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM8 5v3.2l2.2 1.6',
  sent: 'M2.8 8.6l3.4 3.4 7-7.6',
  dead: 'M8 2.2l6.2 11.3H1.8zM8 6.5v3.3M8 11.6v.1',
  withdrawn: 'M6 4L2.8 7.2 6 10.4M3 7.2h6.5a3.2 3.2 0 0 1 0 6.3H8',
}

/** What became of a delivery, as a shape and a word, in its colour. */
export function DeliveryBadge({ state }: { readonly state: DeliveryState }) {
  return (
    <span class={`badge delivery-${state}`}>
      <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
        <path d={shapes[state]} />
      </svg>
      {deliveryNames[state]}
    </span>
  )
}

/** The kinds of alert in words. */
export const kindNames: Readonly<Record<AlertKind, string>> = {
  'status-changed': 'status changed',
  'date-changed': 'date changed',
  corrected: 'corrected',
  disputed: 'disputed',
  overdue: 'overdue',
  'feed-blind': 'question blind',
  'feed-restored': 'question sees again',
  'channel-failing': 'channel failing',
  'all-quiet': 'all quiet',
  test: 'test',
}
