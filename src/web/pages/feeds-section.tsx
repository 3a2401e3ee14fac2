import { count } from '../../report/people-time.ts'
import { feedsHeadline, whenText } from '../../report/render-feeds-text.ts'
import type { FailureGroup, FeedFailure, FeedsReport } from '../../report/status-report.ts'

/** Whether silence means anything: how many feeds can be read, and of the others why not and when they are tried next. */
export function FeedsSection({ feeds, now }: { readonly feeds: FeedsReport; readonly now: Date }) {
  return (
    <section class="feeds" aria-labelledby="feeds">
      <h2 id="feeds">Feeds</h2>
      <p class="headline">{feedsHeadline(feeds, now)}</p>
      <Strip feeds={feeds} />
      {feeds.groups.length === 0 ? null : (
        <ul class="groups">
          {feeds.groups.map((group) => (
            <Group group={group} now={now} />
          ))}
        </ul>
      )}
    </section>
  )
}

/** One tick for each feed: healthy, waiting or paused, failing. */
function Strip({ feeds }: { readonly feeds: FeedsReport }) {
  if (feeds.total === 0 || feeds.total > 200) return null
  const ticks = [
    ...Array<string>(feeds.healthy).fill('healthy'),
    ...Array<string>(feeds.waiting + feeds.paused).fill('waiting'),
    ...Array<string>(feeds.failing).fill('failing'),
  ]
  return (
    <p class="strip" aria-hidden="true">
      {ticks.map((kind) => (
        <i class={kind} />
      ))}
    </p>
  )
}

function Group({ group, now }: { readonly group: FailureGroup; readonly now: Date }) {
  const [only] = group.feeds
  if (only !== undefined && group.feeds.length === 1) {
    return (
      <li>
        <p class="who">{only.name}</p>
        <p>{group.reason}</p>
        <p class="when">{whenText(group, now)}</p>
        <p class="url">{only.url}</p>
      </li>
    )
  }
  return (
    <li>
      <p class="who">{count(group.feeds.length, 'feed')}</p>
      <p>{group.reason}</p>
      <p class="when">{whenText(group, now)}</p>
      <details>
        <summary>which</summary>
        <ul>
          {group.feeds.map((feed) => (
            <OneOfMany feed={feed} now={now} />
          ))}
        </ul>
      </details>
    </li>
  )
}

function OneOfMany({ feed, now }: { readonly feed: FeedFailure; readonly now: Date }) {
  return (
    <li>
      <span class="url">{feed.url}</span> <span class="when">{whenText(feed, now)}</span>
    </li>
  )
}
