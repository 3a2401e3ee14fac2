import type { SuggestedFeed } from '../../pipeline/suggest-feeds.ts'
import { clip } from '../../report/plain.ts'

/** Feeds that tell of it, and such as might: those that are not polled can be ticked. */
export function FeedChoices({
  feeds,
  chosen,
}: {
  readonly feeds: readonly SuggestedFeed[]
  readonly chosen: readonly string[] | null
}) {
  if (feeds.length === 0) return null
  return (
    <fieldset class="feed-choices">
      <legend>Feeds for it</legend>
      {feeds.map((feed, at) =>
        feed.isPolled ? (
          <p class="polled">
            <strong>{clip(feed.name, 80)}</strong> <span class="soft">is polled already; {feed.reason}</span>
          </p>
        ) : (
          <label for={`feed-${at}`}>
            <input
              id={`feed-${at}`}
              type="checkbox"
              name="feed"
              value={feed.what}
              checked={chosen === null ? feed.isAdvised : chosen.includes(feed.what)}
            />
            <span>
              {clip(feed.name, 80)} <span class="soft">{feed.reason}</span>
            </span>
          </label>
        ),
      )}
    </fieldset>
  )
}
