import { maskUrl } from '../report/mask-url.ts'
import { buildFeedsReport } from '../report/feeds-report.ts'
import { feedHealth } from '../report/feed-health.ts'
import type { Paint, Role } from '../report/paint.ts'
import { count, durationText, shortDayText, untilText } from '../report/people-time.ts'
import { oneLine } from '../report/plain.ts'
import type { FeedFailure } from '../report/status-report.ts'
import { wrapText } from '../report/wrap-text.ts'
import type { StoredFeed } from '../store/feeds.ts'
import { renderTable } from './table.ts'

type Health = 'healthy' | 'failing' | 'stale' | 'waiting' | 'paused' | 'retired'

const roles: Readonly<Record<Health, Role>> = {
  healthy: 'good',
  failing: 'cancelled',
  stale: 'warning',
  waiting: 'faint',
  paused: 'faint',
  retired: 'faint',
}

/** How the list is shown. */
export interface View {
  readonly now: Date
  /** Columns of the terminal. */
  readonly width: number
  readonly paint: Paint
  /** Numbers of the feeds that hubs deliver: polling is only their safety net. */
  readonly pushed: ReadonlySet<number>
  /** The hosts that asked to be left alone, and until when. */
  readonly held: ReadonlyMap<string, Date>
}

/** The feeds of a list: how many are how, one line each, and at the end what is wrong with those that bring nothing. */
export function renderFeeds(feeds: readonly StoredFeed[], view: View): string {
  const { now, width, paint, pushed } = view
  const healths = feeds.map((feed) => healthOf(feed, now))
  const table = renderTable(
    [
      { title: '#', align: 'right' },
      { title: 'health' },
      { title: 'newest' },
      { title: 'next poll' },
      { title: 'feed', flexible: true },
    ],
    feeds.map((feed, at) => [
      String(feed.id),
      healths[at] ?? '',
      feed.lastEntryAt === null ? '-' : shortDayText(feed.lastEntryAt),
      nextText(feed, view),
      shortAddress(feed.url),
    ]),
    width,
    (text, row, column) => {
      const health = healths[row]
      if (health === undefined) return paint(text, 'faint')
      return column === 1 ? paint(text, roles[health]) : text
    },
  )
  const wrong = feeds.flatMap((feed) => troubleLines(feed, view))
  return (
    [
      headline(healths, paint) + pushedText(feeds, pushed),
      table,
      ...(wrong.length === 0 ? [] : [wrong.join('\n')]),
      '',
    ]
      .join('\n\n')
      .trimEnd() + '\n'
  )
}

function healthOf(feed: StoredFeed, now: Date): Health {
  const { state } = feedHealth(feed, now)
  return state === 'new' ? 'waiting' : state
}

/** "in 3 min", "pushed, in 6 h", "held, in 30 min" where its host asked for that, or nothing where it is not polled. */
function nextText(feed: StoredFeed, { now, pushed, held }: View): string {
  if (feed.state !== 'active' || feed.nextPollAt === null) return '-'
  const until = held.get(feed.host)
  if (until !== undefined && until > feed.nextPollAt) return `held, ${untilText(until, now)}`
  const next = untilText(feed.nextPollAt, now)
  return pushed.has(feed.id) ? `pushed, ${next}` : next
}

function pushedText(feeds: readonly StoredFeed[], pushed: ReadonlySet<number>): string {
  const many = feeds.filter((feed) => feed.state === 'active' && pushed.has(feed.id)).length
  return many === 0 ? '' : `; ${many} pushed by hubs`
}

/** "30 feeds: 27 healthy, 2 failing, 1 paused". */
function headline(healths: readonly Health[], paint: Paint): string {
  const parts = (Object.keys(roles) as Health[]).flatMap((health) => {
    const many = healths.filter((one) => one === health).length
    return many === 0
      ? []
      : [paint(`${many} ${health === 'waiting' ? 'not polled yet' : health}`, roles[health])]
  })
  return `${count(healths.length, 'feed')}: ${parts.join(', ')}`
}

/** What is wrong with a feed, in words, over the whole width. */
function troubleLines(feed: StoredFeed, { now, width, paint }: View): string[] {
  if (feed.state === 'paused') return []
  const [failure] = buildFeedsReport([{ ...feed, ...feedHealth(feed, now) }]).failures
  if (failure === undefined) return []
  const name = feed.title === null ? shortAddress(feed.url) : oneLine(feed.title)
  const text = `${failure.state}${sinceText(failure, now)}: ${failure.reason}`
  return [
    `${paint('!', roles[failure.state])} #${feed.id} ${paint(name, 'strong')}`,
    ...wrapText(text, width, 4),
  ]
}

function sinceText({ state, since, failures }: FeedFailure, now: Date): string {
  if (state !== 'failing' || since === null) return ''
  const polls = failures === 1 ? '1 poll' : `${failures} polls in a row`
  return ` for ${durationText(now.getTime() - since.getTime())} (${polls})`
}

/** An address as people write it, secrets masked. */
export function shortAddress(url: string): string {
  return maskUrl(url).replace(/^https:\/\/(?:www\.)?/, '')
}
