import { stripLength, type FeedLine } from '../../pipeline/list-feeds.ts'
import { count } from '../../report/people-time.ts'
import { clip } from '../../report/plain.ts'
import { feedName, nextPollText, shortAddress } from './feed-words.ts'
import { FeedBadge } from './feed-icons.tsx'
import { PollStrip } from './poll-strip.tsx'
import { Day } from './time-tag.tsx'

/** A feed in a list: how it is and why, its last polls, and what it brings. */
export function FeedRow({ line, now }: { readonly line: FeedLine; readonly now: Date }) {
  const { feed, trouble, polls } = line
  return (
    <li class={`feed feed-${feed.state}`}>
      <div class="feed-name">
        <h3>
          <a href={`/feeds/${feed.id}`}>{feedName(feed)}</a>
        </h3>
        {feed.title === null ? null : <p class="address">{shortAddress(feed.url)}</p>}
      </div>
      <p>
        <FeedBadge state={feed.state} />
      </p>
      <div class="feed-strip">
        <PollStrip polls={polls} places={stripLength} />
      </div>
      <div class="feed-told">
        {trouble === null ? null : <p class="trouble">{clip(trouble, 300)}</p>}
        <ul class="byline">
          {factsOf(line, now).map((fact) => (
            <li>{fact}</li>
          ))}
        </ul>
      </div>
    </li>
  )
}

function factsOf({ feed, brought }: FeedLine, now: Date) {
  const next = nextPollText(feed, now)
  const matched = brought.matches === 0 ? '' : `, ${brought.matches.toLocaleString('en-GB')} matched`
  return [
    ...(feed.topic === null ? [] : [feed.topic]),
    ...(brought.entries === 0
      ? ['nothing in 30 days']
      : [`${count(brought.entries, 'entry').replace('entrys', 'entries')} in 30 days${matched}`]),
    ...(feed.lastEntryAt === null
      ? []
      : [
          <>
            newest <Day at={feed.lastEntryAt} short />
          </>,
        ]),
    ...(next === null ? [] : [next]),
  ]
}
