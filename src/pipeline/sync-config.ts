import { isDeepStrictEqual } from 'node:util'
import type { Config, ConfiguredWatchItem } from '../config/config.ts'
import type { FeedConfig } from '../config/schema/feed.ts'
import type { WatchItem } from '../matching/watch-item.ts'
import { initialStanding } from '../status/standing.ts'
import type { Database, Transaction } from '../store/database.ts'
import { isDeadlock } from '../store/database-away.ts'
import { listFeeds, putFeed, retireFeed, type StoredFeed } from '../store/feeds.ts'
import { setSelector } from '../store/feed-selector.ts'
import { insertItem, listItems, setItemState, updateItem } from '../store/watch-items.ts'

/** What the configuration changed in the database: ids of items, addresses of feeds. */
export interface SyncedConfig {
  readonly added: readonly string[]
  readonly updated: readonly string[]
  readonly retired: readonly string[]
  readonly feedsAdded: readonly string[]
  readonly feedsRemoved: readonly string[]
}

/** Any two processes agree on this number: one brings the configuration in, the others wait. */
const syncLock = 7_300_811_244

/**
 * Makes the database hold the configuration's items and feeds: new ones are added, changed ones rewritten, those that
 * are gone retired with their history kept. What people added by hand is left alone, unless the configuration names it.
 */
export async function syncConfig(db: Database, config: Config, now: Date): Promise<SyncedConfig> {
  for (let tries = 1; ; tries++)
    try {
      return await syncOnce(db, config, now)
    } catch (error) {
      // polls write the same feeds in another order
      if (tries === mostTries || !isDeadlock(error)) throw error
    }
}

const mostTries = 5

function syncOnce(db: Database, config: Config, now: Date): Promise<SyncedConfig> {
  return db.transaction(async (tx) => {
    await tx.query('select pg_advisory_xact_lock($1)', [syncLock])
    return {
      ...(await syncItems(tx, config.watchItems, now)),
      ...(await syncFeeds(tx, await listFeeds(db.pool), config.feeds, now)),
    }
  })
}

async function syncItems(tx: Transaction, configured: readonly ConfiguredWatchItem[], now: Date) {
  const stored = new Map((await listItems(tx)).map((one) => [one.item.id, one]))
  const added: string[] = []
  const updated: string[] = []
  const retired: string[] = []
  for (const { file, sinceGiven, ...written } of configured) {
    const known = stored.get(written.id)
    if (known === undefined) {
      await insertItem(tx, written, { origin: 'config', standing: initialStanding(written), now })
      added.push(written.id)
      continue
    }
    const item: WatchItem = sinceGiven ? written : { ...written, since: known.item.since }
    if (known.origin !== 'config' || !isDeepStrictEqual(known.item, item)) {
      await updateItem(tx, item, { origin: 'config', now })
      updated.push(item.id)
    }
    if (known.state === 'retired') {
      await setItemState(tx, item.id, 'watching', now)
      added.push(item.id)
    }
  }
  const names = new Set(configured.map((item) => item.id))
  for (const { item, origin, state } of stored.values()) {
    if (origin !== 'config' || state === 'retired' || names.has(item.id)) continue
    await setItemState(tx, item.id, 'retired', now)
    retired.push(item.id)
  }
  return { added, updated, retired }
}

async function syncFeeds(
  tx: Transaction,
  stored: readonly StoredFeed[],
  configured: readonly FeedConfig[],
  now: Date,
) {
  const active = new Set(stored.filter((feed) => feed.retiredReason !== 'removed').map(address))
  const known = new Map([...stored.map((feed) => [feed.url, feed] as const), ...stored.map(byFormerUrl)])
  for (const feed of configured) {
    // what is as it should be is left alone: writing all feeds would stand in the way of the polls that write theirs
    if (isAsConfigured(known.get(feed.url), feed)) continue
    const id = await putFeed(tx, definitionOf(feed), { origin: 'config', now })
    await setSelector(tx, id, feed.selector ?? null, now)
  }
  const names = new Set(configured.map((feed) => feed.url))
  const gone = stored.filter(
    (feed) =>
      feed.origin === 'config' &&
      feed.retiredReason !== 'removed' &&
      !names.has(address(feed)) &&
      !names.has(feed.url),
  )
  for (const feed of gone) await retireFeed(tx, feed.id, 'removed')
  return {
    feedsAdded: [...names].filter((url) => !active.has(url)),
    feedsRemoved: gone.map((feed) => feed.url),
  }
}

/** What the configuration calls a feed: it may have moved since. */
function address({ url, formerUrl }: StoredFeed): string {
  return formerUrl ?? url
}

/** A feed that has moved is found by the address that it had, before any other that has this address now. */
function byFormerUrl(feed: StoredFeed): readonly [string, StoredFeed] {
  return [address(feed), feed]
}

/** Whether a stored feed would be the same after it was written. */
function isAsConfigured(stored: StoredFeed | undefined, feed: FeedConfig): boolean {
  if (stored?.origin !== 'config' || stored.retiredReason === 'removed') return false
  const { title, homeUrl, outlet, topic, everyMs } = definitionOf(feed)
  const isNamed = (title ?? stored.title) === stored.title && (homeUrl ?? stored.homeUrl) === stored.homeUrl
  return (
    isNamed &&
    outlet === stored.outlet &&
    topic === stored.topic &&
    everyMs === stored.everyMs &&
    (feed.selector ?? null) === stored.selector
  )
}

function definitionOf(feed: FeedConfig) {
  const { url, title, page, outlet, topic, every } = feed
  return {
    url,
    title: title ?? null,
    homeUrl: page ?? null,
    outlet: outlet ?? null,
    topic: topic ?? null,
    everyMs: every ?? null,
  }
}
