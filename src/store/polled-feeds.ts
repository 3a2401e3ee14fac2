import type { Queryable } from './database.ts'
import type { StoredFeed } from './feeds.ts'

/** What a poll leaves on its feed. */
export type PolledFeed = Pick<
  StoredFeed,
  | 'id'
  | 'title'
  | 'homeUrl'
  | 'state'
  | 'retiredReason'
  | 'etag'
  | 'lastModified'
  | 'bodyHash'
  | 'lastPollAt'
  | 'lastOkAt'
  | 'lastEntryAt'
  | 'nextPollAt'
  | 'failures'
  | 'failingSince'
  | 'lastError'
  | 'movedTo'
  | 'movedSince'
  | 'movedPolls'
  | 'staleAfter'
  | 'emptySince'
  | 'newestAt'
  | 'usualGapMs'
  | 'listedAt'
  | 'ttlMinutes'
  | 'updateMinutes'
>

const saved = [
  ['title', 'title', 'text'],
  ['homeUrl', 'home_url', 'text'],
  ['state', 'state', 'text'],
  ['retiredReason', 'retired_reason', 'text'],
  ['etag', 'etag', 'text'],
  ['lastModified', 'last_modified', 'text'],
  ['bodyHash', 'body_hash', 'bytea'],
  ['lastPollAt', 'last_poll_at', 'timestamptz'],
  ['lastOkAt', 'last_ok_at', 'timestamptz'],
  ['lastEntryAt', 'last_entry_at', 'timestamptz'],
  ['nextPollAt', 'next_poll_at', 'timestamptz'],
  ['failures', 'failures', 'int'],
  ['failingSince', 'failing_since', 'timestamptz'],
  ['lastError', 'last_error', 'text'],
  ['movedTo', 'moved_to', 'text'],
  ['movedSince', 'moved_since', 'timestamptz'],
  ['movedPolls', 'moved_polls', 'int'],
  ['staleAfter', 'stale_after', 'timestamptz'],
  ['emptySince', 'empty_since', 'timestamptz'],
  ['newestAt', 'newest_at', 'timestamptz'],
  ['usualGapMs', 'usual_gap_ms', 'float8'],
  ['listedAt', 'listed_at', 'timestamptz'],
  ['ttlMinutes', 'ttl_minutes', 'float8'],
  ['updateMinutes', 'update_minutes', 'float8'],
] as const satisfies readonly (readonly [keyof PolledFeed, string, string])[]

const names = saved.map(([, column]) => column)
const save = `update feed set ${names.map((name) => `${name} = polled.${name}`).join(', ')}
  from unnest($1::int[], ${saved.map(([, , type], n) => `$${n + 2}::${type}[]`).join(', ')})
    as polled(id, ${names.join(', ')})
  where feed.id = polled.id`

/** Saves what polls found out about their feeds: validators, health, when next. */
export async function savePolledFeeds(tx: Queryable, feeds: readonly PolledFeed[]): Promise<void> {
  await tx.query({
    name: 'save-polled-feeds',
    text: save,
    values: [feeds.map(({ id }) => id), ...saved.map(([key]) => feeds.map((feed) => feed[key]))],
  })
}
