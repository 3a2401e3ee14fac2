import { count } from '../../report/people-time.ts'
import { feedsHeadline, whenText } from '../../report/render-feeds-text.ts'
import type { FailureGroup, FeedFailure, FeedsReport } from '../../report/status-report.ts'
import { mayDo, type Viewer } from '../viewer.ts'

export interface FeedsSectionProps {
  readonly feeds: FeedsReport
  readonly now: Date
  /** Null where pages have no rights: everything is shown, and there is no page of feeds. */
  readonly viewer: Viewer | null
}

/** Of more feeds than these no strip is drawn: nobody counts them. */
const mostTicks = 200

/**
 * Whether silence means anything: how many feeds can be read, and of the others why not and when they are tried next. Who
 * may see the report alone is told their hosts: addresses may hold what is nobody's business.
 */
export function FeedsSection({ feeds, now, viewer }: FeedsSectionProps) {
  const mayRead = viewer === null || mayDo(viewer, 'read')
  return (
    <section class="feeds" aria-labelledby="feeds_health" id="feeds_section">
      <h2 id="feeds_health">Feeds</h2>
      <p class="headline">
        {feedsHeadline(feeds, now)}
        {viewer !== null && mayRead ? (
          <>
            {' '}
            <a href="/feeds">Show the feeds</a>
          </>
        ) : null}
      </p>
      <Strip feeds={feeds} />
      {feeds.groups.length === 0 ? null : (
        <ul class="groups">
          {feeds.groups.map((group) => (
            <Group group={group} now={now} mayRead={mayRead} />
          ))}
        </ul>
      )}
    </section>
  )
}

/** One tick for each feed: healthy, waiting or paused, failing. */
function Strip({ feeds }: { readonly feeds: FeedsReport }) {
  if (feeds.total === 0 || feeds.total > mostTicks) return null
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

function Group({
  group,
  now,
  mayRead,
}: {
  readonly group: FailureGroup
  readonly now: Date
  readonly mayRead: boolean
}) {
  const [only] = group.feeds
  const isOne = only !== undefined && group.feeds.length === 1
  return (
    <li>
      <p class="who">{isOne ? nameOf(only, mayRead) : count(group.feeds.length, 'feed')}</p>
      <p>{mayRead ? group.reason : withoutAddresses(group.reason)}</p>
      <p class="when">{whenText(group, now)}</p>
      {isOne ? (
        mayRead ? (
          <p class="url">{only.url}</p>
        ) : null
      ) : (
        <details>
          <summary>which</summary>
          <ul>
            {group.feeds.slice(0, mostTicks).map((feed) => (
              <li>
                <span class="url">{mayRead ? feed.url : feed.host}</span>{' '}
                <span class="when">{whenText(feed, now)}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  )
}

function nameOf(feed: FeedFailure, mayRead: boolean): string {
  return mayRead ? feed.name : feed.host
}

/** A reason may quote where a feed has moved to. */
function withoutAddresses(reason: string): string {
  return reason.replaceAll(/\bhttps?:\/\/\S+/gi, 'another address')
}
