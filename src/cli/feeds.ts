import { changeFeed, type FeedChange } from '../pipeline/change-feed.ts'
import { feedNamed } from '../pipeline/feed-desk.ts'
import { describeFeed } from '../pipeline/look-up.ts'
import { testFeed } from '../pipeline/test-feed.ts'
import type { Database } from '../store/database.ts'
import { maskUrl } from '../report/mask-url.ts'
import { oneLine } from '../report/plain.ts'
import { resumeHint, resumeText } from './resume-hint.ts'
import { heldHosts } from '../store/hosts.ts'
import { isReplaced, listFeeds, type StoredFeed } from '../store/feeds.ts'
import { deliveredFeeds } from '../store/subscriptions.ts'
import { CommandFailed, UsageError } from './fault.ts'
import { renderFeeds } from './feed-table.ts'
import type { Io } from './io.ts'
import { withCommandSystem, withReadingSystem } from './open-system.ts'
import { terminalPaint } from './paint.ts'
import { isMeant } from './terminal-asker.ts'

/** `openwatch feeds list`: every feed, how it is and when it is asked next. */
export async function listAllFeeds(io: Io): Promise<number> {
  return withReadingSystem(io, async (system) => {
    const feeds = (await listFeeds(system.db.pool)).filter((feed) => !isReplaced(feed))
    const now = system.clock.now()
    const pushed = await deliveredFeeds(system.db.pool, now)
    const held = await heldHosts(system.db.pool, now)
    const view = { now, width: io.width(), paint: terminalPaint(io.colour), pushed, held }
    io.out(
      feeds.length === 0 ? 'there are no feeds yet; openwatch feeds add <url>\n' : renderFeeds(feeds, view),
    )
    return 0
  })
}

/** `openwatch feeds pause|resume|remove <url or number>`. */
export async function changeFeedByName(
  io: Io,
  name: string,
  change: FeedChange,
  sure: { readonly yes?: boolean } = {},
): Promise<number> {
  return withCommandSystem(io, async (system) => {
    if (change === 'remove') {
      const feed = await feedByName(system.db, name)
      const asked = `Stop polling ${feedLabel(feed)}? Its entries are kept.`
      if (feed.origin !== 'config' && feed.state !== 'retired' && !(await isMeant(io, asked, sure))) {
        io.out('it stays as it is\n')
        return 1
      }
    }
    const outcome = await changeFeed(name, change, system)
    if (outcome.kind === 'unknown') throw noSuchFeed(name)
    const url = maskUrl(outcome.feed.url)
    if (outcome.kind === 'retired')
      throw new UsageError(`${url} is retired: it is not polled as it is${resumeHint(outcome.feed)}`)
    if (outcome.kind === 'configured')
      throw new UsageError(`${url} is managed by the configuration: remove it from ${outcome.file}`)
    io.out(`${url} ${changed(change, outcome.kind === 'already', outcome.feed.id)}\n`)
    return 0
  })
}

/** Its title with its address, as far as it may be shown. */
function feedLabel({ title, url }: StoredFeed): string {
  return title === null ? maskUrl(url) : `"${oneLine(title)}" (${maskUrl(url)})`
}

function changed(change: FeedChange, isOld: boolean, id: number): string {
  switch (change) {
    case 'pause':
      return `is paused; ${resumeText(id)}`
    case 'resume':
      return isOld ? 'is polled already' : 'is polled again, at once'
    case 'remove':
      return 'is not polled any more; its entries are kept'
  }
}

const mostShown = 5

/** `openwatch feeds test <url or number>`: asks for a feed as a poll would, and keeps nothing. */
export async function testFeedByName(io: Io, name: string): Promise<number> {
  return withCommandSystem(io, async (system) => {
    const tested = await testFeed(name, system)
    if (tested.kind === 'unknown') throw noSuchFeed(name)
    if (tested.kind !== 'feed') throw new CommandFailed(tested.reason)
    io.out(`${maskUrl(tested.feed.url)}\n${describeFeed(tested.seen)}\n`)
    for (const { title, text } of tested.seen.entries.slice(0, mostShown))
      io.out(`  ${oneLine(title === '' ? text : title).slice(0, io.width() - 2)}\n`)
    return 0
  })
}

/** A feed by its number in the list or its address. Throws UsageError when there is none. */
export async function feedByName(db: Database, name: string): Promise<StoredFeed> {
  const feed = await feedNamed({ db }, name)
  if (feed === null) throw noSuchFeed(name)
  return feed
}

function noSuchFeed(name: string): UsageError {
  return new UsageError(
    `there is no feed ${JSON.stringify(name)}; openwatch feeds list shows numbers and addresses`,
  )
}
