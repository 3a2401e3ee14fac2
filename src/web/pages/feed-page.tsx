import type { ComponentChildren } from 'preact'
import { stripLength, type FeedInFull } from '../../pipeline/list-feeds.ts'
import type { TestFeedOutcome } from '../../pipeline/test-feed.ts'
import { hasSecret } from '../../report/mask-url.ts'
import { count } from '../../report/people-time.ts'
import { clip } from '../../report/plain.ts'
import { mayDo, type Viewer } from '../viewer.ts'
import { FeedEntries, PollLog } from './feed-history.tsx'
import { AskFirst } from './ask-first.tsx'
import { FeedBadge } from './feed-icons.tsx'
import { TestedFeed } from './feed-tested.tsx'
import { feedName, nextPollText, rhythmText, shortAddress } from './feed-words.ts'
import { Layout, renderDocument } from './layout.tsx'
import { PollStrip } from './poll-strip.tsx'
import { OutsideLink } from './quote.tsx'
import { Day, Moment } from './time-tag.tsx'

/** What was done with a feed just now. */
export const feedNotices = {
  added: ['good', 'The feed is added. It is polled at once.'],
  paused: ['good', 'The feed is paused: it is not polled until you resume it.'],
  resumed: ['good', 'The feed is polled again, at once.'],
  polled: ['good', 'The feed was polled just now. What came of it stands first in the log below.'],
  held: ['warning', 'It was not polled: its host asked to be left alone for now.'],
  busy: ['warning', 'It was not polled: its host is being asked for another feed. Try again in a moment.'],
  interrupted: ['warning', 'It was not polled: openwatch is stopping.'],
  configured: [
    'bad',
    'This feed stands in the configuration: take it out of openwatch.yaml there, or pause it here.',
  ],
  retired: ['bad', 'This feed is not polled as it is: there is nothing to pause.'],
} as const

/** One of them. */
export type FeedNotice = keyof typeof feedNotices

export interface FeedPageProps {
  readonly viewer: Viewer
  readonly now: Date
  readonly feed: FeedInFull
  readonly notice: FeedNotice | null
  /** What a look at it just now found. */
  readonly tested: Exclude<TestFeedOutcome, { kind: 'unknown' }> | null
}

/** One feed with its polls and entries, as a whole HTML document. */
export function renderFeedPage(props: FeedPageProps): string {
  return renderDocument(<FeedPage {...props} />)
}

function FeedPage({ viewer, now, feed: full, notice, tested }: FeedPageProps) {
  const { feed, trouble, polls, log, entries } = full
  const name = feedName(feed)
  return (
    <Layout title={`${name} · openwatch`} viewer={viewer} section="/feeds">
      <p class="crumb">
        <a href="/feeds">All feeds</a>
      </p>
      <h1>{name}</h1>
      {notice === null ? null : (
        <p class={`notice ${feedNotices[notice][0]}`} role="status">
          {feedNotices[notice][1]}
        </p>
      )}
      <div class={`feed-head feed-${feed.state}`}>
        <p>
          <FeedBadge state={feed.state} />
        </p>
        {trouble === null ? null : <p class="trouble">{clip(trouble, 500)}</p>}
        <PollStrip polls={polls} places={stripLength} />
      </div>
      {mayDo(viewer, 'write') ? <Actions feed={feed} /> : null}
      {tested === null ? null : <TestedFeed tested={tested} />}
      <Facts full={full} now={now} />
      <FeedEntries entries={entries} />
      <PollLog log={log} />
    </Layout>
  )
}

function Actions({ feed: { id, state, origin } }: Pick<FeedInFull, 'feed'>) {
  const isPolled = state !== 'paused' && state !== 'retired'
  return (
    <div class="feed-actions">
      <form class="buttons" method="post" action={`/feeds/${id}`}>
        <button type="submit" name="do" value="test">
          Test it
        </button>
        <button class="second" type="submit" name="do" value="poll">
          Poll now
        </button>
        <button class="second" type="submit" name="do" value={isPolled ? 'pause' : 'resume'}>
          {isPolled ? 'Pause' : 'Resume'}
        </button>
      </form>
      {origin === 'config' ? null : (
        <AskFirst
          label="Remove it…"
          consequence="The feed is not polled any more. Its entries and what they proved are kept."
        >
          <form method="post" action={`/feeds/${id}`}>
            <button class="danger" type="submit" name="do" value="remove">
              Remove the feed
            </button>
          </form>
        </AskFirst>
      )}
    </div>
  )
}

function Facts({ full: { feed, brought }, now }: { readonly full: FeedInFull; readonly now: Date }) {
  const address = shortAddress(feed.url)
  const next = nextPollText(feed, now)
  return (
    <section class="section" aria-labelledby="facts">
      <h2 id="facts">How it is polled</h2>
      <dl class="facts">
        <dt>Address</dt>
        <dd>{hasSecret(feed.url) ? address : <OutsideLink url={feed.url}>{address}</OutsideLink>}</dd>
        {feed.formerUrl === null ? null : <Fact name="Moved from">{shortAddress(feed.formerUrl)}</Fact>}
        {feed.movedTo === null ? null : <Fact name="Seems to move to">{shortAddress(feed.movedTo)}</Fact>}
        {feed.homeUrl === null ? null : (
          <Fact name="Page">
            <OutsideLink url={feed.homeUrl}>{shortAddress(feed.homeUrl)}</OutsideLink>
          </Fact>
        )}
        {feed.selector === null ? null : (
          <Fact name="Selector">
            <code>{clip(feed.selector, 200)}</code>
          </Fact>
        )}
        {feed.outlet === null ? null : <Fact name="Outlet">{clip(feed.outlet, 100)}</Fact>}
        {feed.topic === null ? null : <Fact name="Topic">{feed.topic}</Fact>}
        <Fact name="Added">
          <Day at={feed.createdAt} /> {feed.origin === 'config' ? 'by the configuration' : 'by hand'}
        </Fact>
        <Fact name="Rhythm">{rhythmText(feed)}</Fact>
        <Fact name="Last poll">
          {feed.lastPollAt === null ? 'none yet' : <Moment at={feed.lastPollAt} />}
        </Fact>
        {feed.lastOkAt === null || feed.lastOkAt.getTime() === feed.lastPollAt?.getTime() ? null : (
          <Fact name="Last good poll">
            <Moment at={feed.lastOkAt} />
          </Fact>
        )}
        {next === null ? null : <Fact name="Next">{next}</Fact>}
        <Fact name="Brought in 30 days">
          {count(brought.entries, 'entry').replace('entrys', 'entries')}, of which{' '}
          {brought.matches.toLocaleString('en-GB')} met a question
        </Fact>
      </dl>
    </section>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}
