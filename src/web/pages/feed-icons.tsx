import type { ListedFeed } from '../../store/feed-list.ts'
import { feedStateNames } from '../../report/feed-standing.ts'

const shapes: Readonly<Record<ListedFeed['state'], string>> = {
  healthy: 'M2.8 8.6l3.4 3.4 7-7.6',
  failing: 'M8 2.2l6.2 11.3H1.8zM8 6.5v3.3M8 11.6v.1',
  stale: 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM8 5v3.2l2.2 1.6',
  new: 'M3.5 8h.1M8 8h.1M12.5 8h.1',
  paused: 'M5.5 3.5v9M10.5 3.5v9',
  retired: 'M3.8 3.8l8.4 8.4M12.2 3.8l-8.4 8.4',
}

/** A feed's state as a shape and a word, in its colour. */
export function FeedBadge({ state }: { readonly state: ListedFeed['state'] }) {
  return (
    <span class={`badge feed-${state}`}>
      <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
        <path d={shapes[state]} />
      </svg>
      {feedStateNames[state]}
    </span>
  )
}
