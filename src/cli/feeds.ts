import { fetcherOptions } from '../compose.ts'
import { createFetcher } from '../feeds/fetch.ts'
import { maskUrl } from '../report/mask-url.ts'
import { oneLine } from '../report/plain.ts'
import { pauseFeed, resumeFeed } from '../store/feed-state.ts'
import { findFeed, listFeeds, movedReason, retireFeed, type StoredFeed } from '../store/feeds.ts'
import { deliveredFeeds } from '../store/subscriptions.ts'
import { CommandFailed, UsageError } from './fault.ts'
import { renderFeeds } from './feed-table.ts'
import type { Io } from './io.ts'
import { describeFeed, see } from './look-up.ts'
import { withCommandSystem } from './open-system.ts'
import { terminalPaint } from './paint.ts'

/** `openwatch feeds list`: every feed, how it is and when it is asked next. */
export async function listAllFeeds(io: Io): Promise<number> {
  return withCommandSystem(io, async (system) => {
    const feeds = (await listFeeds(system.db.prisma)).filter((feed) => !isReplaced(feed))
    const now = system.clock.now()
    const pushed = await deliveredFeeds(system.db.pool, now)
    const view = { now, width: io.width(), paint: terminalPaint(io.colour), pushed }
    io.out(
      feeds.length === 0 ? 'there are no feeds yet; openwatch feeds add <url>\n' : renderFeeds(feeds, view),
    )
    return 0
  })
}

/** Taken out on purpose, or polled at another address as another feed. */
function isReplaced({ retiredReason }: StoredFeed): boolean {
  return retiredReason === 'removed' || retiredReason?.startsWith(movedReason) === true
}

/** `openwatch feeds remove <url or number>`: stops polling; entries and what they proved stay. */
export async function removeFeed(io: Io, name: string): Promise<number> {
  return withCommandSystem(io, async (system) => {
    const feed = await feedByName(system.db.prisma, name)
    if (feed.origin === 'config')
      throw new UsageError(
        `${maskUrl(feed.url)} is managed by the configuration: remove it from ${system.config().directory}/openwatch.yaml`,
      )
    await retireFeed(system.db.pool, feed.id, 'removed')
    io.out(`${maskUrl(feed.url)} is not polled any more; its entries are kept\n`)
    return 0
  })
}

/** `openwatch feeds pause|resume <url or number>`. */
export async function changeFeed(io: Io, name: string, change: 'pause' | 'resume'): Promise<number> {
  return withCommandSystem(io, async ({ db, clock }) => {
    const feed = await feedByName(db.prisma, name)
    const url = maskUrl(feed.url)
    if (change === 'pause') {
      if (feed.state === 'retired') throw new UsageError(`${url} is retired: it is not polled as it is`)
      await pauseFeed(db.pool, feed.id)
      io.out(`${url} is paused; openwatch feeds resume ${feed.id} has it polled again\n`)
    } else if (feed.state === 'active') io.out(`${url} is polled already\n`)
    else {
      await resumeFeed(db.pool, feed.id, clock.now())
      io.out(`${url} is polled again, at once\n`)
    }
    return 0
  })
}

const mostShown = 5

/** `openwatch feeds test <url or number>`: asks for a feed as a poll would, and keeps nothing. */
export async function testFeed(io: Io, name: string): Promise<number> {
  return withCommandSystem(io, async (system) => {
    const feed = await feedByName(system.db.prisma, name)
    const fetcher = createFetcher(fetcherOptions(system.config()))
    const seen = await see(feed, fetcher, system.clock.now()).finally(() => fetcher.close())
    if (seen.kind !== 'feed') throw new CommandFailed(seen.reason)
    io.out(`${maskUrl(feed.url)}\n${describeFeed(seen.feed)}\n`)
    for (const { title, text } of seen.feed.entries.slice(0, mostShown))
      io.out(`  ${oneLine(title === '' ? text : title).slice(0, io.width() - 2)}\n`)
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
