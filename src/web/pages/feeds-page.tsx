import type { AddedFeed, LeftFeed } from '../../pipeline/add-feed.ts'
import type { ImportFeedsOutcome } from '../../pipeline/exchange-feeds.ts'
import type { FeedPage } from '../../pipeline/list-feeds.ts'
import { feedStateNames, feedStates, type FeedChoice } from '../../report/feed-standing.ts'
import { maskUrl } from '../../report/mask-url.ts'
import { count } from '../../report/people-time.ts'
import { clip } from '../../report/plain.ts'
import { withQuery } from '../fields.ts'
import { mayDo, type Viewer } from '../viewer.ts'
import { AddFeedForm, ChooseFeeds, type FailedAdd } from './add-feed-form.tsx'
import { FeedRow } from './feed-row.tsx'
import { FeedLists } from './feed-lists.tsx'
import { Layout, renderDocument } from './layout.tsx'
import { Moment } from './time-tag.tsx'

/** What was done just now, told above the list. */
export type FeedsNotice =
  | { readonly kind: 'removed' }
  | { readonly kind: 'added'; readonly added: readonly AddedFeed[]; readonly left: readonly LeftFeed[] }
  | { readonly kind: 'import'; readonly outcome: ImportFeedsOutcome }
  /** A file that is too large, or none at all. */
  | { readonly kind: 'no-file'; readonly reason: string }

export interface FeedsPageProps {
  readonly viewer: Viewer
  readonly now: Date
  readonly feeds: FeedPage
  readonly choice: FeedChoice
  /** From 1. */
  readonly page: number
  readonly perPage: number
  readonly notice: FeedsNotice | null
  readonly failed: FailedAdd | null
}

/** All feeds and how they are, as a whole HTML document. */
export function renderFeedsPage(props: FeedsPageProps): string {
  return renderDocument(<FeedsPage {...props} />)
}

function FeedsPage(props: FeedsPageProps) {
  const { viewer, now, feeds, choice, notice, failed } = props
  const mayWrite = mayDo(viewer, 'write')
  const isFirst = feeds.total === 0
  return (
    <Layout
      title="Feeds · openwatch"
      viewer={viewer}
      section="/feeds"
      aside={
        <>
          as of <Moment at={now} />
        </>
      }
    >
      <h1>{headline(feeds)}</h1>
      {notice === null ? null : <Notice notice={notice} />}
      {failed?.outcome.kind === 'choose' ? (
        <ChooseFeeds choice={failed.outcome} typed={failed.typed} />
      ) : null}
      {isFirst ? (
        <p class="lede">Without a feed openwatch sees nothing. Paste the address of any news page below.</p>
      ) : (
        <List {...props} choice={choice} />
      )}
      {mayWrite ? (
        <section class="section" aria-labelledby="add">
          <h2 id="add">Add a feed</h2>
          <AddFeedForm failed={failed} />
        </section>
      ) : null}
      <FeedLists mayWrite={mayWrite} isEmpty={isFirst} />
    </Layout>
  )
}

function headline({ total, counts }: FeedPage): string {
  if (total === 0) return 'No feeds yet'
  const bad = (['failing', 'stale'] as const).flatMap((state) =>
    counts[state] === 0 ? [] : [`${counts[state].toLocaleString('en-GB')} ${state}`],
  )
  return bad.length > 0
    ? `${count(total, 'feed')}: ${bad.join(', ')}`
    : `${count(total, 'feed')}, none failing`
}

function List({ feeds, choice, page, perPage, now }: FeedsPageProps) {
  const { lines, found } = feeds
  const pages = Math.max(1, Math.ceil(found / perPage))
  const to = (number: number) => withQuery('/feeds', { ...fields(choice), page: number === 1 ? '' : number })
  return (
    <section aria-labelledby="list">
      <h2 id="list" class="visually-hidden">
        All feeds
      </h2>
      <a class="button second to-add" href="#add">
        Add a feed
      </a>
      <States feeds={feeds} choice={choice} />
      <Filters feeds={feeds} choice={choice} />
      {lines.length === 0 ? (
        <p class="nothing">
          No feed is like that. <a href="/feeds">Show all {feeds.total.toLocaleString('en-GB')}</a>
        </p>
      ) : (
        <ul class="feed-list">
          {lines.map((line) => (
            <FeedRow line={line} now={now} />
          ))}
        </ul>
      )}
      {pages === 1 ? null : (
        <nav class="pager" aria-label="Pages of feeds">
          {page > 1 ? (
            <a class="button second" href={to(page - 1)}>
              Previous
            </a>
          ) : (
            <span />
          )}
          <p class="soft">
            page {page.toLocaleString('en-GB')} of {pages.toLocaleString('en-GB')}
          </p>
          {page < pages ? (
            <a class="button second" href={to(page + 1)}>
              Next
            </a>
          ) : (
            <span />
          )}
        </nav>
      )}
    </section>
  )
}

function fields({ state, topic, text }: FeedChoice): Record<string, string> {
  return { state: state ?? '', topic: topic ?? '', q: text ?? '' }
}

function States({
  feeds: { counts, total },
  choice,
}: {
  readonly feeds: FeedPage
  readonly choice: FeedChoice
}) {
  const shown = feedStates.filter((state) => counts[state] > 0 || state === choice.state)
  return (
    <nav class="tabs" aria-label="Feeds by how they are">
      <a
        href={withQuery('/feeds', { ...fields(choice), state: '' })}
        aria-current={choice.state === undefined ? 'page' : undefined}
      >
        all <span class="numbers">{total.toLocaleString('en-GB')}</span>
      </a>
      {shown.map((state) => (
        <a
          href={withQuery('/feeds', { ...fields(choice), state })}
          aria-current={choice.state === state ? 'page' : undefined}
        >
          {feedStateNames[state]} <span class="numbers">{counts[state].toLocaleString('en-GB')}</span>
        </a>
      ))}
    </nav>
  )
}

function Filters({
  feeds: { topics, total },
  choice,
}: {
  readonly feeds: FeedPage
  readonly choice: FeedChoice
}) {
  if (total < 6 && choice.text === undefined && choice.topic === undefined) return null
  return (
    <form class="filters" method="get" action="/feeds" role="search">
      {choice.state === undefined ? null : <input type="hidden" name="state" value={choice.state} />}
      <div class="field wide">
        <label for="q">Name, address or outlet</label>
        <input id="q" name="q" type="search" value={choice.text ?? ''} />
      </div>
      {topics.length === 0 ? null : (
        <div class="field">
          <label for="by-topic">Topic</label>
          <select id="by-topic" name="topic">
            <option value="">all topics</option>
            {topics.map((topic) => (
              <option value={topic} selected={topic === choice.topic}>
                {topic}
              </option>
            ))}
          </select>
        </div>
      )}
      <button class="second" type="submit">
        Filter
      </button>
    </form>
  )
}

function Notice({ notice }: { readonly notice: FeedsNotice }) {
  switch (notice.kind) {
    case 'removed':
      return (
        <p class="notice good" role="status">
          The feed is not polled any more. Its entries, and what they proved, are kept.
        </p>
      )
    case 'no-file':
      return (
        <p class="notice bad" role="alert">
          {notice.reason}
        </p>
      )
    case 'added':
      return <AddedNotice {...notice} />
    case 'import':
      return <ImportNotice outcome={notice.outcome} />
  }
}

function AddedNotice({ added, left }: Extract<FeedsNotice, { kind: 'added' }>) {
  const tone = added.length === 0 ? 'bad' : left.length === 0 ? 'good' : 'warning'
  return (
    <div class={`notice ${tone}`} role="status">
      <p>
        {added.length === 0 ? 'No feed was added.' : `${count(added.length, 'feed')} added, polled at once.`}
      </p>
      <ul>
        {added.map(({ id, url, feed }) => (
          <li>
            <a href={`/feeds/${id}`}>{clip(feed?.title ?? maskUrl(url), 120)}</a>
          </li>
        ))}
        {left.map((one) => (
          <li>
            {one.kind === 'known' ? (
              <>
                <a href={`/feeds/${one.feed.id}`}>{clip(maskUrl(one.url), 160)}</a> {one.reason}
              </>
            ) : (
              `Not added: ${clip(one.reason, 300)}`
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Problems of a list that are told one by one. */
const mostProblems = 50

function ImportNotice({ outcome }: { readonly outcome: ImportFeedsOutcome }) {
  const { problems } = outcome
  const said =
    outcome.kind === 'nothing'
      ? 'Nothing could be imported.'
      : [
          `${count(outcome.added.length, 'feed')} imported`,
          ...(outcome.known === 0 ? [] : [`${outcome.known.toLocaleString('en-GB')} polled already`]),
        ].join(', ') + '.'
  const tone = outcome.kind === 'nothing' ? 'bad' : problems.length === 0 ? 'good' : 'warning'
  return (
    <div class={`notice ${tone}`} role="status">
      <p>{said}</p>
      {problems.length === 0 ? null : (
        <>
          <p>{count(problems.length, 'line')} could not be used:</p>
          <ul>
            {problems.slice(0, mostProblems).map(({ line, reason }) => (
              <li>
                line {line}: {clip(reason, 300)}
              </li>
            ))}
            {problems.length > mostProblems ? <li>and {problems.length - mostProblems} more</li> : null}
          </ul>
        </>
      )}
    </div>
  )
}
