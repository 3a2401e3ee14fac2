import { feedSchema } from '../config/schema/feed.ts'
import { validate } from '../config/validate.ts'
import { untilText } from '../report/people-time.ts'
import { findFeed, listFeeds, putFeed, retireFeed, type StoredFeed } from '../store/feeds.ts'
import { UsageError, wordsProblem } from './fault.ts'
import type { Io } from './io.ts'
import { withCommandSystem } from './open-system.ts'
import { renderTable } from './table.ts'

/** `openwatch feeds list`: every feed, how it is and when it is asked next. */
export async function listAllFeeds(io: Io): Promise<number> {
  return withCommandSystem(io, async (system) => {
    const feeds = (await listFeeds(system.db.prisma)).filter((feed) => feed.retiredReason !== 'removed')
    const now = system.clock.now()
    const table = renderTable(
      [
        { title: '#', align: 'right' },
        { title: 'health' },
        { title: 'next' },
        { title: 'feed', flexible: true },
        { title: 'last trouble', flexible: true },
      ],
      feeds.map((feed) => [
        String(feed.id),
        health(feed),
        feed.nextPollAt === null ? '-' : untilText(feed.nextPollAt, now),
        shortAddress(feed.url),
        feed.retiredReason ?? trouble(feed.url, feed.lastError),
      ]),
      io.width(),
    )
    io.out(feeds.length === 0 ? 'there are no feeds yet; openwatch feeds add <url>\n' : `${table}\n`)
    return 0
  })
}

/** An address as people write it. */
export function shortAddress(url: string): string {
  return url.replace(/^https:\/\/(?:www\.)?/, '')
}

/** What is wrong with a feed, without its address, which stands beside it. */
export function trouble(url: string, reason: string | null): string {
  return (reason ?? '').replace(url, '').replace(/^:? /, '')
}

function health({ state, failures, lastPollAt }: StoredFeed): string {
  if (state !== 'active') return state
  if (lastPollAt === null) return 'not polled yet'
  return failures === 0 ? 'healthy' : `failing (${failures})`
}

export interface AddFeedOptions {
  readonly title?: string
  readonly outlet?: string
  readonly topic?: string
  readonly every?: string
}

/** `openwatch feeds add <url>`. Throws UsageError for what cannot be taken. */
export async function addFeed(io: Io, url: string, options: AddFeedOptions): Promise<number> {
  const source = { file: 'openwatch feeds add', data: null, place: () => ({ line: null, column: null }) }
  const feed = validate(feedSchema, { source, data: { url, ...options } })
  if (!feed.ok) throw wordsProblem('feeds add', feed.problems, 'url')
  return withCommandSystem(io, async ({ db, clock }) => {
    const known = await findFeed(db.prisma, feed.value.url)
    if (known !== null && known.retiredReason !== 'removed')
      throw new UsageError(`${feed.value.url} is polled already (#${known.id}, from ${known.origin})`)
    const { title, outlet, topic, every } = feed.value
    const id = await putFeed(
      db.pool,
      {
        url: feed.value.url,
        title: title ?? null,
        homeUrl: feed.value.page ?? null,
        outlet: outlet ?? null,
        topic: topic ?? null,
        everyMs: every ?? null,
      },
      { origin: 'user', now: clock.now() },
    )
    io.out(
      `feed #${id} added: ${feed.value.url}\n  the daemon polls it at once; openwatch poll ${id} does so by hand\n`,
    )
    return 0
  })
}

/** `openwatch feeds remove <url or number>`: stops polling; entries and what they proved stay. */
export async function removeFeed(io: Io, name: string): Promise<number> {
  return withCommandSystem(io, async (system) => {
    const feed = await feedByName(system.db.prisma, name)
    if (feed.origin === 'config')
      throw new UsageError(
        `${feed.url} is managed by the configuration: remove it from ${system.config().directory}/openwatch.yaml`,
      )
    await retireFeed(system.db.pool, feed.id, 'removed')
    io.out(`${feed.url} is not polled any more; its entries are kept\n`)
    return 0
  })
}

/** A feed by its number in the list or its address. Throws UsageError when there is none. */
export async function feedByName(db: Parameters<typeof listFeeds>[0], name: string): Promise<StoredFeed> {
  const feed = await findFeed(db, /^\d{1,9}$/.test(name) ? Number(name) : name)
  if (feed === null || feed.origin === 'archive' || feed.retiredReason === 'removed')
    throw new UsageError(`there is no feed "${name}"; openwatch feeds list shows numbers and addresses`)
  return feed
}
